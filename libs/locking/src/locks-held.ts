import { InstallationEpoch } from '#database';
import { RedisNodes } from '#redis';
import { Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { Locks } from './locks.js';
import { PREFIX, prefixOf } from './redis-backend.js';

/** More locks than this at once is a number, not a list that somebody reads. */
const MOST_LOCKS = 200;

/** A SCAN walks every key of a node, ours or not; after this many steps it is told as cut short. */
const SCAN_STEPS = 100;
const KEYS_A_STEP = 500;

/** Under the same prefix, and no locks: stored answers, and the probes for an absent Redis. */
const NO_LOCKS = [`${PREFIX}answer:`, `${PREFIX}probe:`];

export interface HeldRow {
  readonly lock_key: string;
  readonly user_id: number | null;
  readonly product_id: string | null;
  readonly request_id: string | null;
  readonly created_at: Date;
  readonly left_ms: number;
}

export interface NodeReport {
  /** Its place in REDIS_URL; the address may hold a password. */
  readonly node: number;
  readonly reachable: boolean;
  readonly locks: readonly { lock_key: string; left_ms: number }[];
  /** There may be more than these. */
  readonly cut_short: boolean;
}

export interface HeldLocks {
  readonly backend: string;
  readonly postgres: { readonly locks: readonly HeldRow[]; readonly cut_short: boolean };
  readonly redis: readonly NodeReport[];
}

/** Which locks are held right now, wherever they are held: after a fallback both places have some. */
@Injectable()
export class LocksHeld {
  constructor(
    private readonly locks: Locks,
    private readonly redis: RedisNodes,
    private readonly dataSource: DataSource,
    private readonly epoch: InstallationEpoch,
  ) {}

  async run(): Promise<HeldLocks> {
    const [rows, redis] = await Promise.all([
      this.rows(),
      Promise.all(this.redis.nodes.map((node, number) => reportOf(node, number, prefixOf(this.epoch.current)))),
    ]);
    const postgres = { locks: rows.slice(0, MOST_LOCKS), cut_short: rows.length > MOST_LOCKS };
    return { backend: this.locks.backendName, postgres, redis };
  }

  private async rows(): Promise<HeldRow[]> {
    return this.dataSource.query<HeldRow[]>(
      `SELECT lock_key, user_id, product_id, request_id, created_at,
              round(extract(epoch FROM expires_at - clock_timestamp()) * 1000)::float8 AS left_ms
       FROM concurrency_locks WHERE expires_at > clock_timestamp() ORDER BY expires_at LIMIT $1`,
      [MOST_LOCKS + 1],
    );
  }
}

async function reportOf(node: Redis, number: number, prefix: string): Promise<NodeReport> {
  try {
    const { keys, whole } = await lockKeys(node, prefix);
    const left = await Promise.all(keys.map((key) => node.pttl(key)));
    // Released since the scan saw it: PTTL says -2.
    const locks = keys
      .map((key, n) => ({ lock_key: key.slice(prefix.length), left_ms: left[n]! }))
      .filter(({ left_ms }) => left_ms > 0);
    return { node: number, reachable: true, locks, cut_short: !whole };
  } catch {
    return { node: number, reachable: false, locks: [], cut_short: false };
  }
}

/** Each key once: SCAN may tell of one several times. */
async function lockKeys(node: Redis, prefix: string): Promise<{ keys: string[]; whole: boolean }> {
  const found = new Set<string>();
  let cursor = '0';
  for (let step = 0; step < SCAN_STEPS; step++) {
    const [next, keys] = await node.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', KEYS_A_STEP);
    for (const key of keys) if (!NO_LOCKS.some((prefix) => key.startsWith(prefix))) found.add(key);
    if (found.size > MOST_LOCKS) return { keys: [...found].sort().slice(0, MOST_LOCKS), whole: false };
    if (next === '0') return { keys: [...found].sort(), whole: true };
    cursor = next;
  }
  return { keys: [...found].sort(), whole: false };
}
