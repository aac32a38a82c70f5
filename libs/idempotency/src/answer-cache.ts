import { createHash } from 'node:crypto';
import type { Scope } from './claims.repository.js';
import type { StoredAnswer } from './claim.js';

/** A finished key in the cache. */
export interface CachedAnswer extends StoredAnswer {
  readonly fingerprint: string;
  readonly resource: string | null;
}

/** The commands of Redis that are used; ioredis implements them. */
export interface KeyValueStore {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, mode: 'PX', ms: number): Promise<unknown>;
  del(key: string): Promise<unknown>;
}

/** How long an answer is cached by default: retries come within minutes. */
const CACHED_MS = 5 * 60_000;

/**
 * Caches finished answers for a short time, so that a retry needs no query. A failing cache is ignored: Postgres
 * stores every answer.
 */
export class AnswerCache {
  /**
   * @param namespace for scopes without `cachedFor`: several databases may share one cache without seeing each
   * other's answers
   * @param longestMs an answer is cached for this long, or until its key expires, whichever is first
   */
  constructor(
    private readonly store: KeyValueStore | undefined,
    private readonly namespace: () => Promise<string>,
    private readonly longestMs: number = CACHED_MS,
  ) {}

  async find(scope: Scope): Promise<CachedAnswer | undefined> {
    try {
      if (!this.store) return undefined;
      const text = await this.store.get(await this.nameOf(scope));
      return text ? (JSON.parse(text) as CachedAnswer) : undefined;
    } catch {
      return undefined;
    }
  }

  async keep(scope: Scope, answer: CachedAnswer, keepMs: number): Promise<void> {
    try {
      const ms = Math.floor(Math.min(this.longestMs, keepMs));
      if (this.store && ms > 0) await this.store.set(await this.nameOf(scope), JSON.stringify(answer), 'PX', ms);
    } catch {
      // The next request reads Postgres.
    }
  }

  async forget(scope: Scope): Promise<void> {
    try {
      await this.store?.del(await this.nameOf(scope));
    } catch {
      // Postgres has deleted the key. A request that still finds it in the cache gets `ResultVoidedError` again.
    }
  }

  /**
   * Includes the undecoded form where it differs from the key: an earlier version may have stored another answer
   * under it.
   */
  private async nameOf({ caller, method, route, key, asSent, cachedFor }: Scope): Promise<string> {
    const who = cachedFor ?? [await this.namespace(), caller];
    return hashOf([who, method, route, key, ...(asSent === undefined ? [] : [asSent])]);
  }
}

/** A hash, since callers' keys may be long; of JSON, so that no two scopes collide. */
function hashOf(parts: readonly unknown[]): string {
  return `payonce:answer:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}
