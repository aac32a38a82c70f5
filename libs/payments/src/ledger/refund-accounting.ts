import { TransactionAlreadyUsed } from '#errors';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type LockedCharge, refundable } from './charge.js';
import type { PaymentDocuments } from './invoices.repository.js';
import type { Payment } from './payment.js';
import { Ledger } from './ledger.js';
import { stateAfterReturning } from './payment-states.js';
import { isSecondLivePayment } from './payments.repository.js';
import { DisputesRepository } from './disputes.repository.js';
import type { CreditNote, Refund } from './refund.js';
import { type InsertedRefund, type RefundDraft, type RefundPart, RefundsRepository } from './refunds.repository.js';

/** How a refund ended, as reported by the provider or the staff who paid it back. */
export type Settlement =
  | {
      readonly status: 'succeeded';
      /** null only for kind `unmatch`, which pays nothing out */
      readonly transaction_id: string | null;
      /** When the provider sent the money; defaults to now. */
      readonly refunded_at?: Date;
    }
  | { readonly status: 'failed' | 'cancelled' };

/** A refund together with everything that changed because of it. */
export interface Settled extends PaymentDocuments {
  readonly refund: Refund;
  readonly payment: Payment;
  readonly credit_note: CreditNote | null;
}

/** Why money counts as returned, and when it moved (null: now). */
type Because = ({ readonly refund_id: number } | { readonly dispute_id: number }) & { readonly at: Date | null };

interface Followed {
  readonly payment: Payment;
  readonly credit_note: CreditNote | null;
}

const NO_ACTOR = { actor_user_id: null, request_id: null };

/** The rows that a refund changes, all locked: the payment first, then the charges. */
export interface LockedRefund {
  readonly payment: Payment;
  /** The first charge, when the refund takes from several. */
  readonly charge: LockedCharge;
  readonly refund: Refund;
}

/**
 * The steps of every refund: reserve a part of a charge, settle it and, if Stripe reports a later failure, reverse it.
 * All require that the caller's transaction holds the row locks of payment and charge, taken in this order.
 */
@Injectable()
export class RefundAccounting {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
    private readonly disputes: DisputesRepository,
  ) {}

  /** From now on, the amount counts as spent. The CHECK constraint of each charge refuses more than is left of it. */
  async reserve(
    tx: EntityManager,
    charges: readonly LockedCharge[],
    draft: Omit<RefundDraft, 'charge_id' | 'automatic'>,
  ): Promise<InsertedRefund> {
    const parts = partsOf(charges, draft.amount);
    for (const { charge_id, amount } of parts) {
      await this.ledger.charges.shift(tx, charge_id, { reserved: amount, returned: 0 });
    }
    const [{ charge_id }, more] = parts as [RefundPart, RefundPart?];
    return more ? this.refunds.insertInParts(tx, draft, parts) : this.refunds.insert(tx, { charge_id, ...draft });
  }

  /**
   * Refuses the most likely mistake: staff paste the reference of the incoming transfer. @throws TransactionAlreadyUsed
   */
  async refuseIncoming(
    tx: EntityManager,
    { payment_method }: Pick<Payment, 'payment_method'>,
    transaction_id: string,
  ): Promise<void> {
    await this.ledger.transfers.holdReference(tx, { payment_method, transaction_id });
    const incoming = await this.ledger.transfers.findByReference(tx, { payment_method, transaction_id });
    if (incoming)
      throw new TransactionAlreadyUsed(transaction_id, { reason: 'transaction_paid_in', transfer_id: incoming.id });
  }

  /**
   * Releases the reservation, or turns it into returned money. In the second case it also updates payment, invoice and
   * tax record, and adds a credit note.
   */
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
      await this.ledger.charges.shift(tx, part.charge_id, { reserved: -part.amount, returned: part_returned });
    }
    if (returned === 0 && refund.automatic) await this.ledger.quarantine.add(tx, charge.id);
    if (returned === 0) {
      return this.unchanged(tx, await this.countLostDisputes(tx, charge.id, payment), settled);
    }
    // Money that could pay nothing is refunded without any change to the payment or its documents.
    if (charge.disposition !== 'accepted') {
      await this.ledger.quarantine.releaseReturned(tx, charge.id);
      return this.unchanged(tx, payment, settled);
    }
    const paid = await this.addReturned(tx, payment, returned, { refund_id: id, at: settled.refunded_at });
    return { ...(await this.unchanged(tx, paid.payment, settled)), credit_note: paid.credit_note };
  }

  /**
   * Counts a lost dispute as returned money, for the part that no refund has returned or reserved. When a refund
   * releases its reservation, the rest is counted. Call it after any change to either.
   */
  async countLostDisputes(tx: EntityManager, charge_id: number, payment: Payment): Promise<Payment> {
    let now = payment;
    for (const lost of await this.disputes.lockUndercounted(tx, charge_id)) {
      const { id: dispute_id, dispute_id: stripe_id, uncounted, lost_at: at } = lost;
      const charge = await this.ledger.charges.lock(tx, charge_id);
      const amount = Math.min(uncounted, refundable(charge));
      if (amount === 0) break;
      await this.disputes.count(tx, dispute_id, amount);
      await this.ledger.charges.shift(tx, charge_id, { reserved: 0, returned: amount });
      const detail = { dispute_id: stripe_id, counted_amount: amount, ...dispositionOf(charge) };
      await this.ledger.audit.record(tx, [{ ...NO_ACTOR, action: 'dispute.counted', payment_id: payment.id, detail }]);
      if (charge.disposition === 'accepted')
        now = (await this.addReturned(tx, now, amount, { dispute_id, at })).payment;
      else await this.ledger.quarantine.releaseReturned(tx, charge_id);
    }
    return now;
  }

  /** A lost dispute was won later, wholly or in part: uncounts that part of it. */
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
    await this.ledger.charges.shift(tx, charge.id, { reserved: 0, returned: -amount });
    const detail = { dispute_id: dispute.dispute_id, counted_amount: -amount, ...dispositionOf(charge) };
    await this.ledger.audit.record(tx, [{ ...NO_ACTOR, action: 'dispute.counted', payment_id: payment.id, detail }]);
    if (charge.disposition === 'returned') await this.ledger.quarantine.add(tx, charge.id);
    if (charge.disposition !== 'accepted') return payment;
    return this.subtractReturned(tx, payment, amount, { dispute_id: dispute.id, at });
  }

  /**
   * Stripe made a refund of money that a lost dispute already counts. Uncounts that part of the dispute, as if the
   * refund had been booked first. @returns undefined when less than the refund's amount is counted for disputes
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
      const locked = await this.ledger.charges.lock(tx, charge.id);
      now = await this.uncount(tx, { payment: now, charge: locked, dispute, amount: less, at: null });
      left -= less;
    }
    return now;
  }

  /**
   * Reverses a refund that failed after it had succeeded, the only backward step. If another payment has taken this
   * one's place, this payment stays refunded and records the refund owed, which staff must pay again.
   */
  async reverse(tx: EntityManager, { payment, charge, refund }: LockedRefund): Promise<Settled> {
    const failed = await this.refunds.move(tx, { id: refund.id, from: 'succeeded', to: 'failed' });
    if (!failed) throw new Error(`Refund ${refund.id} changed while its charge was locked`);
    await this.ledger.charges.shift(tx, charge.id, { reserved: 0, returned: -refund.amount });
    if (charge.disposition === 'returned') await this.ledger.quarantine.add(tx, charge.id);
    if (charge.disposition !== 'accepted') {
      return this.unchanged(tx, await this.countLostDisputes(tx, charge.id, payment), failed);
    }
    const back = await this.subtractReturned(tx, payment, refund.amount, { refund_id: refund.id, at: null });
    return this.unchanged(tx, await this.countLostDisputes(tx, charge.id, back), failed);
  }

  private async subtractReturned(
    tx: EntityManager,
    payment: Payment,
    amount: number,
    because: Because,
  ): Promise<Payment> {
    await tx.query('SAVEPOINT reversing');
    try {
      const back = await this.follow(tx, payment, payment.refunded_amount - amount, because);
      await tx.query('RELEASE SAVEPOINT reversing');
      return back.payment;
    } catch (error) {
      if (!isSecondLivePayment(error)) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT reversing');
      return this.ledger.payments.owe(tx, payment.id, amount);
    }
  }

  /**
   * First reduces what is owed since a refund failed, because that amount was already credited. The rest changes
   * payment and documents.
   */
  private async addReturned(tx: EntityManager, payment: Payment, amount: number, because: Because): Promise<Followed> {
    const owed = Math.min(amount, payment.refund_owed);
    const now = owed === 0 ? payment : await this.ledger.payments.owe(tx, payment.id, -owed);
    if (owed === amount) return { payment: now, credit_note: null };
    return this.follow(tx, now, now.refunded_amount + amount - owed, because);
  }

  private async follow(
    tx: EntityManager,
    payment: Payment,
    refunded_amount: number,
    because: Because,
  ): Promise<Followed> {
    const after = await this.ledger.payments.move(tx, {
      id: payment.id,
      from: payment.status,
      to: stateAfterReturning(payment.amount, refunded_amount),
      refunded_amount,
    });
    if (!after) throw new Error(`Payment ${payment.id} changed while its row was locked`);
    const { at: effective_at } = because;
    const { credit_note } = await this.ledger.invoices.credit(tx, { before: payment, after, because, effective_at });
    return { payment: after, credit_note };
  }

  private async unchanged(tx: EntityManager, payment: Payment, refund: Refund): Promise<Settled> {
    return { refund, payment, ...(await this.ledger.invoices.find(tx, payment.id)), credit_note: null };
  }
}

/** Takes from one charge if one has enough left, otherwise from several, oldest first. */
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

/** Set only for money that is not accepted, so that sums of what the payment returned can exclude it. */
function dispositionOf({ disposition }: LockedCharge): { disposition?: LockedCharge['disposition'] } {
  return disposition === 'accepted' ? {} : { disposition };
}
