import type { Stripe } from 'stripe';
import { noSuch, StripeError } from './stripe-error.js';

/** Ten unless asked. https://docs.stripe.com/api/pagination */
const USUAL_LIMIT = 10;

interface Page {
  readonly limit?: number | undefined;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
}

/** https://docs.stripe.com/api/pagination: the two exclude each other. */
export function checkPage({ starting_after, ending_before }: Page): void {
  if (starting_after !== undefined && ending_before !== undefined) {
    throw new StripeError(400, 'You may only specify one of these parameters: ending_before, starting_after.');
  }
}

/**
 * One page of a list, newest first; `ending_before` reads towards the newer ones.
 * @param rows all of the account's, newest first: a cursor need not match the filter.
 */
export function pageOf<Row extends { id: string }>(
  rows: readonly Row[],
  page: Page,
  { url, what, keep = () => true }: { url: string; what: string; keep?: (row: Row) => boolean },
): Stripe.ApiList<Row> {
  const limit = page.limit ?? USUAL_LIMIT;
  const cursor = page.starting_after ?? page.ending_before;
  const at = cursor === undefined ? -1 : rows.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && at < 0) {
    throw noSuch(what, cursor, page.starting_after === undefined ? 'ending_before' : 'starting_after', 400);
  }
  if (page.ending_before !== undefined) {
    const newer = rows.slice(0, at).filter(keep);
    return { object: 'list', data: newer.slice(-limit), has_more: newer.length > limit, url };
  }
  const older = rows.slice(at + 1).filter(keep);
  return { object: 'list', data: older.slice(0, limit), has_more: older.length > limit, url };
}
