import { Metrics } from '#observability';
import { type StripeEvent, StripeGateway, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { paymentLockKey } from '../../ledger/payment-lock.js';
import { isStripesOwn } from '../catch-up/found-event.js';
import { MissingFromLedger } from '../catch-up/missing-from-ledger.js';
import type { EventResult } from '../inbox/event-processor.js';
import { isCurrentVersion, purchaseIdIn } from '../objects/reference.js';
import { CheckoutSessionUpdates, type SessionOutcome, type SessionUpdate } from '../sessions/session-updates.js';
import { StripeSessionsRepository } from '../sessions/stripe-sessions.repository.js';
import type { AppliedEvent, EventHandler, LocatedPayment } from './event-handler.js';

const UNKNOWN_PAYMENT = 'paid under our reference, and its payment is not in the database: see /ops/discrepancies';

/** Processes events about Checkout sessions. Legacy sessions have no payment id of ours and use a lock of their own. */
@Injectable()
export class CheckoutSessionEvents implements EventHandler<SessionUpdate | undefined> {
  private readonly sessionLocks;

  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: StripeSessionsRepository,
    private readonly updates: CheckoutSessionUpdates,
    private readonly missing: MissingFromLedger,
    private readonly gateway: StripeGateway,
    private readonly logger: PinoLogger,
    metrics: Metrics,
  ) {
    this.logger.setContext(CheckoutSessionEvents.name);
    this.sessionLocks = metrics.counter(
      'payonce_webhook_session_locks_total',
      "Checkout session events processed, by lock: unified, or legacy for sessions without Payonce's payment id",
      ['lock'],
    );
    // Starts at zero, so that a month without the legacy lock shows as 0 and not as a missing series.
    for (const lock of ['unified', 'legacy'] as const) this.sessionLocks.inc({ lock }, 0);
  }

  async locate(event: StripeEvent): Promise<LocatedPayment | undefined> {
    const session = event.data.object as StripeSession;
    const purchaseId = purchaseIdIn(session.metadata);
    if (purchaseId !== undefined) {
      const lock_key = paymentLockKey(purchaseId);
      this.sessionLocks.inc({ lock: 'unified' });
      this.logger.info({ session: session.id }, `Using unified lock: ${lock_key}`);
      return { payment_id: purchaseId, lock_key };
    }
    const payment_id = await this.sessions.paymentOf(this.dataSource.manager, session.id);
    if (payment_id === undefined) return undefined;
    const lock_key = `webhook:session:${session.id}`;
    this.sessionLocks.inc({ lock: 'legacy' });
    this.logger.warn({ payment_id }, `Using legacy lock (no purchaseId): ${lock_key}`);
    return { payment_id, lock_key };
  }

  /** @returns undefined when the database does not have the payment, for example after a restore */
  async read(event: StripeEvent, payment_id: number): Promise<SessionUpdate | undefined> {
    const session = event.data.object as StripeSession;
    if (await this.missing.isOfUnknownPayment(session)) return undefined;
    return this.updates.read(payment_id, {
      session,
      async_failed: event.type === 'checkout.session.async_payment_failed',
      // An event that reports a paid session was created when the money was taken; any other may be days older.
      ...(isStripesOwn(event) && session.payment_status === 'paid' ? { taken_at: event.created } : {}),
      isCurrent: isCurrentVersion(event, this.gateway),
    });
  }

  async apply(
    tx: EntityManager,
    payment_id: number,
    update: SessionUpdate | undefined,
    auditBuffer: AuditBuffer,
  ): Promise<AppliedEvent> {
    if (!update) return { result: { verdict: 'quarantined', payment_id: null, note: UNKNOWN_PAYMENT } };
    const outcome = await this.updates.apply(tx, payment_id, update, auditBuffer);
    return {
      result: resultOf(payment_id, outcome),
      afterCommit: async () => this.updates.committed(payment_id, update, outcome, auditBuffer),
    };
  }
}

function resultOf(payment_id: number, outcome: SessionOutcome): EventResult {
  if (outcome.is === 'foreign') return { verdict: 'foreign', payment_id: null, note: outcome.why };
  if (outcome.is === 'quarantined') return { verdict: 'quarantined', payment_id, note: 'amount or currency differ' };
  return { verdict: 'applied', payment_id, note: outcome.is };
}
