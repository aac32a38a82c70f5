import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Holder, Lease, LockBackend, ReleaseWatch } from './lock-backend.js';

interface PostgresLease extends Lease {
  readonly owner: string;
}

/**
 * Lease rows in `concurrency_locks`, by Postgres' clock. Uses no session state, so that pgbouncer may stand in
 * between. It has no fallback: when Postgres is unreachable, its own error is thrown.
 */
export class PostgresBackend implements LockBackend<PostgresLease> {
  readonly name = 'postgres';
  readonly notifiesOnRelease = false;

  constructor(private readonly dataSource: DataSource) {}

  async tryAcquire(keys: readonly string[], ttlMs: number, holder: Holder): Promise<PostgresLease | undefined> {
    const startedAt = performance.now();
    const owner = randomUUID();
    // In the order of the keys, so that two callers with common keys cannot deadlock.
    const taken = await this.dataSource.query<{ lock_key: string }[]>(
      `INSERT INTO concurrency_locks AS held (lock_key, owner, user_id, product_id, consultation_id, request_id, created_at, expires_at)
       SELECT key, $2, $4, $5, $6, $7, clock_timestamp(), clock_timestamp() + make_interval(secs => $3::float8 / 1000)
       FROM unnest($1::text[]) AS key ORDER BY key
       ON CONFLICT (lock_key) DO UPDATE
         SET owner = excluded.owner, user_id = excluded.user_id, product_id = excluded.product_id,
             consultation_id = excluded.consultation_id, request_id = excluded.request_id, created_at = excluded.created_at, expires_at = excluded.expires_at
         WHERE held.expires_at <= clock_timestamp()
       RETURNING lock_key`,
      [
        keys,
        owner,
        ttlMs,
        holder.user_id ?? null,
        holder.product_id ?? null,
        holder.consultation_id ?? null,
        holder.request_id ?? null,
      ],
    );
    const lease = { keys, owner, expiresAt: startedAt + ttlMs };
    if (taken.length === keys.length) return lease;
    // All or nothing. If this process dies in between, the rows already taken end by themselves.
    if (taken.length > 0) await this.release(lease);
    return undefined;
  }

  async heldOf(keys: readonly string[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ lock_key: string }[]>(
      'SELECT lock_key FROM concurrency_locks WHERE lock_key = ANY($1) AND expires_at > clock_timestamp() ORDER BY lock_key',
      [keys],
    );
    return rows.map(({ lock_key }) => lock_key);
  }

  async extend(lease: PostgresLease, ttlMs: number): Promise<PostgresLease | undefined> {
    const startedAt = performance.now();
    const [, extended] = await this.dataSource.query<[unknown[], number]>(
      `UPDATE concurrency_locks SET expires_at = clock_timestamp() + make_interval(secs => $3::float8 / 1000)
       WHERE lock_key = ANY($1) AND owner = $2 AND expires_at > clock_timestamp()`,
      [lease.keys, lease.owner, ttlMs],
    );
    return extended === lease.keys.length ? { ...lease, expiresAt: startedAt + ttlMs } : undefined;
  }

  async release(lease: PostgresLease): Promise<void> {
    try {
      await this.dataSource.query('DELETE FROM concurrency_locks WHERE lock_key = ANY($1) AND owner = $2', [
        lease.keys,
        lease.owner,
      ]);
    } catch {
      // The lease expires.
    }
  }

  watch(): ReleaseWatch {
    return { next: async (ms) => pause(ms), close: () => undefined };
  }
}
