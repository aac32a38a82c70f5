/**
 * The middle of several rounds, and their range.
 * @typedef {{ median: number, min: number, max: number }} Spread
 */

/**
 * @param {readonly number[]} sorted ascending, at least one
 * @param {number} share 0 to 1
 * @returns {number} the smallest value that at least this share does not exceed (nearest rank)
 */
export function quantile(sorted, share) {
  const at = Math.max(0, Math.ceil(share * sorted.length) - 1);
  const value = sorted[at];
  if (value === undefined) throw new RangeError('There is no quantile of nothing.');
  return value;
}

/**
 * @param {readonly number[]} values at least one
 * @returns {number} of an even count, the mean of the middle two
 */
export function median(values) {
  const sorted = ascending(values);
  const half = sorted.length / 2;
  return (quantile(sorted, 0.5) + (Number.isInteger(half) ? (sorted[half] ?? NaN) : quantile(sorted, 0.5))) / 2;
}

/**
 * @param {readonly number[]} values at least one
 * @returns {Spread}
 */
export function spreadOf(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * The ratio of each round, since the two halves of a round have met the same noise.
 * @param {readonly number[]} dividends one a round
 * @param {readonly number[]} divisors one a round, in the same order
 * @returns {Spread}
 */
export function ratioOf(dividends, divisors) {
  if (dividends.length !== divisors.length) throw new RangeError('Both sides of a ratio need the same rounds.');
  return spreadOf(dividends.map((dividend, round) => dividend / (divisors[round] ?? NaN)));
}

/** @param {readonly number[]} values */
export function ascending(values) {
  return [...values].sort((a, b) => a - b);
}
