import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { projectFolder } from './project.mjs';
import { Fault, say, showFault } from './say.mjs';
import { availabilityTable, isAvailable, measureAvailability } from './prove/availability.mjs';
import { breakProtocols, brokenTable } from './prove/break-protocols.mjs';
import { report, TABLE_HEAD, tableRow } from './prove/report.mjs';
import { soak, soakTable } from './prove/soak.mjs';
import { storm } from './prove/storm.mjs';
import { openTopology } from './prove/topology.mjs';

/** Stripe's own retries of webhooks, the worker's pauses and what Stripe makes late are over by then. */
const MAX_QUIET_MS = 180_000;

/** One day: all answers to clients are kept in memory. */
const MAX_MINUTES = 1_440;

const HELP = `npm run prove -- [options]

Lets people pay while everything fails, and counts the money: at Stripe (simulated), at the bank, in the database.

  --minutes <n>   how long faults strike (default 5)
  --seed <n>      repeats the sequence of an earlier run, as far as timing allows
  --ha            Postgres has a synchronous standby, which is promoted when the primary is killed
  --keep <folder> copies logs there
  --table <file>  adds a line to this table
  --soak          half the load, without killed programs: nothing may be left over but the payments
  --availability  instead: creates payments while Redis is gone, wholly or in part
  --broken <name> instead: runs each broken protocol with this in its name (all: every one), which must be caught

Writes prove-report.md. The exit code is 0 if nothing was charged twice, lost or answered wrongly.`;

try {
  process.exitCode = await main(readOptions());
} catch (error) {
  showFault(error);
  process.exitCode = 2;
}

/** @throws {Fault} for an option that cannot be used */
function readOptions() {
  const options = /** @type {const} */ ({
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    ha: { type: 'boolean', default: false },
    keep: { type: 'string' },
    table: { type: 'string' },
    soak: { type: 'boolean', default: false },
    availability: { type: 'boolean', default: false },
    broken: { type: 'string' },
    help: { type: 'boolean' },
  });
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
  const seed = values.seed === undefined ? randomInt(1, 2 ** 31) : Number(values.seed);
  const minutes = Number(values.minutes);
  if (!Number.isInteger(seed)) throw new Fault('--seed takes a whole number.');
  if (!(minutes > 0 && minutes <= MAX_MINUTES)) throw new Fault(`--minutes takes a number up to ${MAX_MINUTES}.`);
  return { ...values, seed, ms: minutes * 60_000 };
}

/** @param {ReturnType<typeof readOptions>} options @returns {Promise<number>} the exit code */
async function main({ help, seed, ms, ha, keep, table, soak: isSoak, availability, broken }) {
  if (help) {
    say(HELP);
    return 0;
  }
  const stop = new AbortController();
  // npm forwards a signal that the terminal has sent already, so it arrives twice.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => stop.abort());
  if (broken !== undefined) {
    const only = broken === 'all' ? {} : { only: [broken] };
    const all = await breakProtocols({ seed, ...only, say, signal: stop.signal });
    say(`\n${brokenTable(all)}`);
    return all.length > 0 && all.every(({ caught }) => caught) ? 0 : 1;
  }
  say(`Seed ${seed}. Starting two APIs, two workers, three Redis, Postgres, PgBouncer and Stripe's simulator…`);
  /** @type {import('./prove/topology.mjs').Topology | undefined} */
  let topology;
  try {
    topology = await openTopology({ ha, say });
    if (availability) {
      const all = await measureAvailability(topology, { seed, say, signal: stop.signal });
      say(`\n${availabilityTable(all)}`);
      return all.every(isAvailable) ? 0 : 1;
    }
    const how = { seed, ms, maxQuietMs: MAX_QUIET_MS, say, signal: stop.signal };
    const { result, comparisons } = isSoak
      ? await soak(topology, how)
      : { result: await storm(topology, how), comparisons: [] };
    const setup = `two APIs, two workers, three Redis, Postgres${ha ? ' with a synchronous standby' : ''}${topology.pgbouncer ? ' behind PgBouncer (transaction mode)' : ''}`;
    const text = report(result, { commit: commit(), setup });
    writeFileSync(join(projectFolder, 'prove-report.md'), text);
    if (table !== undefined) {
      if (!existsSync(table)) writeFileSync(table, `${TABLE_HEAD}\n`);
      appendFileSync(table, `${tableRow(result, { commit: commit(), ha })}\n`);
    }
    say(`\n${text}`);
    if (isSoak) say(`${soakTable(comparisons)}\n`);
    const left = comparisons.filter(({ holds }) => !holds);
    const passed = result.findings.length === 0 && left.length === 0;
    say(
      passed
        ? '✅ Nothing charged twice, nothing lost, no false answer.'
        : `❌ ${result.findings.length + left.length} findings. Repeat with --seed ${seed}.`,
    );
    return passed ? 0 : 1;
  } finally {
    if (topology && keep) cpSync(join(topology.folder, 'logs'), keep, { recursive: true });
    await topology?.end();
  }
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectFolder, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
