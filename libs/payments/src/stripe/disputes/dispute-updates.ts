import { type StripeDispute, StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LockedCharge } from '../../ledger/charge.js';
import type { Payment } from '../../ledger/payment.js';
import { Ledger } from '../../ledger/ledger.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { RefundAccounting } from '../../ledger/refund-accounting.js';
import { outcomeOfDispute, type DisputeOutcomeOfStripe } from './dispute-outcome.js';
import { DisputesRepository, type KnownDispute } from '../../ledger/disputes.repository.js';
import { EventNotReadyError } from '../inbox/event-processor.js';
import { paymentIntentOf } from '../objects/reference.js';
import { EventRequeue } from '../inbox/event-requeue.js';
import { transactionAtStripe } from '../objects/transaction.js';

export type DisputeOutcome =
  | { readonly is: 'applied' | 'nothing_new'; readonly payment: Payment }
  | { readonly is: 'foreign' }
  | { readonly is: 'quarantined'; readonly why: string };

/** A dispute as Stripe's API states it now, and the fence under which it was read. */
export interface ReadDispute {
  readonly dispute: StripeDispute;
  readonly payment_intent: string;
  readonly fence: number | undefined;
}

/** The transaction in which a dispute is applied, as Stripe's API states it. */
interface DisputeContext {
  readonly tx: EntityManager;
  readonly payment: Payment;
  readonly charge: LockedCharge;
  readonly dispute: StripeDispute;
  readonly auditBuffer: AuditBuffer;
}

/**
 * Applies a dispute under the lock of its payment. Events come in any order, and a won dispute may be lost later or a
 * lost one won (https://docs.stripe.com/disputes/withdrawing). So an event only shows that something changed; the
 * answer of Stripe's API decides.
 */
@Injectable()
export class DisputeUpdates {
  constructor(
    private readonly ledger: Ledger,
    private readonly disputes: DisputesRepository,
    private readonly accounting: RefundAccounting,
    private readonly gateway: StripeGateway,
    private readonly waitingEvents: EventRequeue,
  ) {}

  /** The payment it is about; undefined when it is not ours. */
  async paymentOf(dispute: StripeDispute): Promise<number | undefined> {
    const intent = paymentIntentOf(dispute);
    if (intent === undefined) return undefined;
    const charge = await this.ledger.charges.findTransaction(this.ledger.manager, transactionAtStripe(intent));
    return charge?.payment_id ?? undefined;
  }

  /** No transaction is open; the caller holds the payment's lock. @throws StripeUnavailable */
  async read(dispute: StripeDispute): Promise<ReadDispute> {
    const payment_intent = paymentIntentOf(dispute) ?? '';
    const fence = await this.ledger.charges.raiseReadFence(this.ledger.manager, transactionAtStripe(payment_intent));
    // The dispute belongs to another account that Stripe does not let us read, so the signed event is the only source.
    return { dispute: (await this.gateway.findDispute(dispute.id)) ?? dispute, payment_intent, fence };
  }

  /** @throws EventNotReadyError: another process has asked Stripe since; UnknownDisputeStatusError */
  async apply(
    tx: EntityManager,
    payment_id: number,
    read: ReadDispute,
    auditBuffer: AuditBuffer,
  ): Promise<DisputeOutcome> {
    const payment = await this.ledger.payments.lock(tx, payment_id);
    const charge = payment && (await this.ledger.charges.lockTransaction(tx, transactionAtStripe(read.payment_intent)));
    if (!payment || !charge) return { is: 'foreign' };
    if (charge.read_fence !== read.fence) throw new EventNotReadyError('another process has read Stripe since');
    return this.applyToCharge({ tx, payment, charge, dispute: read.dispute, auditBuffer });
  }

  /** Applies a dispute that was just read from Stripe, in a transaction that has locked payment and charge. */
  async applyToCharge(context: DisputeContext): Promise<DisputeOutcome> {
    const { tx, payment, charge, dispute, auditBuffer } = context;
    if (dispute.currency !== charge.currency) {
      return { is: 'quarantined', why: `disputed in ${dispute.currency}, received in ${charge.currency}` };
    }
    const outcome = outcomeOfDispute(dispute);
    const known = await this.disputes.find(tx, dispute.id);
    if (known && known.state !== 'inquiry' && outcome.state === 'inquiry') {
      return { is: 'quarantined', why: `an inquiry, and it was ${known.state} before` };
    }
    if (known && isSame(known, dispute, outcome)) return { is: 'nothing_new', payment };
    const { id: dispute_id, amount, currency, reason, status, created: opened_at } = dispute;
    const facts = { ...outcome, dispute_id, amount, currency, status, opened_at };
    const written = await this.disputes.write(tx, charge, facts);
    const state = dispute.status === 'warning_closed' ? 'inquiry_closed' : outcome.state;
    const detail = { dispute_id, state, status, amount, lost_amount: written.lost_amount, reason };
    await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, { action: `dispute.${state}`, detail }));
    auditBuffer.committed();
    const at = outcome.reinstated_at === null ? null : new Date(outcome.reinstated_at * 1_000);
    const returned = (known?.counted_amount ?? 0) - written.counted_amount;
    const now =
      returned > 0
        ? await this.accounting.uncount(tx, { payment, charge, dispute: written, amount: returned, at })
        : payment;
    const counted = await this.accounting.countLostDisputes(tx, charge.id, now);
    // Refunds without room beside what was counted as lost may have room now.
    if (returned > 0)
      await this.waitingEvents.requeue(tx, { payment_intent: charge.transaction_id, payment_id: payment.id });
    return { is: 'applied', payment: counted };
  }
}

function isSame(known: KnownDispute, dispute: StripeDispute, outcome: DisputeOutcomeOfStripe): boolean {
  return (
    known.stripe_status === dispute.status &&
    known.amount === dispute.amount &&
    known.charge_refundable === outcome.charge_refundable &&
    (outcome.state === 'open' || known.lost_amount === outcome.lost_amount)
  );
}
