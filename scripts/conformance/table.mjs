import { join } from 'node:path';
import { paint } from '../say.mjs';

/** @typedef {import('./run.mjs').Result} Result */

const SIGNS = /** @type {const} */ ({ passed: ['✓', 'green'], failed: ['✗', 'red'], 'not run': ['–', 'yellow'] });

const ID_WIDTH = 26;

/** @param {Result} result */
export function line({ id, title, source, outcome, seen }) {
  const [sign, colour] = SIGNS[outcome];
  const indent = ' '.repeat(ID_WIDTH + 3);
  const detail = outcome === 'passed' ? paint('dim', seen) : `${outcome}: ${seen}`;
  const rule = outcome === 'failed' ? `\n${indent}rule: ${placeOf(source)}` : '';
  return `${paint(colour, sign)} ${id.padEnd(ID_WIDTH)} ${title}\n${indent}${detail}${rule}`;
}

/** @param {import('./rules/sources.mjs').Source} source */
const placeOf = ({ url }) => (URL.canParse(url) ? url : join('docs', url));

/** @param {readonly Result[]} results */
export function summary(results) {
  const count = (/** @type {Result['outcome']} */ outcome) =>
    results.filter((result) => result.outcome === outcome).length;
  return `${results.length} rules: ${count('passed')} passed, ${count('failed')} failed, ${count('not run')} not run.`;
}

/**
 * One Markdown table of several APIs, in the order of the rules.
 * @param {{ name: string, results: readonly Result[] }[]} apis
 */
export function comparison(apis) {
  const [first] = apis;
  if (!first) return '';
  const head = ['rule', '', 'source', ...apis.map(({ name }) => name)];
  const rows = first.results.map(({ id, title, source }, n) => [
    `\`${id}\``,
    title,
    `[${source.name}](${source.url})`,
    ...apis.map(({ results }) => cell(results[n])),
  ]);
  const totals = ['', '', '', ...apis.map(({ results }) => total(results))];
  return [head, head.map(() => '---'), ...rows, totals].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * What was seen where an API fails.
 * @param {readonly Result[]} results
 */
export function failures(results) {
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  return failed.map(({ id, seen }) => `- \`${id}\`: ${seen.replace(/[<>|_*]/g, '\\$&')}`).join('\n');
}

/** @param {Result | undefined} result */
function cell(result) {
  return result?.outcome === 'failed' ? '**fails**' : (result?.outcome ?? '');
}

/** @param {readonly Result[]} results */
function total(results) {
  const passed = results.filter(({ outcome }) => outcome === 'passed').length;
  return `${passed} of ${results.filter(({ outcome }) => outcome !== 'not run').length}`;
}
