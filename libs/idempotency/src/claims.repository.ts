import type { EntityManager } from 'typeorm';

/** Whose key it is, and for what: another caller's or another route's equal key is another key. */
export interface Scope {
  readonly caller: string;
  readonly method: string;
  readonly route: string;
  readonly key: string;
}

/** A key as it stands. */
export interface ClaimRow {
  readonly id: number;
  readonly fingerprint: string;
  readonly owner: string;
  readonly resource: string | null;
  readonly response_status: number | null;
  readonly response_body: string | null;
  readonly finished: boolean;
  /** Nobody works on it any more, though nobody has finished it; or its time is over. */
  readonly anybodys: boolean;
  /** Until a finished key is forgotten. */
  readonly left_ms: number;
}

export interface Terms {
  readonly leaseMs: number;
  readonly keepMs: number;
}

const COLUMNS = `id, fingerprint, owner, resource, response_status, response_body,
  finished_at IS NOT NULL AS finished,
  (finished_at IS NULL AND lease_expires_at <= clock_timestamp()) OR expires_at <= clock_timestamp() AS anybodys,
  (extract(epoch FROM expires_at - clock_timestamp()) * 1000)::float8 AS left_ms`;

const IN_MS = (parameter: string) => `clock_timestamp() + make_interval(secs => ${parameter}::float8 / 1000)`;

/** `client_idempotency`. All times are Postgres' own, so that the clocks of our machines do not matter. */
export class ClaimsRepository {
  /** Claims a key nobody has. Undefined: somebody was quicker by a moment. */
  async insert(
    manager: EntityManager,
    scope: Scope,
    how: { fingerprint: string; owner: string } & Terms,
  ): Promise<ClaimRow | undefined> {
    const [inserted] = await manager.query<ClaimRow[]>(
      `INSERT INTO client_idempotency
         (caller, method, route, idempotency_key, fingerprint, owner, lease_expires_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, ${IN_MS('$7')}, ${IN_MS('$8')})
       ON CONFLICT (caller, method, route, idempotency_key) DO NOTHING
       RETURNING ${COLUMNS}`,
      [scope.caller, scope.method, scope.route, scope.key, how.fingerprint, how.owner, how.leaseMs, how.keepMs],
    );
    return inserted;
  }

  /**
   * Takes a key over that is anybody's again: forgotten (its time is over, and it was finished or nothing came of it), or
   * left behind by an owner whose lease ended, provided that the request is the same. Never waits: whoever holds the row
   * is working on it. Undefined: it is somebody's.
   */
  async takeOver(
    manager: EntityManager,
    row: ClaimRow,
    how: { fingerprint: string; owner: string } & Terms,
  ): Promise<ClaimRow | undefined> {
    const [[taken]] = await manager.query<[ClaimRow[], number]>(
      `WITH anybodys AS (
         SELECT id FROM client_idempotency
         WHERE id = $1 AND owner = $2
           AND (((finished_at IS NOT NULL OR resource IS NULL) AND expires_at <= clock_timestamp())
             OR (finished_at IS NULL AND lease_expires_at <= clock_timestamp() AND fingerprint = $3))
         FOR UPDATE SKIP LOCKED)
       UPDATE client_idempotency
       SET owner = $4, fingerprint = $3, lease_expires_at = ${IN_MS('$5')}, expires_at = ${IN_MS('$6')},
           resource = CASE WHEN finished_at IS NULL THEN resource END,
           response_status = NULL, response_body = NULL, finished_at = NULL
       FROM anybodys WHERE client_idempotency.id = anybodys.id
       RETURNING client_idempotency.${COLUMNS}`,
      [row.id, row.owner, how.fingerprint, how.owner, how.leaseMs, how.keepMs],
    );
    return taken;
  }

  async find(manager: EntityManager, scope: Scope): Promise<ClaimRow | undefined> {
    const [row] = await manager.query<ClaimRow[]>(
      `SELECT ${COLUMNS} FROM client_idempotency
       WHERE caller = $1 AND method = $2 AND route = $3 AND idempotency_key = $4`,
      [scope.caller, scope.method, scope.route, scope.key],
    );
    return row;
  }

  /** @returns false when the claim is no longer this owner's. */
  async extend(manager: EntityManager, claim: { id: number; owner: string }, leaseMs: number): Promise<boolean> {
    const [, extended] = await manager.query<[unknown[], number]>(
      `UPDATE client_idempotency SET lease_expires_at = ${IN_MS('$3')}
       WHERE id = $1 AND owner = $2 AND finished_at IS NULL`,
      [claim.id, claim.owner, leaseMs],
    );
    return extended === 1;
  }

  /** Remembers what the work has made. @returns false when the claim is no longer this owner's. */
  async attach(tx: EntityManager, claim: { id: number; owner: string }, resource: string): Promise<boolean> {
    const [, attached] = await tx.query<[unknown[], number]>(
      'UPDATE client_idempotency SET resource = $3 WHERE id = $1 AND owner = $2 AND finished_at IS NULL',
      [claim.id, claim.owner, resource],
    );
    return attached === 1;
  }

  /** Stores the answer. @returns false when the claim is no longer this owner's: then nothing may be committed. */
  async finish(
    tx: EntityManager,
    claim: { id: number; owner: string },
    answer: { status: number; body: string; resource: string | null; keepMs: number },
  ): Promise<boolean> {
    const [, finished] = await tx.query<[unknown[], number]>(
      `UPDATE client_idempotency
       SET response_status = $3, response_body = $4, resource = coalesce($5, resource),
           finished_at = clock_timestamp(), expires_at = ${IN_MS('$6')}
       WHERE id = $1 AND owner = $2 AND finished_at IS NULL`,
      [claim.id, claim.owner, answer.status, answer.body, answer.resource, answer.keepMs],
    );
    return finished === 1;
  }

  async isFinished(manager: EntityManager, claim: { id: number; owner: string }): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      'SELECT 1 FROM client_idempotency WHERE id = $1 AND owner = $2 AND finished_at IS NOT NULL',
      [claim.id, claim.owner],
    );
    return rows.length > 0;
  }

  /** Lets go of a claim that came to nothing. One that has made something is kept, for the same key to go on with. */
  async letGo(manager: EntityManager, claim: { id: number; owner: string }): Promise<void> {
    const [, removed] = await manager.query<[unknown[], number]>(
      'DELETE FROM client_idempotency WHERE id = $1 AND owner = $2 AND finished_at IS NULL AND resource IS NULL',
      [claim.id, claim.owner],
    );
    if (removed === 1) return;
    await manager.query(
      'UPDATE client_idempotency SET lease_expires_at = clock_timestamp() WHERE id = $1 AND owner = $2 AND finished_at IS NULL',
      [claim.id, claim.owner],
    );
  }

  /** Forgets a finished key, provided that it still stands for this resource: not what a retry has made under it since. */
  async forget(manager: EntityManager, scope: Scope, resource: string | null): Promise<void> {
    await manager.query(
      `DELETE FROM client_idempotency
       WHERE caller = $1 AND method = $2 AND route = $3 AND idempotency_key = $4
         AND finished_at IS NOT NULL AND resource IS NOT DISTINCT FROM $5`,
      [scope.caller, scope.method, scope.route, scope.key, resource],
    );
  }

  /** Forgets finished keys whose time is over; never an unfinished one. @returns how many. */
  async reap(manager: EntityManager, most: number, only: number | null = null): Promise<number> {
    const [, reaped] = await manager.query<[unknown[], number]>(
      `DELETE FROM client_idempotency WHERE id IN (
         SELECT id FROM client_idempotency WHERE finished_at IS NOT NULL AND expires_at <= clock_timestamp()
           AND ($2::bigint IS NULL OR id = $2)
         ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
      [most, only],
    );
    return reaped;
  }

  /** What would be reaped next; nothing is locked. */
  async reapable(manager: EntityManager, most: number, except: readonly number[]): Promise<number[]> {
    const rows = await manager.query<{ id: number }[]>(
      `SELECT id FROM client_idempotency WHERE finished_at IS NOT NULL AND expires_at <= clock_timestamp()
         AND id <> ALL($2) ORDER BY expires_at LIMIT $1`,
      [most, except],
    );
    return rows.map(({ id }) => id);
  }
}
