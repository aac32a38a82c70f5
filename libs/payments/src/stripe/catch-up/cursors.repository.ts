import type { ListName } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** One worker's pass through one list. Times are seconds by Stripe's clock. */
export interface Pass {
  readonly list: ListName;
  readonly fence: number;
  readonly from: number;
  readonly until: number;
  readonly starting_after: string | null;
}

/** How far a list has been read. Times are seconds by Stripe's clock. */
export interface Progress {
  readonly list: ListName;
  readonly complete_until: number;
  readonly pass_in_progress: boolean;
  readonly pass_pages: number;
  readonly pages_done: number;
  readonly found: number;
}

/**
 * Longer than one page takes, because the lease is renewed after each object. If a worker is killed, no other worker
 * can read its list for this long.
 */
const LEASE_SECONDS = 30;

const PASS = `list, fence, extract(epoch FROM pass_from)::float8 AS from, extract(epoch FROM pass_until)::float8 AS until,
  starting_after`;

@Injectable()
export class CursorsRepository {
  /** The first start reads from the creation of our oldest session, by Postgres' clock, or from now on. */
  async begin(manager: EntityManager, list: ListName, at: { now: number; margin_seconds: number }): Promise<void> {
    await manager.query(
      `INSERT INTO stripe_cursors (list, complete_until)
       SELECT $1, least(to_timestamp($2), (SELECT min(created_at) FROM stripe_sessions) - make_interval(secs => $3))
       ON CONFLICT (list) DO NOTHING`,
      [list, at.now, at.margin_seconds],
    );
  }

  /**
   * The pass in progress, or a new one when the list is due. Undefined when it is not due yet, or another worker has
   * it. A list that seems to be complete until after now (Stripe's clock was misread) is read again up to now.
   */
  async take(
    manager: EntityManager,
    list: ListName,
    due: { now: number; every_seconds: number; overlap_seconds: number },
  ): Promise<Pass | undefined> {
    const [[pass]] = await manager.query<[Pass[], number]>(
      `UPDATE stripe_cursors
       SET fence = fence + 1, leased_until = clock_timestamp() + make_interval(secs => $5),
           pass_from = coalesce(pass_from, least(complete_until, to_timestamp($2)) - make_interval(secs => $4)),
           pass_until = coalesce(pass_until, to_timestamp($2))
       WHERE list = $1 AND (leased_until IS NULL OR leased_until < clock_timestamp())
         AND (pass_until IS NOT NULL OR complete_until > to_timestamp($2)
              OR complete_until <= to_timestamp($2) - make_interval(secs => $3))
       RETURNING ${PASS}`,
      [list, due.now, due.every_seconds, due.overlap_seconds, LEASE_SECONDS],
    );
    return pass;
  }

  /** Extends this worker's lease on the pass. @returns false when another worker has taken it over */
  async renew(manager: EntityManager, pass: Pass): Promise<boolean> {
    return this.move(manager, pass, `leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`);
  }

  /** A page has been applied, so the next worker continues after it. @returns false when another worker has the pass */
  async advance(manager: EntityManager, pass: Pass, page: { last: string; found: number }): Promise<boolean> {
    return this.move(
      manager,
      pass,
      `starting_after = $3, found = found + $4, pass_pages = pass_pages + 1, pages_done = pages_done + 1,
       leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`,
      [page.last, page.found],
    );
  }

  /** The object after which the pass would continue no longer exists, so the pass starts again with the same bounds. */
  async restart(manager: EntityManager, pass: Pass): Promise<boolean> {
    return this.move(manager, pass, 'starting_after = NULL, pass_pages = 0');
  }

  async complete(manager: EntityManager, pass: Pass, found: number): Promise<boolean> {
    return this.move(
      manager,
      pass,
      `complete_until = pass_until, pass_from = NULL, pass_until = NULL, starting_after = NULL, pass_pages = 0,
       found = found + $3, pages_done = pages_done + 1, leased_until = NULL`,
      [found],
    );
  }

  /** The next sweep of any worker continues it. */
  async release(manager: EntityManager, pass: Pass): Promise<void> {
    await this.move(manager, pass, 'leased_until = NULL');
  }

  async progress(manager: EntityManager): Promise<Progress[]> {
    return manager.query<Progress[]>(
      `SELECT list, extract(epoch FROM complete_until)::float8 AS complete_until,
              pass_until IS NOT NULL AS pass_in_progress, pass_pages, pages_done, found
       FROM stripe_cursors ORDER BY list`,
    );
  }

  private async move(manager: EntityManager, pass: Pass, set: string, values: unknown[] = []): Promise<boolean> {
    const [, moved] = await manager.query<[unknown, number]>(
      `UPDATE stripe_cursors SET ${set} WHERE list = $1 AND fence = $2`,
      [pass.list, pass.fence, ...values],
    );
    return moved > 0;
  }
}
