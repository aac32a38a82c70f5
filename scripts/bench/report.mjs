import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { say } from '../say.mjs';
import { asText, loadTable, ratioTable, valueTable } from './table.mjs';

/**
 * @typedef {object} BenchResult
 * @property {Date} began
 * @property {number} seconds
 * @property {boolean} quick
 * @property {import('./parts.mjs').Budget} budget
 * @property {Record<string, string>} settings of Postgres
 * @property {Record<string, import('./parts.mjs').PartResult>} parts by name
 */

/** @param {BenchResult} result */
export function report({ parts }) {
  const all = Object.values(parts);
  return [
    loadTable(all.flatMap(({ loads }) => loads)),
    valueTable(all.flatMap(({ values }) => values)),
    ratioTable(all.flatMap(({ ratios }) => ratios)),
  ]
    .filter(({ rows }) => rows.length > 0)
    .map(asText)
    .join('\n\n');
}

/**
 * @param {BenchResult} result
 * @param {import('./options.mjs').BenchOptions} options
 */
export async function writeResult(result, { complete, json = complete ? 'bench/results/latest.json' : undefined }) {
  if (json === undefined) return;
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify(result, undefined, 2)}\n`);
  say(`Written: ${json}`);
}
