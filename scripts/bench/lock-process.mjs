import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { Locks, RedisBackend } from '#locking';
import { Redis } from 'ioredis';
import Redlock from 'redlock';

/**
 * Payonce's locks and bare Redlock on the Redis nodes of REDIS_URL, without a server around them. Commands arrive over IPC,
 * each is answered once.
 */

const LEASE_MS = 5_000;

/** Until a waiter has surely tried, found the lock held and subscribed to its release. */
const QUEUED_AFTER_MS = 30;

const nodes = (process.env['REDIS_URL'] ?? '').split(',').map((url) => new Redis(url));
const ignore = () => {};
const observer = {
  acquired: ignore,
  waited: ignore,
  released: ignore,
  refused: ignore,
  timedOut: ignore,
  lost: ignore,
};
const locks = new Locks(new RedisBackend(nodes), observer, Math.random, { ttlMs: LEASE_MS, waitMs: LEASE_MS });
const redlock = new Redlock(nodes, { retryCount: 0 });

/** Ends the work of `hold`. */
let release = ignore;

/** @type {Record<string, (argument: any) => Promise<unknown>>} */
const commands = {
  /** @param {{ times: number }} how @returns {Promise<{ locks: number[], redlock: number[] }>} ms of each, in turn */
  async lockAndUnlock({ times }) {
    /** @type {{ locks: number[], redlock: number[] }} */
    const ms = { locks: [], redlock: [] };
    for (let n = 0; n < times; n++) {
      ms.locks.push(await timeOf(() => locks.withLock([`ours-${n}`], {}, async () => {})));
      ms.redlock.push(
        await timeOf(async () => {
          const lock = await redlock.acquire([`bare-${n}`], LEASE_MS);
          await lock.release();
        }),
      );
    }
    return ms;
  },
  /** @returns {Promise<number>} ms from the end of the holder's work to the start of the waiter's */
  async waitInOneProcess() {
    let endedAt = 0;
    const holder = locks.withLock(['one-process'], {}, async () => {
      await pause(QUEUED_AFTER_MS);
      endedAt = performance.now();
    });
    const startedAt = await locks.withLock(['one-process'], {}, async () => performance.now());
    await holder;
    return startedAt - endedAt;
  },
  /** Holds the lock until `letGo`. */
  hold: () =>
    new Promise((resolve) => {
      void locks.withLock(['two-processes'], {}, async () => {
        const released = new Promise((done) => {
          release = () => done(undefined);
        });
        resolve(undefined);
        await released;
      });
    }),
  /** @returns {Promise<string>} when the work ended, by the machine's monotonic clock, ns */
  async letGo() {
    const at = process.hrtime.bigint();
    release();
    return String(at);
  },
  /** @returns {Promise<string>} when the work began, by the same clock */
  wait: () => locks.withLock(['two-processes'], {}, async () => String(process.hrtime.bigint())),
};

process.on('message', (/** @type {{ id: number, name: string, argument: unknown }} */ { id, name, argument }) => {
  void commands[name]?.(argument).then((answer) => process.send?.({ id, answer }));
});
process.on('disconnect', () => process.exit());
await Promise.all(nodes.map((node) => node.ping()));
process.send?.({ url: 'ready' });

/** @param {() => Promise<unknown>} work */
async function timeOf(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
