import { setImmediate as immediate } from 'node:timers/promises';
import { LockTimeout } from '#errors';
import type { Lease, LockBackend } from './lock-backend.js';
import { type LockObserver, Locks } from './locks.js';

/** Leases in memory. A release takes effect, and is answered, when the test lets it. */
class SlowReleases implements LockBackend {
  readonly name = 'redis';
  readonly notifiesOnRelease = true;
  readonly held = new Set<string>();
  tries = 0;
  letRelease: () => void = () => undefined;

  async tryAcquire(keys: readonly string[]): Promise<Lease | undefined> {
    this.tries += 1;
    if (keys.some((key) => this.held.has(key))) return undefined;
    for (const key of keys) this.held.add(key);
    return { keys, expiresAt: Infinity };
  }

  async release({ keys }: Lease): Promise<void> {
    await new Promise<void>((resolve) => (this.letRelease = resolve));
    for (const key of keys) this.held.delete(key);
  }

  async heldOf(): Promise<string[]> {
    return [...this.held];
  }

  async extend(lease: Lease): Promise<Lease> {
    return lease;
  }

  watch() {
    return { next: async () => immediate(undefined), close: () => undefined };
  }
}

describe('the release of a lock', () => {
  let backend: SlowReleases;
  let released: string[];
  const locksOf = () => {
    const nothing = () => undefined;
    const observer: LockObserver = {
      acquired: nothing,
      waited: nothing,
      released: ({ lock_key }) => released.push(lock_key),
      refused: nothing,
      timedOut: nothing,
      lost: nothing,
    };
    return new Locks(backend, observer);
  };
  const settled = async (work: Promise<unknown>) => Promise.race([work.then(() => true), immediate(false)]);

  beforeEach(() => {
    backend = new SlowReleases();
    released = [];
  });

  it('is awaited: the keys are free once the result is returned', async () => {
    const work = locksOf().withLock(['k'], {}, async () => 'done');
    expect(await settled(work)).toBe(false);
    backend.letRelease();
    expect([await work, [...backend.held], released]).toEqual(['done', [], ['k']]);
  });

  it('is not awaited with awaitRelease: false, where another process may still find the keys held', async () => {
    const work = locksOf().withLock(['k'], { awaitRelease: false }, async () => 'done');
    expect(await work).toBe('done');
    await expect(locksOf().withLock(['k'], { waitMs: 0 }, async () => 'in')).rejects.toThrow(LockTimeout);
    backend.letRelease();
    await immediate();
    expect([[...backend.held], released]).toEqual([[], ['k']]);
  });

  it.each(['the result', 'the error'])(
    'comes before the next waiter of the process, also if nobody awaits it: %s does not let it in',
    async (outcome) => {
      const locks = locksOf();
      const first = locks.withLock(['k'], { awaitRelease: false }, async () => {
        if (outcome === 'the error') throw new Error('the work failed');
      });
      const next = locks.withLock(['k'], {}, async () => 'in');
      await first.catch(() => undefined);
      await immediate();
      // It has not tried in vain, and then waited for a message.
      expect(backend.tries).toBe(1);
      backend.letRelease();
      await immediate();
      backend.letRelease();
      expect([await next, backend.tries]).toEqual(['in', 2]);
    },
  );
});
