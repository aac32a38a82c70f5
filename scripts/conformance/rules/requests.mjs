import { setTimeout as pause } from 'node:timers/promises';
import { expect, expectEqual, expectRefused, expectSameAnswer, expectSuccess, NotRun } from '../expect.mjs';

/**
 * What rules about idempotency keys do again and again.
 * @typedef {import('../client.mjs').Client} Client
 * @typedef {import('../client.mjs').Answer} Answer
 * @typedef {import('../adapter.mjs').Adapter} Adapter
 * @typedef {{ client: Client, adapter: Adapter, newKey: () => string }} Scene
 */

/** A barrier makes a race likely, not certain. */
export const ROUNDS = 10;
export const AT_ONCE = 10;

/** Until the same key gets a final answer: longer than the lease of a crashed server should last. */
const MAX_RETRYING_MS = 20_000;
const RETRY_MS = 100;

/** @param {Scene} scene */
export async function expectOneResult(scene) {
  const { intent, key, answers } = await meet(scene);
  const results = answers.filter(({ status }) => status !== 409);
  const [first] = results;
  expect(first, 'Every one of them was refused.');
  expectSuccess(first);
  for (const result of results) expectSameAnswer(result, first);
  for (const { status, headers } of answers)
    expect(status !== 409 || headers['retry-after'], 'A 409 has no Retry-After.');
  expectSameAnswer(await scene.client.send(request(scene, intent, key)), first);
}

/** @param {Scene} scene */
export async function crash(scene) {
  const { adapter, client } = scene;
  if (!adapter.restart) throw new NotRun('The adapter cannot restart the server.');
  for (let round = 1; round <= ROUNDS; round++) {
    const intents = await Promise.all(Array.from({ length: AT_ONCE }, () => adapter.intent(0)));
    const requests = intents.map((intent) => request(scene, intent, scene.newKey()));
    const running = requests.map((one) => client.send(one));
    await Promise.any(running);
    await adapter.restart();
    const interrupted = (await Promise.allSettled(running)).filter(({ status }) => status === 'rejected').length;
    const retried = await Promise.all(requests.map((one) => untilFinal(scene, one)));
    for (const answer of retried) expectSuccess(answer);
    for (const intent of intents) expectEqual('The number of effects', await intent.count(), 1);
    if (interrupted > 0) return;
  }
  throw new NotRun('The server had answered everything before it was killed.');
}

/**
 * @param {Scene} scene
 * @param {{ path: string, body: unknown }} intent
 * @param {string | undefined} key
 * @param {number} [user]
 * @returns {import('../client.mjs').Request}
 */
export function request({ adapter }, { path, body }, key, user = 0) {
  const header = key === undefined ? {} : { [adapter.keyHeader ?? 'Idempotency-Key']: key };
  return { path, body, headers: { ...adapter.users[user], ...header } };
}

/** @param {Scene} scene */
export async function once(scene) {
  const intent = await scene.adapter.intent(0);
  const key = scene.newKey();
  const first = await scene.client.send(request(scene, intent, key));
  expectSuccess(first);
  return { intent, key, first };
}

/** @param {Scene} scene */
export async function twice(scene) {
  const { intent, key, first } = await once(scene);
  return { intent, first, again: await scene.client.send(request(scene, intent, key)) };
}

/** @param {Scene} scene */
export async function meet(scene) {
  const intent = await scene.adapter.intent(0);
  const key = scene.newKey();
  const requests = Array.from({ length: AT_ONCE }, () => request(scene, intent, key));
  return { intent, key, answers: await scene.client.sendTogether(requests) };
}

/**
 * @param {Scene} scene
 * @param {string} key
 */
export async function refusesKey(scene, key) {
  const intent = await scene.adapter.intent(0);
  expectRefused(await scene.client.send(request(scene, intent, key)));
  expectEqual('The number of effects', await intent.count(), 0);
}

/**
 * Retries as a client does, until the answer is final.
 * @param {Scene} scene
 * @param {import('../client.mjs').Request} again
 * @returns {Promise<Answer>}
 */
export async function untilFinal({ client }, again) {
  const until = Date.now() + MAX_RETRYING_MS;
  for (;;) {
    const answer = await client.send(again);
    if ((answer.status !== 409 && answer.status < 500) || Date.now() > until) return answer;
    await pause(RETRY_MS);
  }
}
