import { randomUUID } from 'node:crypto';
import type { Language } from '#answers';
import { Config } from '#config';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { taxWithin } from '../ledger/money/tax.js';
import type { Order } from '../provider/payment-provider.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { OwnAddresses } from '../provider/return-urls.js';
import type { Papers } from '../ledger/invoices.repository.js';
import type { Payment, PaymentMethod } from '../ledger/payment.js';
import { PaymentRows } from '../ledger/ledger.js';
import type { Trail } from '../ledger/audit-buffer.js';

/** A payment that is to be: what for, how much, and how. Amounts are minor units. */
export interface NewPayment {
  readonly id: number;
  readonly user_id: number;
  readonly consultation_id: number | null;
  readonly product_id: string | null;
  readonly quantity: number;
  readonly amount: number;
  readonly currency: string;
  readonly payment_method: PaymentMethod;
  readonly metadata: Readonly<Record<string, string>>;
  readonly name: string;
  readonly unit_amount: number;
  readonly client_key: string | null;
  readonly language: Language | null;
  readonly addresses?: Partial<Pick<Order, 'success_url' | 'cancel_url'>>;
}

/** Of the transaction that makes a payment: whoever works on it later draws a higher one. */
export const FIRST_FENCE = 1;

/** Writes everything a payment begins with, in one transaction: itself, its invoice and tax record, its audit entries, and what its provider will be asked. */
@Injectable()
export class NewPayments {
  constructor(
    private readonly rows: PaymentRows,
    private readonly config: Config,
    private readonly providers: ProviderRegistry,
    private readonly own: OwnAddresses,
  ) {}

  async write(tx: EntityManager, draft: NewPayment, trail: Trail): Promise<{ payment: Payment; papers: Papers }> {
    const provider = this.providers.of(draft.payment_method);
    const ref = randomUUID();
    const payment = await this.rows.payments.insert(tx, {
      ...draft,
      ref,
      expires_in_minutes: provider.staffConfirmed?.expiresInMinutes() ?? null,
    });
    const tax = taxWithin(payment.amount, this.config.TAX_RATE_BASIS_POINTS);
    const papers = await this.rows.papers.issue(tx, payment, tax);
    await provider.hosted?.prepare(tx, payment, ref, this.orderOf(draft));
    const { amount, currency, payment_method, status } = payment;
    const detail = { amount, currency, payment_method, status };
    await this.rows.audit.record(tx, trail.upTo(payment.id, { action: 'payment.created', detail }));
    return { payment, papers };
  }

  private orderOf(draft: NewPayment): Order {
    return {
      name: draft.name,
      unit_amount: draft.unit_amount,
      client_key: draft.client_key,
      language: draft.language,
      ...this.own.of(draft.id),
      ...draft.addresses,
    };
  }
}
