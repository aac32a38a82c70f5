/** One page of a list, newest row first. */
export interface Page {
  readonly limit: number;
  /** The last id of the previous page; null for the first page. */
  readonly before: number | null;
}
