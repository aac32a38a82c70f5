import { AnswerCache, type KeyValueStore } from './answer-cache.js';
import type { Scope } from './claims.repository.js';

/** A store that keeps everything, with the lifetimes it was given. */
class MapStore implements KeyValueStore {
  readonly kept = new Map<string, { value: string; ms: number }>();

  async get(key: string): Promise<string | null> {
    return this.kept.get(key)?.value ?? null;
  }

  async set(key: string, value: string, _mode: 'PX', ms: number): Promise<void> {
    this.kept.set(key, { value, ms });
  }

  async del(key: string): Promise<void> {
    this.kept.delete(key);
  }
}

const ANSWER = { status: 201, body: '{"mine":true}', fingerprint: 'f', resource: '7' };
const BY_ID: Scope = { caller: 'user:1', method: 'POST', route: '/a', key: 'k' };
const BY_NAME: Scope = { ...BY_ID, cachedFor: ['epoch-1', 'issuer', 'subject'] };

describe('an answer in the cache', () => {
  let store: MapStore;
  const inDatabase = (name: string) => new AnswerCache(store, async () => name, 1_000);
  beforeEach(() => {
    store = new MapStore();
  });

  it.each([
    ['caller', BY_ID, { ...BY_ID, caller: 'user:2' }],
    ['method', BY_ID, { ...BY_ID, method: 'PATCH' }],
    ['route', BY_ID, { ...BY_ID, route: '/b' }],
    ['key', BY_ID, { ...BY_ID, key: 'l' }],
    ['form of the key, as an earlier version stored it', BY_ID, { ...BY_ID, asSent: '"k"' }],
    ['epoch', BY_NAME, { ...BY_NAME, cachedFor: ['epoch-2', 'issuer', 'subject'] }],
    ['issuer', BY_NAME, { ...BY_NAME, cachedFor: ['epoch-1', 'other', 'subject'] }],
    ['subject', BY_NAME, { ...BY_NAME, cachedFor: ['epoch-1', 'issuer', 'other'] }],
    ['division of the names', BY_NAME, { ...BY_NAME, cachedFor: ['epoch-1', 'issuersubject', ''] }],
  ] as [string, Scope, Scope][])('is not given to another %s', async (_name, scope, other) => {
    const cache = inDatabase('one');
    await cache.keep(scope, ANSWER, 1_000);
    expect([await cache.find(other), await cache.find(scope)]).toEqual([undefined, ANSWER]);
  });

  it('is not given to another database that shares the store', async () => {
    await inDatabase('one').keep(BY_ID, ANSWER, 1_000);
    expect(await inDatabase('two').find(BY_ID)).toBeUndefined();
  });

  it('is the same for a caller whose id has changed, as long as their names have not', async () => {
    const cache = inDatabase('one');
    await cache.keep(BY_NAME, ANSWER, 1_000);
    expect(await cache.find({ ...BY_NAME, caller: 'user:9' })).toEqual(ANSWER);
  });

  it('lives as long as its key, at most as long as answers are cached, and not at all without time left', async () => {
    const cache = inDatabase('one');
    for (const [left, lives] of [
      [400.9, 400],
      [5_000, 1_000],
    ] as const) {
      await cache.keep(BY_ID, ANSWER, left);
      expect([...store.kept.values()].map(({ ms }) => ms)).toEqual([lives]);
    }
    await cache.keep({ ...BY_ID, key: 'over' }, ANSWER, 0.9);
    expect(store.kept.size).toBe(1);
  });

  it('is gone once it is forgotten', async () => {
    const cache = inDatabase('one');
    await cache.keep(BY_ID, ANSWER, 1_000);
    await cache.forget(BY_ID);
    expect(await cache.find(BY_ID)).toBeUndefined();
  });

  it('is none where there is no store, or it fails', async () => {
    const broken = { get: failing, set: failing, del: failing };
    for (const cache of [new AnswerCache(undefined, async () => ''), new AnswerCache(broken, async () => '')]) {
      await cache.keep(BY_ID, ANSWER, 1_000);
      await cache.forget(BY_ID);
      expect(await cache.find(BY_ID)).toBeUndefined();
    }
  });
});

async function failing(): Promise<never> {
  throw new Error('unreachable');
}
