import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** The item that is closed: one consultation or one product. */
export type ClosedItem = { readonly consultation_id: number } | { readonly product_id: string };

/** A closed consultation or product whose pages at Stripe may still be open. */
export interface PageClosing {
  readonly id: number;
  readonly consultation_id: number | null;
  readonly product_id: string | null;
  readonly after_payment_id: number;
  readonly failed: number;
}

/**
 * The lease of a closing: after it, another worker takes over from one that died. Longer than one batch of Stripe
 * calls.
 */
const LEASE = '2 minutes';

@Injectable()
export class PageClosingsRepository {
  /** Runs in the transaction that closes the item. From then on, the worker continues until no page is open. */
  async begin(tx: EntityManager, item: ClosedItem, methods: readonly string[]): Promise<void> {
    await tx.query(
      `INSERT INTO page_closings (consultation_id, product_id)
       SELECT $1, $2 WHERE EXISTS (SELECT FROM payments p WHERE ${where(item)} AND p.status = 'pending'
                                                          AND p.payment_method = ANY ($3))
       ON CONFLICT DO NOTHING`,
      [...idsOf(item), methods],
    );
  }

  /** Runs in the transaction that reopens the item. */
  async forget(tx: EntityManager, item: ClosedItem): Promise<void> {
    await tx.query(
      'DELETE FROM page_closings WHERE consultation_id IS NOT DISTINCT FROM $1 AND product_id IS NOT DISTINCT FROM $2',
      idsOf(item),
    );
  }

  /** Returns due closings and moves their next try forward, so that other workers skip them. */
  async takeDue(manager: EntityManager, limit: number): Promise<PageClosing[]> {
    const [due] = await manager.query<[PageClosing[], number]>(
      `UPDATE page_closings SET next_try_at = now() + interval '${LEASE}'
       WHERE id IN (SELECT id FROM page_closings WHERE next_try_at <= now()
                    ORDER BY next_try_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, consultation_id, product_id, after_payment_id, failed`,
      [limit],
    );
    return due;
  }

  /**
   * The item's payments whose Stripe page may still be open. A processing payment is excluded: its page was already
   * paid.
   */
  async findOpenPages(
    manager: EntityManager,
    item: ClosedItem,
    { methods, after, limit }: { methods: readonly string[]; after: number; limit: number },
  ): Promise<number[]> {
    const rows = await manager.query<{ id: number }[]>(
      `SELECT p.id FROM payments p
       WHERE ${where(item)} AND p.status = 'pending' AND p.payment_method = ANY ($5) AND NOT p.processing AND p.id > $3
       ORDER BY p.id LIMIT $4`,
      [...idsOf(item), after, limit, methods],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether the item that this payment is for is closed now. */
  async isClosed(manager: EntityManager, payment_id: number): Promise<boolean> {
    const [row] = await manager.query<{ closed: boolean }[]>(
      `SELECT coalesce(c.closed_at, d.closed_at) IS NOT NULL AS closed
       FROM payments p LEFT JOIN consultations c ON c.id = p.consultation_id LEFT JOIN products d ON d.id = p.product_id
       WHERE p.id = $1`,
      [payment_id],
    );
    return row?.closed ?? false;
  }

  /** The pass continues in the next sweep. */
  async continueAfter(
    manager: EntityManager,
    { id }: PageClosing,
    after_payment_id: number,
    failed: number,
  ): Promise<void> {
    await manager.query(
      'UPDATE page_closings SET after_payment_id = $2, failed = $3, next_try_at = now() WHERE id = $1',
      [id, after_payment_id, failed],
    );
  }

  /** Every page was tried and some are still open. Schedules another pass, with growing pauses of at most an hour. */
  async retryLater(manager: EntityManager, { id }: PageClosing): Promise<void> {
    await manager.query(
      `UPDATE page_closings
       SET after_payment_id = 0, failed = 0, tries = tries + 1,
           next_try_at = now() + least(15 * power(2, least(tries, 8)), 3600) * interval '1 second'
       WHERE id = $1`,
      [id],
    );
  }

  /** No page is open any more, so the closing is deleted. */
  async end(manager: EntityManager, { id }: PageClosing): Promise<void> {
    await manager.query('DELETE FROM page_closings WHERE id = $1', [id]);
  }
}

export function closedItemOf({ consultation_id, product_id }: PageClosing): ClosedItem {
  return consultation_id === null ? { product_id: product_id! } : { consultation_id };
}

function idsOf(item: ClosedItem): [number | null, string | null] {
  return 'consultation_id' in item ? [item.consultation_id, null] : [null, item.product_id];
}

/** The condition names one column, so that Postgres can use its index. Both parameters are passed in either case. */
function where(item: ClosedItem): string {
  return 'consultation_id' in item
    ? `p.consultation_id = $1::bigint AND $2::text IS NULL AND p.status IN ('pending', 'completed', 'partially_refunded')`
    : 'p.product_id = $2::text AND $1::bigint IS NULL';
}
