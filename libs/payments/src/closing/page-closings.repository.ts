import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** What is closed: one consultation or one product. */
export type ClosedThing = { readonly consultation_id: number } | { readonly product_id: string };

/** A closed consultation or product whose pages at Stripe may still be open. */
export interface PageClosing {
  readonly id: number;
  readonly consultation_id: number | null;
  readonly product_id: string | null;
  readonly after_payment_id: number;
  readonly failed: number;
}

/** A worker that died is followed by another after this time; longer than one batch of calls to Stripe takes. */
const TAKEN_FOR = '2 minutes';

@Injectable()
export class PageClosingsRepository {
  /** In the transaction that closes: from here on the worker goes on until no page is open. */
  async begin(tx: EntityManager, thing: ClosedThing, methods: readonly string[]): Promise<void> {
    await tx.query(
      `INSERT INTO page_closings (consultation_id, product_id)
       SELECT $1, $2 WHERE EXISTS (SELECT FROM payments p WHERE ${where(thing)} AND p.status = 'pending'
                                                          AND p.payment_method = ANY ($3))
       ON CONFLICT DO NOTHING`,
      [...idsOf(thing), methods],
    );
  }

  /** In the transaction that opens it again. */
  async forget(tx: EntityManager, thing: ClosedThing): Promise<void> {
    await tx.query(
      'DELETE FROM page_closings WHERE consultation_id IS NOT DISTINCT FROM $1 AND product_id IS NOT DISTINCT FROM $2',
      idsOf(thing),
    );
  }

  /** The ones to go on with, taken by moving their next try forward: another worker passes them over. */
  async takeDue(manager: EntityManager, most: number): Promise<PageClosing[]> {
    const [due] = await manager.query<[PageClosing[], number]>(
      `UPDATE page_closings SET next_try_at = now() + interval '${TAKEN_FOR}'
       WHERE id IN (SELECT id FROM page_closings WHERE next_try_at <= now()
                    ORDER BY next_try_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, consultation_id, product_id, after_payment_id, failed`,
      [most],
    );
    return due;
  }

  /** Its payments whose page at Stripe may still be open. What is processing was paid on its page already. */
  async findOpenPages(
    manager: EntityManager,
    thing: ClosedThing,
    { methods, after, most }: { methods: readonly string[]; after: number; most: number },
  ): Promise<number[]> {
    const rows = await manager.query<{ id: number }[]>(
      `SELECT p.id FROM payments p
       WHERE ${where(thing)} AND p.status = 'pending' AND p.payment_method = ANY ($5) AND NOT p.processing AND p.id > $3
       ORDER BY p.id LIMIT $4`,
      [...idsOf(thing), after, most, methods],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether the thing this payment is for is closed now. */
  async isClosed(manager: EntityManager, payment_id: number): Promise<boolean> {
    const [row] = await manager.query<{ closed: boolean }[]>(
      `SELECT coalesce(c.closed_at, d.closed_at) IS NOT NULL AS closed
       FROM payments p LEFT JOIN consultations c ON c.id = p.consultation_id LEFT JOIN products d ON d.id = p.product_id
       WHERE p.id = $1`,
      [payment_id],
    );
    return row?.closed ?? false;
  }

  /** The pass goes on at the next sweep. */
  async goOn(manager: EntityManager, { id }: PageClosing, after_payment_id: number, failed: number): Promise<void> {
    await manager.query(
      'UPDATE page_closings SET after_payment_id = $2, failed = $3, next_try_at = now() WHERE id = $1',
      [id, after_payment_id, failed],
    );
  }

  /** Every page was tried and some are still open: another pass, ever more rarely, at least once an hour. */
  async again(manager: EntityManager, { id }: PageClosing): Promise<void> {
    await manager.query(
      `UPDATE page_closings
       SET after_payment_id = 0, failed = 0, tries = tries + 1,
           next_try_at = now() + least(15 * power(2, least(tries, 8)), 3600) * interval '1 second'
       WHERE id = $1`,
      [id],
    );
  }

  /** No page is open any more. */
  async end(manager: EntityManager, { id }: PageClosing): Promise<void> {
    await manager.query('DELETE FROM page_closings WHERE id = $1', [id]);
  }
}

export function thingOf({ consultation_id, product_id }: PageClosing): ClosedThing {
  return consultation_id === null ? { product_id: product_id! } : { consultation_id };
}

function idsOf(thing: ClosedThing): [number | null, string | null] {
  return 'consultation_id' in thing ? [thing.consultation_id, null] : [null, thing.product_id];
}

/** Written out by what it is, so that the plan is an index's; both parameters are there in either case. */
function where(thing: ClosedThing): string {
  return 'consultation_id' in thing
    ? `p.consultation_id = $1::bigint AND $2::text IS NULL AND p.status IN ('pending', 'completed', 'partially_refunded')`
    : 'p.product_id = $2::text AND $1::bigint IS NULL';
}
