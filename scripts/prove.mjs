import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { projectFolder } from './project.mjs';
import { Fault, say, showFault } from './say.mjs';
import { availabilityTable, isAvailable, measureAvailability } from './prove/availability.mjs';
import { breakProtocols, brokenTable } from './prove/break-protocols.mjs';
import { HELP, readOptions } from './prove/options.mjs';
import { report, tableRow } from './prove/report.mjs';
import { soak, soakTable } from './prove/soak.mjs';
import { storm } from './prove/storm.mjs';
import { openTopology } from './prove/topology.mjs';

/** @typedef {import('./prove/options.mjs').ProveOptions} ProveOptions */

/** Stripe's own retries of webhooks, the worker's pauses and what Stripe makes late are over by then. */
const MAX_QUIET_MS = 180_000;

const stop = new AbortController();
// npm forwards a signal that the terminal has sent already, so it arrives twice.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    if (!stop.signal.aborted) say('Stopping…');
    stop.abort();
  });
}

try {
  process.exitCode = await main(readOptions(process.argv.slice(2)));
} catch (error) {
  showFault(error);
  process.exitCode = 2;
}

/** @param {ProveOptions} options @returns {Promise<number>} the exit code */
async function main(options) {
  const { run, seed, ha, keep } = options;
  if (run === 'help') {
    say(HELP);
    return 0;
  }
  if (run === 'broken') {
    const all = await breakProtocols({ seed, names: options.broken, say, signal: stop.signal });
    requireNotStopped();
    say(`\n${brokenTable(all)}`);
    return all.every(({ caught }) => caught) ? 0 : 1;
  }
  say(`Seed ${seed}. Starting two APIs, two workers, three Redis, Postgres, PgBouncer and Stripe's simulator…`);
  const topology = await openTopology({ ha, say });
  try {
    requireNotStopped();
    return run === 'storm' ? await proveByStorm(topology, options) : await proveAvailability(topology, options);
  } finally {
    try {
      if (keep !== undefined) cpSync(join(topology.folder, 'logs'), keep, { recursive: true });
    } finally {
      await topology.end();
    }
  }
}

/**
 * @param {import('./prove/topology.mjs').Topology} topology
 * @param {ProveOptions} options
 */
async function proveByStorm(topology, { seed, ms, ha, soak: isSoak, table }) {
  const how = { seed, ms, maxQuietMs: MAX_QUIET_MS, say, signal: stop.signal };
  const { result, comparisons } = isSoak
    ? await soak(topology, how)
    : { result: await storm(topology, how), comparisons: [] };
  const setup = `two APIs, two workers, three Redis, Postgres${ha ? ' with a synchronous standby' : ''}${topology.pgbouncer ? ' behind PgBouncer (transaction mode)' : ''}`;
  const text = report(result, { commit: commit(), setup });
  say(`\n${text}`);
  if (isSoak) say(`${soakTable(comparisons)}\n`);
  writeFileSync('prove-report.md', text);
  if (table !== undefined) appendFileSync(table, `${tableRow(result, { commit: commit(), ha })}\n`);
  const count = result.findings.length + comparisons.filter(({ holds }) => !holds).length;
  say(
    count === 0
      ? '✅ Nothing charged twice, nothing lost, no false answer.'
      : `❌ ${count} findings. Repeat with --seed ${seed}.`,
  );
  return count === 0 ? 0 : 1;
}

/**
 * @param {import('./prove/topology.mjs').Topology} topology
 * @param {ProveOptions} options
 */
async function proveAvailability(topology, { seed }) {
  const all = await measureAvailability(topology, { seed, say, signal: stop.signal });
  requireNotStopped();
  say(`\n${availabilityTable(all)}`);
  return all.every(isAvailable) ? 0 : 1;
}

/** @throws {Fault} */
function requireNotStopped() {
  if (stop.signal.aborted) throw new Fault('Stopped: nothing was judged.');
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectFolder, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
