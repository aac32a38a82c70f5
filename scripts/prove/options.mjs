import { randomInt } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Fault } from '../say.mjs';
import { BROKEN_PROTOCOLS } from './broken-protocols.mjs';
import { TABLE_HEAD } from './report.mjs';

/** One day: all answers to clients are kept in memory. */
const MAX_MINUTES = 1_440;

export const HELP = `npm run prove -- [options]

Lets people pay while everything fails, and counts the money: at Stripe (simulated), at the bank, in the database.

  --minutes <n>   how long faults strike (default 5)
  --seed <n>      repeats the sequence of an earlier run, as far as timing allows
  --ha            Postgres has a synchronous standby, which is promoted when the primary is killed
  --soak          half the load, without killed programs; then compares what they hold
  --keep <folder> copies logs there
  --table <file>  adds a line to this table

  --availability  instead: creates payments while Redis is gone, wholly or in part
  --broken <name> instead: runs each broken protocol with this in its name (all: every one), which must be caught

Writes prove-report.md. The exit code is 0 if nothing was charged twice, lost or answered wrongly, 1 if something was, 2 if
nothing could be judged. Ctrl-C ends everything that was started.`;

/** Until then, Node's heap still grows to its working size. */
const MIN_SOAK_MINUTES = 3;

const OPTIONS = /** @type {const} */ ({
  minutes: { type: 'string' },
  seed: { type: 'string' },
  ha: { type: 'boolean' },
  soak: { type: 'boolean' },
  keep: { type: 'string' },
  table: { type: 'string' },
  availability: { type: 'boolean' },
  broken: { type: 'string' },
  help: { type: 'boolean' },
});

/** What each kind of run can use beside `--seed`. @type {Record<'storm' | 'availability' | 'broken', readonly string[]>} */
const USES = {
  storm: ['minutes', 'ha', 'soak', 'keep', 'table'],
  availability: ['ha'],
  broken: [],
};

/**
 * @typedef {object} ProveOptions
 * @property {'help' | keyof typeof USES} run
 * @property {number} seed
 * @property {number} ms
 * @property {boolean} ha
 * @property {boolean} soak
 * @property {string | undefined} keep a folder that exists
 * @property {string | undefined} table a file with its head
 * @property {string[]} broken names of protocols
 */

/**
 * @param {readonly string[]} args
 * @returns {ProveOptions}
 * @throws {Fault} for an option that cannot be used
 */
export function readOptions(args) {
  const values = parse(args);
  /** @type {ProveOptions['run']} */
  let run = 'storm';
  if (values.help) run = 'help';
  else if (values.broken !== undefined) run = 'broken';
  else if (values.availability) run = 'availability';
  const seed = values.seed === undefined ? randomInt(1, 2 ** 31) : Number(values.seed);
  const minutes = Number(values.minutes ?? 5);
  const read = {
    run,
    seed,
    ms: minutes * 60_000,
    ha: values.ha ?? false,
    soak: values.soak ?? false,
    keep: values.keep,
    table: values.table,
    broken: namesOf(values.broken),
  };
  if (run === 'help') return read;
  const unused = Object.keys(values).find((name) => ![run, 'seed', ...USES[run]].includes(name));
  if (unused) throw new Fault(`--${unused} has no effect with --${run}.`);
  if (!Number.isInteger(seed)) throw new Fault('--seed takes a whole number.');
  if (!(minutes > 0 && minutes <= MAX_MINUTES))
    throw new Fault(`--minutes takes a number above 0, up to ${MAX_MINUTES}.`);
  if (read.soak && minutes < MIN_SOAK_MINUTES) throw new Fault(`--soak takes at least --minutes ${MIN_SOAK_MINUTES}.`);
  if (run === 'broken' && read.broken.length === 0)
    throw new Fault(
      `--broken takes "all" or a part of one of these:\n${BROKEN_PROTOCOLS.map(({ name }) => `  ${name}`).join('\n')}`,
    );
  requirePlaces(read);
  return read;
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

/** @param {string | undefined} part */
function namesOf(part) {
  const names = BROKEN_PROTOCOLS.map(({ name }) => name);
  if (part === 'all') return names;
  return part ? names.filter((name) => name.includes(part)) : [];
}

/**
 * Before the run, not after it: what was measured would be lost.
 * @param {{ keep: string | undefined, table: string | undefined }} places
 */
function requirePlaces({ keep, table }) {
  try {
    if (keep !== undefined) mkdirSync(keep, { recursive: true });
    if (table !== undefined && !existsSync(table)) writeFileSync(table, `${TABLE_HEAD}\n`);
    if (table !== undefined) appendFileSync(table, '');
  } catch (error) {
    throw new Fault(`Nothing can be written there: ${error instanceof Error ? error.message : String(error)}`);
  }
}
