/**
 * @typedef {import('./statistics.mjs').Spread} Spread
 * @typedef {{ head: readonly string[], rows: readonly (readonly string[])[] }} Table
 */

/**
 * @param {readonly import('./rounds.mjs').LoadFigure[]} loads
 * @returns {Table}
 */
export function loadTable(loads) {
  return {
    head: ['', '', 'per second', 'p50 ms', 'p99 ms', 'CPU ms: API', 'Postgres', 'Redis', 'Stripe', 'load', 'failed'],
    rows: loads.map(({ what, program, rate, p50, p99, cpu, failed }) => [
      what,
      program,
      withRange(rate),
      withRange(p50),
      number(p99.median),
      number(cpu.api),
      number(cpu.postgres),
      number(cpu.redis),
      number(cpu.stripe),
      number(cpu.generator),
      failed === 0 ? '' : String(failed),
    ]),
  };
}

/**
 * @param {readonly import('./parts.mjs').ValueFigure[]} values
 * @returns {Table}
 */
export function valueTable(values) {
  return {
    head: ['', '', 'measured', 'unit'],
    rows: values.map(({ what, program, value, unit }) => [what, program, withRange(value), unit]),
  };
}

/**
 * @param {readonly import('./parts.mjs').Ratio[]} ratios
 * @returns {Table}
 */
export function ratioTable(ratios) {
  return {
    head: ['', 'ratio', 'unit', 'target', ''],
    rows: ratios.map((ratio) => [
      ratio.name,
      withRange(ratio.value),
      ratio.unit ?? '',
      targetOf(ratio),
      verdictOf(ratio),
    ]),
  };
}

/** @param {Pick<import('./parts.mjs').Ratio, 'atMost' | 'atLeast'>} ratio */
export function targetOf({ atMost, atLeast }) {
  if (atMost !== undefined) return `≤ ${atMost.toLocaleString('en')}`;
  return atLeast === undefined ? '' : `≥ ${atLeast.toLocaleString('en')}`;
}

/**
 * @param {import('./parts.mjs').Ratio} ratio
 * @returns {'' | 'reached' | 'missed'}
 */
export function verdictOf({ value, atMost = Infinity, atLeast = -Infinity }) {
  if (atMost === Infinity && atLeast === -Infinity) return '';
  return value.median <= atMost && value.median >= atLeast ? 'reached' : 'missed';
}

/** @param {Spread} spread */
function withRange({ median, min, max }) {
  return min === max ? number(median) : `${number(median)} (${number(min)}–${number(max)})`;
}

/**
 * Three significant digits: noise has the others.
 * @param {number} value
 */
export function number(value) {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

/**
 * For the terminal: the first two columns to the left, numbers to the right.
 * @param {Table} table
 */
export function asText({ head, rows }) {
  const all = [head, ...rows];
  const widths = head.map((_, n) => Math.max(...all.map((row) => row[n]?.length ?? 0)));
  const isText = head.map((title, n) => n === 0 || (n === 1 && title === ''));
  return all
    .map((row) =>
      row.map((cell, n) => (isText[n] ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  '),
    )
    .map((line) => line.trimEnd())
    .join('\n');
}
/** @param {Table} table */
export function asMarkdown({ head, rows }) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
