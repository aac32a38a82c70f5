import { type StripeDispute, StripeLists, type StripeRefund } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import type { Payment } from '../../ledger/payment.js';
import { Ledger } from '../../ledger/ledger.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { DisputeUpdates } from '../disputes/dispute-updates.js';
import { UnknownDisputeStatusError } from '../disputes/dispute-outcome.js';
import { EventNotReadyError } from '../inbox/event-processor.js';
import { RefundUpdates } from './refund-updates.js';
import { transactionAtStripe } from '../objects/transaction.js';

/** Everything that Stripe's API states about the money of one payment intent: how much of it was returned, and how. */
export interface ChargeFacts {
  readonly payment_intent: string;
  readonly refunds: readonly StripeRefund[];
  readonly disputes: readonly StripeDispute[];
  /** Raised before Stripe was asked. Facts with an older fence are not booked. */
  readonly fence: number | undefined;
}

/**
 * Reads the refunds and disputes of one payment intent from Stripe and books those that the database lacks, whether
 * they were made in Stripe's dashboard or their event was lost or never subscribed to.
 */
@Injectable()
export class ReadChargeFacts {
  constructor(
    private readonly ledger: Ledger,
    private readonly lists: StripeLists,
    private readonly refunds: RefundUpdates,
    private readonly disputes: DisputeUpdates,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(ReadChargeFacts.name);
  }

  /** @throws StripeUnavailable */
  async read(payment_intent: string): Promise<ChargeFacts> {
    const fence = await this.ledger.charges.raiseReadFence(this.ledger.manager, transactionAtStripe(payment_intent));
    const refunds = await this.lists.refunds(payment_intent);
    const disputes = await this.lists.disputes(payment_intent);
    const byAge = (a: { created: number }, b: { created: number }) => a.created - b.created;
    return { payment_intent, refunds: refunds.toSorted(byAge), disputes: disputes.toSorted(byAge), fence };
  }

  /**
   * Books what is new, oldest first, in a transaction that has locked the payment's row.
   * @returns the payment as it is afterwards @throws EventNotReadyError: another process has read Stripe since
   */
  async book(tx: EntityManager, payment: Payment, facts: ChargeFacts, auditBuffer: AuditBuffer): Promise<Payment> {
    const locked = await this.ledger.charges.lockTransaction(tx, transactionAtStripe(facts.payment_intent));
    if (!locked) return payment;
    if (locked.read_fence !== facts.fence) throw new EventNotReadyError('another process has read Stripe since');
    let now = payment;
    for (const stripeRefund of facts.refunds) {
      const charge = await this.ledger.charges.lock(tx, locked.id);
      const outcome = await this.refunds
        .applyToCharge({ tx, payment: now, charge, stripeRefund, auditBuffer })
        .catch((error: unknown) => {
          // The refund's own event stays in the inbox until the unanswered refund that it waits for is answered.
          if (error instanceof EventNotReadyError) return undefined;
          throw error;
        });
      if (outcome && 'payment' in outcome) now = outcome.payment;
      if (outcome?.is === 'quarantined') {
        this.logger.warn(
          { payment_id: payment.id, refund: stripeRefund.id, why: outcome.why },
          'Refund: Stripe differs from the ledger',
        );
      }
    }
    for (const dispute of facts.disputes) {
      const charge = await this.ledger.charges.lock(tx, locked.id);
      const outcome = await this.disputes
        .applyToCharge({ tx, payment: now, charge, dispute, auditBuffer })
        .catch((error: unknown) => {
          if (!(error instanceof UnknownDisputeStatusError)) throw error;
          this.logger.error({ payment_id: payment.id, err: error }, 'Dispute: Unknown status');
          return undefined;
        });
      if (outcome && 'payment' in outcome) now = outcome.payment;
    }
    return now;
  }
}
