import { Config } from '#config';
import { crashPoint } from '#crash-points';
import { type Made, StripeClock, StripeGateway, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ANOTHER_PROCESS, makeOnce, MAX_KEY_AGE_SECONDS, type Searched } from '../requests/make-once.js';
import { type ListingWindow, SessionListings } from './session-listings.js';
import { INITIAL_FENCE, type SessionRow, StripeSessionsRepository } from './stripe-sessions.repository.js';

/** What Stripe's clock and Postgres' may be apart without our knowing it, and how long a call may take. */
const CLOCK_MARGIN_SECONDS = 600;

/** Each answer of Stripe measures its clock anew: a row's window, asked for later in a sweep, still fits in the sweep's. */
const DRIFT_SECONDS = 60;

/** Gets the one session of an unanswered row, whatever happened to earlier tries. No transaction is open. */
@Injectable()
export class FindSession {
  private readonly manager: EntityManager;

  constructor(
    private readonly config: Config,
    private readonly gateway: StripeGateway,
    private readonly sessions: StripeSessionsRepository,
    private readonly clock: StripeClock,
    dataSource: DataSource,
  ) {
    this.manager = dataSource.manager;
  }

  /** @param listings of the sweep that runs this, if one does: shared by all its rows */
  async run(row: SessionRow, listings?: SessionListings): Promise<Made<StripeSession>> {
    return makeOnce<SessionRow, StripeSession>(row, {
      manager: this.manager,
      rows: this.sessions,
      pause_ms: this.config.STRIPE_SESSION_LISTING_PAUSE_MS,
      post: async (posted) => this.post(posted),
      search: async (searched) => this.search(searched, listings),
    });
  }

  /** The listings for one sweep, over the time in which its unanswered rows may have been made. */
  async listingsOfSweep(): Promise<SessionListings> {
    const rows = await this.sessions.unanswered(this.manager, { key_older_than_seconds: MAX_KEY_AGE_SECONDS });
    return new SessionListings(
      this.gateway,
      this.manager,
      rows.map((row) => {
        const { gte, lte } = this.windowOf(row);
        return { gte: gte - DRIFT_SECONDS, lte: lte + DRIFT_SECONDS };
      }),
    );
  }

  /** When it may have been made. Sent by Postgres' clock and made by Stripe's: however far these are apart, both fit in. */
  private windowOf(row: Pick<SessionRow, 'first_sent_at' | 'last_sent_at'>): ListingWindow {
    const apart_ms = this.clock.aheadOfDatabase_ms();
    return {
      gte: Math.floor((row.first_sent_at.getTime() + Math.min(0, apart_ms)) / 1_000) - CLOCK_MARGIN_SECONDS,
      lte: Math.ceil((row.last_sent_at.getTime() + Math.max(0, apart_ms)) / 1_000) + CLOCK_MARGIN_SECONDS,
    };
  }

  private async post(row: SessionRow): Promise<Made<StripeSession>> {
    // A listing looks at the time between the first and the last sending: the row's own is its first.
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
    const listed = shared?.sessions ?? (await this.gateway.listSessions(window));
    const [session, ...others] = listed.filter((found) => found.client_reference_id === row.ref).sort(byUsefulness);
    // Nobody has the address of any of them; only one may stay.
    for (const other of others) if (other.status === 'open') await this.gateway.expireSession(other.id);
    if (session) return { found: { is: 'made', thing: session } };
    // A shared listing began earlier than now: what counts is how long after the last one it did.
    const isShared = row.last_listed_at !== null && shared !== undefined;
    return {
      ms_since_listed: isShared ? shared.begun_at.getTime() - row.last_listed_at.getTime() : row.ms_since_listed,
    };
  }
}

/** Paid before open before everything else; among equals the newest. */
function byUsefulness(a: StripeSession, b: StripeSession): number {
  const rank = (session: StripeSession) => (session.status === 'complete' ? 0 : session.status === 'open' ? 1 : 2);
  return rank(a) - rank(b) || b.created - a.created;
}
