import { create } from './parts/create.mjs';
import { growth } from './parts/growth.mjs';
import { locks } from './parts/locks.mjs';
import { memory } from './parts/memory.mjs';
import { outages } from './parts/outages.mjs';
import { pgbench } from './parts/pgbench.mjs';
import { replay } from './parts/replay.mjs';
import { stampede } from './parts/stampede.mjs';
import { start } from './parts/start.mjs';
import { webhooks } from './parts/webhooks.mjs';

/**
 * @typedef {import('./statistics.mjs').Spread} Spread
 *
 * @typedef {object} Bench
 * @property {import('./stack.mjs').Stack} stack
 * @property {import('./services.mjs').Services} services
 * @property {Budget} budget
 * @property {import('../processes/orderly-end.mjs').OrderlyEnd} ending
 *
 * @typedef {object} Budget how long is measured
 * @property {number} rounds
 * @property {number} sliceMs
 * @property {number} warmUpMs
 * @property {number} rows of the large database
 *
 * A ratio within one run; with a unit, a measure that has a target of its own.
 * @typedef {{ name: string, value: Spread, unit?: string, atMost?: number, atLeast?: number }} Ratio
 *
 * A figure that is no load.
 * @typedef {{ what: string, program: string, value: Spread, unit: string }} ValueFigure
 *
 * @typedef {object} PartResult
 * @property {import('./rounds.mjs').LoadFigure[]} loads
 * @property {ValueFigure[]} values
 * @property {Ratio[]} ratios
 * @property {string[]} [notRun] what could not be measured here, and why
 *
 * @typedef {{ name: string, run: (bench: Bench) => Promise<PartResult> }} BenchPart
 */

/** In the order in which they run. @type {readonly BenchPart[]} */
export const PARTS = [create, replay, stampede, webhooks, locks, outages, growth, memory, start, pgbench];
