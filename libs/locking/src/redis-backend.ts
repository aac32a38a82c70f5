import type { Redis } from 'ioredis';
import Redlock, { ExecutionError, type Lock, ResourceLockedError } from 'redlock';
import { BackendUnreachable, type Holder, type Lease, type LockBackend, type ReleaseWatch } from './lock-backend.js';
import { ACQUIRE, EXTEND, PREFIX, RELEASE, resourcesOf, UNDO } from './lock-scripts.js';
import { ReleaseChannel } from './release-channel.js';

interface RedisLease extends Lease {
  readonly lock: Lock;
}

/**
 * Redlock waits for a majority for or against, and waits for ever if neither comes. Several times a command's
 * timeout; half of this could cut off a vote that a busy machine is still counting.
 */
const MAX_VOTE_MS = 2_000;

/**
 * The prefix of the names of one scope's locks. A lock key is also a name in Redis; the prefix keeps it apart from
 * other names.
 */
export const prefixOf = (scope: string): string => (scope === '' ? PREFIX : `${PREFIX}${scope}:`);

/**
 * Redlock over one or several independent nodes
 * (https://redis.io/docs/latest/develop/clients/patterns/distributed-locks/). A release compares the owner's random
 * value and deletes in one script, never GET then DEL.
 */
export class RedisBackend implements LockBackend<RedisLease> {
  readonly name = 'redis';
  readonly notifiesOnRelease = true;
  /** Acquires and extends. Its release script undoes an attempt that failed, and wakes nobody. */
  private readonly redlock: Redlock;
  /** Releases a lock that was held, and wakes its waiters. */
  private readonly releasing: Redlock;
  private readonly releases: ReleaseChannel;

  /**
   * @param scope part of each name, so that databases that share a Redis, and epochs of one database, do not hold
   * each other's locks; called each time
   * @throws RangeError for an even number of nodes: their vote can be split, and they tolerate no more failures than
   * one node fewer.
   */
  constructor(
    private readonly nodes: readonly Redis[],
    private readonly scope: () => string = () => '',
  ) {
    if (nodes.length % 2 === 0) throw new RangeError('Redlock needs one node, or an odd number of them');
    // One try for each call: `Locks` waits, and is woken by releases instead of sleeping.
    const once = { retryCount: 0, automaticExtensionThreshold: 0 };
    // As functions: Redlock ignores scripts that are strings.
    const scripts = { acquireScript: () => ACQUIRE, extendScript: () => EXTEND };
    this.redlock = new Redlock(nodes, once, { ...scripts, releaseScript: () => UNDO });
    this.releasing = new Redlock(nodes, once, { ...scripts, releaseScript: () => RELEASE });
    this.releases = new ReleaseChannel(nodes);
    for (const node of nodes) keepLoaded(node, [ACQUIRE, EXTEND, UNDO, RELEASE]);
  }

  async tryAcquire(keys: readonly string[], ttlMs: number, holder: Holder): Promise<RedisLease | undefined> {
    const startedAt = performance.now();
    const resources = resourcesOf(this.named(keys), { ...holder, since: new Date() });
    try {
      const lock = await voted(this.redlock.acquire(resources, ttlMs));
      return { keys, lock, expiresAt: endOf(startedAt, ttlMs) };
    } catch (error) {
      if (await isHeldByAnother(error)) return undefined;
      throw new BackendUnreachable(this.name, { cause: error });
    }
  }

  async heldOf(keys: readonly string[]): Promise<string[]> {
    const names = this.named(keys);
    const answers = await Promise.allSettled(this.nodes.map((node) => node.mget(names)));
    const reachable = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    if (reachable.length === 0) throw new BackendUnreachable(this.name);
    return keys.filter((_, n) => reachable.some((values) => values[n] !== null));
  }

  async extend(lease: RedisLease, ttlMs: number): Promise<RedisLease | undefined> {
    const startedAt = performance.now();
    try {
      const lock = await voted(this.redlock.extend(lease.lock, ttlMs));
      return { ...lease, lock, expiresAt: endOf(startedAt, ttlMs) };
    } catch (error) {
      if (performance.now() >= lease.expiresAt || (await isHeldByAnother(error))) return undefined;
      throw new BackendUnreachable(this.name, { cause: error });
    }
  }

  async release(lease: RedisLease): Promise<void> {
    try {
      await voted(this.releasing.release(lease.lock));
    } catch {
      // The lease has expired, or it will, because Redis is unreachable.
    }
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

/**
 * Redlock calls scripts by their hash, and sends the text when the node answers that it does not know it. A node that
 * hangs answers too late: it would acquire a lock when it continues, and not know the script that undoes it.
 */
function keepLoaded(node: Redis, scripts: readonly string[]): void {
  const load = () => {
    for (const script of scripts) node.script('LOAD', script).catch(() => undefined);
  };
  if (node.status === 'ready') load();
  node.on('ready', load);
}

/** A lock that Redis grants after the timeout is not released; it expires. */
async function voted<Result>(vote: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no majority within ${MAX_VOTE_MS} ms`)), MAX_VOTE_MS);
  });
  try {
    return await Promise.race([vote, late]);
  } finally {
    clearTimeout(timer);
    vote.catch(() => undefined);
  }
}

/** Redlock's own allowance for clock drift (1 % and 2 ms), on a monotonic clock. */
function endOf(startedAt: number, ttlMs: number): number {
  return startedAt + ttlMs * 0.99 - 2;
}

/** "Held" and "Redis is down" are both an ExecutionError. The votes distinguish them: did a quorum answer? */
async function isHeldByAnother(error: unknown): Promise<boolean> {
  if (!(error instanceof ExecutionError)) return false;
  const [attempt] = error.attempts;
  if (!attempt) return false;
  const { votesFor, votesAgainst, quorumSize } = await attempt;
  const refused = [...votesAgainst.values()].filter((vote) => vote instanceof ResourceLockedError).length;
  return refused > 0 && votesFor.size + refused >= quorumSize;
}
