import { randomUUID } from 'node:crypto';
import type { Language } from '#answers';
import { Config } from '#config';
import { StripeClock } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { taxWithin } from '../ledger/money/tax.js';
import { PaymentProviders } from '../provider/provider-registry.js';
import { OwnAddresses } from '../provider/return-urls.js';
import type { Order } from '../stripe/sessions/session-request.js';
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

export interface Written {
  readonly payment: Payment;
  readonly papers: Papers;
  /** The provider has to be asked once this is committed. */
  readonly opens: boolean;
}

/** Writes everything a payment begins with, in one transaction: itself, its papers, its memory, what will be asked. */
@Injectable()
export class NewPayments {
  constructor(
    readonly rows: PaymentRows,
    private readonly config: Config,
    private readonly providers: PaymentProviders,
    private readonly own: OwnAddresses,
    private readonly clock: StripeClock,
  ) {}

  async write(tx: EntityManager, draft: NewPayment, trail: Trail): Promise<Written> {
    const provider = this.providers.of(draft.payment_method);
    const ref = randomUUID();
    const payment = await this.rows.payments.insert(tx, {
      ...draft,
      ref,
      expires_in_minutes: provider.expiresInMinutes(),
    });
    const tax = taxWithin(payment.amount, this.config.TAX_RATE_BASIS_POINTS);
    const papers = await this.rows.papers.issue(tx, payment, tax);
    const opens = await provider.prepare(tx, payment, ref, this.orderOf(draft));
    const { amount, currency, payment_method, status } = payment;
    const detail = { amount, currency, payment_method, status };
    await this.rows.audit.record(tx, trail.upTo(payment.id, { action: 'payment.created', detail }));
    return { payment, papers, opens };
  }

  private orderOf(draft: NewPayment): Order {
    const minutes = this.config.STRIPE_SESSION_MINUTES;
    return {
      name: draft.name,
      unit_amount: draft.unit_amount,
      client_key: draft.client_key,
      language: draft.language,
      ...this.own.of(draft.id),
      ...draft.addresses,
      expires_at: minutes === 0 ? null : this.clock.now_seconds() + minutes * 60,
    };
  }
}
