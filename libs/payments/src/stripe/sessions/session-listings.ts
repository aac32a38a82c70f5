import type { StripeLists, StripeSession } from '#stripe';
import type { EntityManager } from 'typeorm';

/** Seconds by Stripe's clock, both included. */
export interface ListingWindow {
  readonly gte: number;
  readonly lte: number;
}

export interface SessionListing {
  readonly sessions: readonly StripeSession[];
  /** By Postgres' clock, before Stripe was asked. */
  readonly begun_at: Date;
}

/**
 * The listings that many unanswered rows share. Each period that their windows cover is listed when the first row needs
 * it. Created anew for each sweep, so that a listing is never older than its sweep.
 */
export class SessionListings {
  private readonly periods: { readonly window: ListingWindow; listing?: Promise<SessionListing> }[];

  constructor(
    private readonly lists: StripeLists,
    private readonly manager: EntityManager,
    windows: readonly ListingWindow[],
  ) {
    this.periods = merged(windows).map((window) => ({ window }));
  }

  /**
   * @param sent_at when the row was last sent, by Postgres' clock: a listing that started before proves nothing about
   *   it
   * @returns undefined when no listing of this sweep can serve this row @throws StripeUnavailable
   */
  async covering({ gte, lte }: ListingWindow, sent_at: Date): Promise<SessionListing | undefined> {
    const period = this.periods.find(({ window }) => window.gte <= gte && lte <= window.lte);
    if (!period) return undefined;
    period.listing ??= this.list(period.window);
    const listing = await period.listing;
    return listing.begun_at > sent_at ? listing : undefined;
  }

  private async list(window: ListingWindow): Promise<SessionListing> {
    const [row] = await this.manager.query<{ begun_at: Date }[]>('SELECT clock_timestamp() AS begun_at');
    return { sessions: await this.lists.sessions(window), begun_at: row!.begun_at };
  }
}

function merged(windows: readonly ListingWindow[]): ListingWindow[] {
  const all: { gte: number; lte: number }[] = [];
  for (const { gte, lte } of [...windows].sort((a, b) => a.gte - b.gte)) {
    const last = all.at(-1);
    if (last && gte <= last.lte + 1) last.lte = Math.max(last.lte, lte);
    else all.push({ gte, lte });
  }
  return all;
}
