import type { LockBackendName } from '#config';
import { InstallationEpoch } from '#database';
import { RedisNodes } from '#redis';
import { Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { holderIn, PREFIX } from './lock-scripts.js';
import { Locks } from './locks.js';
import { prefixOf } from './redis-backend.js';

/** If there are more locks than this, only their number is reported. */
const MAX_LOCKS = 200;

/**
 * A SCAN walks every key of a node, including those of other applications; after this many steps the list is reported
 * as cut short.
 */
const SCAN_STEPS = 100;
const KEYS_A_STEP = 500;

/** Names under the same prefix that are not locks: stored answers, and the probes of an unreachable Redis. */
const NO_LOCKS = [`${PREFIX}answer:`, `${PREFIX}probe:`];
const PROBE = 'probe:';

/** A held lock, and its holder as far as it is known. */
export interface HeldRow {
  readonly lock_key: string;
  readonly user_id: number | null;
  readonly product_id: string | null;
  readonly consultation_id: number | null;
  readonly request_id: string | null;
  /** null: the node does not say who holds it. */
  readonly created_at: Date | null;
  readonly left_ms: number;
}

export interface NodeReport {
  /** Its index in REDIS_URL; the address may hold a password. */
  readonly node: number;
  readonly reachable: boolean;
  readonly locks: readonly HeldRow[];
  /** There may be more than these. */
  readonly cut_short: boolean;
}

export interface HeldLocks {
  readonly backend: LockBackendName;
  readonly postgres: { readonly locks: readonly HeldRow[]; readonly cut_short: boolean };
  readonly redis: readonly NodeReport[];
}

/** Lists the locks that are held now, in Redis and in Postgres: after a fallback both have some. */
@Injectable()
export class LocksHeld {
  constructor(
    private readonly locks: Locks,
    private readonly redis: RedisNodes,
    private readonly dataSource: DataSource,
    private readonly epoch: InstallationEpoch,
  ) {}

  /** @param lock_key the only lock to look for; undefined: all */
  async run(lock_key?: string): Promise<HeldLocks> {
    const prefix = prefixOf(this.epoch.current);
    const [rows, redis] = await Promise.all([
      this.rows(lock_key ?? null),
      Promise.all(this.redis.nodes.map((node, number) => reportOf(node, { number, prefix, lock_key }))),
    ]);
    const postgres = { locks: rows.slice(0, MAX_LOCKS), cut_short: rows.length > MAX_LOCKS };
    return { backend: this.locks.backendName, postgres, redis };
  }

  private async rows(lock_key: string | null): Promise<HeldRow[]> {
    return this.dataSource.query<HeldRow[]>(
      `SELECT lock_key, user_id, product_id, consultation_id, request_id, created_at,
              round(extract(epoch FROM expires_at - clock_timestamp()) * 1000)::float8 AS left_ms
       FROM concurrency_locks WHERE expires_at > clock_timestamp() AND ($2::text IS NULL OR lock_key = $2)
       ORDER BY expires_at LIMIT $1`,
      [MAX_LOCKS + 1, lock_key],
    );
  }
}

async function reportOf(
  node: Redis,
  of: { number: number; prefix: string; lock_key: string | undefined },
): Promise<NodeReport> {
  const { number, prefix, lock_key } = of;
  try {
    const found = lock_key === undefined ? await lockNames(node, prefix) : { names: [prefix + lock_key], whole: true };
    const held = await heldOn(node, found.names, prefix);
    return { node: number, reachable: true, locks: held, cut_short: !found.whole };
  } catch {
    return { node: number, reachable: false, locks: [], cut_short: false };
  }
}

async function heldOn(node: Redis, names: readonly string[], prefix: string): Promise<HeldRow[]> {
  if (names.length === 0) return [];
  const [left, values] = await Promise.all([Promise.all(names.map((name) => node.pttl(name))), node.mget([...names])]);
  const rows = names.map((name, n) => {
    const { user_id, product_id, consultation_id, request_id, since } = holderIn(values[n]!) ?? {};
    return {
      lock_key: name.slice(prefix.length),
      user_id: user_id ?? null,
      product_id: product_id ?? null,
      consultation_id: consultation_id ?? null,
      request_id: request_id ?? null,
      created_at: since ?? null,
      left_ms: left[n]!,
    };
  });
  // Released since the scan saw it: PTTL answers -2.
  return rows.filter(({ left_ms }) => left_ms > 0);
}

/** Each name once: SCAN may return one several times. */
async function lockNames(node: Redis, prefix: string): Promise<{ names: string[]; whole: boolean }> {
  const found = new Set<string>();
  let cursor = '0';
  for (let step = 0; step < SCAN_STEPS; step++) {
    const [next, names] = await node.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', KEYS_A_STEP);
    for (const name of names) if (isLock(name, prefix)) found.add(name);
    if (found.size > MAX_LOCKS) return { names: [...found].sort().slice(0, MAX_LOCKS), whole: false };
    if (next === '0') return { names: [...found].sort(), whole: true };
    cursor = next;
  }
  return { names: [...found].sort(), whole: false };
}

function isLock(name: string, prefix: string): boolean {
  return !NO_LOCKS.some((one) => name.startsWith(one)) && !name.startsWith(PROBE, prefix.length);
}
