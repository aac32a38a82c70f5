import { Config } from '#config';
import { crashPoint } from '#crash-points';
import { type Made, StripeClock, StripeGateway, StripeLists, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ANOTHER_PROCESS, makeOnce, MAX_KEY_AGE_SECONDS, type Searched } from '../requests/make-once.js';
import { type ListingWindow, SessionListings } from './session-listings.js';
import { INITIAL_FENCE, type SessionRow, StripeSessionsRepository } from './stripe-sessions.repository.js';

/** Covers an undetected difference between Stripe's clock and Postgres', and the duration of a call. */
const CLOCK_MARGIN_SECONDS = 600;

/**
 * Each Stripe answer measures the clock difference anew. With this margin, a row's window still fits in the sweep's
 * when it is computed later in the sweep.
 */
const DRIFT_SECONDS = 60;

/** Gets the one session of an unanswered row, whatever happened in earlier attempts. No transaction is open. */
@Injectable()
export class ObtainSession {
  private readonly manager: EntityManager;

  constructor(
    private readonly config: Config,
    private readonly gateway: StripeGateway,
    private readonly lists: StripeLists,
    private readonly sessions: StripeSessionsRepository,
    private readonly clock: StripeClock,
    dataSource: DataSource,
  ) {
    this.manager = dataSource.manager;
  }

  /** @param listings of the sweep that calls this, if one does; all its rows share them */
  async run(row: SessionRow, listings?: SessionListings): Promise<Made<StripeSession>> {
    return makeOnce<SessionRow, StripeSession>(row, {
      manager: this.manager,
      rows: this.sessions,
      pause_ms: this.config.STRIPE_SESSION_LISTING_PAUSE_MS,
      post: async (posted) => this.post(posted),
      search: async (searched) => this.search(searched, listings),
    });
  }

  /** The listings for one sweep. They cover the time in which its unanswered rows may have been created at Stripe. */
  async listingsOfSweep(): Promise<SessionListings> {
    const rows = await this.sessions.unanswered(this.manager, { key_older_than_seconds: MAX_KEY_AGE_SECONDS });
    return new SessionListings(
      this.lists,
      this.manager,
      rows.map((row) => {
        const { gte, lte } = this.windowOf(row);
        return { gte: gte - DRIFT_SECONDS, lte: lte + DRIFT_SECONDS };
      }),
    );
  }

  /**
   * When the session may have been created. It is sent by Postgres' clock and created by Stripe's, so the window covers
   * both, whatever their difference.
   */
  private windowOf(row: Pick<SessionRow, 'first_sent_at' | 'last_sent_at'>): ListingWindow {
    const apart_ms = this.clock.aheadOfDatabase_ms();
    return {
      gte: Math.floor((row.first_sent_at.getTime() + Math.min(0, apart_ms)) / 1_000) - CLOCK_MARGIN_SECONDS,
      lte: Math.ceil((row.last_sent_at.getTime() + Math.max(0, apart_ms)) / 1_000) + CLOCK_MARGIN_SECONDS,
    };
  }

  private async post(row: SessionRow): Promise<Made<StripeSession>> {
    // A listing covers the time between the first and the last request, so each repeated request is recorded first. The
    // insert of the row records the first request.
    if (row.fence > INITIAL_FENCE && !(await this.sessions.setSent(this.manager, row))) return ANOTHER_PROCESS;
    const made = await this.gateway.createSession({
      idempotency_key: `checkout:${row.ref}:${row.attempt}`,
      request: row.request,
      api_version: row.api_version,
    });
    if (made.is === 'made') crashPoint('stripe.session-made');
    return made;
  }

  private async search(row: SessionRow, listings?: SessionListings): Promise<Searched<Made<StripeSession>>> {
    const window = this.windowOf(row);
    const shared = await listings?.covering(window, row.last_sent_at);
    const listed = shared?.sessions ?? (await this.lists.sessions(window));
    const [session, ...others] = listed.filter((found) => found.client_reference_id === row.ref).sort(byPriority);
    // No payer has the URL of any of them, and only one may remain.
    for (const other of others) if (other.status === 'open') await this.gateway.expireSession(other.id);
    if (session) return { found: { is: 'made', object: session } };
    // A shared listing started earlier than now, so the time since the previous listing is counted from its start.
    const isShared = row.last_listed_at !== null && shared !== undefined;
    return {
      ms_since_listed: isShared ? shared.begun_at.getTime() - row.last_listed_at.getTime() : row.ms_since_listed,
    };
  }
}

/** Sorts paid sessions first, then open ones, then others; within each group, newest first. */
function byPriority(a: StripeSession, b: StripeSession): number {
  const rank = (session: StripeSession) => (session.status === 'complete' ? 0 : session.status === 'open' ? 1 : 2);
  return rank(a) - rank(b) || b.created - a.created;
}
