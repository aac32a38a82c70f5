import { inTransaction } from '#database';
import { ChargeNotAcceptable, ChargeNotQuarantined, LockTimeout, StripeUnavailable } from '#errors';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { withPaymentLock } from '../../ledger/payment-lock.js';
import { Ledger } from '../../ledger/ledger.js';
import type { ChargeToReview } from '../../ledger/quarantine.repository.js';
import { AuditBuffer } from '../../ledger/audit-buffer.js';
import { STRIPE } from '../../stripe/objects/transaction.js';
import { AcceptCharge } from './accept-charge.js';

/** Each is a few calls to Stripe; what is left is the next sweep's. */
const MAX_REVIEWS = 10;

/** Whoever works on the payment right now is served first. */
const LOCK_WAIT_MS = 1_000;

/**
 * Asks Stripe again about quarantined money, now and then: it may match after all (an event said something wrong), or have
 * been refunded on Stripe's dashboard without a word to us. Anything else waits for staff. Safe on many workers.
 */
@Injectable()
export class ReviewUnmatchedMoney {
  constructor(
    private readonly ledger: Ledger,
    private readonly locks: Locks,
    private readonly acceptCharge: AcceptCharge,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(ReviewUnmatchedMoney.name);
  }

  /** @returns how many were reviewed. */
  async run(): Promise<number> {
    const due = await this.ledger.quarantine.takeToReview(this.ledger.manager, STRIPE, MAX_REVIEWS);
    for (const charge of due) {
      try {
        const lock = { id: charge.payment_id, waitMs: LOCK_WAIT_MS };
        await withPaymentLock(this.locks, lock, async () => this.review(charge));
      } catch (error) {
        const passing = [LockTimeout, StripeUnavailable].some((kind) => error instanceof kind);
        // Its next review is set already: one that fails must not keep the others from theirs.
        if (!passing) this.logger.error({ charge_id: charge.id, err: error }, 'Worker: A charge could not be reviewed');
      }
    }
    return due.length;
  }

  private async review(charge: ChargeToReview): Promise<void> {
    const trail = new AuditBuffer({ actor_user_id: null, request_id: null });
    trail.note({ lane: 'worker', action: 'worker.reviewed_charge', detail: { charge_id: charge.id } });
    const received = await this.acceptCharge.refresh(charge, trail);
    // Money whose automatic refund failed is not accepted automatically: staff decide.
    if (charge.had_refunds) return;
    try {
      await inTransaction(this.ledger.dataSource, (tx) => this.acceptCharge.accept(tx, charge, received, trail));
      this.logger.info({ charge_id: charge.id, payment_id: charge.payment_id }, 'Payment: Quarantined money accepted');
    } catch (error) {
      if (!(error instanceof ChargeNotAcceptable || error instanceof ChargeNotQuarantined)) throw error;
    }
  }
}
