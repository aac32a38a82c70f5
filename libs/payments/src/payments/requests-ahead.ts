import { LRUCache } from 'lru-cache';
import { setTimeout as pause } from 'node:timers/promises';

/** People who click again do so within seconds. */
const RECENT_MS = 10_000;
const MAX_RECENT = 10_000;

/** What became known of a request ahead: none in the last seconds, one in the last seconds, or one that was working. */
export type Ahead = 'nobody' | 'recently' | 'ended' | 'still working';

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

  /** Waits for the request ahead, for `waitMs` at most. */
  async wait(name: string, waitMs: number): Promise<Ahead> {
    const ahead = this.working.get(name);
    if (!ahead) return this.recent.has(name) ? 'recently' : 'nobody';
    const stop = new AbortController();
    const ended = ahead.then(
      () => 'ended' as const,
      () => 'ended' as const,
    );
    const tooLong = pause(waitMs, 'still working' as const, { signal: stop.signal });
    return Promise.race([ended, tooLong]).finally(() => stop.abort());
  }
}
