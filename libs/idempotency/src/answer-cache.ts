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

/** The third seed's five minutes. */
const CACHED_MS = 5 * 60_000;

/** Finished answers for a short time, so that a retry costs no query. Passed over whenever it fails: Postgres has them all. */
export class AnswerCache {
  /** @param namespace told apart by it, several databases may share one cache and never see each other's answers. */
  constructor(
    private readonly store: KeyValueStore | undefined,
    private readonly namespace: () => Promise<string>,
  ) {}

  async find(scope: Scope): Promise<CachedAnswer | undefined> {
    try {
      if (!this.store) return undefined;
      const text = await this.store.get(nameOf(await this.namespace(), scope));
      return text ? (JSON.parse(text) as CachedAnswer) : undefined;
    } catch {
      return undefined;
    }
  }

  async keep(scope: Scope, answer: CachedAnswer, keepMs: number): Promise<void> {
    try {
      const ms = Math.floor(Math.min(CACHED_MS, keepMs));
      if (this.store && ms > 0)
        await this.store.set(nameOf(await this.namespace(), scope), JSON.stringify(answer), 'PX', ms);
    } catch {
      // The next one asks Postgres.
    }
  }

  async forget(scope: Scope): Promise<void> {
    try {
      await this.store?.del(nameOf(await this.namespace(), scope));
    } catch {
      // It is forgotten in Postgres; whoever still finds it here is told again that it came to nothing.
    }
  }
}

/** A hash, since callers' keys may be long; the parts are told apart by lengths, so that no two scopes share one. */
function nameOf(namespace: string, { caller, method, route, key }: Scope): string {
  const parts = [namespace, caller, method, route, key];
  return `payonce:answer:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}
