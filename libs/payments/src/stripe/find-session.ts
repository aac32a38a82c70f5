import { Config } from '#config';
import { crashPoint } from '#crash-points';
import { type Made, StripeGateway, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type SessionRow, StripeSessionsRepository } from './stripe-sessions.repository.js';

/** Stripe forgets keys after 24 h at the earliest (https://docs.stripe.com/api/idempotent_requests); four hours' margin. */
const OLDEST_KEY_SECONDS = 20 * 3_600;

/** Stripe's clock and ours. */
const CLOCK_MARGIN_SECONDS = 600;

/** Without a proof that nothing was made, asking anew would make a second session. */
const EMPTY_LISTINGS_FOR_PROOF = 2;

/**
 * Gets the one session of an unanswered row, whatever became of earlier tries: by sending the same key again while Stripe
 * still remembers it, else by looking through what was made in that time. No transaction is open.
 */
@Injectable()
export class FindSession {
  private readonly manager: EntityManager;

  constructor(
    private readonly config: Config,
    private readonly gateway: StripeGateway,
    private readonly sessions: StripeSessionsRepository,
    dataSource: DataSource,
  ) {
    this.manager = dataSource.manager;
  }

  async run(row: SessionRow): Promise<Made<StripeSession>> {
    if (!row.post_again || row.key_age_seconds > OLDEST_KEY_SECONDS) return this.search(row);
    const sent = row.fence > 1 ? await this.sessions.sending(this.manager, row) : row;
    if (!sent) return somebodyElse;
    const made = await this.post(row);
    if (made.is !== 'unclear' || made.post_again) return made;
    await this.sessions.stopPosting(this.manager, row);
    return this.search({ ...row, last_sent_at: sent.last_sent_at });
  }

  private async post(row: SessionRow): Promise<Made<StripeSession>> {
    const made = await this.gateway.createSession({
      idempotency_key: `checkout:${row.ref}:${row.attempt}`,
      request: row.request,
      api_version: row.api_version,
    });
    if (made.is === 'made') crashPoint('stripe.session-made');
    return made;
  }

  private async search(row: SessionRow): Promise<Made<StripeSession>> {
    const listed = await this.gateway.listSessions({
      gte: Math.floor(row.first_sent_at.getTime() / 1_000) - CLOCK_MARGIN_SECONDS,
      lte: Math.ceil(row.last_sent_at.getTime() / 1_000) + CLOCK_MARGIN_SECONDS,
    });
    const [session, ...others] = listed.filter((found) => found.client_reference_id === row.ref).sort(byUsefulness);
    // Nobody has the address of any of them; only one may stay.
    for (const other of others) if (other.status === 'open') await this.gateway.expireSession(other.id);
    if (session) return { is: 'made', thing: session };

    const pause = this.config.STRIPE_SESSION_LISTING_PAUSE_MS;
    if (row.ms_since_listed !== null && row.ms_since_listed < pause) return notFoundYet;
    await this.sessions.countEmptyListing(this.manager, row);
    if (row.empty_listings + 1 < EMPTY_LISTINGS_FOR_PROOF) return notFoundYet;
    const raised = await this.sessions.raiseAttempt(this.manager, row);
    return raised ? this.post(raised) : somebodyElse;
  }
}

const notFoundYet: Made<never> = { is: 'unclear', post_again: false, reason: 'not in any listing yet' };

const somebodyElse: Made<never> = { is: 'unclear', post_again: false, reason: 'somebody else asks' };

/** Paid before open before everything else; among equals the newest. */
function byUsefulness(a: StripeSession, b: StripeSession): number {
  const rank = (session: StripeSession) => (session.status === 'complete' ? 0 : session.status === 'open' ? 1 : 2);
  return rank(a) - rank(b) || b.created - a.created;
}
