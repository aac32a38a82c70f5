import { create } from './parts/create.mjs';

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
 * A ratio in one run; with a target if there is one.
 * @typedef {{ name: string, value: Spread, atMost?: number, atLeast?: number }} Ratio
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
export const PARTS = [create];
