import { inTransaction } from '#database';
import { type StripeDispute, StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LockedCharge } from '../../ledger/charges.repository.js';
import type { Payment } from '../../ledger/payment.js';
import { PaymentRows } from '../../ledger/ledger.js';
import type { Trail } from '../../ledger/audit-buffer.js';
import { RefundSettlement } from '../../ledger/refund-accounting.js';
import { outcomeOfDispute, type DisputeOutcomeOfStripe } from './dispute-outcome.js';
import { DisputesRepository, type KnownDispute } from '../../ledger/disputes.repository.js';
import { NotYet } from '../event-processor.js';
import { paymentIntentOf } from '../reference.js';
import { WaitingNews } from '../event-requeue.js';

export type DisputeOutcome =
  | { readonly is: 'applied' | 'nothing_new'; readonly payment: Payment }
  | { readonly is: 'foreign' }
  | { readonly is: 'quarantined'; readonly why: string };

type Remember = (tx: EntityManager, outcome: DisputeOutcome) => Promise<void>;

/** The transaction in which a dispute, as Stripe's API states it, is applied. */
interface DisputeContext {
  readonly tx: EntityManager;
  readonly payment: Payment;
  readonly charge: LockedCharge;
  readonly dispute: StripeDispute;
  readonly trail: Trail;
}

/**
 * Applies a dispute under the lock of its payment. Events come in any order, a won dispute may be lost later and a lost one
 * won (https://docs.stripe.com/disputes/withdrawing): so an event only says that there is something to read, and what
 * Stripe's API answers decides.
 */
@Injectable()
export class DisputeNews {
  constructor(
    private readonly rows: PaymentRows,
    private readonly disputes: DisputesRepository,
    private readonly settlement: RefundSettlement,
    private readonly gateway: StripeGateway,
    private readonly waiting: WaitingNews,
  ) {}

  /** The payment it is about; undefined: nothing of ours. */
  async paymentOf(dispute: StripeDispute): Promise<number | undefined> {
    const intent = paymentIntentOf(dispute);
    if (intent === undefined) return undefined;
    const charge = await this.rows.charges.findTransaction(this.rows.manager, intent);
    return charge?.payment_id ?? undefined;
  }

  /**
   * Reads the dispute at Stripe and applies what it now is. The caller holds `purchase:complete:{payment}`.
   * @throws StripeUnavailable; NotYet: another process has asked Stripe since; UnknownDisputeStatusError
   */
  async apply(
    payment_id: number,
    dispute: StripeDispute,
    trail: Trail,
    remember: Remember = nothing,
  ): Promise<DisputeOutcome> {
    const intent = paymentIntentOf(dispute) ?? '';
    const fence = await this.rows.charges.raiseReadFence(this.rows.manager, intent);
    // Another account's, which Stripe does not show us: then the signed event is all there is.
    const now = (await this.gateway.findDispute(dispute.id)) ?? dispute;
    return inTransaction(this.rows.dataSource, async (tx) => {
      const payment = await this.rows.payments.lock(tx, payment_id);
      const charge = payment && (await this.rows.charges.lockTransaction(tx, intent));
      if (charge && charge.read_fence !== fence) throw new NotYet('another process has asked Stripe since');
      const outcome: DisputeOutcome =
        payment && charge ? await this.applyWithin({ tx, payment, charge, dispute: now, trail }) : { is: 'foreign' };
      await remember(tx, outcome);
      return outcome;
    });
  }

  /** Applies a dispute that was just read from Stripe, in a transaction that holds payment and charge. */
  async applyWithin(context: DisputeContext): Promise<DisputeOutcome> {
    const { tx, payment, charge, dispute, trail } = context;
    if (dispute.currency !== charge.currency) {
      return { is: 'quarantined', why: `disputed in ${dispute.currency}, received in ${charge.currency}` };
    }
    const outcome = outcomeOfDispute(dispute);
    const known = await this.disputes.find(tx, dispute.id);
    if (known && known.state !== 'inquiry' && outcome.state === 'inquiry') {
      return { is: 'quarantined', why: `an inquiry, and it was ${known.state} before` };
    }
    if (known && isSame(known, dispute, outcome)) return { is: 'nothing_new', payment };
    const written = await this.disputes.write(tx, { charge, dispute, outcome });
    const state = dispute.status === 'warning_closed' ? 'inquiry_closed' : outcome.state;
    const { id: dispute_id, amount, reason, status } = dispute;
    const detail = { dispute_id, state, status, amount, lost_amount: written.lost_amount, reason };
    await this.rows.audit.record(tx, trail.upTo(payment.id, { action: `dispute.${state}`, detail }));
    trail.committed();
    const at = outcome.reinstated_at === null ? null : new Date(outcome.reinstated_at * 1_000);
    const returned = (known?.counted_amount ?? 0) - written.counted_amount;
    const now =
      returned > 0
        ? await this.settlement.uncount(tx, { payment, charge, dispute: written, amount: returned, at })
        : payment;
    const counted = await this.settlement.countLostDisputes(tx, charge.id, now);
    // Refunds that had no room beside what was counted as lost may have it now.
    if (returned > 0) await this.waiting.requeue(tx, { payment_intent: charge.transaction_id, payment_id: payment.id });
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

const nothing: Remember = () => Promise.resolve();
