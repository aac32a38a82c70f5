import type { Redis } from 'ioredis';
import type { Holder } from './lock-backend.js';

/** The prefix of all of our names in Redis. */
export const PREFIX = 'payonce:';

/** Stored beside each lock, under a name of its own: the lock itself holds the random value that releases it. */
export const HOLDER_PREFIX = `${PREFIX}holder:`;

/** Who holds a lock. */
export interface HolderRecord extends Holder {
  /** By the holder's clock. */
  readonly since: Date;
  /** The lock's random value: a record with another value belongs to the previous holder. */
  readonly owner: string;
}

/** Removes the record only if it is unchanged: a late release must not remove the next holder's record. */
const REMOVE = `
  local removed = 0
  for n = 1, #KEYS do
    if redis.call('GET', KEYS[n]) == ARGV[1] then removed = removed + redis.call('DEL', KEYS[n]) end
  end
  return removed`;

/**
 * What staff are shown of locks in Redis. Nothing waits for these records and nothing depends on them: one that
 * cannot be written is not shown, and one that is left behind ends with its lock's lease.
 */
export class HolderRecords {
  constructor(private readonly nodes: readonly Redis[]) {}

  /** @param names of the locks in Redis. @returns what `forget` is to remove */
  keep(names: readonly string[], record: HolderRecord, ttlMs: number): string {
    const text = JSON.stringify(record);
    this.onEach((node) => names.map((name) => node.set(HOLDER_PREFIX + name, text, 'PX', ttlMs)));
    return text;
  }

  extend(names: readonly string[], ttlMs: number): void {
    this.onEach((node) => names.map((name) => node.pexpire(HOLDER_PREFIX + name, ttlMs)));
  }

  forget(names: readonly string[], text: string): void {
    const records = names.map((name) => HOLDER_PREFIX + name);
    this.onEach((node) => [node.eval(REMOVE, records.length, ...records, text)]);
  }

  private onEach(send: (node: Redis) => Promise<unknown>[]): void {
    for (const node of this.nodes) {
      if (node.status !== 'ready') continue;
      for (const sent of send(node)) sent.catch(() => undefined);
    }
  }
}

/** The record beside a lock with this value; undefined if there is none, or it belongs to another holder. */
export function recordOf(text: string | null, owner: string | null): Omit<HolderRecord, 'owner'> | undefined {
  if (text === null) return undefined;
  try {
    const { owner: whose, since, ...holder } = JSON.parse(text) as HolderRecord & { since: string };
    return whose === owner ? { ...holder, since: new Date(since) } : undefined;
  } catch {
    return undefined;
  }
}
