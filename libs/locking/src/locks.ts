import { LockTimeout } from '#errors';
import { LocalQueue } from './local-queue.js';
import type { Holder, Lease, LockBackend } from './lock-backend.js';

export interface LockOptions {
  /** How long the lease lasts unless extended (`LOCK_LEASE_MS`). Extended while the work runs, 60 s at most. */
  readonly ttlMs?: number;
  /** How long to wait for the keys (`LOCK_WAIT_MS`); 0 looks once. */
  readonly waitMs?: number;
  /** Stops waiting with its own reason, and tells the work to stop. */
  readonly signal?: AbortSignal | undefined;
  /** Shown to staff beside the lock. */
  readonly holder?: Holder;
}

/** What is told of locks. `lock_keys` are those that somebody else held, never the others of the same request. */
export interface LockObserver {
  acquired(lock: { lock_key: string; attempts: number; waited_ms: number; backend: string }): void;
  /** Once for each call that had to wait, beside `acquired` for each key. */
  waited(locks: { lock_keys: readonly string[]; attempts: number; waited_ms: number }): void;
  released(lock: { lock_key: string; backend: string }): void;
  /** Who would not wait at all (`waitMs: 0`) came when it was held: no timeout. */
  refused(locks: { lock_keys: readonly string[] }): void;
  timedOut(locks: { lock_keys: readonly string[]; attempts: number; waited_ms: number }): void;
  lost(lock: { lock_key: string; backend: string }): void;
}

/** The lease is over although the work is not: somebody else may hold the keys by now. */
export class LockLostError extends Error {
  constructor(keys: readonly string[]) {
    super(`The lock on ${keys.join(', ')} was lost while the work ran`);
    this.name = 'LockLostError';
  }
}

/** One call's keys and patience, and which of the keys it found held by others. */
interface Wanted {
  readonly keys: readonly string[];
  readonly ttlMs: number;
  readonly waitMs: number;
  readonly began: number;
  readonly patience: AbortSignal;
  readonly signal: AbortSignal | undefined;
  readonly holder: Holder;
  readonly busy: Set<string>;
}

/** What a call that does not say otherwise gets. */
export interface LockTimes {
  readonly ttlMs: number;
  readonly waitMs: number;
}

const DEFAULT_TIMES: LockTimes = { ttlMs: 5_000, waitMs: 5_000 };

/** A waiter who is told of releases looks only in case a message was lost. */
export const RETRY_MS = 100;

/** A waiter who is not told looks soon at first, since most holders are done in milliseconds, then ever more rarely. */
const INITIAL_RETRY_MS = 4;

/** Work that takes longer hangs; its lease is let go so that others can go on. */
export const MAX_HOLD_MS = 60_000;

/** `withLock` over a backend: in-process queue, waiting, extension, loss. Order, not safety: Postgres keeps the money safe. */
export class Locks {
  private readonly queue = new LocalQueue();

  constructor(
    private readonly backend: LockBackend,
    private readonly observer: LockObserver,
    private readonly random: () => number = Math.random,
    private readonly times: LockTimes = DEFAULT_TIMES,
  ) {}

  /** Which backend would be asked now. */
  get backendName(): string {
    return this.backend.name;
  }

  /**
   * Runs `work` while holding all keys. Its signal fires with `LockLostError` when the lease ends early: stop then, and let
   * nothing that must happen once depend on having been told in time. What the work returns is returned all the same. Not
   * re-entrant: work that asks for a key it holds waits in vain.
   * @throws LockTimeout when the keys were not free in time; whatever the backend or `work` throws.
   */
  async withLock<Result>(
    keys: readonly string[],
    options: LockOptions,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const { ttlMs = this.times.ttlMs, waitMs = this.times.waitMs, signal, holder = {} } = options;
    if (!Number.isSafeInteger(ttlMs) || ttlMs < 1) throw new TypeError('ttlMs must be a whole number above zero');
    if (!Number.isSafeInteger(waitMs) || waitMs < 0) throw new TypeError('waitMs must be a whole number, zero or more');
    signal?.throwIfAborted();
    const ordered = [...new Set(keys)].sort();
    const began = performance.now();
    // Not AbortSignal.any of AbortSignal.timeout: Node holds those weakly, and a garbage collection forgets them.
    const patience = new AbortController();
    const giveUp = () => patience.abort();
    const timer = setTimeout(giveUp, waitMs);
    if (waitMs === 0) giveUp();
    signal?.addEventListener('abort', giveUp);

    try {
      const busy = new Set<string>();
      const wanted = { keys: ordered, ttlMs, waitMs, began, patience: patience.signal, signal, holder, busy };
      const leave = await this.queue.enter(ordered, patience.signal, (key) => busy.add(key));
      signal?.throwIfAborted();
      if (!leave) throw await this.timeout(wanted, 0);
      try {
        const lease = await this.acquire(wanted);
        clearTimeout(timer);
        return await this.hold(lease, { ttlMs, signal }, work);
      } finally {
        leave();
      }
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  private async acquire(wanted: Wanted): Promise<Lease> {
    const { keys, began, busy } = wanted;
    const deadline = began + wanted.waitMs;
    let retryMs = INITIAL_RETRY_MS;
    let watch: ReturnType<LockBackend['watch']> | undefined;
    try {
      for (let attempts = 1; ; attempts++) {
        const lease = await this.backend.tryAcquire(keys, wanted.ttlMs, wanted.holder);
        if (lease) {
          this.reportAcquired(wanted, attempts);
          return lease;
        }
        wanted.signal?.throwIfAborted();
        if (attempts === 1) for (const key of await this.heldOf(keys)) busy.add(key);
        const leftMs = deadline - performance.now();
        if (leftMs <= 0 || (wanted.patience.aborted && deadline > began)) {
          throw await this.timeout(wanted, attempts);
        }
        if (!watch) {
          // The keys may have been released since we looked: look again before the first wait.
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

  private reportAcquired({ keys, began, busy }: Wanted, attempts: number): void {
    const waited_ms = performance.now() - began;
    for (const lock_key of keys) this.observer.acquired({ lock_key, attempts, waited_ms, backend: this.backend.name });
    if (busy.size > 0 || attempts > 1) this.observer.waited({ lock_keys: busyOr(keys, busy), attempts, waited_ms });
  }

  /** For the report alone: a backend that cannot tell which of the keys are held names none. */
  private async heldOf(keys: readonly string[]): Promise<readonly string[]> {
    return keys.length === 1 ? keys : this.backend.heldOf(keys).catch(() => []);
  }

  private async hold<Result>(
    first: Lease,
    how: { ttlMs: number; signal: AbortSignal | undefined },
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
      await this.backend.release(keeper.stop());
      for (const lock_key of first.keys) this.observer.released({ lock_key, backend: this.backend.name });
    }
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
      // A failed try is tried again while the lease still runs.
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
      // Not ours any more: as over as it can be.
      return extended ?? { ...lease, expiresAt: 0 };
    } catch {
      // Whatever it was, the lease runs on until its end, and is tried again before.
      return undefined;
    }
  }

  /** Names the keys that are held now: the one that was held at first may have been free long since. */
  private async timeout({ keys, began, waitMs, busy }: Wanted, attempts: number): Promise<LockTimeout> {
    const held = attempts > 1 ? await this.heldOf(keys) : [];
    const lock_keys = held.length > 0 ? held : busyOr(keys, busy);
    if (waitMs === 0) this.observer.refused({ lock_keys });
    else this.observer.timedOut({ lock_keys, attempts, waited_ms: performance.now() - began });
    return new LockTimeout();
  }
}

/** Released again before we could ask which it was: it was one of these. */
function busyOr(keys: readonly string[], busy: ReadonlySet<string>): readonly string[] {
  return busy.size > 0 ? [...busy] : keys;
}
