import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../project.mjs';
import { say } from '../say.mjs';
import { writeMeasured } from '../write-measured.mjs';
import { barChart } from './chart.mjs';
import { asMarkdown, asText, loadTable, number, ratioTable, targetOf, valueTable, verdictOf } from './table.mjs';

const LATEST = join(projectFolder, 'bench/results/latest.json');
const PAGE = join(projectFolder, 'docs/performance.md');
const CHART = join(projectFolder, 'docs/performance.svg');

/**
 * Where and how it was measured.
 * @typedef {object} Setting
 * @property {string} began ISO 8601
 * @property {string} commit
 * @property {boolean} quick
 * @property {import('./parts.mjs').Budget} budget
 * @property {{ processor: string, cores: number, memory_gb: number, load_before: number, node: string }} machine
 *   load_before: the load average of the minute before; beyond the cores, others used them too
 * @property {Record<string, string>} postgres its settings
 *
 * @typedef {object} BenchResult
 * @property {Setting} setting
 * @property {number} seconds
 * @property {import('./parts.mjs').PartResult[]} parts
 */

/**
 * @param {{ quick: boolean, budget: import('./parts.mjs').Budget }} options
 * @returns {Omit<Setting, 'postgres'>}
 */
export function describeSetting({ quick, budget }) {
  return {
    began: new Date().toISOString(),
    commit: commit(),
    quick,
    budget,
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memory_gb: Math.round(totalmem() / 2 ** 30),
      load_before: Number((loadavg()[0] ?? 0).toFixed(1)),
      node: process.versions.node,
    },
  };
}

/**
 * What a part has measured, for the terminal.
 * @param {import('./parts.mjs').PartResult} result
 */
export function showPart({ loads, values }) {
  return [loadTable(loads), valueTable(values)]
    .filter(({ rows }) => rows.length > 0)
    .map(asText)
    .join('\n\n');
}

/**
 * Ratios beside their targets, for the terminal.
 * @param {readonly import('./parts.mjs').PartResult[]} parts
 */
export function showRatios(parts) {
  const missing = parts.flatMap(({ notRun = [] }) => notRun.map((what) => `Not measured: ${what}`));
  return [asText(ratioTable(parts.flatMap(({ ratios }) => ratios))), ...missing].join('\n');
}

/**
 * @param {BenchResult} result
 * @param {{ complete: boolean, json?: string | undefined }} how complete: of all parts, so that the documentation is written too
 */
export async function writeResult(result, { complete, json = complete ? LATEST : undefined }) {
  if (json === undefined) return;
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify(asJson(result), shortened, 2)}\n`);
  say(`Written: ${json}`);
  if (!complete) return;
  writeFileSync(CHART, chartOf(result));
  await writeMeasured(PAGE, pageOf(result));
  say(`Written: ${PAGE} and its chart`);
}

/** @param {BenchResult} result */
function asJson({ setting, seconds, parts }) {
  const ratios = parts.flatMap((part) => part.ratios);
  return {
    setting,
    seconds,
    ratios: Object.fromEntries(ratios.filter(({ unit }) => !unit).map(({ name, value }) => [name, value.median])),
    targets: ratios
      .filter((ratio) => verdictOf(ratio) !== '')
      .map((ratio) => ({
        name: ratio.name,
        value: ratio.value,
        unit: ratio.unit,
        target: targetOf(ratio),
        reached: verdictOf(ratio) === 'reached',
      })),
    loads: parts.flatMap(({ loads }) => loads),
    values: parts.flatMap(({ values }) => values),
    not_measured: parts.flatMap(({ notRun = [] }) => notRun),
  };
}

/**
 * Four significant digits: noise has the others.
 * @param {string} _name
 * @param {unknown} value
 */
function shortened(_name, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}

/** @param {BenchResult} result */
function chartOf({ parts }) {
  const loads = parts.flatMap((part) => part.loads).filter(({ what }) => /^(create|replay), .*clients?$/.test(what));
  const compared = [...new Set(loads.map(({ what }) => what))]
    .map((what) => ({
      label: what,
      bars: loads
        .filter((load) => load.what === what)
        .map(({ program, rate }) => ({ label: program, value: rate.median, min: rate.min, max: rate.max })),
    }))
    .filter(({ bars }) => bars.some(({ label }) => label === 'Payonce') && bars.length > 1);
  return barChart({ title: 'Requests a second, and their range over the rounds', unit: '/s', groups: compared });
}

/** @param {BenchResult} result */
function pageOf({ setting, seconds, parts }) {
  const { began, commit: at, quick, budget, machine, postgres } = setting;
  const how = `${quick ? '`--quick`, ' : ''}${budget.rounds} rounds of ${budget.sliceMs} ms, ${Math.round(seconds / 60)} minutes in all`;
  const where = `${machine.cores} cores (${machine.processor}), ${machine.memory_gb} GiB, load average ${number(machine.load_before)} before the run`;
  const servers = Object.entries(postgres).map(([name, value]) => `${name} ${value}`);
  const missing = parts.flatMap(({ notRun = [] }) => notRun);
  return [
    `Measured on ${began.slice(0, 10)} at commit ${at}: ${how}; ${where}; Node ${machine.node}; Postgres: ${servers.join(', ')}.`,
    '### Ratios and targets',
    asMarkdown(ratioTable(parts.flatMap(({ ratios }) => ratios))),
    '### Loads',
    asMarkdown(loadTable(parts.flatMap(({ loads }) => loads))),
    '### Other figures',
    asMarkdown(valueTable(parts.flatMap(({ values }) => values))),
    ...(missing.length > 0 ? [`Not measured: ${missing.join('; ')}.`] : []),
  ].join('\n\n');
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectFolder, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
