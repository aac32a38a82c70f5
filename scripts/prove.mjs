import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { projectFolder } from './project.mjs';
import { say, showFault } from './say.mjs';
import { breakProtocols } from './prove/break-protocols.mjs';
import { report } from './prove/report.mjs';
import { storm } from './prove/storm.mjs';
import { openTopology } from './prove/topology.mjs';

/** Stripe's own retries of webhooks, the worker's pauses and what Stripe makes late are over by then. */
const MAX_QUIET_MS = 180_000;

const HELP = `npm run prove -- [options]

Lets people pay while everything fails, and counts the money: at Stripe (simulated), at the bank, in the database.

  --minutes <n>   how long faults strike (default 5)
  --seed <n>      repeats the sequence of an earlier run, as far as timing allows
  --keep <folder> copies logs there
  --broken <name> instead: runs each broken protocol with this in its name (all: every one), which must be caught

Writes prove-report.md. The exit code is 0 if nothing was charged twice, lost or answered wrongly.`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    keep: { type: 'string' },
    broken: { type: 'string' },
    help: { type: 'boolean' },
  },
});

if (values.help) say(HELP);
else process.exitCode = await main();

async function main() {
  const seed = values.seed === undefined ? randomInt(1, 2 ** 31) : Number(values.seed);
  const ms = Number(values.minutes) * 60_000;
  const stop = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => stop.abort());
  if (values.broken !== undefined) {
    const only = values.broken === 'all' ? {} : { only: [values.broken] };
    const all = await breakProtocols({ seed, ...only, say, signal: stop.signal });
    return all.length > 0 && all.every(({ caught }) => caught) ? 0 : 1;
  }
  say(`Seed ${seed}. Starting two APIs, two workers, three Redis, Postgres, PgBouncer and Stripe's simulator…`);
  /** @type {import('./prove/topology.mjs').Topology | undefined} */
  let topology;
  try {
    topology = await openTopology({ say });
    const result = await storm(topology, { seed, ms, maxQuietMs: MAX_QUIET_MS, say, signal: stop.signal });
    const setup = `two APIs, two workers, three Redis, Postgres${topology.pgbouncer ? ' behind PgBouncer (transaction mode)' : ''}`;
    const text = report(result, { commit: commit(), setup });
    writeFileSync(join(projectFolder, 'prove-report.md'), text);
    say(`\n${text}`);
    const passed = result.findings.length === 0;
    say(
      passed
        ? '✅ Nothing charged twice, nothing lost, no false answer.'
        : `❌ ${result.findings.length} findings. Repeat with --seed ${seed}.`,
    );
    return passed ? 0 : 1;
  } catch (error) {
    showFault(error);
    return 2;
  } finally {
    if (topology && values.keep) cpSync(join(topology.folder, 'logs'), values.keep, { recursive: true });
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
