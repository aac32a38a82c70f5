import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface AuditEntry {
  /** What happened, from the general to the particular: `payment.created`. */
  action: string;
  payment_id: number | null;
  /** Who asked for it; null is the system itself. */
  actor_user_id: number | null;
  request_id: string | null;
  detail?: Record<string, unknown>;
}

/** The memory of what happened, written in the same transaction as what happened. Postgres refuses to change it. */
@Injectable()
export class AuditLog {
  /** Adds all entries of one step in one statement, in the order given. */
  async record(tx: EntityManager, entries: readonly AuditEntry[]): Promise<void> {
    await tx.query(
      `INSERT INTO audit_log (action, payment_id, actor_user_id, request_id, detail)
       SELECT action, payment_id, actor_user_id, request_id, coalesce(detail, '{}')
       FROM ROWS FROM (jsonb_to_recordset($1::jsonb)
         AS (action text, payment_id bigint, actor_user_id bigint, request_id text, detail jsonb)) WITH ORDINALITY AS entry
       ORDER BY ordinality`,
      [JSON.stringify(entries)],
    );
  }
}
