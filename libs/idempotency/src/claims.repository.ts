import type { EntityManager } from 'typeorm';
import { EpochChangedError } from './epoch-changed.js';
import { quotedKey } from './key-header.js';

/** What identifies a key. The same text from another caller or on another route is a different key. */
export interface Scope {
  readonly caller: string;
  readonly method: string;
  readonly route: string;
  readonly key: string;
  /**
   * The form under which earlier versions, which did not decode headers, have stored the key; undefined where it is
   * the same.
   */
  readonly asSent?: string;
  /**
   * Identifies the caller in the cache in place of `caller`, whose id may be reused after a restore: the epoch, and
   * names that do not change.
   */
  readonly cachedFor?: readonly string[];
}

/** A stored key. */
export interface ClaimRow {
  readonly id: number;
  readonly fingerprint: string;
  readonly owner: string;
  readonly resource: string | null;
  readonly response_status: number | null;
  readonly response_body: string | null;
  readonly finished: boolean;
  /** Another request may claim the key: its lease ended before it was finished, or it has expired. */
  readonly reclaimable: boolean;
  /** Time until a finished key expires. */
  readonly left_ms: number;
}

/** The values that a claim is made with. */
export interface Terms {
  readonly fingerprint: string;
  readonly owner: string;
  readonly leaseMs: number;
  readonly keepMs: number;
  /**
   * The epoch in which the caller was identified. Undefined: the application does not supply one, and it is not
   * checked.
   */
  readonly epoch?: string | undefined;
}

/** A claim, and the only epoch in which it may be written. */
export interface ClaimId {
  readonly id: number;
  readonly owner: string;
  readonly epoch: string | undefined;
}

const COLUMNS = `id, fingerprint, owner, resource, response_status, response_body,
  finished_at IS NOT NULL AS finished,
  (finished_at IS NULL AND lease_expires_at <= clock_timestamp()) OR expires_at <= clock_timestamp() AS reclaimable,
  (extract(epoch FROM expires_at - clock_timestamp()) * 1000)::float8 AS left_ms`;

/** Part of the statement that writes, so that the epoch cannot change in between. */
const SAME_EPOCH = (parameter: string) => `(${parameter}::text IS NULL OR current_installation_epoch() = ${parameter})`;

const IN_MS = (parameter: string) => `clock_timestamp() + make_interval(secs => ${parameter}::float8 / 1000)`;

/** `client_idempotency`. All times are read from Postgres' clock, so that the clocks of our machines do not matter. */
export class ClaimsRepository {
  /** Claims a key that is not stored. Undefined: another request was a moment earlier, or the epoch has changed. */
  async insert(manager: EntityManager, scope: Scope, how: Terms): Promise<ClaimRow | undefined> {
    const [inserted] = await manager.query<ClaimRow[]>(
      `INSERT INTO client_idempotency
         (caller, method, route, idempotency_key, key_as_sent, fingerprint, owner, lease_expires_at, expires_at)
       SELECT $1, $2, $3, $4, false, $5, $6::uuid, ${IN_MS('$7')}, ${IN_MS('$8')} WHERE ${SAME_EPOCH('$9')}
       ON CONFLICT (caller, method, route, idempotency_key) DO NOTHING
       RETURNING ${COLUMNS}`,
      [...namesOf(scope), how.fingerprint, how.owner, how.leaseMs, how.keepMs, how.epoch ?? null],
    );
    return inserted;
  }

  /**
   * Stores a key together with its answer, in the transaction of the work. Waits for a transaction that stores the same
   * key. Undefined: the key is stored already, or the epoch has changed.
   */
  async insertFinished(
    tx: EntityManager,
    scope: Scope,
    how: Omit<Terms, 'leaseMs'>,
    answer: { status: number; body: string; resource: string | null },
  ): Promise<{ id: number } | undefined> {
    const [inserted] = await tx.query<{ id: number }[]>(
      `INSERT INTO client_idempotency
         (caller, method, route, idempotency_key, key_as_sent, fingerprint, owner, lease_expires_at, finished_at,
          expires_at, resource, response_status, response_body)
       SELECT $1, $2, $3, $4, false, $5, $6::uuid, clock_timestamp(), clock_timestamp(), ${IN_MS('$7')}, $9, $10::int, $11
       WHERE ${SAME_EPOCH('$8')}
       ON CONFLICT (caller, method, route, idempotency_key) DO NOTHING
       RETURNING id`,
      [
        ...namesOf(scope),
        how.fingerprint,
        how.owner,
        how.keepMs,
        how.epoch ?? null,
        answer.resource,
        answer.status,
        answer.body,
      ],
    );
    return inserted;
  }

  /**
   * Takes over a reclaimable key. Either it has expired, and was finished or has no resource. Or its lease ended, and
   * the request is the same or its resource was voided (`anew`: then the resource is removed). Never waits: a
   * transaction that has locked the row is working on it. Undefined: the key is not reclaimable.
   */
  async takeOver(
    manager: EntityManager,
    row: ClaimRow,
    how: Terms & { readonly anew: boolean },
  ): Promise<ClaimRow | undefined> {
    const [[result]] = await manager.query<[ClaimRow[], number]>(
      `WITH reclaimable AS (
         SELECT id FROM client_idempotency
         WHERE id = $1 AND owner = $2 AND resource IS NOT DISTINCT FROM $7
           AND (((finished_at IS NOT NULL OR resource IS NULL) AND expires_at <= clock_timestamp())
             OR (finished_at IS NULL AND lease_expires_at <= clock_timestamp() AND (fingerprint = $3 OR $8)))
         FOR UPDATE SKIP LOCKED)
       UPDATE client_idempotency
       SET owner = $4, fingerprint = $3, lease_expires_at = ${IN_MS('$5')}, expires_at = ${IN_MS('$6')},
           resource = CASE WHEN finished_at IS NULL AND NOT $8 THEN resource END,
           response_status = NULL, response_body = NULL, finished_at = NULL
       FROM reclaimable WHERE client_idempotency.id = reclaimable.id
       RETURNING client_idempotency.${COLUMNS}`,
      [row.id, row.owner, how.fingerprint, how.owner, how.leaseMs, how.keepMs, row.resource, how.anew],
    );
    return result;
  }

  /**
   * Reads the key and compares the epoch in one statement. A key that an earlier version has stored undecoded counts
   * as its decoded form until it expires. @throws EpochChangedError
   */
  async find(manager: EntityManager, scope: Scope, epoch: string | undefined): Promise<ClaimRow | undefined> {
    const [row] = await manager.query<(ClaimRow & { same_epoch: boolean })[]>(
      `SELECT ${COLUMNS}, same_epoch
       FROM (SELECT ${SAME_EPOCH('$5')} AS same_epoch) now LEFT JOIN LATERAL (
         SELECT * FROM client_idempotency
         WHERE caller = $1 AND method = $2 AND route = $3 AND idempotency_key = ANY($6)
           AND (idempotency_key = $4 OR key_as_sent
             AND NOT (expires_at <= clock_timestamp() AND (finished_at IS NOT NULL OR resource IS NULL)))
         ORDER BY array_position($6::text[], idempotency_key) LIMIT 1) held ON true`,
      [...namesOf(scope), epoch ?? null, formsOf(scope)],
    );
    if (row?.same_epoch !== true) throw new EpochChangedError();
    return (row.id as number | null) === null ? undefined : row;
  }

  /** @throws EpochChangedError */
  async requireEpoch(manager: EntityManager, epoch: string | undefined): Promise<void> {
    if (epoch === undefined) return;
    const [row] = await manager.query<{ same: boolean | null }[]>('SELECT current_installation_epoch() = $1 AS same', [
      epoch,
    ]);
    if (row?.same !== true) throw new EpochChangedError();
  }

  /** @returns false when this owner no longer holds the claim. */
  async extend(manager: EntityManager, claim: { id: number; owner: string }, leaseMs: number): Promise<boolean> {
    const [, extended] = await manager.query<[unknown[], number]>(
      `UPDATE client_idempotency SET lease_expires_at = ${IN_MS('$3')}
       WHERE id = $1 AND owner = $2 AND finished_at IS NULL`,
      [claim.id, claim.owner, leaseMs],
    );
    return extended === 1;
  }

  /**
   * Stores which resource the work has made. @returns false when this owner no longer holds the claim. @throws
   * EpochChangedError
   */
  async attach(tx: EntityManager, claim: ClaimId, resource: string): Promise<boolean> {
    const [, attached] = await tx.query<[unknown[], number]>(
      `UPDATE client_idempotency SET resource = $3
       WHERE id = $1 AND owner = $2 AND finished_at IS NULL AND ${SAME_EPOCH('$4')}`,
      [claim.id, claim.owner, resource, claim.epoch ?? null],
    );
    if (attached !== 1) await this.requireEpoch(tx, claim.epoch);
    return attached === 1;
  }

  /**
   * Stores the answer. @returns false when this owner no longer holds the claim: then nothing may be committed.
   * @throws EpochChangedError: nothing may be committed then, either
   */
  async finish(
    tx: EntityManager,
    claim: ClaimId,
    answer: { status: number; body: string; resource: string | null; keepMs: number },
  ): Promise<boolean> {
    const [, finished] = await tx.query<[unknown[], number]>(
      `UPDATE client_idempotency
       SET response_status = $3, response_body = $4, resource = coalesce($5, resource),
           finished_at = clock_timestamp(), expires_at = ${IN_MS('$6')}
       WHERE id = $1 AND owner = $2 AND finished_at IS NULL AND ${SAME_EPOCH('$7')}`,
      [claim.id, claim.owner, answer.status, answer.body, answer.resource, answer.keepMs, claim.epoch ?? null],
    );
    if (finished !== 1) await this.requireEpoch(tx, claim.epoch);
    return finished === 1;
  }

  async isFinished(manager: EntityManager, claim: { id: number; owner: string }): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      'SELECT 1 FROM client_idempotency WHERE id = $1 AND owner = $2 AND finished_at IS NOT NULL',
      [claim.id, claim.owner],
    );
    return rows.length > 0;
  }

  /**
   * Releases a claim without a result. A claim with a resource is kept, so that a request with the same key can
   * resume it.
   * @param voided the claim's resource, if it was voided
   * @returns false when another owner has taken it over. It may have deleted the row since: then the key, in a new
   *   row, may already have an answer. After the epoch changed, ids name other rows, and the result is true.
   */
  async release(manager: EntityManager, claim: ClaimId, voided: string | null): Promise<boolean> {
    const [, removed] = await manager.query<[unknown[], number]>(
      `DELETE FROM client_idempotency
       WHERE id = $1 AND owner = $2 AND finished_at IS NULL AND (resource IS NULL OR resource = $3)`,
      [claim.id, claim.owner, voided],
    );
    if (removed === 1) return true;
    const [, ended] = await manager.query<[unknown[], number]>(
      'UPDATE client_idempotency SET lease_expires_at = clock_timestamp() WHERE id = $1 AND owner = $2 AND finished_at IS NULL',
      [claim.id, claim.owner],
    );
    if (ended === 1) return true;
    const [row] = await manager.query<{ ours: boolean }[]>(
      `SELECT ${SAME_EPOCH('$3')} IS NOT TRUE
         OR EXISTS (SELECT 1 FROM client_idempotency WHERE id = $1 AND owner = $2) AS ours`,
      [claim.id, claim.owner, claim.epoch ?? null],
    );
    return row!.ours;
  }

  /**
   * Deletes a finished key if it still has this resource. A key under which a retry has made another resource is
   * kept.
   */
  async forget(manager: EntityManager, scope: Scope, resource: string | null): Promise<void> {
    await manager.query(
      `DELETE FROM client_idempotency
       WHERE caller = $1 AND method = $2 AND route = $3
         AND (idempotency_key = $4 OR idempotency_key = ANY($6) AND key_as_sent)
         AND finished_at IS NOT NULL AND resource IS NOT DISTINCT FROM $5`,
      [...namesOf(scope), resource, formsOf(scope)],
    );
  }

  /** Deletes finished keys that have expired; never an unfinished one. @returns how many. */
  async reap(manager: EntityManager, limit: number, only: number | null = null): Promise<number> {
    const [, reaped] = await manager.query<[unknown[], number]>(
      `DELETE FROM client_idempotency WHERE id IN (
         SELECT id FROM client_idempotency WHERE finished_at IS NOT NULL AND expires_at <= clock_timestamp()
           AND ($2::bigint IS NULL OR id = $2)
         ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
      [limit, only],
    );
    return reaped;
  }

  /** The keys that would be deleted next; locks nothing. */
  async reapable(manager: EntityManager, limit: number, except: readonly number[]): Promise<number[]> {
    const rows = await manager.query<{ id: number }[]>(
      `SELECT id FROM client_idempotency WHERE finished_at IS NOT NULL AND expires_at <= clock_timestamp()
         AND id <> ALL($2) ORDER BY expires_at LIMIT $1`,
      [limit, except],
    );
    return rows.map(({ id }) => id);
  }
}

const namesOf = ({ caller, method, route, key }: Scope) => [caller, method, route, key];

/**
 * The forms under which a key may be stored. The form of this request comes first, since earlier versions looked for
 * it.
 */
function formsOf({ key, asSent }: Scope): string[] {
  return [...new Set([asSent ?? key, key, quotedKey(key)])];
}
