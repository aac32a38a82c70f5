/**
 * @typedef {object} Outcome
 * @property {number} intents begun
 * @property {number} payments listed by the API
 * @property {number} duplicates more than one for an intent
 * @property {number} without intents without a payment
 * @property {number} unknown intents of which the API did not tell
 * @property {number} differing intents of which answers named more than one payment, or another one than is listed
 * @property {string[]} faults
 */

/** @param {Outcome} outcome */
export function isProof({ intents, payments, duplicates, without, unknown, differing, faults }) {
  return intents > 0 && payments === intents && duplicates + without + unknown + differing + faults.length === 0;
}

/**
 * @param {{ client: import('./client.mjs').Client, ms: number, payments: number }} load
 * @returns {string}
 */
export function speed({ client, ms, payments }) {
  const all = client.answered;
  const rows = [...client.latencies].map(([what, times]) => [what, ...numbersOf(times)]);
  const answers = [...client.answers].sort(([a], [b]) => a.localeCompare(b));
  return [
    `${whole(all)} requests in ${(ms / 1_000).toFixed(1)} s: ${perSecond(all, ms)} requests/s, ${perSecond(payments, ms)} payments/s`,
    '',
    table([['', 'answered', 'p50 ms', 'p99 ms', 'max ms'], ...rows]),
    '',
    'All answers',
    table(answers.map(([answer, count]) => [answer, whole(count)])),
    ...(client.retries > 0 ? [`(${whole(client.retries)} of them were retries)`] : []),
  ].join('\n');
}

/** @param {Outcome} outcome */
export function counts(outcome) {
  const { intents, payments, duplicates, without, unknown, differing, faults } = outcome;
  /** @type {[string, number][]} */
  const rows = [
    ['intents', intents],
    ['payments', payments],
    ['duplicates', duplicates],
    ['intents without a payment', without],
    ...maybe('intents that could not be looked up', unknown),
    ...maybe('intents whose answers name other payments', differing),
    ...maybe('unexpected answers', faults.length),
  ];
  const few = [...new Set(faults)].slice(0, 5).map((fault) => `    ${fault}`);
  return ['Created', table(rows.map(([name, count]) => [name, whole(count)])), ...few].join('\n');
}

/**
 * @param {string} name
 * @param {number} count
 * @returns {[string, number][]}
 */
function maybe(name, count) {
  return count > 0 ? [[name, count]] : [];
}

/** @param {number[]} times */
function numbersOf(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return [whole(sorted.length), ...[0.5, 0.99, 1].map((share) => at(share).toFixed(1))];
}

/**
 * @param {number} count
 * @param {number} ms
 */
function perSecond(count, ms) {
  return whole(Math.round((count / Math.max(ms, 1)) * 1_000));
}

/** @param {number} count */
function whole(count) {
  return count.toLocaleString('en');
}

/**
 * The first column is left-aligned, the others right-aligned.
 * @param {string[][]} rows
 */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart((widths[n] ?? 0) + 2))))
    .map((cells) => `  ${cells.join('')}`)
    .join('\n');
}
