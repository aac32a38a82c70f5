import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LockedCharge } from '../payments/charges.repository.js';
import type { Papers } from '../payments/papers.repository.js';
import type { Payment } from '../payments/payment.js';
import { PaymentRows } from '../payments/payment-rows.js';
import { stateAfterReturning } from '../payments/payment-states.js';
import type { CreditNote, Refund } from './refund.js';
import { RefundsRepository } from './refunds.repository.js';

/** How a refund ended, by the word of whoever paid it back. */
export type Settlement =
  { readonly status: 'succeeded'; readonly transaction_id: string } | { readonly status: 'failed' | 'cancelled' };

/** A refund together with everything that follows it. */
export interface Settled extends Papers {
  readonly refund: Refund;
  readonly payment: Payment;
  readonly credit_note: CreditNote | null;
}

/**
 * The two steps of every refund, whoever takes them: reserve a part of a charge, then settle it. Both want the payment's
 * and the charge's row locked, in this order, by the transaction they run in.
 */
@Injectable()
export class RefundSettlement {
  constructor(
    private readonly rows: PaymentRows,
    private readonly refunds: RefundsRepository,
  ) {}

  /** From now on the amount counts as spent. The charge's CHECK refuses more than is left. */
  async reserve(
    tx: EntityManager,
    charge: LockedCharge,
    draft: { amount: number; reason: string; requested_by: number | null },
  ): Promise<Refund> {
    await this.rows.charges.shift(tx, charge.id, { reserved: draft.amount, returned: 0 });
    return this.refunds.insert(tx, { charge_id: charge.id, ...draft });
  }

  /** Frees the reservation, or turns it into money returned: then payment, invoice, tax record and credit note follow. */
  async settle(
    tx: EntityManager,
    { payment, charge, refund }: { payment: Payment; charge: LockedCharge; refund: Refund },
    how: Settlement,
  ): Promise<Settled> {
    const { id, amount } = refund;
    const settled = await this.refunds.move(tx, {
      id,
      from: 'pending',
      to: how.status,
      ...(how.status === 'succeeded' ? { transaction_id: how.transaction_id } : {}),
    });
    if (!settled) throw new Error(`Refund ${id} changed while its charge was locked`);
    const returned = how.status === 'succeeded' ? amount : 0;
    await this.rows.charges.shift(tx, charge.id, { reserved: -amount, returned });
    if (returned === 0) {
      return { refund: settled, payment, ...(await this.rows.papers.find(tx, payment.id)), credit_note: null };
    }
    const refunded_amount = payment.refunded_amount + returned;
    const after = await this.rows.payments.move(tx, {
      id: payment.id,
      from: payment.status,
      to: stateAfterReturning(payment.amount, refunded_amount),
      refunded_amount,
    });
    if (!after) throw new Error(`Payment ${payment.id} changed while its row was locked`);
    return {
      refund: settled,
      payment: after,
      ...(await this.rows.papers.credit(tx, { before: payment, after, refund })),
    };
  }
}
