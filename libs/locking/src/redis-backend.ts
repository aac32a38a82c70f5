import type { Redis } from 'ioredis';
import Redlock, { ExecutionError, type Lock, ResourceLockedError } from 'redlock';
import { BackendUnreachable, type Lease, type LockBackend, type ReleaseWatch } from './lock-backend.js';
import { ReleaseChannel } from './release-channel.js';

interface RedisLease extends Lease {
  readonly lock: Lock;
}

/**
 * Redlock waits for a majority, for or against, and for ever if neither comes. Several times what a command may take;
 * half of it could cut off a vote that a busy machine is still counting.
 */
const LONGEST_VOTE_MS = 2_000;

/** A lock key is also a name in Redis; the prefix keeps it from meeting anybody else's. */
export const PREFIX = 'payonce:';

/** How the names of one scope's locks begin. */
export const prefixOf = (scope: string): string => (scope === '' ? PREFIX : `${PREFIX}${scope}:`);

/**
 * Redlock over one or several independent nodes (https://redis.io/docs/latest/develop/clients/patterns/distributed-locks/).
 * A release compares the owner's random value and deletes in one script, never GET then DEL.
 */
export class RedisBackend implements LockBackend<RedisLease> {
  readonly name = 'redis';
  readonly tellsReleases = true;
  private readonly redlock: Redlock;
  private readonly releases: ReleaseChannel;

  /**
   * @param scope goes into each name, so that databases that share a Redis, and lives of one database, hold no lock of each
   * other's; asked each time
   * @throws RangeError for an even number of nodes: their vote can be split, and they survive no more than one fewer.
   */
  constructor(
    nodes: readonly Redis[],
    private readonly scope: () => string = () => '',
  ) {
    if (nodes.length % 2 === 0) throw new RangeError('Redlock needs one node, or an odd number of them');
    // One try a call: waiting is the caller's, who is woken by releases instead of sleeping.
    this.redlock = new Redlock([...nodes], { retryCount: 0, automaticExtensionThreshold: 0 });
    // Each refused vote is also in the error of the call.
    this.redlock.on('error', () => undefined);
    this.releases = new ReleaseChannel(nodes);
  }

  async tryAcquire(keys: readonly string[], ttlMs: number): Promise<RedisLease | undefined> {
    const asked = performance.now();
    try {
      return leaseOf(keys, asked, ttlMs, await voted(this.redlock.acquire(this.named(keys), ttlMs)));
    } catch (error) {
      if (await isHeldByAnother(error)) return undefined;
      throw new BackendUnreachable(this.name, { cause: error });
    }
  }

  async extend(lease: RedisLease, ttlMs: number): Promise<RedisLease | undefined> {
    const asked = performance.now();
    try {
      return leaseOf(lease.keys, asked, ttlMs, await voted(this.redlock.extend(lease.lock, ttlMs)));
    } catch (error) {
      if (performance.now() >= lease.expiresAt || (await isHeldByAnother(error))) return undefined;
      throw new BackendUnreachable(this.name, { cause: error });
    }
  }

  async release(lease: RedisLease): Promise<void> {
    try {
      await voted(this.redlock.release(lease.lock));
    } catch {
      // Ended already, or Redis is away: it ends by itself.
    }
    this.releases.tell(this.named(lease.keys));
  }

  watch(keys: readonly string[]): ReleaseWatch {
    return this.releases.watch(this.named(keys));
  }

  close(): void {
    this.releases.close();
  }

  private named(keys: readonly string[]): string[] {
    const prefix = prefixOf(this.scope());
    return keys.map((key) => prefix + key);
  }
}

/** What was taken after all, once nobody waits for it, ends by itself. */
async function voted<Result>(vote: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no majority within ${LONGEST_VOTE_MS} ms`)), LONGEST_VOTE_MS);
  });
  try {
    return await Promise.race([vote, late]);
  } finally {
    clearTimeout(timer);
    vote.catch(() => undefined);
  }
}

/** Redlock's own allowance for clocks that run apart (1 % and 2 ms), on a clock that does not move when somebody sets it. */
function leaseOf(keys: readonly string[], asked: number, ttlMs: number, lock: Lock): RedisLease {
  return { keys, lock, expiresAt: asked + ttlMs * 0.99 - 2 };
}

/** "Held" and "Redis is down" are both an ExecutionError; the votes tell them apart: did a quorum answer? */
async function isHeldByAnother(error: unknown): Promise<boolean> {
  if (!(error instanceof ExecutionError)) return false;
  const [attempt] = error.attempts;
  if (!attempt) return false;
  const { votesFor, votesAgainst, quorumSize } = await attempt;
  const refused = [...votesAgainst.values()].filter((vote) => vote instanceof ResourceLockedError).length;
  return refused > 0 && votesFor.size + refused >= quorumSize;
}
