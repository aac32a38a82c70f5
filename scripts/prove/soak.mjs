import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { FAULTS } from './faults.mjs';
import { storm } from './storm.mjs';

/** Half of those who keep two cores busy. */
const PEOPLE = 30;
const SAMPLE_MS = 5_000;

/** Pools close idle connections, and Node frees memory, some time after the load has ended. */
const MAX_SETTLING_MS = 90_000;

/** A plateau: what a process holds in the last third of the run, compared with the second third. */
const MAX_MEMORY_GROWTH = 1.2;

/** Keep-alive connections of the proxies and of clients that have just asked. */
const MORE_DESCRIPTORS = 10;

/** Rows that each further payment adds, compared with the first half of the payments. */
const MAX_ROW_GROWTH = 1.5;

/** A restarted process would hide a leak, so that programs are not killed here. */
const GENTLE = FAULTS.filter(({ on }) => on !== 'api' && on !== 'worker').map(({ name }) => name);

/**
 * @typedef {object} Held what one process holds
 * @property {string} name
 * @property {number} megabytes resident
 * @property {number} descriptors
 *
 * @typedef {object} Sample
 * @property {readonly Held[]} processes
 * @property {number} connections of API and worker to Postgres
 * @property {Record<string, number>} rows of each table
 * @property {number} locks rows of the lock table
 *
 * @typedef {{ what: string, before: string, after: string, holds: boolean }} Comparison
 */

/**
 * Runs half of the peak load with faults, and compares what the programs hold and what each payment adds to the tables.
 * @param {import('./topology.mjs').Topology} topology
 * @param {{ seed: number, ms: number, maxQuietMs: number, say: (text: string) => void, signal: AbortSignal }} how
 * @returns {Promise<{ result: import('./storm.mjs').Result, comparisons: Comparison[] }>}
 */
export async function soak(topology, { seed, ms, maxQuietMs, say, signal }) {
  const start = await sample(topology);
  /** @type {Sample[]} */
  const samples = [];
  let isOver = false;
  const sampling = async () => {
    while (!isOver) {
      // A database that is away is not sampled.
      const taken = await sample(topology).catch(() => undefined);
      if (taken) samples.push(taken);
      await pause(SAMPLE_MS);
    }
  };
  const running = storm(topology, { seed, ms, people: PEOPLE, only: GENTLE, maxQuietMs, say, signal });
  const [result] = await Promise.all([running.finally(() => (isOver = true)), sampling()]);

  let end = await sample(topology);
  const deadline = performance.now() + MAX_SETTLING_MS;
  while (!descriptors(start, end).every(({ holds }) => holds) && performance.now() < deadline) {
    await pause(1_000);
    end = await sample(topology);
  }
  return {
    result,
    comparisons: [...memory(samples), ...descriptors(start, end), ...leftovers(start, end), ...growth(samples)],
  };
}

/** @param {readonly Comparison[]} comparisons */
export function soakTable(comparisons) {
  const rows = comparisons.map(
    ({ what, before, after, holds }) => `| ${what} | ${before} | ${after} | ${holds ? 'yes' : '**no**'} |`,
  );
  return ['| what | before | after | holds |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/**
 * @param {import('./topology.mjs').Topology} topology
 * @returns {Promise<Sample>}
 */
async function sample({ apis, workers, postgres }) {
  const processes = [...apis, ...workers].map(({ name, pid }) => ({
    name,
    megabytes: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  }));
  const database = await postgres.connect();
  try {
    const count = async (/** @type {string} */ sql) =>
      (await database.query(`SELECT count(*) AS n FROM ${sql}`)).rows[0].n;
    const { rows: tables } = await database.query(`SELECT relname FROM pg_stat_user_tables ORDER BY relname`);
    /** @type {Record<string, number>} */
    const rows = {};
    for (const { relname } of tables) rows[relname] = await count(`"${relname}"`);
    return {
      processes,
      connections: await count(`pg_stat_activity WHERE usename = 'payonce'`),
      locks: await count('concurrency_locks WHERE expires_at > now()'),
      rows,
    };
  } finally {
    await database.end();
  }
}

/**
 * @param {readonly Sample[]} samples
 * @returns {Comparison[]}
 */
function memory(samples) {
  const third = Math.floor(samples.length / 3);
  const of = (/** @type {readonly Sample[]} */ part, /** @type {number} */ n) =>
    median(part.map(({ processes }) => processes[n]?.megabytes ?? 0));
  return (samples[0]?.processes ?? []).map(({ name }, n) => {
    const [before, after] = [of(samples.slice(third, 2 * third), n), of(samples.slice(2 * third), n)];
    return {
      what: `memory of ${name} (second third, last third)`,
      before: `${before.toFixed(0)} MB`,
      after: `${after.toFixed(0)} MB`,
      holds: after <= before * MAX_MEMORY_GROWTH,
    };
  });
}

/**
 * @param {Sample} start
 * @param {Sample} end
 * @returns {Comparison[]}
 */
function descriptors(start, end) {
  const open = start.processes.map(({ name, descriptors: before }, n) => {
    const after = end.processes[n]?.descriptors ?? 0;
    const what = `open descriptors of ${name}`;
    return { what, before: String(before), after: String(after), holds: after <= before + MORE_DESCRIPTORS };
  });
  const connections = {
    what: 'connections to Postgres',
    before: String(start.connections),
    after: String(end.connections),
    holds: end.connections <= start.connections + MORE_DESCRIPTORS,
  };
  return [...open, connections];
}

/**
 * @param {Sample} start
 * @param {Sample} end
 * @returns {Comparison[]}
 */
function leftovers(start, end) {
  return [
    { what: 'locks held', before: String(start.locks), after: String(end.locks), holds: end.locks <= start.locks },
  ];
}

/**
 * @param {readonly Sample[]} samples
 * @returns {Comparison[]}
 */
function growth(samples) {
  const [first, middle, last] = [samples[0], samples[Math.floor(samples.length / 2)], samples.at(-1)];
  if (!first || !middle || !last) return [];
  return Object.keys(last.rows)
    .filter((table) => table !== 'payments')
    .map((table) => {
      const perPayment = (/** @type {Sample} */ from, /** @type {Sample} */ to) =>
        ((to.rows[table] ?? 0) - (from.rows[table] ?? 0)) /
        Math.max(1, (to.rows['payments'] ?? 0) - (from.rows['payments'] ?? 0));
      const [before, after] = [perPayment(first, middle), perPayment(middle, last)];
      return {
        what: `rows of ${table} for each payment (first half, second half)`,
        before: before.toFixed(2),
        after: after.toFixed(2),
        holds: after <= before * MAX_ROW_GROWTH + 0.05,
      };
    });
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
