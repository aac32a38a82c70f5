/** A page of a list whose newest row comes first. */
export interface Page {
  readonly limit: number;
  /** The last id of the page before; null for the first page. */
  readonly before: number | null;
}
