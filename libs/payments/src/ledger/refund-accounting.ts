import { TransactionAlreadyUsed } from '#errors';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type LockedCharge, refundable } from './charges.repository.js';
import type { Papers } from './invoices.repository.js';
import type { Payment } from './payment.js';
import { PaymentRows } from './ledger.js';
import { stateAfterReturning } from './payment-states.js';
import { isSecondLivePayment } from './payments.repository.js';
import { DisputesRepository } from './disputes.repository.js';
import type { CreditNote, Refund, RefundKind } from './refund.js';
import { type InsertedRefund, type RefundPart, RefundsRepository } from './refunds.repository.js';

/** How a refund ended, by the word of whoever paid it back. */
export type Settlement =
  | {
      readonly status: 'succeeded';
      /** null only of kind `unmatch`: nothing was paid out */
      readonly transaction_id: string | null;
      /** When the provider sent the money; now, if it is left out. */
      readonly refunded_at?: Date;
    }
  | { readonly status: 'failed' | 'cancelled' };

/** A refund together with everything that follows it. */
export interface Settled extends Papers {
  readonly refund: Refund;
  readonly payment: Payment;
  readonly credit_note: CreditNote | null;
}

/** Why money counts as returned, and when it moved; null: now. */
type Because = ({ readonly refund_id: number } | { readonly dispute_id: number }) & { readonly at: Date | null };

interface Followed {
  readonly payment: Payment;
  readonly credit_note: CreditNote | null;
}

const NOBODY = { actor_user_id: null, request_id: null };

/** What a refund changes, under its row locks: the payment's first, then the charges'. */
export interface LockedRefund {
  readonly payment: Payment;
  /** The first of them, where it is of several. */
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
    private readonly disputes: DisputesRepository,
  ) {}

  /** From now on the amount counts as spent. The CHECK of each charge refuses more than is left of it. */
  async reserve(
    tx: EntityManager,
    charges: readonly LockedCharge[],
    draft: { amount: number; reason: string; requested_by: number | null; kind?: RefundKind },
  ): Promise<InsertedRefund> {
    const parts = partsOf(charges, draft.amount);
    for (const { charge_id, amount } of parts) {
      await this.rows.charges.shift(tx, charge_id, { reserved: amount, returned: 0 });
    }
    const [{ charge_id }, more] = parts as [RefundPart, RefundPart?];
    return more ? this.refunds.insertInParts(tx, draft, parts) : this.refunds.insert(tx, { charge_id, ...draft });
  }

  /** The likeliest slip: staff paste the reference by which the money came. @throws TransactionAlreadyUsed */
  async refuseIncoming(
    tx: EntityManager,
    { payment_method }: Pick<Payment, 'payment_method'>,
    transaction_id: string,
  ): Promise<void> {
    await this.rows.transfers.holdReference(tx, { payment_method, transaction_id });
    const incoming = await this.rows.transfers.findByReference(tx, { payment_method, transaction_id });
    if (incoming)
      throw new TransactionAlreadyUsed(transaction_id, { reason: 'transaction_paid_in', transfer_id: incoming.id });
  }

  /** Frees the reservation, or turns it into money returned: then payment, invoice, tax record and credit note follow. */
  async settle(tx: EntityManager, { payment, charge, refund }: LockedRefund, how: Settlement): Promise<Settled> {
    const { id, amount } = refund;
    const settled = await this.refunds.move(tx, {
      id,
      from: 'pending',
      to: how.status,
      ...(how.status === 'succeeded' ? { transaction_id: how.transaction_id, refunded_at: how.refunded_at } : {}),
    });
    if (!settled) throw new Error(`Refund ${id} changed while its charge was locked`);
    const returned = how.status === 'succeeded' ? amount : 0;
    for (const part of await this.refunds.partsOf(tx, id)) {
      const part_returned = how.status === 'succeeded' ? part.amount : 0;
      await this.rows.charges.shift(tx, part.charge_id, { reserved: -part.amount, returned: part_returned });
    }
    if (returned === 0 && refund.automatic) await this.rows.quarantine.add(tx, charge.id);
    if (returned === 0) {
      return this.unchanged(tx, await this.countLostDisputes(tx, charge.id, payment), settled);
    }
    // Money that bought nothing goes back without the payment or its papers knowing of it.
    if (charge.disposition !== 'accepted') {
      await this.rows.quarantine.releaseReturned(tx, charge.id);
      return this.unchanged(tx, payment, settled);
    }
    const paid = await this.goneBack(tx, payment, returned, { refund_id: id, at: settled.refunded_at });
    return { ...(await this.unchanged(tx, paid.payment, settled)), credit_note: paid.credit_note };
  }

  /**
   * A lost dispute counts as money returned, as far as nothing else has returned it or holds it; when a refund lets go of
   * what it held, the rest is counted. Called by whatever may have changed either.
   */
  async countLostDisputes(tx: EntityManager, charge_id: number, payment: Payment): Promise<Payment> {
    let now = payment;
    for (const lost of await this.disputes.lockUndercounted(tx, charge_id)) {
      const { id: dispute_id, dispute_id: stripe_id, uncounted, lost_at: at } = lost;
      const charge = await this.rows.charges.lock(tx, charge_id);
      const amount = Math.min(uncounted, refundable(charge));
      if (amount === 0) break;
      await this.disputes.count(tx, dispute_id, amount);
      await this.rows.charges.shift(tx, charge_id, { reserved: 0, returned: amount });
      const detail = { dispute_id: stripe_id, counted_amount: amount, ...ofWhichMoney(charge) };
      await this.rows.audit.record(tx, [{ ...NOBODY, action: 'dispute.counted', payment_id: payment.id, detail }]);
      if (charge.disposition === 'accepted') now = (await this.goneBack(tx, now, amount, { dispute_id, at })).payment;
      else await this.rows.quarantine.releaseReturned(tx, charge_id);
    }
    return now;
  }

  /** A lost dispute has been won after all, wholly or in part: that much of what it had counted is here again. */
  async uncount(
    tx: EntityManager,
    {
      payment,
      charge,
      dispute,
      amount,
      at,
    }: {
      payment: Payment;
      charge: LockedCharge;
      dispute: { id: number; dispute_id: string };
      amount: number;
      at: Date | null;
    },
  ): Promise<Payment> {
    await this.rows.charges.shift(tx, charge.id, { reserved: 0, returned: -amount });
    const detail = { dispute_id: dispute.dispute_id, counted_amount: -amount, ...ofWhichMoney(charge) };
    await this.rows.audit.record(tx, [{ ...NOBODY, action: 'dispute.counted', payment_id: payment.id, detail }]);
    if (charge.disposition === 'returned') await this.rows.quarantine.add(tx, charge.id);
    if (charge.disposition !== 'accepted') return payment;
    return this.comeBack(tx, payment, amount, { dispute_id: dispute.id, at });
  }

  /**
   * A refund was made at Stripe although a lost dispute already counts for its money: so much of the dispute counts no more,
   * as if the refund had been booked first. @returns undefined when disputes do not count for as much
   */
  async makeRoom(
    tx: EntityManager,
    { payment, charge, amount }: { payment: Payment; charge: LockedCharge; amount: number },
  ): Promise<Payment | undefined> {
    const counted = await this.disputes.lockCounted(tx, charge.id);
    if (counted.reduce((sum, { counted_amount }) => sum + counted_amount, 0) < amount) return undefined;
    let now = payment;
    let left = amount;
    for (const dispute of counted) {
      const less = Math.min(left, dispute.counted_amount);
      if (less === 0) break;
      await this.disputes.count(tx, dispute.id, -less);
      const locked = await this.rows.charges.lock(tx, charge.id);
      now = await this.uncount(tx, { payment: now, charge: locked, dispute, amount: less, at: null });
      left -= less;
    }
    return now;
  }

  /**
   * A refund that had succeeded has failed: the one way back. Where another payment has taken the place since, this one
   * stays refunded, and what it owes is written on it for staff to pay back anew.
   */
  async reverse(tx: EntityManager, { payment, charge, refund }: LockedRefund): Promise<Settled> {
    const failed = await this.refunds.move(tx, { id: refund.id, from: 'succeeded', to: 'failed' });
    if (!failed) throw new Error(`Refund ${refund.id} changed while its charge was locked`);
    await this.rows.charges.shift(tx, charge.id, { reserved: 0, returned: -refund.amount });
    if (charge.disposition === 'returned') await this.rows.quarantine.add(tx, charge.id);
    if (charge.disposition !== 'accepted') {
      return this.unchanged(tx, await this.countLostDisputes(tx, charge.id, payment), failed);
    }
    const back = await this.comeBack(tx, payment, refund.amount, { refund_id: refund.id, at: null });
    return this.unchanged(tx, await this.countLostDisputes(tx, charge.id, back), failed);
  }

  private async comeBack(tx: EntityManager, payment: Payment, amount: number, because: Because): Promise<Payment> {
    await tx.query('SAVEPOINT reversing');
    try {
      const back = await this.follow(tx, payment, payment.refunded_amount - amount, because);
      await tx.query('RELEASE SAVEPOINT reversing');
      return back.payment;
    } catch (error) {
      if (!isSecondLivePayment(error)) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT reversing');
      return this.rows.payments.owe(tx, payment.id, amount);
    }
  }

  /** What we owe since a refund failed was credited then: it is paid first. The rest, payment and papers follow. */
  private async goneBack(tx: EntityManager, payment: Payment, amount: number, because: Because): Promise<Followed> {
    const owed = Math.min(amount, payment.refund_owed);
    const now = owed === 0 ? payment : await this.rows.payments.owe(tx, payment.id, -owed);
    if (owed === amount) return { payment: now, credit_note: null };
    return this.follow(tx, now, now.refunded_amount + amount - owed, because);
  }

  private async follow(
    tx: EntityManager,
    payment: Payment,
    refunded_amount: number,
    because: Because,
  ): Promise<Followed> {
    const after = await this.rows.payments.move(tx, {
      id: payment.id,
      from: payment.status,
      to: stateAfterReturning(payment.amount, refunded_amount),
      refunded_amount,
    });
    if (!after) throw new Error(`Payment ${payment.id} changed while its row was locked`);
    const { at: effective_at } = because;
    const { credit_note } = await this.rows.papers.credit(tx, { before: payment, after, because, effective_at });
    return { payment: after, credit_note };
  }

  private async unchanged(tx: EntityManager, payment: Payment, refund: Refund): Promise<Settled> {
    return { refund, payment, ...(await this.rows.papers.find(tx, payment.id)), credit_note: null };
  }
}

/** One charge, if one has enough left; else of several, the oldest first. */
function partsOf(charges: readonly LockedCharge[], amount: number): RefundPart[] {
  const whole =
    charges.find((charge) => refundable(charge) >= amount) ?? (charges.length === 1 ? charges[0] : undefined);
  if (whole) return [{ charge_id: whole.id, amount }];
  let left = amount;
  return charges.flatMap((charge) => {
    const part = Math.min(left, refundable(charge));
    left -= part;
    return part === 0 ? [] : [{ charge_id: charge.id, amount: part }];
  });
}

/** Said only of money that is not the payment's: whoever adds up what was taken from the payment leaves it out. */
function ofWhichMoney({ disposition }: LockedCharge): { disposition?: LockedCharge['disposition'] } {
  return disposition === 'accepted' ? {} : { disposition };
}
