import { countJobFailure, inTransaction, rethrowIfUnreachable } from '#database';
import { ChargeNotAcceptable, ChargeNotQuarantined, LockTimeout, ProviderUnavailable } from '#errors';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { withPaymentLock } from '../../ledger/payment-lock.js';
import { Ledger } from '../../ledger/ledger.js';
import type { PaymentMethod } from '../../ledger/payment-methods.js';
import type { ChargeToReview } from '../../ledger/quarantine.repository.js';
import { AuditBuffer } from '../../ledger/audit-buffer.js';
import type { ProviderCharges } from '../../provider/provider-charges.js';
import { ProviderRegistry } from '../../provider/provider-registry.js';
import { AcceptCharge } from './accept-charge.js';

const JOB = 'review-unmatched-money';

/** Of one method. Each review makes a few calls to its provider. The next sweep does the rest. */
const MAX_REVIEWS = 10;

/** If another process holds the payment's lock for longer, the review waits for a later sweep. */
const LOCK_WAIT_MS = 1_000;

/**
 * Periodically asks providers again about quarantined money. It may match after all (an event contained a wrong value), or
 * may have been refunded in the provider's dashboard without an event. Anything else waits for staff. Safe on many workers.
 */
@Injectable()
export class ReviewUnmatchedMoney {
  constructor(
    private readonly ledger: Ledger,
    private readonly locks: Locks,
    private readonly acceptCharge: AcceptCharge,
    private readonly providers: ProviderRegistry,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(ReviewUnmatchedMoney.name);
  }

  /** @returns how many were reviewed */
  async run(): Promise<number> {
    let reviewed = 0;
    for (const { charges, methods } of this.providers.all()) {
      if (!charges) continue;
      for (const method of methods) {
        try {
          reviewed += await this.reviewDue(method, charges);
        } catch (error) {
          rethrowIfUnreachable(error);
          this.logger.error({ job: JOB, payment_method: method, err: error }, 'Worker: Job failed');
          await countJobFailure(this.ledger.manager, JOB, error);
        }
      }
    }
    return reviewed;
  }

  private async reviewDue(method: PaymentMethod, charges: ProviderCharges): Promise<number> {
    const due = await this.ledger.quarantine.takeToReview(this.ledger.manager, method, MAX_REVIEWS);
    for (const charge of due) {
      try {
        const lock = { id: charge.payment_id, waitMs: LOCK_WAIT_MS };
        await withPaymentLock(this.locks, lock, async () => this.review(charge, charges));
      } catch (error) {
        const passing = [LockTimeout, ProviderUnavailable].some((kind) => error instanceof kind);
        // Its next review is already scheduled: a failing review must not block the others.
        if (!passing) this.logger.error({ charge_id: charge.id, err: error }, 'Worker: A charge could not be reviewed');
      }
    }
    return due.length;
  }

  private async review(charge: ChargeToReview, charges: ProviderCharges): Promise<void> {
    const auditBuffer = new AuditBuffer({ actor_user_id: null, request_id: null });
    auditBuffer.note({ lane: 'worker', action: 'worker.reviewed_charge', detail: { charge_id: charge.id } });
    const received = await charges.refresh(charge, auditBuffer);
    // Money whose automatic refund failed is not accepted automatically: staff decide.
    if (charge.had_refunds) return;
    try {
      await inTransaction(this.ledger.dataSource, (tx) => this.acceptCharge.accept(tx, charge, received, auditBuffer));
      this.logger.info({ charge_id: charge.id, payment_id: charge.payment_id }, 'Payment: Quarantined money accepted');
    } catch (error) {
      if (!(error instanceof ChargeNotAcceptable || error instanceof ChargeNotQuarantined)) throw error;
    }
  }
}
