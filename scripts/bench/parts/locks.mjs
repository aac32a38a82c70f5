import { setTimeout as pause } from 'node:timers/promises';
import { ratioOf, spreadOf, ascending, quantile } from '../statistics.mjs';

const LOCKS_PER_ROUND = 300;
const WAITS_PER_ROUND = 10;

/** Until the waiter of the other process has surely tried, and subscribed to the release. */
const QUEUED_AFTER_MS = 40;

/** Lock and unlock against bare Redlock on the same three nodes, and how soon a waiter runs once the lock is free. */
export const locks = {
  name: 'locks',
  /** @param {import('../parts.mjs').Bench} bench @returns {Promise<import('../parts.mjs').PartResult>} */
  async run({ stack, budget }) {
    const [first, second] = [await stack.startLockProcess('locks-1'), await stack.startLockProcess('locks-2')];
    await first.ask('lockAndUnlock', { times: LOCKS_PER_ROUND });
    const ours = [];
    const bare = [];
    const inOne = [];
    const acrossTwo = [];
    for (let round = 0; round < budget.rounds; round++) {
      const ms = await first.ask('lockAndUnlock', { times: LOCKS_PER_ROUND });
      ours.push(p50(ms.locks));
      bare.push(p50(ms.redlock));
      inOne.push(p50(await repeat(() => first.ask('waitInOneProcess'))));
      acrossTwo.push(p50(await repeat(() => waitAcross(first, second))));
    }
    await Promise.all([first.end('SIGKILL'), second.end('SIGKILL')]);
    return {
      loads: [],
      values: [
        { what: 'lock and unlock, p50', program: 'Payonce', value: spreadOf(ours), unit: 'ms' },
        { what: 'lock and unlock, p50', program: 'redlock', value: spreadOf(bare), unit: 'ms' },
      ],
      ratios: [
        { name: 'lock and unlock: p50 ÷ redlock', value: ratioOf(ours, bare) },
        { name: 'a queued waiter runs after, p50, one process', value: spreadOf(inOne), unit: 'ms', atMost: 5 },
        { name: 'a queued waiter runs after, p50, two processes', value: spreadOf(acrossTwo), unit: 'ms', atMost: 20 },
      ],
    };
  },
};

/**
 * @param {import('../programs.mjs').LockProcess} holder
 * @param {import('../programs.mjs').LockProcess} waiter
 * @returns {Promise<number>} ms
 */
async function waitAcross(holder, waiter) {
  await holder.ask('hold');
  const waiting = waiter.ask('wait');
  await pause(QUEUED_AFTER_MS);
  const endedAt = BigInt(await holder.ask('letGo'));
  return Number(BigInt(await waiting) - endedAt) / 1e6;
}

/** @param {() => Promise<number>} measure */
async function repeat(measure) {
  const all = [];
  for (let n = 0; n < WAITS_PER_ROUND; n++) all.push(await measure());
  return all;
}

/** @param {readonly number[]} values */
function p50(values) {
  return quantile(ascending(values), 0.5);
}
