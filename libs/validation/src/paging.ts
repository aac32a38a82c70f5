import { IntegerText, Optional } from './rules.js';

export const MAX_PAGE_SIZE = 100;
export const DEFAULT_PAGE_SIZE = 20;

/** Keyset paging: `cursor` is the previous page's `next_cursor`, so that new rows never shift a page. */
export class PageRequest {
  @Optional()
  @IntegerText({ min: 1, max: MAX_PAGE_SIZE })
  limit?: string;

  @Optional()
  @IntegerText({ min: 1, max: Number.MAX_SAFE_INTEGER }, { type: 'string', pattern: '^[1-9][0-9]{0,15}$' })
  cursor?: string;
}

export interface Page {
  readonly limit: number;
  /** The last id of the previous page; null for the first page. */
  readonly before: number | null;
}

export function pageOf(request: PageRequest): Page {
  return {
    limit: Number(request.limit ?? DEFAULT_PAGE_SIZE),
    before: request.cursor === undefined ? null : Number(request.cursor),
  };
}

/** Null when the page was not full: there are no more rows. */
export function nextCursor(rows: readonly { id: number }[], page: Page): string | null {
  return rows.length < page.limit ? null : String(rows.at(-1)!.id);
}
