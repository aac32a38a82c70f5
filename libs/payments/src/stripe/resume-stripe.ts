import { countJobFailure, takeBatch } from '#database';
import { AppError } from '#errors';
import { Locks } from '#locking';
import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { withPaymentLock } from '../ledger/payment-lock.js';
import { StripeRefunds } from './refunds/stripe-refunds.js';
import { StripeRefundsRepository } from './refunds/stripe-refunds.repository.js';
import { StripeSessions } from './sessions/stripe-sessions.js';
import { StripeSessionsRepository } from './sessions/stripe-sessions.repository.js';
import { Ledger } from '../ledger/ledger.js';
import { AuditBuffer } from '../ledger/audit-buffer.js';

const JOB = 'resume-payments';

/** The queries for due rows, which both repositories provide. */
interface DueRows<Due> {
  takeDue(manager: EntityManager, limit: number, only?: number | null): Promise<Due[]>;
  due(manager: EntityManager, limit: number, except: readonly number[]): Promise<number[]>;
}

/** Small enough that one sweep's calls to Stripe end before the next sweep starts. */
const BATCH = 25;
const MAX_BATCHES = 8;

/** A process that holds the lock for longer does the same work as this one. */
const PAYMENT_LOCK_WAIT_MS = 1_000;

/**
 * Finishes interrupted work and checks what is still unknown: unanswered sessions and refunds, pages past their expiry,
 * payments that are processing. Runs the same use cases as the API. Safe on many workers.
 */
@Injectable()
export class ResumeStripe {
  constructor(
    private readonly ledger: Ledger,
    private readonly locks: Locks,
    private readonly gateway: StripeGateway,
    private readonly sessions: StripeSessions,
    private readonly sessionRows: StripeSessionsRepository,
    private readonly refunds: StripeRefunds,
    private readonly refundRows: StripeRefundsRepository,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(ResumeStripe.name);
  }

  /** @returns how many sessions and refunds were checked */
  async run(): Promise<number> {
    const listings = await this.sessions.listingsOfSweep();
    const sessions = await this.inBatches(this.sessionRows, (payment_id) =>
      this.locked(
        payment_id,
        async (auditBuffer) => void (await this.sessions.recover(payment_id, { auditBuffer, listings })),
      ),
    );
    const refunds = await this.inBatches(this.refundRows, ({ refund_id, payment_id }) =>
      this.locked(payment_id, (auditBuffer) => this.refunds.pursue(refund_id, auditBuffer)),
    );
    return sessions + refunds;
  }

  /** A row that cannot be taken or processed does not block others. */
  private async inBatches<Due>(of: DueRows<Due>, work: (due: Due) => Promise<void>): Promise<number> {
    const { manager } = this.ledger;
    const refused = new Set<number>();
    const taking = {
      batch: () => of.takeDue(manager, BATCH),
      due: (except: readonly number[]) => of.due(manager, BATCH, except),
      one: (id: number) => of.takeDue(manager, 1, id),
      refused: async (id: number, error: unknown) => {
        this.logger.error({ id, err: error }, 'Worker: A row could not be taken');
        await countJobFailure(manager, JOB, error);
      },
    };
    let looked = 0;
    for (let batch = 0; batch < MAX_BATCHES && this.gateway.isAvailable; batch++) {
      const { rows, more } = await takeBatch(taking, BATCH, refused);
      for (const one of rows) await work(one);
      looked += rows.length;
      if (!more) break;
    }
    return looked;
  }

  private async locked(payment_id: number, work: (auditBuffer: AuditBuffer) => Promise<void>): Promise<void> {
    const auditBuffer = new AuditBuffer({ actor_user_id: null, request_id: null });
    auditBuffer.note({ lane: 'worker', action: 'worker.looked' });
    try {
      await withPaymentLock(this.locks, { id: payment_id, waitMs: PAYMENT_LOCK_WAIT_MS }, async () =>
        work(auditBuffer),
      );
    } catch (error) {
      // Its next check is already scheduled: a failing row must not block the others. An error that is an answer for
      // users (Stripe refused, staff must decide, the lock is held) is not a failure of the job.
      if (error instanceof AppError) {
        this.logger.info({ payment_id, reason: (error as Error).message }, 'Worker: not finished, retried later');
        return;
      }
      this.logger.error({ payment_id, err: error }, 'Worker: A payment could not be resumed');
      await countJobFailure(this.ledger.manager, JOB, error);
    }
  }
}
