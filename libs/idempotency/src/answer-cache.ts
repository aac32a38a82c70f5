import { createHash } from 'node:crypto';
import type { Scope } from './claims.repository.js';
import type { StoredAnswer } from './claim.js';

/** A finished key as the cache has it. */
export interface CachedAnswer extends StoredAnswer {
  readonly fingerprint: string;
  readonly resource: string | null;
}

/** What of Redis is needed; ioredis fits. */
export interface KeyValueStore {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, mode: 'PX', ms: number): Promise<unknown>;
  del(key: string): Promise<unknown>;
}

/** What the cache keeps if nothing else is asked for: retries come within minutes. */
const CACHED_MS = 5 * 60_000;

/** Finished answers for a short time, so that a retry costs no query. Passed over whenever it fails: Postgres has them all. */
export class AnswerCache {
  /**
   * @param namespace for scopes that say nothing of their own (`cachedFor`): told apart by it, several databases may share
   * one cache and never see each other's answers.
   * @param longestMs an answer is kept for this long, or until its key is forgotten, whichever is first
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
      // The next one asks Postgres.
    }
  }

  async forget(scope: Scope): Promise<void> {
    try {
      await this.store?.del(await this.nameOf(scope));
    } catch {
      // It is forgotten in Postgres; whoever still finds it here is told again that it came to nothing.
    }
  }

  /** With what was sent, where that is not the key: under it an earlier version may have stored another answer. */
  private async nameOf({ caller, method, route, key, asSent, cachedFor }: Scope): Promise<string> {
    const who = cachedFor ?? [await this.namespace(), caller];
    return hashOf([who, method, route, key, ...(asSent === undefined ? [] : [asSent])]);
  }
}

/** A hash, since callers' keys may be long; as JSON, so that no two scopes share one. */
function hashOf(parts: readonly unknown[]): string {
  return `payonce:answer:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}
