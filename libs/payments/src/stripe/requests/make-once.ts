import type { Made } from '#stripe';
import type { EntityManager } from 'typeorm';

/**
 * Stripe forgets keys after 24 hours at the earliest (https://docs.stripe.com/api/idempotent_requests); four hours' margin.
 */
export const MAX_KEY_AGE_SECONDS = 20 * 3_600;

/** Without a proof that nothing was made, the next key would make a second object. */
const EMPTY_LISTINGS_FOR_PROOF = 2;

/** What the tables of requests to Stripe remember of one that has no answer. */
export interface StoredRequest {
  /** Whether the key may be sent again: false once Stripe has stored an answer under it that says nothing. */
  readonly post_again: boolean;
  readonly key_age_seconds: number;
  /** Listings since the key was first sent in which the object was not found. */
  readonly empty_listings: number;
  readonly ms_since_listed: number | null;
}

/** The table of such requests. Each write is fenced: undefined, or nothing, when another process works on the row. */
export interface StoredRequests<Row extends StoredRequest> {
  stopPosting(manager: EntityManager, row: Row): Promise<Row | undefined>;
  countEmptyListing(manager: EntityManager, row: Row): Promise<void>;
  raiseAttempt(manager: EntityManager, row: Row): Promise<Row | undefined>;
}

/** Found, or something that decides the request otherwise; else how long ago the last listing was. */
export type Searched<Result> = { readonly found: Result } | { readonly ms_since_listed: number | null };

export interface MakeOnce<Row extends StoredRequest, Result> {
  readonly manager: EntityManager;
  readonly rows: StoredRequests<Row>;
  /** Between two listings that prove something: Stripe may finish a request that it has answered with a 500 later. */
  readonly pause_ms: number;
  /** Sends the row's frozen request under the key of its attempt. */
  readonly post: (row: Row) => Promise<Result>;
  /** Looks for the object among what was made at Stripe since the key was first sent. */
  readonly search: (row: Row) => Promise<Searched<Result>>;
}

/**
 * Makes one object at Stripe, whatever happened to earlier tries: the same key is sent again while Stripe remembers it; after
 * that the object is looked for in listings. Only when two of them, a pause apart, do not have it is the next key sent.
 * @throws StripeUnavailable
 */
export async function makeOnce<Row extends StoredRequest, Thing, Otherwise extends { readonly is: string } = never>(
  row: Row,
  how: MakeOnce<Row, Made<Thing> | Otherwise>,
): Promise<Made<Thing> | Otherwise> {
  if (!row.post_again || row.key_age_seconds > MAX_KEY_AGE_SECONDS) return searchOrRaise(row, how);
  const made = await how.post(row);
  if (!isUnclear(made) || made.post_again) return made;
  const stopped = await how.rows.stopPosting(how.manager, row);
  if (!stopped) return ANOTHER_PROCESS;
  const searched = await searchOrRaise(stopped, how);
  // Why it was not made, as far as Stripe has said: staff can do something about an empty balance.
  return isUnclear(searched) ? { ...searched, reason: `${made.reason}; ${searched.reason}` } : searched;
}

async function searchOrRaise<Row extends StoredRequest, Thing, Otherwise extends { readonly is: string }>(
  row: Row,
  how: MakeOnce<Row, Made<Thing> | Otherwise>,
): Promise<Made<Thing> | Otherwise> {
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

/** The row's fence is not ours any more. */
export const ANOTHER_PROCESS = unclear('another process asks');

const NOT_LISTED = unclear('not in any listing yet');

function isUnclear(made: { readonly is: string }): made is Unclear {
  return made.is === 'unclear';
}
