import { LockTimeout } from '#errors';
import { LRUCache } from 'lru-cache';
import { setTimeout as pause } from 'node:timers/promises';

/** People who click again do so within seconds. */
const RECENT_MS = 10_000;
const MAX_RECENT = 10_000;

/**
 * Requests of this process for one payment. The first one works; those that arrive meanwhile wait for its end in memory,
 * with no connection and no lock, since its outcome is most likely theirs.
 */
export class RequestsAhead {
  private readonly working = new Map<string, Promise<unknown>>();
  private readonly recent = new LRUCache<string, true>({ max: MAX_RECENT, ttl: RECENT_MS });

  /** Runs `work`. If another request of this name is working, this one holds nobody up. */
  async run<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    if (this.working.has(name)) return work();
    const result = work();
    this.working.set(name, result);
    try {
      return await result;
    } finally {
      this.working.delete(name);
      this.recent.set(name, true);
    }
  }

  /** @returns whether a request was ahead, in the last seconds; it has ended by then. @throws LockTimeout after `waitMs` */
  async wait(name: string, waitMs: number): Promise<boolean> {
    const ahead = this.working.get(name);
    if (!ahead) return this.recent.has(name);
    const stop = new AbortController();
    const tooLong = pause(waitMs, undefined, { signal: stop.signal }).then(() => Promise.reject(new LockTimeout()));
    const ended = ahead.then(
      () => true,
      () => true,
    );
    return Promise.race([ended, tooLong]).finally(() => stop.abort());
  }
}
