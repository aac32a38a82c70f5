import type { AuditAction } from '#audit';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { StripeGateway, type StripeRefund } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type LockedCharge, refundable } from '../../ledger/charges.repository.js';
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
  /** More was paid back than arrived, by the word of Stripe: staff decide. */
  | { readonly is: 'quarantined'; readonly why: string };

/** A refund as Stripe states it; with a fence if Stripe's API was asked for that. */
export interface ReadRefund {
  readonly stripeRefund: StripeRefund;
  readonly fence: number | undefined;
}

const MADE_ELSEWHERE = "Made in Stripe's dashboard";
const MADE_BY_PAYONCE = 'Found at Stripe: made under a reference of Payonce, and not in the books';

/** The one transaction in which a refund is applied as Stripe states it. */
export interface RefundContext {
  readonly tx: EntityManager;
  readonly payment: Payment;
  readonly charge: LockedCharge;
  readonly stripeRefund: StripeRefund;
  readonly trail: AuditBuffer;
}

/** Applies what Stripe says of a refund, ours or one made in its dashboard, under the lock of the payment. */
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

  /** The payment it is about, so that its lock can be taken; undefined: nothing of ours. */
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

  /** Reads a refund as far as that is needed, and applies it in a transaction of its own. @throws StripeUnavailable, EventNotReadyError */
  async update(payment_id: number, given: StripeRefund, trail: AuditBuffer): Promise<RefundOutcome> {
    const read = await this.read(given, { isCurrent: true });
    const outcome = await inTransaction(this.ledger.dataSource, async (tx) => this.apply(tx, payment_id, read, trail));
    crashPoint('refund.committed');
    trail.committed();
    return outcome;
  }

  /**
   * A refund that the books have is taken at Stripe's word: its states only go forward. Any other is read again first: an
   * old event that comes after a newer one would else count money as returned that never went. No transaction is open.
   * @param how.isCurrent false: it was written for another version of the API, and is read again in ours
   * @throws StripeUnavailable
   */
  async read(given: StripeRefund, { isCurrent }: { isCurrent: boolean }): Promise<ReadRefund> {
    const isKnown = thisOne(await this.calls.findReported(this.ledger.manager, nameOf(given)), given) !== undefined;
    if (isCurrent && isKnown) return { stripeRefund: given, fence: undefined };
    const intent = paymentIntentOf(given);
    const fence =
      intent === undefined
        ? undefined
        : await this.ledger.charges.raiseReadFence(this.ledger.manager, transactionAtStripe(intent));
    return { stripeRefund: (await this.gateway.findRefund(given.id)) ?? given, fence };
  }

  /** @throws EventNotReadyError: another process has asked Stripe since, or a refund of ours waits for its answer */
  async apply(
    tx: EntityManager,
    payment_id: number,
    { stripeRefund, fence }: ReadRefund,
    trail: AuditBuffer,
  ): Promise<RefundOutcome> {
    const payment = await this.ledger.payments.lock(tx, payment_id);
    const charge = payment && (await this.lockCharge(tx, stripeRefund));
    if (!payment || !charge) return { is: 'foreign' };
    if (fence !== undefined && charge.read_fence !== fence)
      throw new EventNotReadyError('another process has asked Stripe since');
    const outcome = await this.applyToCharge({ tx, payment, charge, stripeRefund, trail });
    crashPoint('refund.before-commit');
    return outcome;
  }

  private async lockCharge(tx: EntityManager, stripeRefund: StripeRefund): Promise<LockedCharge | undefined> {
    const ours = await this.calls.findReported(tx, nameOf(stripeRefund));
    if (ours) return this.ledger.charges.lock(tx, ours.charge_id);
    const intent = paymentIntentOf(stripeRefund);
    return intent === undefined ? undefined : this.ledger.charges.lockTransaction(tx, transactionAtStripe(intent));
  }

  /** In a transaction that holds payment and charge. @throws EventNotReadyError: a refund of ours waits for its answer */
  async applyToCharge(context: RefundContext): Promise<RefundOutcome> {
    const { tx, payment, charge, stripeRefund } = context;
    // Read again under the charge's lock: whoever held it may have settled it.
    const ours = thisOne(await this.calls.findReported(tx, nameOf(stripeRefund)), stripeRefund);
    const means = statusOfRefund(stripeRefund);
    if (!ours) return this.madeElsewhere(context, means);
    // Whatever the answer is: what waited for it has room now, or knows that it has none.
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
    // One that failed keeps its name too, so that another one under our reference is not taken for it.
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
   * A fact, made by staff on Stripe's own page, or by a try of ours whose row says that it failed: it counts. Reservations
   * of ours yield, once Stripe has answered them.
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

  /** The payment, once the charge has room for this refund; a lost dispute that counts for its money yields. */
  private async withRoom({ tx, payment, charge, stripeRefund }: RefundContext): Promise<Payment | undefined> {
    if (stripeRefund.currency !== charge.currency) return undefined;
    const missing = stripeRefund.amount - refundable(charge);
    return missing <= 0 ? payment : this.accounting.makeRoom(tx, { payment, charge, amount: missing });
  }

  private async record(
    { tx, payment, stripeRefund, trail }: RefundContext,
    refund: Refund,
    action: AuditAction,
    more: Record<string, unknown> = {},
  ): Promise<void> {
    const detail = { refund_id: refund.id, amount: refund.amount, transaction_id: stripeRefund.id, ...more };
    await this.ledger.audit.record(tx, trail.entries(payment.id, { action, detail }));
    trail.committed();
  }
}

export function nameOf(stripeRefund: StripeRefund): ReportedRefund {
  return {
    ref: referenceIn(stripeRefund.metadata),
    id: stripeRefund.id,
    payment_intent: paymentIntentOf(stripeRefund),
  };
}

/** Staff can act on an empty balance: https://docs.stripe.com/api/refunds/object#refund_object-pending_reason */
function pendingReasonOf({ pending_reason }: StripeRefund): Record<string, unknown> {
  return pending_reason === undefined ? {} : { pending_reason };
}

/**
 * A refund of ours, if that is what Stripe talks about: of our amount, as long as it has no name of Stripe's. Two of
 * Stripe's under one reference of ours are two movements of money, and so is one that was made although our row says that it
 * failed or was withdrawn.
 */
function thisOne<Found extends Refund>(found: Found | undefined, stripeRefund: StripeRefund): Found | undefined {
  if (!found || found.transaction_id === stripeRefund.id) return found;
  const isAwaited = found.transaction_id === null && found.status === 'pending' && found.amount === stripeRefund.amount;
  return isAwaited ? found : undefined;
}
