import { runSlice } from './load.mjs';
import { ratioOf, spreadOf } from './statistics.mjs';

/**
 * @typedef {import('./load.mjs').Slice} Slice
 * @typedef {import('./statistics.mjs').Spread} Spread
 *
 * What is measured against others in the same rounds.
 * @typedef {object} Contender
 * @property {string} program
 * @property {import('./load.mjs').Client} client
 * @property {import('./load.mjs').Pids} pids
 * @property {number} expect the status of each answer
 * @property {() => import('./load.mjs').Request | undefined} next
 * @property {(budget: { clients: number, ms: number }) => Promise<void>} [prepare] before each slice, not measured
 *
 * A line of the table of loads.
 * @typedef {object} LoadFigure
 * @property {string} what
 * @property {string} program
 * @property {number} rounds
 * @property {Spread} rate a second
 * @property {Spread} p50 ms
 * @property {Spread} p99 ms
 * @property {Record<keyof import('./load.mjs').Cpu, number>} cpu ms for each request, medians
 * @property {number} failed answers that were not as expected
 */

/**
 * A slice of each contender in turn, as often as there are rounds, every other round in the reverse order: what else runs
 * on the machine strikes all of them alike.
 * @param {readonly Contender[]} contenders
 * @param {{ clients: number, ms: number, rounds: number, mayFail?: boolean }} how
 * @returns {Promise<Map<string, Slice[]>>} by program, in the order of rounds
 */
export async function interleave(contenders, { clients, ms, rounds, mayFail = false }) {
  /** @type {Map<string, Slice[]>} */
  const slices = new Map(contenders.map(({ program }) => [program, []]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of round % 2 === 0 ? contenders : [...contenders].reverse()) {
      await contender.prepare?.({ clients, ms });
      slices.get(contender.program)?.push(await runSlice(contender.client, { clients, ms, mayFail, ...contender }));
    }
  }
  return slices;
}

/**
 * @param {string} what
 * @param {Map<string, Slice[]>} slices
 * @returns {LoadFigure[]}
 */
export function figuresOf(what, slices) {
  return [...slices].map(([program, of]) => ({
    what,
    program,
    rounds: of.length,
    rate: spreadOf(of.map(({ rate }) => rate)),
    p50: spreadOf(of.map(({ p50 }) => p50)),
    p99: spreadOf(of.map(({ p99 }) => p99)),
    cpu: cpuOf(of),
    failed: of.reduce((sum, { failed }) => sum + failed, 0),
  }));
}

/**
 * @param {Map<string, Slice[]>} slices
 * @param {string} dividend a program
 * @param {string} divisor another one
 * @param {'rate' | 'p50' | 'p99'} by
 */
export function ratioBetween(slices, dividend, divisor, by) {
  const valuesOf = (/** @type {string} */ program) => (slices.get(program) ?? []).map((slice) => slice[by]);
  return ratioOf(valuesOf(dividend), valuesOf(divisor));
}

/** @param {readonly Slice[]} slices */
function cpuOf(slices) {
  const of = (/** @type {keyof import('./load.mjs').Cpu} */ name) =>
    spreadOf(slices.map(({ cpu }) => cpu[name])).median;
  return {
    api: of('api'),
    postgres: of('postgres'),
    redis: of('redis'),
    stripe: of('stripe'),
    generator: of('generator'),
  };
}
