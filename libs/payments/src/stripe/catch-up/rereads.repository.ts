import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** A refund or a dispute that may still change at Stripe. */
export interface Reread {
  readonly id: number;
  readonly stripe_id: string | null;
  /** A refund that Stripe refused, or that was withdrawn unanswered: Stripe has no such object to read. */
  readonly never_made: boolean;
}

type Kind = 'refunds' | 'disputes';

/** Long enough to ask Stripe about a whole batch. If a worker dies, its batch is due again after this time. */
const LEASE_SECONDS = 600;

@Injectable()
export class RereadsRepository {
  /** Takes what is due by Stripe's clock and moves its next read forward, so that other workers skip it. */
  async takeDue(
    manager: EntityManager,
    kind: Kind,
    due: { now: number; limit: number; only?: number },
  ): Promise<Reread[]> {
    const [rows] = await manager.query<[Reread[], number]>(kind === 'refunds' ? TAKE_REFUNDS : TAKE_DISPUTES, [
      due.now,
      due.limit,
      LEASE_SECONDS,
      due.only ?? null,
    ]);
    return rows;
  }

  /** The rows that would be taken next; locks nothing. */
  async due(
    manager: EntityManager,
    kind: Kind,
    due: { now: number; limit: number; except: readonly number[] },
  ): Promise<number[]> {
    const [table, key] = TABLES[kind];
    const rows = await manager.query<{ id: number }[]>(
      `SELECT ${key} AS id FROM ${table} WHERE reread_at <= to_timestamp($1) AND ${key} <> ALL($3)
       ORDER BY reread_at LIMIT $2`,
      [due.now, due.limit, due.except],
    );
    return rows.map(({ id }) => id);
  }

  /** @param at seconds by Stripe's clock; null: it cannot change any more */
  async setNext(manager: EntityManager, kind: Kind, id: number, at: number | null): Promise<void> {
    const [table, key] = TABLES[kind];
    await manager.query(`UPDATE ${table} SET reread_at = to_timestamp($2) WHERE ${key} = $1`, [id, at]);
  }
}

const TABLES = { refunds: ['stripe_refunds', 'refund_id'], disputes: ['disputes', 'id'] } as const;

const TAKE_REFUNDS = `
  UPDATE stripe_refunds k SET reread_at = to_timestamp($1) + make_interval(secs => $3)
  FROM refunds r
  WHERE r.id = k.refund_id AND k.refund_id IN (
    SELECT due.refund_id FROM stripe_refunds due
    WHERE due.reread_at <= to_timestamp($1) AND ($4::bigint IS NULL OR due.refund_id = $4)
    ORDER BY due.reread_at LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING k.refund_id AS id, r.transaction_id AS stripe_id,
    r.transaction_id IS NULL AND k.state IN ('refused', 'withdrawn') AS never_made`;

const TAKE_DISPUTES = `
  UPDATE disputes d SET reread_at = to_timestamp($1) + make_interval(secs => $3)
  WHERE d.id IN (
    SELECT due.id FROM disputes due
    WHERE due.reread_at <= to_timestamp($1) AND ($4::bigint IS NULL OR due.id = $4)
    ORDER BY due.reread_at LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING d.id, d.dispute_id AS stripe_id, false AS never_made`;
