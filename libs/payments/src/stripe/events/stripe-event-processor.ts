import type { Lane } from '#audit';
import { Locks } from '#locking';
import { Metrics } from '#observability';
import { type StripeDispute, type StripeEvent, StripeGateway, type StripeRefund, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { Trail } from '../../ledger/audit-buffer.js';
import { isStripesOwn } from '../catch-up/found-event.js';
import { MissingFromBooks } from '../catch-up/missing-from-books.js';
import { subjectOf } from './handled-events.js';
import { type Heard, type Hearing, HearStripe } from '../event-processor.js';
import type { AttemptOutcome } from '../attempts/record-attempt.js';
import { paymentIntentOf } from '../reference.js';
import type { RefundOutcome } from '../refunds/refund-updates.js';
import type { SessionOutcome } from '../sessions/session-updates.js';
import { StripeNews } from './stripe-news.js';
import { StripeSessionsRepository } from '../sessions/stripe-sessions.repository.js';

const UNKNOWN_PAYMENT = 'paid under our reference, and its payment is not in the database: see /ops/discrepancies';

/** Takes the lock that an event's payment is made under, and applies it there. */
@Injectable()
export class HearFromStripe extends HearStripe {
  private readonly sessionLocks;

  constructor(
    private readonly dataSource: DataSource,
    private readonly locks: Locks,
    private readonly news: StripeNews,
    private readonly sessions: StripeSessionsRepository,
    private readonly gateway: StripeGateway,
    private readonly missing: MissingFromBooks,
    private readonly logger: PinoLogger,
    metrics: Metrics,
  ) {
    super();
    this.logger.setContext(HearFromStripe.name);
    this.sessionLocks = metrics.counter(
      'payonce_webhook_session_locks_total',
      "Locks that events about a session were tried under: unified, or legacy for sessions without Payonce's payment id",
      ['lock'],
    );
    // From zero, so that a month without the legacy lock is a number and not a missing series.
    for (const lock of ['unified', 'legacy'] as const) this.sessionLocks.inc({ lock }, 0);
  }

  /** @throws also UnhandledEventType, of a type that is not in HANDLED_EVENTS */
  async hear(event: StripeEvent, hearing: Hearing): Promise<Heard> {
    const about = await this.payment(event);
    if (about === undefined) return this.settle(hearing, { verdict: 'foreign', payment_id: null, note: 'not ours' });
    const trail = new Trail({ actor_user_id: null, request_id: hearing.request_id });
    const lane: Lane = hearing.lane;
    trail.note({ lane, action: `${lane}.event`, detail: { event_id: event.id, type: event.type } });
    const acquired = trail.waitsFor([about.lock]);
    const holder = hearing.request_id === null ? {} : { request_id: hearing.request_id };
    return this.locks.withLock([about.lock], { waitMs: hearing.waitMs, holder }, async () => {
      acquired();
      return this.apply(event, about.payment_id, trail, hearing);
    });
  }

  private async apply(event: StripeEvent, payment_id: number, trail: Trail, hearing: Hearing): Promise<Heard> {
    switch (subjectOf(event.type)) {
      case 'session':
        return this.applySession(event, payment_id, trail, hearing);
      case 'refund': {
        const outcome = await this.news.refunds.apply(payment_id, event.data.object as StripeRefund, trail, {
          isCurrent: this.isCurrent(event),
          remember: (tx, told) => hearing.remember(tx, heardOfRefund(payment_id, told)),
        });
        return heardOfRefund(payment_id, outcome);
      }
      case 'dispute': {
        const dispute = event.data.object as StripeDispute;
        const outcome = await this.news.disputes.apply(payment_id, dispute, trail, (tx, told) =>
          hearing.remember(tx, heardOfRefund(payment_id, told)),
        );
        return heardOfRefund(payment_id, outcome);
      }
      case 'attempt': {
        const outcome = await this.news.attempts.apply(payment_id, event, trail, (tx, result) =>
          hearing.remember(tx, heardOfAttempt(payment_id, result)),
        );
        return heardOfAttempt(payment_id, outcome);
      }
    }
  }

  private async applySession(event: StripeEvent, payment_id: number, trail: Trail, hearing: Hearing): Promise<Heard> {
    const session = event.data.object as StripeSession;
    if (await this.missing.isOfUnknownPayment(session)) {
      return this.settle(hearing, { verdict: 'quarantined', payment_id: null, note: UNKNOWN_PAYMENT });
    }
    const news = {
      session,
      async_failed: event.type === 'checkout.session.async_payment_failed',
      // The event that says so was made when the money came; one that does not may be days older.
      ...(isStripesOwn(event) && session.payment_status === 'paid' ? { taken_at: event.created } : {}),
      isCurrent: this.isCurrent(event),
    };
    const outcome = await this.news.sessions.apply(payment_id, news, trail, (tx, told) =>
      hearing.remember(tx, heardOfSession(payment_id, told)),
    );
    await this.news.calls.giveBack(outcome, trail);
    return heardOfSession(payment_id, outcome);
  }

  /** Written in the shape of our API version, not of another's (https://docs.stripe.com/webhooks/versioning). */
  private isCurrent(event: StripeEvent): boolean {
    return event.api_version === this.gateway.api_version;
  }

  /** Which payment an event is about, and the key both sides lock. */
  private async payment(event: StripeEvent): Promise<{ payment_id: number; lock: string } | undefined> {
    const { object } = event.data;
    switch (subjectOf(event.type)) {
      case 'session':
        return this.ofSession(object as StripeSession);
      case 'refund':
        return this.ofMoney(await this.news.refunds.paymentOf(object as StripeRefund), object as StripeRefund);
      case 'dispute':
        return this.ofMoney(await this.news.disputes.paymentOf(object as StripeDispute), object as StripeDispute);
      case 'attempt': {
        const payment_id = await this.news.attempts.paymentOf(event);
        return payment_id === undefined ? undefined : { payment_id, lock: `purchase:complete:${payment_id}` };
      }
    }
  }

  private async ofMoney(payment_id: number | undefined, object: StripeRefund | StripeDispute) {
    if (payment_id !== undefined) return { payment_id, lock: `purchase:complete:${payment_id}` };
    await this.news.intents.refuseIfAwaited(paymentIntentOf(object));
    return undefined;
  }

  private async ofSession(session: StripeSession): Promise<{ payment_id: number; lock: string } | undefined> {
    const purchaseId = session.metadata?.purchaseId;
    if (purchaseId !== undefined && /^[1-9]\d{0,14}$/.test(purchaseId)) {
      const lock = `purchase:complete:${purchaseId}`;
      this.sessionLocks.inc({ lock: 'unified' });
      this.logger.info({ session: session.id }, `Using unified lock: ${lock}`);
      return { payment_id: Number(purchaseId), lock };
    }
    const payment_id = await this.sessions.paymentOf(this.dataSource.manager, session.id);
    if (payment_id === undefined) return undefined;
    const lock = `webhook:session:${session.id}`;
    this.sessionLocks.inc({ lock: 'legacy' });
    this.logger.warn({ payment_id }, `Using legacy lock (no purchaseId): ${lock}`);
    return { payment_id, lock };
  }

  private async settle(hearing: Hearing, heard: Heard): Promise<Heard> {
    await hearing.remember(this.dataSource.manager, heard);
    return heard;
  }
}

function heardOfSession(payment_id: number, outcome: SessionOutcome): Heard {
  if (outcome.is === 'foreign') return { verdict: 'foreign', payment_id: null, note: outcome.why };
  if (outcome.is === 'quarantined') return { verdict: 'quarantined', payment_id, note: 'amount or currency differ' };
  return { verdict: 'applied', payment_id, note: outcome.is };
}

function heardOfRefund(
  payment_id: number,
  outcome: RefundOutcome | { is: 'applied' | 'nothing_new' } | { is: 'quarantined'; why: string } | { is: 'foreign' },
): Heard {
  if (outcome.is === 'foreign') return { verdict: 'foreign', payment_id: null };
  if (outcome.is === 'quarantined') return { verdict: 'quarantined', payment_id, note: outcome.why };
  return { verdict: 'applied', payment_id, note: outcome.is };
}

function heardOfAttempt(payment_id: number, { is }: AttemptOutcome): Heard {
  return { verdict: is === 'not_failed' ? 'ignored' : 'applied', payment_id, note: is };
}
