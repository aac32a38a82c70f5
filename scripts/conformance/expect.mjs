import { isDeepStrictEqual } from 'node:util';

/** @typedef {import('./client.mjs').Answer} Answer */

/** The rule does not hold: one sentence about what was seen. */
export class Broken extends Error {}

/** This deployment cannot show whether the rule holds: one sentence that says why. Never counted as passed. */
export class NotRun extends Error {}

/**
 * @param {unknown} isSo
 * @param {string} what was seen instead
 * @returns {asserts isSo}
 */
export function expect(isSo, what) {
  if (!isSo) throw new Broken(what);
}

/**
 * @param {string} what
 * @param {unknown} actual
 * @param {unknown} expected
 */
export function expectEqual(what, actual, expected) {
  expect(isDeepStrictEqual(actual, expected), `${what}: ${shortly(actual)} instead of ${shortly(expected)}.`);
}

/**
 * @param {Answer} answer
 * @param {number} status
 * @param {string} [code]
 */
export function expectAnswer(answer, status, code) {
  const wanted = code === undefined ? `${status}` : `${status} ${code}`;
  const isSo = answer.status === status && (code === undefined || answer.json?.code === code);
  expect(isSo, `The answer is ${named(answer)} instead of ${wanted}.`);
}

/** @param {Answer} answer */
export function expectSuccess(answer) {
  expect(answer.status >= 200 && answer.status < 300, `The answer is ${named(answer)} instead of a success.`);
}

/** @param {Answer} answer */
export function expectRefused(answer) {
  expect(answer.status >= 400 && answer.status < 500, `The answer is ${named(answer)} instead of a 4xx.`);
}

/**
 * @param {Answer} answer
 * @param {Answer} first
 */
export function expectSameAnswer(answer, first) {
  expectEqual('The status', answer.status, first.status);
  expect(answer.text === first.text, `The body differs: ${shortly(answer.text)} after ${shortly(first.text)}.`);
}

/** @param {Answer} answer */
function named({ status, json, text }) {
  const words = typeof json?.code === 'string' ? json.code : text;
  return shortened(`${status} ${words}`.trim());
}

/** @param {unknown} value */
function shortly(value) {
  return shortened(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'missing'));
}

/** @param {string} text */
function shortened(text) {
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}
