import type { Made } from '#stripe';
import type { EntityManager } from 'typeorm';

/**
 * Stripe keeps keys for at least 24 hours (https://docs.stripe.com/api/idempotent_requests); this leaves four hours'
 * margin.
 */
export const MAX_KEY_AGE_SECONDS = 20 * 3_600;

/** Without proof that nothing was made, the next key would make a second object. */
const EMPTY_LISTINGS_FOR_PROOF = 2;

/** What the tables of requests to Stripe store about an unanswered request. */
export interface StoredRequest {
  /**
   * Whether the key may be sent again: false once Stripe has stored an answer under it that does not show the outcome.
   */
  readonly post_again: boolean;
  readonly key_age_seconds: number;
  /** Listings since the key was first sent that did not contain the object. */
  readonly empty_listings: number;
  readonly ms_since_listed: number | null;
}

/**
 * The table of such requests. Each write is fenced: it returns undefined, or changes nothing, when another process
 * works on the row.
 */
export interface StoredRequests<Row extends StoredRequest> {
  stopPosting(manager: EntityManager, row: Row): Promise<Row | undefined>;
  countEmptyListing(manager: EntityManager, row: Row): Promise<void>;
  raiseAttempt(manager: EntityManager, row: Row): Promise<Row | undefined>;
}

/** The object, or something else that decides the request; otherwise the time since the last listing. */
export type Searched<Result> = { readonly found: Result } | { readonly ms_since_listed: number | null };

export interface MakeOnce<Row extends StoredRequest, Result> {
  readonly manager: EntityManager;
  readonly rows: StoredRequests<Row>;
  /**
   * The pause between two listings that count as proof. Stripe may later complete a request that it has answered with a
   * 500.
   */
  readonly pause_ms: number;
  /** Sends the row's frozen request under the key of its attempt. */
  readonly post: (row: Row) => Promise<Result>;
  /** Looks for the object among those created at Stripe since the key was first sent. */
  readonly search: (row: Row) => Promise<Searched<Result>>;
}

/**
 * Makes one object at Stripe, whatever happened in earlier attempts. The same key is sent again while Stripe keeps it;
 * afterwards, the object is looked up in listings. Only when two listings, a pause apart, do not contain it is the next
 * key sent.
 * @throws StripeUnavailable
 */
export async function makeOnce<Row extends StoredRequest, Created, Otherwise extends { readonly is: string } = never>(
  row: Row,
  how: MakeOnce<Row, Made<Created> | Otherwise>,
): Promise<Made<Created> | Otherwise> {
  if (!row.post_again || row.key_age_seconds > MAX_KEY_AGE_SECONDS) return searchOrRaise(row, how);
  const made = await how.post(row);
  if (!isUnclear(made) || made.post_again) return made;
  const stopped = await how.rows.stopPosting(how.manager, row);
  if (!stopped) return ANOTHER_PROCESS;
  const searched = await searchOrRaise(stopped, how);
  // Adds the reason why it was not made, as far as Stripe has given one: staff can fix an empty balance.
  return isUnclear(searched) ? { ...searched, reason: `${made.reason}; ${searched.reason}` } : searched;
}

async function searchOrRaise<Row extends StoredRequest, Created, Otherwise extends { readonly is: string }>(
  row: Row,
  how: MakeOnce<Row, Made<Created> | Otherwise>,
): Promise<Made<Created> | Otherwise> {
  const { manager, rows } = how;
  const searched = await how.search(row);
  if ('found' in searched) return searched.found;
  if (searched.ms_since_listed !== null && searched.ms_since_listed < how.pause_ms) return NOT_LISTED;
  await rows.countEmptyListing(manager, row);
  if (row.empty_listings + 1 < EMPTY_LISTINGS_FOR_PROOF) return NOT_LISTED;
  const raised = await rows.raiseAttempt(manager, row);
  return raised ? how.post(raised) : ANOTHER_PROCESS;
}

type Unclear = Extract<Made<never>, { is: 'unclear' }>;

export function unclear(reason: string): Unclear {
  return { is: 'unclear', post_again: false, reason };
}

/** Another process has raised the row's fence. */
export const ANOTHER_PROCESS = unclear('another process is sending the request');

const NOT_LISTED = unclear('not in Stripe’s list yet');

function isUnclear(made: { readonly is: string }): made is Unclear {
  return made.is === 'unclear';
}
