import { ChoosingBackend } from './choosing-backend.js';
import { BackendUnreachable, type Lease, type LockBackend } from './lock-backend.js';

/** A backend that is reachable or not, and records its calls. */
class FakeBackend implements LockBackend {
  readonly notifiesOnRelease = false;
  away = false;
  /** It answers, and grants no lock. */
  refuses = false;
  readonly asked: string[] = [];

  constructor(readonly name: LockBackend['name']) {}

  async tryAcquire(keys: readonly string[], ttlMs: number): Promise<Lease | undefined> {
    this.asked.push(`acquire ${keys.map((key) => key.replace(/^probe:.*/, 'probe')).join()}`);
    if (this.away) throw new BackendUnreachable(this.name);
    if (this.refuses) return undefined;
    return { keys, expiresAt: ttlMs };
  }

  async extend(lease: Lease, ttlMs: number): Promise<Lease | undefined> {
    this.asked.push(`extend ${lease.keys.join()}`);
    return { ...lease, expiresAt: ttlMs };
  }

  async release(lease: Lease): Promise<void> {
    this.asked.push(`release ${lease.keys.map((key) => key.replace(/^probe:.*/, 'probe')).join()}`);
  }

  async heldOf(): Promise<string[]> {
    return [];
  }

  watch(): never {
    throw new Error('is not watched here');
  }
}

const PROBE_EVERY_MS = 250;

describe('Redis while it has a quorum, Postgres while it has not', () => {
  let redis: FakeBackend;
  let postgres: FakeBackend;
  let told: string[];
  let backend: ChoosingBackend;

  beforeEach(() => {
    jest.useFakeTimers();
    redis = new FakeBackend('redis');
    postgres = new FakeBackend('postgres');
    told = [];
    const observer = { fellBack: (reason: string) => told.push(reason), returned: () => told.push('returned') };
    backend = new ChoosingBackend(redis, postgres, observer);
  });
  afterEach(() => {
    backend.close();
    jest.useRealTimers();
  });

  /** How many probes in a row must succeed until Redis is used again. */
  async function probesUntilBack(): Promise<number> {
    for (let probes = 1; ; probes++) {
      await jest.advanceTimersByTimeAsync(PROBE_EVERY_MS);
      if (backend.name === 'redis') return probes;
    }
  }
  const fallBack = async () => {
    redis.away = true;
    await backend.tryAcquire(['k'], 1_000, {});
    redis.away = false;
  };

  it('takes a lock on Postgres in the same call that finds Redis away, and says so once', async () => {
    redis.away = true;
    expect(await backend.tryAcquire(['k'], 1_000, {})).toMatchObject({ keys: ['k'] });
    await backend.tryAcquire(['k2'], 1_000, {});
    expect(postgres.asked).toEqual(['acquire k', 'acquire k2']);
    expect([told, backend.name]).toEqual([['The redis lock backend cannot be reached'], 'postgres']);
  });

  it('passes on every error but an absence, and one of Postgres in any case', async () => {
    const broken = jest.spyOn(redis, 'tryAcquire').mockRejectedValueOnce(new Error('a bug'));
    await expect(backend.tryAcquire(['k'], 1_000, {})).rejects.toThrow('a bug');
    broken.mockRestore();
    await fallBack();
    postgres.away = true;
    await expect(backend.tryAcquire(['k'], 1_000, {})).rejects.toThrow('The postgres lock backend cannot be reached');
  });

  it('leaves a lease with the backend that gave it', async () => {
    const before = await backend.tryAcquire(['old'], 1_000, {});
    await fallBack();
    const after = await backend.tryAcquire(['new'], 1_000, {});
    const extended = await backend.extend(before!, 2_000);
    await backend.release(extended!);
    await backend.release(after!);
    expect(redis.asked).toEqual(['acquire old', 'acquire k', 'extend old', 'release old']);
    expect(postgres.asked).toEqual(['acquire k', 'acquire new', 'release new']);
  });

  it('is back after three locks in a row that it could take and release; a failure begins the count anew', async () => {
    await fallBack();
    await jest.advanceTimersByTimeAsync(2 * PROBE_EVERY_MS);
    redis.away = true;
    await jest.advanceTimersByTimeAsync(PROBE_EVERY_MS);
    redis.away = false;
    expect(await probesUntilBack()).toBe(3);
    expect(told.at(-1)).toBe('returned');
  });

  it('is not back as long as it answers and grants no lock', async () => {
    await fallBack();
    redis.refuses = true;
    await jest.advanceTimersByTimeAsync(10 * PROBE_EVERY_MS);
    expect([backend.name, redis.asked.filter((call) => call === 'release probe')]).toEqual(['postgres', []]);
    redis.refuses = false;
    expect(await probesUntilBack()).toBe(3);
  });

  it('takes twice as long after each relapse, up to a bound, and forgets relapses after a minute', async () => {
    await fallBack();
    const probes = [await probesUntilBack()];
    for (let relapse = 0; relapse < 8; relapse++) {
      await fallBack();
      probes.push(await probesUntilBack());
    }
    expect(probes).toEqual([3, 6, 12, 24, 48, 96, 192, 240, 240]);
    await jest.advanceTimersByTimeAsync(60_000);
    await fallBack();
    expect(await probesUntilBack()).toBe(3);
  });

  it('asks an absent Redis no more once it is closed', async () => {
    await fallBack();
    backend.close();
    const asked = redis.asked.length;
    await jest.advanceTimersByTimeAsync(10 * PROBE_EVERY_MS);
    expect(redis.asked).toHaveLength(asked);
  });
});
