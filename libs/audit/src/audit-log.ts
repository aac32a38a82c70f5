import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditAction } from './audit-actions.js';

/** Where an entry happened, as a timeline shows it. */
export const LANES = ['request', 'lock', 'database', 'stripe', 'webhook', 'worker'] as const;
export type Lane = (typeof LANES)[number];

export interface AuditEntry {
  action: AuditAction;
  lane?: Lane;
  payment_id: number | null;
  /** The user who asked for it; null is the system itself. */
  actor_user_id: number | null;
  request_id: string | null;
  detail?: Record<string, unknown>;
  /** How long ago it happened, for an entry that is written later, together with the step it led to. */
  ms_ago?: number;
}

/** An entry as it is read. */
export interface AuditedEntry {
  readonly id: number;
  readonly at: Date;
  /** Milliseconds since the first entry about this payment. */
  readonly ms: number;
  readonly lane: Lane;
  readonly action: AuditAction;
  readonly actor_user_id: number | null;
  readonly request_id: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An entry as the live audit feed shows it. */
export interface WatchedEntry extends Omit<AuditedEntry, 'ms'> {
  readonly payment_id: number | null;
  /** So recent that entries with smaller ids may still be committed. */
  readonly fresh: boolean;
}

/** Where a page starts: the time and id of the last entry before it. */
export interface After {
  readonly at_us: string;
  readonly id: number;
}

/** The audit log, written in the transaction in which its entries happen. Postgres refuses to change it. */
@Injectable()
export class AuditLog {
  /** Adds all entries of one step in one statement, in the order given. */
  async record(tx: EntityManager, entries: readonly AuditEntry[]): Promise<void> {
    await tx.query(
      `INSERT INTO audit_log (at, action, lane, payment_id, actor_user_id, request_id, detail)
       SELECT clock_timestamp() - make_interval(secs => coalesce(ms_ago, 0) / 1000), action, coalesce(lane, 'database'),
              payment_id, actor_user_id, request_id, coalesce(detail, '{}')
       FROM ROWS FROM (jsonb_to_recordset($1::jsonb)
         AS (action text, lane text, payment_id bigint, actor_user_id bigint, request_id text, detail jsonb,
             ms_ago float8)) WITH ORDINALITY AS entry
       ORDER BY ordinality`,
      [JSON.stringify(entries)],
    );
  }

  /** The id of the newest entry, 0 if there is none. */
  async newest(manager: EntityManager): Promise<number> {
    const [row] = await manager.query<{ id: number }[]>('SELECT coalesce(max(id), 0) AS id FROM audit_log');
    return row!.id;
  }

  /** The entries after a given one, in the order of ids. */
  async since(
    manager: EntityManager,
    id: number,
    how: { limit: number; fresh_ms: number },
  ): Promise<readonly WatchedEntry[]> {
    return manager.query<WatchedEntry[]>(
      `SELECT id, at, lane, action, payment_id, actor_user_id, request_id, detail,
              at > clock_timestamp() - make_interval(secs => $3::float8 / 1000) AS fresh
       FROM audit_log WHERE id > $1 ORDER BY id LIMIT $2`,
      [id, how.limit, how.fresh_ms],
    );
  }

  /** One page of a payment's entries, oldest first, and where the next page starts. */
  async about(
    manager: EntityManager,
    payment_id: number,
    page: { limit: number; after: After | null },
  ): Promise<{ entries: AuditedEntry[]; next: After | null }> {
    const rows = await manager.query<(AuditedEntry & { at_us: string })[]>(
      `SELECT id, at, lane, action, actor_user_id, request_id, detail,
              (extract(epoch FROM at) * 1000000)::bigint::text AS at_us,
              round(extract(epoch FROM at - (SELECT min(first.at) FROM audit_log first WHERE first.payment_id = $1)) * 1000, 3)::float8 AS ms
       FROM audit_log
       WHERE payment_id = $1
         AND ($2::bigint IS NULL OR (at, id) > (to_timestamp(0) + $2::bigint * interval '1 microsecond', $3::bigint))
       ORDER BY at, id LIMIT $4`,
      [payment_id, page.after?.at_us ?? null, page.after?.id ?? null, page.limit],
    );
    const last = rows.length < page.limit ? undefined : rows.at(-1);
    return {
      entries: rows.map(({ id, at, ms, lane, action, actor_user_id, request_id, detail }) => {
        return { id, at, ms, lane, action, actor_user_id, request_id, detail };
      }),
      next: last ? { at_us: last.at_us, id: last.id } : null,
    };
  }
}
