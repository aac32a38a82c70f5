import type { AuditAction } from '#audit';
import { crashPoint } from '#crash-points';
import { inTransaction, together } from '#database';
import { StripeRefused, StripeUnavailable } from '#errors';
import { KEY_IN_USE, type Made, StripeClock, StripeGateway, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Checkout } from '../../ledger/payment.js';
import type { Opened, RequestedPage } from '../../provider/payment-provider.js';
import { Ledger } from '../../ledger/ledger.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { paymentIntentOf } from '../objects/reference.js';
import { ObtainSession } from './obtain-session.js';
import type { SessionListings } from './session-listings.js';
import { knownSession, type SessionOutcome, CheckoutSessionUpdates } from './session-updates.js';
import { type SessionRow, StripeSessionsRepository } from './stripe-sessions.repository.js';

/** Stripe's answer to a request for a session: a new session to attach, or one whose outcome is already stored. */
export type StripePage = RequestedPage &
  ({ readonly is: 'made'; readonly row: SessionRow; readonly session: StripeSession } | { readonly is: 'booked' });

/**
 * Stripe requires a session to last at least half an hour. It refuses a frozen expiry that is nearer, and then nothing
 * was made.
 */
const MIN_LIFE_SECONDS = 35 * 60;

/**
 * One payment's session at Stripe, from unanswered to closed. The caller holds `purchase:complete:{id}`. The fence
 * keeps a caller whose lease has ended from writing, and from returning a URL.
 */
@Injectable()
export class StripeSessions {
  constructor(
    private readonly ledger: Ledger,
    private readonly sessions: StripeSessionsRepository,
    private readonly obtainSession: ObtainSession,
    private readonly gateway: StripeGateway,
    private readonly updates: CheckoutSessionUpdates,
    private readonly clock: StripeClock,
  ) {}

  /** The page of a pending payment, as last stored. */
  async checkoutOf(manager: EntityManager, payment_id: number): Promise<Checkout | null> {
    const row = await this.sessions.find(manager, payment_id);
    return row ? pageOf(row) : null;
  }

  /** `request` and `attach` together, where no answer is stored with the session. */
  async open(
    payment_id: number,
    how: { fence?: number; auditBuffer: AuditBuffer; listings?: SessionListings },
  ): Promise<Opened> {
    const page = await this.request(payment_id, how);
    const opened = await inTransaction(this.ledger.dataSource, async (tx) => this.attach(tx, page, how.auditBuffer));
    crashPoint('session.attached');
    how.auditBuffer.committed();
    return opened;
  }

  /**
   * Gets the answer of an unanswered session; leaves an answered one as it is.
   * @param how.fence the caller's own, if it has just created the row
   * @param how.listings of the sweep that calls this
   * @throws StripeRefused (the payment has failed), StripeUnavailable (unclear: retry with the same key)
   */
  async request(
    payment_id: number,
    how: { fence?: number; auditBuffer: AuditBuffer; listings?: SessionListings },
  ): Promise<StripePage> {
    const { manager } = this.ledger;
    const row = await (how.fence === undefined
      ? this.sessions.raiseFence(manager, payment_id)
      : this.sessions.find(manager, payment_id));
    if (!row) throw new Error(`Payment ${payment_id} has no session to open`);
    if (row.state !== 'unanswered') {
      await this.lookIfLapsed(row, how.auditBuffer);
      return { payment_id, is: 'booked' };
    }
    const mine = { ...row, fence: how.fence ?? row.fence };
    const began = performance.now();
    const made = await this.obtainSession.run(mine, how.listings);
    const ms = Math.round(performance.now() - began);
    if (made.is === 'made') {
      noteStripe(how.auditBuffer, 'stripe.session_created', { session_id: made.object.id, attempt: mine.attempt, ms });
      if (made.object.status === 'open') return { payment_id, is: 'made', row: mine, session: made.object };
      // An earlier attempt made the session, and it was paid or expired since.
      await this.applySession(payment_id, made.object, how.auditBuffer);
      return { payment_id, is: 'booked' };
    }
    noteStripe(how.auditBuffer, made.is === 'refused' ? 'stripe.session_refused' : 'stripe.session_unclear', {
      reason: made.reason,
      ms,
    });
    if (made.is === 'refused') throw await this.refused(mine, made, how.auditBuffer);
    await this.ledger.audit.record(manager, how.auditBuffer.entries(payment_id));
    how.auditBuffer.committed();
    const condition = made.reason === KEY_IN_USE ? 'busy' : undefined;
    throw new StripeUnavailable({ cause: new Error(made.reason), condition });
  }

  /**
   * Stores a page. If the fence is stale, this caller's page is never returned: the answer is the one stored by now.
   */
  async attach(tx: EntityManager, page: StripePage, auditBuffer: AuditBuffer): Promise<Opened> {
    const { payment_id } = page;
    const locked = page.is === 'made' ? await this.ledger.payments.lock(tx, payment_id) : undefined;
    const isAttached =
      page.is === 'made' &&
      locked?.status === 'pending' &&
      (await this.sessions.attach(tx, page.row, knownSession(page.session)));
    if (!isAttached) return this.booked(tx, payment_id);
    // Sent together, and read as written before.
    const [, , payment, checkout] = await together([
      this.ledger.payments.setExpiry(tx, payment_id, page.session.expires_at),
      this.ledger.audit.record(tx, auditBuffer.entries(payment_id, { action: 'session.attached' })),
      this.ledger.payments.find(tx, payment_id),
      this.checkoutOf(tx, payment_id),
    ]);
    crashPoint('session.before-commit');
    return { payment: payment!, checkout };
  }

  /**
   * For the worker and for readers of a possibly outdated session: gets the answer of an unanswered session, and looks
   * up any other.
   * @returns known: false when Stripe does not know the session any more @throws StripeUnavailable, StripeRefused
   */
  async recover(
    payment_id: number,
    how: { auditBuffer: AuditBuffer; listings?: SessionListings },
  ): Promise<{ known: boolean }> {
    const row = await this.sessions.find(this.ledger.manager, payment_id);
    if (!row) return { known: true };
    if (row.state !== 'unanswered') return { known: (await this.look(payment_id, how.auditBuffer)) !== undefined };
    await this.open(payment_id, how);
    return { known: true };
  }

  /** The listings in which a sweep looks up its unanswered rows. */
  async listingsOfSweep(): Promise<SessionListings> {
    return this.obtainSession.listingsOfSweep();
  }

  /** Reads the state of an attached session from Stripe, and applies it. */
  async look(payment_id: number, auditBuffer: AuditBuffer): Promise<SessionOutcome | undefined> {
    const row = await this.sessions.raiseFence(this.ledger.manager, payment_id);
    if (!row?.session_id) return undefined;
    const session = await this.gateway.findSession(row.session_id);
    if (!session) {
      noteStripe(auditBuffer, 'stripe.session_unknown', { session_id: row.session_id });
      return isLongOver(row, this.clock.now_ms()) ? this.updates.unknown(payment_id, auditBuffer) : undefined;
    }
    noteStripe(auditBuffer, 'stripe.session_looked_up', { session_id: session.id, status: session.status });
    return this.applySession(payment_id, session, auditBuffer);
  }

  /**
   * Makes sure that the session can no longer be paid. If it was paid already, that is applied.
   * @returns the fence with which the caller may change the payment @throws StripeUnavailable
   */
  async close(payment_id: number, auditBuffer: AuditBuffer): Promise<number> {
    const row = await this.sessions.raiseFence(this.ledger.manager, payment_id);
    if (!row) throw new Error(`Payment ${payment_id} has no session to close`);
    crashPoint('cancel.fenced');
    if (row.state === 'unanswered') {
      await this.open(payment_id, { fence: row.fence, auditBuffer }).catch(unlessRefused);
    }
    const attached = (await this.sessions.find(this.ledger.manager, payment_id))!;
    if (attached.fence !== row.fence) {
      // Applying a session that has ended at Stripe raises the fence, too. The caller then reads what the payment has become.
      const payment = (await this.ledger.payments.find(this.ledger.manager, payment_id))!;
      if (payment.status === 'pending' && !payment.processing) throw new StripeUnavailable();
      return row.fence;
    }
    if (attached.session_id !== null && attached.state !== 'expired') await this.expire(attached, auditBuffer);
    return row.fence;
  }

  /**
   * For the transaction that cancels. @returns whether the session is over and no other process has started to work on
   * it since
   */
  async isClosed(tx: EntityManager, payment_id: number, fence: number): Promise<boolean> {
    const row = await this.sessions.find(tx, payment_id);
    if (row?.fence !== fence) return false;
    if (row.state === 'open') await this.sessions.become(tx, payment_id, 'expired');
    return true;
  }

  private async expire(row: SessionRow, auditBuffer: AuditBuffer): Promise<void> {
    const session = await this.gateway.expireSession(row.session_id!);
    crashPoint('stripe.session-expired');
    if (!session) {
      // The session belongs to another account or mode. Our key cannot be used to pay there, and any money that still
      // arrives counts as late.
      noteStripe(auditBuffer, 'stripe.session_unknown', { session_id: row.session_id });
      return;
    }
    noteStripe(auditBuffer, 'stripe.session_closed', { session_id: session.id, status: session.status });
    // Paid or processing before it was closed: this is applied to the payment, and the caller sees the new status.
    if (session.status === 'complete') await this.applySession(row.payment_id, session, auditBuffer);
  }

  /** A session stays complete and unpaid when its payment fails later; only the payment intent shows the failure. */
  async hasFailed(session: StripeSession): Promise<boolean> {
    const payment_intent = paymentIntentOf(session);
    if (session.status !== 'complete' || session.payment_status !== 'unpaid' || !payment_intent) return false;
    const intent = await this.gateway.findPaymentIntent(payment_intent);
    return intent?.status === 'canceled' || intent?.status === 'requires_payment_method';
  }

  private async applySession(
    payment_id: number,
    session: StripeSession,
    auditBuffer: AuditBuffer,
  ): Promise<SessionOutcome> {
    return this.updates.update(payment_id, { session, async_failed: await this.hasFailed(session) }, auditBuffer);
  }

  /** The session has expired by our clock; only Stripe knows whether it was paid in time. */
  private async lookIfLapsed(row: SessionRow, auditBuffer: AuditBuffer): Promise<void> {
    if (row.state !== 'open' || !row.lapsed) return;
    await this.look(row.payment_id, auditBuffer);
    const now = await this.sessions.find(this.ledger.manager, row.payment_id);
    // Stripe still reports it as open, so the clocks differ. Its URL cannot be returned, and the payment cannot be
    // called expired.
    if (now?.state === 'open') throw new StripeUnavailable();
  }

  private async refused(
    row: SessionRow,
    made: Extract<Made<never>, { is: 'refused' }>,
    auditBuffer: AuditBuffer,
  ): Promise<StripeRefused | StripeUnavailable> {
    const to = endsNow(row, this.clock.now_seconds()) ? 'expired' : 'failed';
    const ended = await inTransaction(this.ledger.dataSource, async (tx) => {
      const payment = await this.ledger.payments.lock(tx, row.payment_id);
      if (payment?.status !== 'pending' || !(await this.sessions.refuse(tx, row))) return false;
      await this.ledger.payments.move(tx, { id: row.payment_id, from: 'pending', to });
      await this.ledger.invoices.follow(tx, row.payment_id, to);
      await this.ledger.audit.record(
        tx,
        auditBuffer.entries(row.payment_id, { action: `payment.${to}`, detail: { code: made.code } }),
      );
      return true;
    });
    auditBuffer.committed();
    return ended ? new StripeRefused({ stripe_code: made.code }) : new StripeUnavailable();
  }

  private async booked(tx: EntityManager, payment_id: number): Promise<Opened> {
    const payment = (await this.ledger.payments.find(tx, payment_id))!;
    const row = (await this.sessions.find(tx, payment_id))!;
    // Another process is asking right now, and its answer is not known yet.
    if (payment.status === 'pending' && row.state === 'unanswered') throw new StripeUnavailable();
    return { payment, checkout: payment.status === 'pending' ? pageOf(row) : null };
  }
}

/**
 * Null unless the session is open. The URL of one that has expired by our clock would only show that it has expired.
 */
function pageOf(row: SessionRow): Checkout | null {
  if (row.state !== 'open' || row.lapsed || !row.session_id || !row.url || !row.session_expires_at) return null;
  return { session_id: row.session_id, url: row.url, expires_at: row.session_expires_at };
}

function endsNow(row: SessionRow, now_seconds: number): boolean {
  const { expires_at } = JSON.parse(row.request) as { expires_at?: number };
  return expires_at !== undefined && expires_at - now_seconds < MIN_LIFE_SECONDS;
}

/** An hour after its expiry, by Stripe's clock. */
const LONG_OVER_MS = 3_600_000;

function isLongOver(row: SessionRow, now_ms: number): boolean {
  return row.session_expires_at !== null && row.session_expires_at.getTime() + LONG_OVER_MS < now_ms;
}

function noteStripe(
  auditBuffer: AuditBuffer,
  action: Extract<AuditAction, `stripe.${string}`>,
  detail: Record<string, unknown>,
): void {
  auditBuffer.note({ lane: 'stripe', action, detail });
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof StripeRefused)) throw error;
}
