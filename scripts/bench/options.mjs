import { parseArgs } from 'node:util';
import { Fault } from '../say.mjs';
import { BUDGETS, SMALL_ROWS } from './budgets.mjs';
import { PARTS } from './parts.mjs';

export const HELP = `npm run bench -- [options]

Measures Payonce against the application that somebody would write instead, and against @node-idempotency, side by side on
this machine. Starts and ends everything itself: Postgres, three Redis nodes, Stripe's simulator and the programs.

  --quick         shorter slices and fewer rounds
  --only <part>   one part: ${PARTS.map(({ name }) => name).join(', ')}
  --rows <n>      payments in the large database of \`growth\` (default ${BUDGETS.full.rows}; more than ${SMALL_ROWS})
  --json <file>   where the result is written (default bench/results/latest.json; with --only: nowhere)

A run of all parts also writes docs/performance.md and its chart. The exit code is 0 if everything was measured, whatever the
result: targets are shown, not enforced.`;

const OPTIONS = /** @type {const} */ ({
  quick: { type: 'boolean' },
  only: { type: 'string' },
  rows: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean' },
});

/**
 * @typedef {object} BenchOptions
 * @property {boolean} help
 * @property {readonly import('./parts.mjs').BenchPart[]} parts
 * @property {boolean} complete whether these are all parts
 * @property {boolean} quick
 * @property {import('./parts.mjs').Budget} budget
 * @property {string | undefined} json
 */

/**
 * @param {readonly string[]} args
 * @returns {BenchOptions}
 * @throws {Fault} for an option that cannot be used
 */
export function readOptions(args) {
  const { quick = false, only, rows, json, help = false } = parse(args);
  const parts = PARTS.filter(({ name }) => only === undefined || name === only);
  if (parts.length === 0) throw new Fault(`--only takes one of: ${PARTS.map(({ name }) => name).join(', ')}.`);
  const budget = { ...BUDGETS[quick ? 'quick' : 'full'] };
  if (rows !== undefined) budget.rows = Number(rows);
  if (!Number.isInteger(budget.rows) || budget.rows <= SMALL_ROWS)
    throw new Fault(`--rows takes a whole number above ${SMALL_ROWS}.`);
  return { help, parts, complete: only === undefined, quick, budget, json };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}
