import { randomUUID } from 'node:crypto';
import { Broken, NotRun } from './expect.mjs';

/**
 * @template Scene
 * @typedef {object} Rule
 * @property {string} id
 * @property {string} title the promise
 * @property {import('./rules/sources.mjs').Source} source where it is written
 * @property {(scene: Scene) => Promise<unknown>} check @throws {Broken} if it does not hold, {NotRun} if that cannot be seen
 */

/**
 * @typedef {object} Result
 * @property {string} id
 * @property {string} title
 * @property {import('./rules/sources.mjs').Source} source
 * @property {'passed' | 'failed' | 'not run'} outcome
 * @property {string} seen a sentence, or the answers
 */

/**
 * One rule after the other: a race that one of them makes must not disturb the next.
 * @template {{ client: import('./client.mjs').Client }} Scene
 * @param {readonly Rule<Scene>[]} rules
 * @param {Scene} scene
 * @param {{ onResult?: (result: Result) => void, signal?: AbortSignal }} [how] signal: the rules that are left are not run
 * @returns {Promise<Result[]>}
 */
export async function runRules(rules, scene, { onResult = () => {}, signal } = {}) {
  /** @type {Result[]} */
  const results = [];
  for (const { id, title, source, check } of rules) {
    scene.client.forget();
    const stopped = signal?.aborted ? Promise.reject(new NotRun('Stopped.')) : undefined;
    const judged = await (stopped ?? check(scene)).then(
      () => /** @type {const} */ ({ outcome: 'passed', seen: scene.client.seen }),
      (error) => judge(error, scene.client.seen),
    );
    const result = { id, title, source, ...judged };
    results.push(result);
    onResult(result);
  }
  return results;
}

/**
 * @param {unknown} error
 * @param {string} answers
 * @returns {Pick<Result, 'outcome' | 'seen'>}
 */
function judge(error, answers) {
  if (error instanceof NotRun) return { outcome: 'not run', seen: error.message };
  // Anything else is a connection that broke, or an answer of a form that no rule expects: the rule was not seen to hold.
  const why =
    error instanceof Broken ? error.message : `Interrupted: ${error instanceof Error ? error.message : String(error)}.`;
  return { outcome: 'failed', seen: `${why} Answers: ${answers || 'none'}` };
}

/** Keys that no other run has used. */
export function keySequence() {
  const run = randomUUID();
  let count = 0;
  return () => `${run}-${(count += 1)}`;
}
