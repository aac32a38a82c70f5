import type { Lane } from '#audit';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { StripeRefused, StripeUnavailable } from '#errors';
import { type Made, StripeClock, StripeGateway, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Checkout, Payment } from '../../ledger/payment.js';
import { PaymentRows } from '../../ledger/ledger.js';
import type { Trail } from '../../ledger/audit-buffer.js';
import { FindSession } from './find-session.js';
import type { SessionListings } from './session-listings.js';
import { knownSession, type SessionOutcome, SessionNews } from './session-updates.js';
import { type SessionRow, StripeSessionsRepository } from './stripe-sessions.repository.js';

/** A payment, and where it can be paid: null when it cannot, or not any more. */
export interface Opened {
  readonly payment: Payment;
  readonly checkout: Checkout | null;
}

/** Runs in the transaction that attaches the session, or that finds it attached. */
type Finish = (tx: EntityManager, opened: Opened) => Promise<void>;

/** Stripe wants a session to live for half an hour; a frozen end that is nearer is refused, and nothing was made. */
const LEAST_LIFE_SECONDS = 35 * 60;

/**
 * One payment's session at Stripe, from unanswered to closed. Whoever calls holds `purchase:complete:{id}`; the fence is
 * what keeps a caller whose lease ended from writing, or from giving out an address.
 */
@Injectable()
export class StripeSessions {
  constructor(
    private readonly rows: PaymentRows,
    private readonly sessions: StripeSessionsRepository,
    private readonly findSession: FindSession,
    private readonly gateway: StripeGateway,
    private readonly news: SessionNews,
    private readonly clock: StripeClock,
  ) {}

  /** The page of a pending payment, as we last knew it. */
  async checkoutOf(manager: EntityManager, payment_id: number): Promise<Checkout | null> {
    const row = await this.sessions.find(manager, payment_id);
    return row ? checkoutOf(row) : null;
  }

  /**
   * Brings an unanswered session to its answer; an answered one is left as it is.
   * @param how.fence the caller's own, if it has just made the row
   * @param how.listings of the sweep that runs this
   * @throws StripeRefused (the payment has failed), StripeUnavailable (unclear: ask again under the same key)
   */
  async open(
    payment_id: number,
    how: { fence?: number; trail: Trail; finish?: Finish; listings?: SessionListings },
  ): Promise<Opened> {
    const { manager } = this.rows;
    const row = await (how.fence === undefined
      ? this.sessions.raiseFence(manager, payment_id)
      : this.sessions.find(manager, payment_id));
    if (!row) throw new Error(`Payment ${payment_id} has no session to open`);
    if (row.state !== 'unanswered') {
      // Over by our clock: whether it was paid in time only Stripe knows.
      if (row.state === 'open' && row.lapsed) {
        await this.look(payment_id, how.trail);
        const now = await this.sessions.find(manager, payment_id);
        // Still open by Stripe's word: the clocks differ, and nobody can be sent there, nor be told that it is over.
        if (now?.state === 'open') throw new StripeUnavailable();
      }
      return this.asItIs(payment_id, how.finish);
    }
    const mine = { ...row, fence: how.fence ?? row.fence };
    const began = performance.now();
    const made = await this.findSession.run(mine, how.listings);
    const ms = Math.round(performance.now() - began);
    if (made.is === 'made') {
      noteStripe(how.trail, 'session_created', { session_id: made.thing.id, attempt: mine.attempt, ms });
      return this.attach(mine, made.thing, how);
    }
    noteStripe(how.trail, made.is === 'refused' ? 'session_refused' : 'session_unclear', { reason: made.reason, ms });
    if (made.is === 'refused') throw await this.refused(mine, made, how.trail);
    await this.rows.audit.record(manager, how.trail.upTo(payment_id));
    how.trail.committed();
    throw new StripeUnavailable({ cause: new Error(made.reason) });
  }

  /** For a sweep: what its unanswered rows are looked for in. */
  async listingsOfSweep(): Promise<SessionListings> {
    return this.findSession.listingsOfSweep();
  }

  /** Asks Stripe what an attached session has become, and applies it. */
  async look(payment_id: number, trail: Trail): Promise<SessionOutcome | undefined> {
    const row = await this.sessions.raiseFence(this.rows.manager, payment_id);
    if (!row?.session_id) return undefined;
    const session = await this.gateway.findSession(row.session_id);
    if (!session) {
      noteStripe(trail, 'session_unknown', { session_id: row.session_id });
      return isLongOver(row, this.clock.now_ms()) ? this.news.unknown(payment_id, trail) : undefined;
    }
    noteStripe(trail, 'session_looked_up', { session_id: session.id, status: session.status });
    return this.news.apply(payment_id, { session, async_failed: await this.hasFailed(session) }, trail);
  }

  /**
   * Sees to it that nobody can pay any more, or learns that somebody has: then that is applied.
   * @returns the fence under which the caller may go on to change the payment. @throws StripeUnavailable
   */
  async close(payment_id: number, trail: Trail): Promise<number> {
    const row = await this.sessions.raiseFence(this.rows.manager, payment_id);
    if (!row) throw new Error(`Payment ${payment_id} has no session to close`);
    crashPoint('cancel.fenced');
    if (row.state === 'unanswered') {
      await this.open(payment_id, { fence: row.fence, trail }).catch(unlessRefused);
    }
    const attached = (await this.sessions.find(this.rows.manager, payment_id))!;
    if (attached.fence !== row.fence) throw new StripeUnavailable();
    if (attached.session_id !== null && attached.state !== 'expired') await this.expire(attached, trail);
    return row.fence;
  }

  /** In the transaction that cancels: whether nobody has begun to work on the session since, and that it is over. */
  async closed(tx: EntityManager, payment_id: number, fence: number): Promise<boolean> {
    const row = await this.sessions.find(tx, payment_id);
    if (row?.fence !== fence) return false;
    if (row.state === 'open') await this.sessions.become(tx, payment_id, 'expired');
    return true;
  }

  private async expire(row: SessionRow, trail: Trail): Promise<void> {
    const session = await this.gateway.expireSession(row.session_id!);
    crashPoint('stripe.session-expired');
    if (!session) {
      // Another account's, or another mode's: nobody can pay there by our key, and what is paid all the same comes late.
      noteStripe(trail, 'session_unknown', { session_id: row.session_id });
      return;
    }
    noteStripe(trail, 'session_closed', { session_id: session.id, status: session.status });
    // Paid, or on its way, before we came: that is what the payment becomes, and the caller finds it so.
    if (session.status === 'complete') {
      await this.news.apply(row.payment_id, { session, async_failed: await this.hasFailed(session) }, trail);
    }
  }

  /** A session stays complete and unpaid when its payment fails later; only the payment intent says so. */
  async hasFailed(session: StripeSession): Promise<boolean> {
    const { payment_intent } = session;
    if (session.status !== 'complete' || session.payment_status !== 'unpaid' || !payment_intent) return false;
    const id = typeof payment_intent === 'string' ? payment_intent : payment_intent.id;
    const intent = await this.gateway.findPaymentIntent(id);
    return intent?.status === 'canceled' || intent?.status === 'requires_payment_method';
  }

  private async attach(
    row: SessionRow,
    session: StripeSession,
    { trail, finish }: { trail: Trail; finish?: Finish },
  ): Promise<Opened> {
    if (session.status !== 'open') {
      // An earlier try made it, and somebody paid it or its time ran out since: the news says what that means.
      await this.news.apply(row.payment_id, { session, async_failed: await this.hasFailed(session) }, trail);
      return this.asItIs(row.payment_id, finish);
    }
    const opened = await inTransaction(this.rows.dataSource, async (tx) => {
      const locked = await this.rows.payments.lock(tx, row.payment_id);
      const isOurs = locked?.status === 'pending' && (await this.sessions.attach(tx, row, knownSession(session)));
      if (!locked || !isOurs) return undefined;
      await this.rows.payments.setExpiry(tx, row.payment_id, session.expires_at);
      const payment = (await this.rows.payments.find(tx, row.payment_id))!;
      await this.rows.audit.record(tx, trail.upTo(row.payment_id, { action: 'session.attached' }));
      const result = { payment, checkout: await this.checkoutOf(tx, row.payment_id) };
      await finish?.(tx, result);
      crashPoint('session.before-commit');
      return result;
    });
    crashPoint('session.attached');
    trail.committed();
    // Our fence is stale: we never give out this address ourselves, and answer from what is there now.
    return opened ?? this.asItIs(row.payment_id, finish);
  }

  private async refused(
    row: SessionRow,
    made: Extract<Made<never>, { is: 'refused' }>,
    trail: Trail,
  ): Promise<StripeRefused | StripeUnavailable> {
    const to = endsNow(row, this.clock.now_seconds()) ? 'expired' : 'failed';
    const ended = await inTransaction(this.rows.dataSource, async (tx) => {
      const payment = await this.rows.payments.lock(tx, row.payment_id);
      const now = await this.sessions.find(tx, row.payment_id);
      if (payment?.status !== 'pending' || now?.fence !== row.fence) return false;
      await this.sessions.become(tx, row.payment_id, 'refused');
      await this.rows.payments.move(tx, { id: row.payment_id, from: 'pending', to });
      await this.rows.papers.follow(tx, row.payment_id, to);
      await this.rows.audit.record(
        tx,
        trail.upTo(row.payment_id, { action: `payment.${to}`, detail: { code: made.code } }),
      );
      return true;
    });
    trail.committed();
    return ended ? new StripeRefused({ stripe_code: made.code }) : new StripeUnavailable();
  }

  private async asItIs(payment_id: number, finish?: Finish): Promise<Opened> {
    return inTransaction(this.rows.dataSource, async (tx) => {
      const payment = (await this.rows.payments.find(tx, payment_id))!;
      const row = (await this.sessions.find(tx, payment_id))!;
      // Somebody else is asking right now: their answer is not ours to guess.
      if (payment.status === 'pending' && row.state === 'unanswered') throw new StripeUnavailable();
      const opened = { payment, checkout: payment.status === 'pending' ? checkoutOf(row) : null };
      await finish?.(tx, opened);
      return opened;
    });
  }
}

/** Only of an open session; what lapsed by our clock leads to a page that says so. */
function checkoutOf(row: SessionRow): Checkout | null {
  if (row.state !== 'open' || row.lapsed || !row.session_id || !row.url || !row.session_expires_at) return null;
  return { session_id: row.session_id, url: row.url, expires_at: row.session_expires_at };
}

function endsNow(row: SessionRow, now_seconds: number): boolean {
  const { expires_at } = JSON.parse(row.request) as { expires_at?: number };
  return expires_at !== undefined && expires_at - now_seconds < LEAST_LIFE_SECONDS;
}

/** An hour past its end by Stripe's clock. */
const LONG_OVER_MS = 3_600_000;

function isLongOver(row: SessionRow, now_ms: number): boolean {
  return row.session_expires_at !== null && row.session_expires_at.getTime() + LONG_OVER_MS < now_ms;
}

function noteStripe(trail: Trail, what: string, detail: Record<string, unknown>): void {
  const lane: Lane = 'stripe';
  trail.note({ lane, action: `stripe.${what}`, detail });
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof StripeRefused)) throw error;
}
