import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LockedCharge } from '../payments/charges.repository.js';
import type { Papers } from '../payments/papers.repository.js';
import type { Payment } from '../payments/payment.js';
import { PaymentRows } from '../payments/payment-rows.js';
import { stateAfterReturning } from '../payments/payment-states.js';
import { isSecondLivePayment } from '../payments/payments.repository.js';
import type { CreditNote, Refund } from './refund.js';
import { type InsertedRefund, RefundsRepository } from './refunds.repository.js';

/** How a refund ended, by the word of whoever paid it back. */
export type Settlement =
  { readonly status: 'succeeded'; readonly transaction_id: string } | { readonly status: 'failed' | 'cancelled' };

/** A refund together with everything that follows it. */
export interface Settled extends Papers {
  readonly refund: Refund;
  readonly payment: Payment;
  readonly credit_note: CreditNote | null;
}

/** What a refund changes, under its row locks: the payment's first, then the charge's. */
export interface LockedRefund {
  readonly payment: Payment;
  readonly charge: LockedCharge;
  readonly refund: Refund;
}

/**
 * The steps of every refund, whoever takes them: reserve a part of a charge, settle it, and, should Stripe take its word
 * back, reverse it. All want the payment's and the charge's row locked, in this order, by the transaction they run in.
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
  ): Promise<InsertedRefund> {
    await this.rows.charges.shift(tx, charge.id, { reserved: draft.amount, returned: 0 });
    return this.refunds.insert(tx, { charge_id: charge.id, ...draft });
  }

  /** Frees the reservation, or turns it into money returned: then payment, invoice, tax record and credit note follow. */
  async settle(tx: EntityManager, { payment, charge, refund }: LockedRefund, how: Settlement): Promise<Settled> {
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
    if (returned === 0 && refund.automatic) await this.rows.charges.quarantine(tx, charge.id);
    // Money that bought nothing goes back without the payment or its papers knowing of it.
    if (returned === 0 || charge.disposition !== 'accepted') return this.unchanged(tx, payment, settled);
    if (payment.refund_owed > 0) {
      const paid = await this.rows.payments.owe(tx, payment.id, -returned);
      return this.unchanged(tx, paid, settled);
    }
    return this.follow(tx, payment, settled, payment.refunded_amount + returned);
  }

  /**
   * A refund that had succeeded has failed: the one way back. Where another payment has taken the place since, this one
   * stays refunded, and what it owes is written on it for staff to pay back anew.
   */
  async reverse(tx: EntityManager, { payment, charge, refund }: LockedRefund): Promise<Settled> {
    const failed = await this.refunds.move(tx, { id: refund.id, from: 'succeeded', to: 'failed' });
    if (!failed) throw new Error(`Refund ${refund.id} changed while its charge was locked`);
    await this.rows.charges.shift(tx, charge.id, { reserved: 0, returned: -refund.amount });
    if (charge.disposition === 'returned') await this.rows.charges.quarantine(tx, charge.id);
    if (charge.disposition !== 'accepted') return this.unchanged(tx, payment, failed);
    await tx.query('SAVEPOINT reversing');
    try {
      const reversed = await this.follow(tx, payment, failed, payment.refunded_amount - refund.amount);
      await tx.query('RELEASE SAVEPOINT reversing');
      return reversed;
    } catch (error) {
      if (!isSecondLivePayment(error)) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT reversing');
      return this.unchanged(tx, await this.rows.payments.owe(tx, payment.id, refund.amount), failed);
    }
  }

  private async follow(tx: EntityManager, payment: Payment, refund: Refund, refunded_amount: number): Promise<Settled> {
    const after = await this.rows.payments.move(tx, {
      id: payment.id,
      from: payment.status,
      to: stateAfterReturning(payment.amount, refunded_amount),
      refunded_amount,
    });
    if (!after) throw new Error(`Payment ${payment.id} changed while its row was locked`);
    const because = { refund_id: refund.id };
    return { refund, payment: after, ...(await this.rows.papers.credit(tx, { before: payment, after, because })) };
  }

  private async unchanged(tx: EntityManager, payment: Payment, refund: Refund): Promise<Settled> {
    return { refund, payment, ...(await this.rows.papers.find(tx, payment.id)), credit_note: null };
  }
}
