import { randomUUID } from 'node:crypto';
import type { Language } from '#answers';
import { Config } from '#config';
import { together } from '#database';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { taxWithin } from '../ledger/money/tax.js';
import type { Order } from '../provider/payment-provider.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { type ReturnAddresses, ReturnUrls, SESSION_ID_PLACEHOLDER } from '../provider/return-urls.js';
import type { PaymentDocuments } from '../ledger/invoices.repository.js';
import type { Payment } from '../ledger/payment.js';
import type { PaymentDraft } from '../ledger/payments.repository.js';
import { Ledger } from '../ledger/ledger.js';
import type { AuditBuffer } from '../ledger/audit-buffer.js';

/** A payment to be created, and what its provider is asked for. Amounts are minor units. */
interface NewPaymentDraft extends Omit<PaymentDraft, 'ref' | 'expires_in_minutes'> {
  readonly name: string;
  readonly unit_amount: number;
  readonly language: Language | null;
  readonly addresses?: Partial<ReturnAddresses>;
}

/** The created rows. `fence`: of the provider's request for a page; undefined when the method has none. */
interface NewPaymentRows {
  readonly payment: Payment;
  readonly documents: PaymentDocuments;
  readonly fence: number | undefined;
}

/**
 * Creates all rows of a new payment in one transaction: the payment, its invoice and tax record, its audit entries, and
 * the frozen request for its provider.
 */
@Injectable()
export class NewPayments {
  constructor(
    private readonly ledger: Ledger,
    private readonly config: Config,
    private readonly providers: ProviderRegistry,
    private readonly own: ReturnUrls,
  ) {}

  async write(tx: EntityManager, draft: NewPaymentDraft, auditBuffer: AuditBuffer): Promise<NewPaymentRows> {
    const provider = this.providers.of(draft.payment_method);
    const ref = randomUUID();
    const { id, amount, currency, payment_method } = draft;
    const tax = taxWithin(amount, this.config.TAX_RATE_BASIS_POINTS);
    const detail = { amount, currency, payment_method, status: 'pending' };
    // Sent together.
    const [payment, documents] = await together([
      this.ledger.payments.insert(tx, {
        ...draft,
        ref,
        expires_in_minutes: provider.staffConfirmed?.expiresInMinutes() ?? null,
      }),
      this.ledger.invoices.issue(tx, { id, amount }, tax),
      this.ledger.audit.record(tx, auditBuffer.entries(id, { action: 'payment.created', detail })),
    ]);
    const fence = await provider.hosted?.prepare(tx, payment, ref, this.orderOf(draft));
    return { payment, documents, fence };
  }

  private orderOf(draft: NewPaymentDraft): Order {
    const { success_url, cancel_url } = { ...this.own.of(draft.id), ...draft.addresses };
    return {
      name: draft.name,
      unit_amount: draft.unit_amount,
      client_key: draft.client_key,
      language: draft.language,
      successUrl: (session_id) => success_url.replaceAll(SESSION_ID_PLACEHOLDER, () => session_id),
      cancel_url,
    };
  }
}
