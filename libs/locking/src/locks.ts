import type { LockBackendName } from '#config';
import { LockTimeout } from '#errors';
import { LocalQueue } from './local-queue.js';
import type { Holder, Lease, LockBackend } from './lock-backend.js';

export interface LockOptions {
  /** How long the lease lasts unless extended (`LOCK_LEASE_MS`). Extended while the work runs, 60 s at most. */
  readonly ttlMs?: number;
  /** How long to wait for the keys (`LOCK_WAIT_MS`); 0 tries once. */
  readonly waitMs?: number;
  /** Ends the wait with its own reason, and aborts the work's signal. */
  readonly signal?: AbortSignal | undefined;
  /** Shown to staff beside the lock. */
  readonly holder?: Holder;
  /**
   * Whether the result waits until the keys are released (true). Without it, the caller has its result one round trip
   * earlier, and a request that it sends next may still find the keys held: not for callers that do not wait.
   */
  readonly awaitRelease?: boolean;
}

/** Receives lock events. `lock_keys` are the keys that another caller held, never the others of the same request. */
export interface LockObserver {
  acquired(lock: { lock_key: string; attempts: number; waited_ms: number; backend: LockBackendName }): void;
  /** Once for each call that had to wait, beside `acquired` for each key. */
  waited(locks: { lock_keys: readonly string[]; attempts: number; waited_ms: number }): void;
  released(lock: { lock_key: string; backend: LockBackendName }): void;
  /** A call that does not wait (`waitMs: 0`) found a key held. This is no timeout. */
  refused(locks: { lock_keys: readonly string[] }): void;
  timedOut(locks: { lock_keys: readonly string[]; attempts: number; waited_ms: number }): void;
  lost(lock: { lock_key: string; backend: LockBackendName }): void;
}

/** The lease ended although the work has not: another process may hold the keys by now. */
export class LockLostError extends Error {
  constructor(keys: readonly string[]) {
    super(`The lock on ${keys.join(', ')} was lost while the work ran`);
    this.name = 'LockLostError';
  }
}

/** One call's keys and wait limit, and which of the keys it found held by others. */
interface LockRequest {
  readonly keys: readonly string[];
  readonly ttlMs: number;
  readonly waitMs: number;
  readonly began: number;
  readonly waitLimit: AbortSignal;
  readonly signal: AbortSignal | undefined;
  readonly holder: Holder;
  readonly busy: Set<string>;
}

/** Defaults for calls without times of their own. */
export interface LockTimes {
  readonly ttlMs: number;
  readonly waitMs: number;
}

const DEFAULT_TIMES: LockTimes = { ttlMs: 5_000, waitMs: 5_000 };

/** A waiter that is notified of releases polls only in case a message was lost. */
export const RETRY_MS = 100;

/**
 * A waiter that is not notified polls soon at first, since most holders are done in milliseconds, then less and less
 * often.
 */
const INITIAL_RETRY_MS = 4;

/** Work that takes longer counts as hanging; its lease is no longer extended, so that others can continue. */
export const MAX_HOLD_MS = 60_000;

/**
 * `withLock` over a backend: in-process queue, waiting, extension, loss. Locks give order, not safety: Postgres'
 * constraints protect the money.
 */
export class Locks {
  private readonly queue = new LocalQueue();

  constructor(
    private readonly backend: LockBackend,
    private readonly observer: LockObserver,
    private readonly random: () => number = Math.random,
    private readonly times: LockTimes = DEFAULT_TIMES,
  ) {}

  /** The backend that is in use now. */
  get backendName(): LockBackendName {
    return this.backend.name;
  }

  /**
   * Runs `work` while holding all keys. Its signal fires with `LockLostError` when the lease ends early. The work
   * should stop then; nothing that must happen once may depend on the signal arriving in time. The result of the work
   * is returned in any case. Not re-entrant: work that waits for a key it holds itself times out.
   * @throws LockTimeout when the keys were not free in time; whatever the backend or `work` throws.
   */
  async withLock<Result>(
    keys: readonly string[],
    options: LockOptions,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const { ttlMs = this.times.ttlMs, waitMs = this.times.waitMs, signal, holder = {}, awaitRelease = true } = options;
    if (!Number.isSafeInteger(ttlMs) || ttlMs < 1) throw new TypeError('ttlMs must be a whole number above zero');
    if (!Number.isSafeInteger(waitMs) || waitMs < 0) throw new TypeError('waitMs must be a whole number, zero or more');
    signal?.throwIfAborted();
    const ordered = [...new Set(keys)].sort();
    const began = performance.now();
    // Not AbortSignal.any of AbortSignal.timeout: Node holds those weakly, and a garbage collection can drop them.
    const waitLimit = new AbortController();
    const giveUp = () => waitLimit.abort();
    const timer = setTimeout(giveUp, waitMs);
    if (waitMs === 0) giveUp();
    signal?.addEventListener('abort', giveUp);

    try {
      const busy = new Set<string>();
      const request = { keys: ordered, ttlMs, waitMs, began, waitLimit: waitLimit.signal, signal, holder, busy };
      const leaveQueue = await this.queue.enter(ordered, waitLimit.signal, (key) => busy.add(key));
      signal?.throwIfAborted();
      if (!leaveQueue) throw await this.timeout(request, 0);
      const lease = await this.acquire(request).catch((error: unknown) => {
        leaveQueue();
        throw error;
      });
      clearTimeout(timer);
      return await this.hold(lease, { ttlMs, signal, awaitRelease, leaveQueue }, work);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** Reports a wait in memory for what another caller of this process does under these keys. */
  waited({ lock_keys, waited_ms }: { lock_keys: readonly string[]; waited_ms: number }): void {
    this.observer.waited({ lock_keys, attempts: 0, waited_ms });
  }

  /** The same, when the wait was too long. @returns the error to throw */
  waitedInVain({ lock_keys, waited_ms }: { lock_keys: readonly string[]; waited_ms: number }): LockTimeout {
    this.observer.timedOut({ lock_keys, attempts: 0, waited_ms });
    return new LockTimeout();
  }

  private async acquire(request: LockRequest): Promise<Lease> {
    const { keys, began, busy } = request;
    const deadline = began + request.waitMs;
    let retryMs = INITIAL_RETRY_MS;
    let watch: ReturnType<LockBackend['watch']> | undefined;
    try {
      for (let attempts = 1; ; attempts++) {
        const lease = await this.backend.tryAcquire(keys, request.ttlMs, request.holder);
        if (lease) {
          this.reportAcquired(request, attempts);
          return lease;
        }
        request.signal?.throwIfAborted();
        if (attempts === 1) for (const key of await this.heldOf(keys)) busy.add(key);
        const leftMs = deadline - performance.now();
        if (leftMs <= 0 || (request.waitLimit.aborted && deadline > began)) {
          throw await this.timeout(request, attempts);
        }
        if (!watch) {
          // The keys may have been released since the last try: try again before the first wait.
          watch = this.backend.watch(keys);
          continue;
        }
        retryMs = this.backend.notifiesOnRelease ? RETRY_MS : Math.min(retryMs * 2, RETRY_MS);
        await watch.next(Math.min(retryMs * (0.5 + this.random()), leftMs));
      }
    } finally {
      watch?.close();
    }
  }

  private reportAcquired({ keys, began, busy }: LockRequest, attempts: number): void {
    const waited_ms = performance.now() - began;
    for (const lock_key of keys) this.observer.acquired({ lock_key, attempts, waited_ms, backend: this.backend.name });
    if (busy.size > 0 || attempts > 1) this.observer.waited({ lock_keys: busyOr(keys, busy), attempts, waited_ms });
  }

  /** For reports only: if the backend cannot say which of the keys are held, none are named. */
  private async heldOf(keys: readonly string[]): Promise<readonly string[]> {
    return keys.length === 1 ? keys : this.backend.heldOf(keys).catch(() => []);
  }

  private async hold<Result>(
    first: Lease,
    how: { ttlMs: number; signal: AbortSignal | undefined; awaitRelease: boolean; leaveQueue: () => void },
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const lost = new AbortController();
    const passOn = () => lost.abort(how.signal?.reason);
    how.signal?.addEventListener('abort', passOn);
    if (how.signal?.aborted) passOn();
    const keeper = this.keepExtending(first, how.ttlMs, () => {
      for (const lock_key of first.keys) this.observer.lost({ lock_key, backend: this.backend.name });
      lost.abort(new LockLostError(first.keys));
    });
    try {
      return await work(lost.signal);
    } finally {
      how.signal?.removeEventListener('abort', passOn);
      // The next waiter of this process tries only when the keys are free: before that, it would find them held.
      const released = this.release(keeper.stop()).finally(how.leaveQueue);
      if (how.awaitRelease) await released;
    }
  }

  private async release(lease: Lease): Promise<void> {
    await this.backend.release(lease);
    for (const lock_key of lease.keys) this.observer.released({ lock_key, backend: this.backend.name });
  }

  /** Extends at a third of the lease, so that two extensions may fail before it ends. */
  private keepExtending(first: Lease, ttlMs: number, onLost: () => void): { stop(): Lease } {
    let lease = first;
    let stopped = false;
    let timer: NodeJS.Timeout;
    const giveUpAt = performance.now() + MAX_HOLD_MS;
    const again = () => {
      timer = setTimeout(() => void step(), ttlMs / 3);
      timer.unref();
    };
    const step = async () => {
      const extended = performance.now() < giveUpAt ? await this.tryExtend(lease, ttlMs) : undefined;
      if (stopped) return;
      if (extended) lease = extended;
      // A failed extension is tried again while the lease still runs.
      if (performance.now() < lease.expiresAt) again();
      else onLost();
    };
    again();
    return {
      stop: () => {
        stopped = true;
        clearTimeout(timer);
        return lease;
      },
    };
  }

  private async tryExtend(lease: Lease, ttlMs: number): Promise<Lease | undefined> {
    try {
      const extended = await this.backend.extend(lease, ttlMs);
      // Another caller may hold it: the lease counts as ended.
      return extended ?? { ...lease, expiresAt: 0 };
    } catch {
      // Whatever the error, the lease runs until its end, and the extension is tried again before.
      return undefined;
    }
  }

  /** Names the keys that are held now: a key that was held at first may have been free for long. */
  private async timeout({ keys, began, waitMs, busy }: LockRequest, attempts: number): Promise<LockTimeout> {
    const held = attempts > 1 ? await this.heldOf(keys) : [];
    const lock_keys = held.length > 0 ? held : busyOr(keys, busy);
    if (waitMs === 0) this.observer.refused({ lock_keys });
    else this.observer.timedOut({ lock_keys, attempts, waited_ms: performance.now() - began });
    return new LockTimeout();
  }
}

/** The keys were released before they could be looked up: it was one of these. */
function busyOr(keys: readonly string[], busy: ReadonlySet<string>): readonly string[] {
  return busy.size > 0 ? [...busy] : keys;
}
