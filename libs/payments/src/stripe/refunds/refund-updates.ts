import type { AuditAction } from '#audit';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { StripeGateway, type StripeRefund } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type LockedCharge, refundable } from '../../ledger/charge.js';
import type { Payment } from '../../ledger/payment.js';
import { Ledger } from '../../ledger/ledger.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import type { Refund } from '../../ledger/refund.js';
import { RefundAccounting, type Settlement } from '../../ledger/refund-accounting.js';
import { RefundsRepository } from '../../ledger/refunds.repository.js';
import { EventNotReadyError } from '../inbox/event-processor.js';
import { paymentIntentOf, referenceIn } from '../objects/reference.js';
import { transactionAtStripe } from '../objects/transaction.js';
import { statusOfRefund } from './refund-status.js';
import { type ReportedRefund, StripeRefundsRepository } from './stripe-refunds.repository.js';
import { EventRequeue } from '../inbox/event-requeue.js';

export type RefundOutcome =
  | { readonly is: 'settled' | 'reversed' | 'on_its_way' | 'nothing_new'; readonly payment: Payment }
  | { readonly is: 'foreign' }
  /** Stripe reports that more was paid back than arrived: staff decide. */
  | { readonly is: 'quarantined'; readonly why: string };

/** A refund as Stripe states it; `fence` is set if Stripe's API was asked. */
export interface ReadRefund {
  readonly stripeRefund: StripeRefund;
  readonly fence: number | undefined;
}

const MADE_ELSEWHERE = "Made in Stripe's dashboard";
const MADE_BY_PAYONCE = 'Found at Stripe with a reference of Payonce, but not in the ledger';

/** The transaction in which a refund is applied as Stripe states it. */
export interface RefundContext {
  readonly tx: EntityManager;
  readonly payment: Payment;
  readonly charge: LockedCharge;
  readonly stripeRefund: StripeRefund;
  readonly auditBuffer: AuditBuffer;
}

/**
 * Applies Stripe's state of a refund, whether Payonce requested it or it was made in the dashboard, under the lock of
 * its payment.
 */
@Injectable()
export class RefundUpdates {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
    private readonly calls: StripeRefundsRepository,
    private readonly accounting: RefundAccounting,
    private readonly gateway: StripeGateway,
    private readonly waitingEvents: EventRequeue,
  ) {}

  /** The payment it is about, so that its lock can be taken; undefined when it is not ours. */
  async paymentOf(stripeRefund: StripeRefund): Promise<number | undefined> {
    const { manager } = this.ledger;
    const ours = await this.calls.findReported(manager, nameOf(stripeRefund));
    if (ours?.payment_id) return ours.payment_id;
    const intent = paymentIntentOf(stripeRefund);
    const charge =
      intent === undefined
        ? undefined
        : await this.ledger.charges.findTransaction(manager, transactionAtStripe(intent));
    return charge?.payment_id ?? undefined;
  }

  /**
   * Reads a refund from Stripe if necessary, and applies it in its own transaction. @throws StripeUnavailable,
   * EventNotReadyError
   */
  async update(payment_id: number, given: StripeRefund, auditBuffer: AuditBuffer): Promise<RefundOutcome> {
    const read = await this.read(given, { isCurrent: true });
    const outcome = await inTransaction(this.ledger.dataSource, async (tx) =>
      this.apply(tx, payment_id, read, auditBuffer),
    );
    crashPoint('refund.committed');
    auditBuffer.committed();
    return outcome;
  }

  /**
   * For a refund that the database has, the given state is trusted, because a refund's states only go forward. Any
   * other refund is read again first: an old event that comes after a newer one would otherwise count money as returned
   * that was never paid back. No transaction is open.
   * @param how.isCurrent false when the object has the shape of another API version; it is then read again in ours
   * @throws StripeUnavailable
   */
  async read(given: StripeRefund, { isCurrent }: { isCurrent: boolean }): Promise<ReadRefund> {
    const isKnown = sameRefund(await this.calls.findReported(this.ledger.manager, nameOf(given)), given) !== undefined;
    if (isCurrent && isKnown) return { stripeRefund: given, fence: undefined };
    const intent = paymentIntentOf(given);
    const fence =
      intent === undefined
        ? undefined
        : await this.ledger.charges.raiseReadFence(this.ledger.manager, transactionAtStripe(intent));
    return { stripeRefund: (await this.gateway.findRefund(given.id)) ?? given, fence };
  }

  /** @throws EventNotReadyError: another process has asked Stripe since, or a refund of ours is unanswered */
  async apply(
    tx: EntityManager,
    payment_id: number,
    { stripeRefund, fence }: ReadRefund,
    auditBuffer: AuditBuffer,
  ): Promise<RefundOutcome> {
    const payment = await this.ledger.payments.lock(tx, payment_id);
    const charge = payment && (await this.lockCharge(tx, stripeRefund));
    if (!payment || !charge) return { is: 'foreign' };
    if (fence !== undefined && charge.read_fence !== fence)
      throw new EventNotReadyError('another process has read Stripe since');
    const outcome = await this.applyToCharge({ tx, payment, charge, stripeRefund, auditBuffer });
    crashPoint('refund.before-commit');
    return outcome;
  }

  private async lockCharge(tx: EntityManager, stripeRefund: StripeRefund): Promise<LockedCharge | undefined> {
    const ours = await this.calls.findReported(tx, nameOf(stripeRefund));
    if (ours) return this.ledger.charges.lock(tx, ours.charge_id);
    const intent = paymentIntentOf(stripeRefund);
    return intent === undefined ? undefined : this.ledger.charges.lockTransaction(tx, transactionAtStripe(intent));
  }

  /**
   * Runs in a transaction that has locked payment and charge. @throws EventNotReadyError: a refund of ours is
   * unanswered
   */
  async applyToCharge(context: RefundContext): Promise<RefundOutcome> {
    const { tx, payment, charge, stripeRefund } = context;
    // Read again under the charge's lock, because its last holder may have settled it.
    const ours = sameRefund(await this.calls.findReported(tx, nameOf(stripeRefund)), stripeRefund);
    const means = statusOfRefund(stripeRefund);
    if (!ours) return this.madeElsewhere(context, means);
    // Any answer counts: events that waited for it have room now, or are known to have none.
    if (await this.calls.answered(tx, ours.id, 'answered')) {
      await this.waitingEvents.requeue(tx, { payment_intent: charge.transaction_id, payment_id: payment.id });
    }
    if (ours.status === 'pending' && means === 'pending') {
      await this.refunds.setTransaction(tx, ours.id, stripeRefund.id);
      await this.record(context, ours, 'refund.on_its_way', pendingReasonOf(stripeRefund));
      return { is: 'on_its_way', payment };
    }
    if (ours.status === 'pending') return this.settle(context, ours, means as Settlement['status']);
    if (ours.status === 'succeeded' && (means === 'failed' || means === 'cancelled'))
      return this.reverse(context, ours);
    return { is: 'nothing_new', payment };
  }

  private async settle(context: RefundContext, refund: Refund, status: Settlement['status']): Promise<RefundOutcome> {
    const { tx, payment, charge, stripeRefund } = context;
    const how: Settlement =
      status === 'succeeded'
        ? { status, transaction_id: stripeRefund.id, refunded_at: new Date(stripeRefund.created * 1_000) }
        : { status };
    // A failed refund keeps its Stripe id too, so that another refund under our reference is not mistaken for it.
    await this.refunds.setTransaction(tx, refund.id, stripeRefund.id);
    const settled = await this.accounting.settle(tx, { payment, charge, refund }, how);
    if (status !== 'succeeded') {
      await this.waitingEvents.requeue(tx, { payment_intent: charge.transaction_id, payment_id: payment.id });
    }
    await this.record(context, settled.refund, `refund.${status}`);
    return { is: 'settled', payment: settled.payment };
  }

  private async reverse(context: RefundContext, refund: Refund): Promise<RefundOutcome> {
    const { tx, payment, charge } = context;
    const reversed = await this.accounting.reverse(tx, { payment, charge, refund });
    await this.waitingEvents.requeue(tx, { payment_intent: charge.transaction_id, payment_id: payment.id });
    await this.record(context, reversed.refund, 'refund.failed_after_success', {
      refund_owed: reversed.payment.refund_owed,
    });
    return { is: 'reversed', payment: reversed.payment };
  }

  /**
   * The refund exists at Stripe: staff made it in the dashboard, or an earlier attempt of ours made it although its row
   * says that it failed. So it counts, and reservations of ours yield once Stripe has answered them.
   */
  private async madeElsewhere(context: RefundContext, means: Settlement['status'] | 'pending'): Promise<RefundOutcome> {
    const { tx, charge, stripeRefund } = context;
    if (means === 'failed' || means === 'cancelled') return { is: 'nothing_new', payment: context.payment };
    if (charge.disposition === 'foreign' || charge.payment_id !== context.payment.id) return { is: 'foreign' };
    const payment = await this.withRoom(context);
    if (!payment) {
      if (await this.calls.anyUnanswered(tx, charge.id))
        throw new EventNotReadyError('a refund of ours waits for its answer');
      return {
        is: 'quarantined',
        why: `${stripeRefund.amount} ${stripeRefund.currency} is more than is left of the charge`,
      };
    }
    const reason = nameOf(stripeRefund).ref === undefined ? MADE_ELSEWHERE : MADE_BY_PAYONCE;
    const refund = await this.accounting.reserve(tx, [charge], {
      amount: stripeRefund.amount,
      reason,
      requested_by: null,
    });
    await this.refunds.setTransaction(tx, refund.id, stripeRefund.id);
    await this.calls.adopt(tx, refund.id);
    await this.record(
      context,
      refund,
      'refund.made_elsewhere',
      means === 'pending' ? pendingReasonOf(stripeRefund) : {},
    );
    if (means === 'pending') return { is: 'on_its_way', payment };
    return this.settle({ ...context, payment, charge: await this.ledger.charges.lock(tx, charge.id) }, refund, means);
  }

  /**
   * Returns the payment once the charge has room for this refund; a lost dispute that counts for the same money yields.
   */
  private async withRoom({ tx, payment, charge, stripeRefund }: RefundContext): Promise<Payment | undefined> {
    if (stripeRefund.currency !== charge.currency) return undefined;
    const missing = stripeRefund.amount - refundable(charge);
    return missing <= 0 ? payment : this.accounting.makeRoom(tx, { payment, charge, amount: missing });
  }

  private async record(
    { tx, payment, stripeRefund, auditBuffer }: RefundContext,
    refund: Refund,
    action: AuditAction,
    more: Record<string, unknown> = {},
  ): Promise<void> {
    const detail = { refund_id: refund.id, amount: refund.amount, transaction_id: stripeRefund.id, ...more };
    await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, { action, detail }));
    auditBuffer.committed();
  }
}

export function nameOf(stripeRefund: StripeRefund): ReportedRefund {
  return {
    ref: referenceIn(stripeRefund.metadata),
    id: stripeRefund.id,
    payment_intent: paymentIntentOf(stripeRefund),
  };
}

/**
 * Named because staff can fix an empty balance: https://docs.stripe.com/api/refunds/object#refund_object-pending_reason
 */
function pendingReasonOf({ pending_reason }: StripeRefund): Record<string, unknown> {
  return pending_reason === undefined ? {} : { pending_reason };
}

/**
 * @returns our refund if this Stripe refund is the same one. Until our refund has a Stripe id, the amounts must be
 *   equal. Two Stripe refunds under one reference of ours are two movements of money; so is one that Stripe made
 *   although our row says that it failed or was withdrawn.
 */
function sameRefund<Found extends Refund>(found: Found | undefined, stripeRefund: StripeRefund): Found | undefined {
  if (!found || found.transaction_id === stripeRefund.id) return found;
  const isAwaited = found.transaction_id === null && found.status === 'pending' && found.amount === stripeRefund.amount;
  return isAwaited ? found : undefined;
}
