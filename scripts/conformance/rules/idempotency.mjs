import { setTimeout as pause } from 'node:timers/promises';
import {
  expect,
  expectAnswer,
  expectEqual,
  expectRefused,
  expectSameAnswer,
  expectSuccess,
  NotRun,
} from '../expect.mjs';
import {
  AT_ONCE,
  crash,
  expectOneResult,
  meet,
  once,
  refusesKey,
  request,
  ROUNDS,
  twice,
  untilFinal,
} from './requests.mjs';
import * as from from './sources.mjs';

/**
 * Rules for any API that takes idempotency keys, seen through an adapter.
 * @typedef {import('../run.mjs').Rule<import('./requests.mjs').Scene>} IdempotencyRule
 */

/** How long a request whose client is gone may take. */
const MAX_UNSEEN_MS = 1_000;
const LOOK_AGAIN_MS = 50;

/** @type {IdempotencyRule[]} */
export const idempotencyRules = [
  {
    id: 'retry-one-effect',
    title: 'The same request with the same key has one effect',
    source: from.draftReplay,
    async check(scene) {
      const { intent } = await twice(scene);
      expectEqual('The number of effects', await intent.count(), 1);
    },
  },
  {
    id: 'retry-same-status',
    title: 'A retry gets the status of the first answer',
    source: from.draftReplay,
    async check(scene) {
      const { first, again } = await twice(scene);
      expectEqual('The status of the retry', again.status, first.status);
    },
  },
  {
    id: 'retry-same-bytes',
    title: 'A retry gets the body of the first answer, byte for byte',
    source: from.keys,
    async check(scene) {
      const { first, again } = await twice(scene);
      expectSameAnswer(again, first);
    },
  },
  {
    id: 'retry-marked',
    title: 'A replayed answer has `Idempotent-Replayed: true`, the first has not',
    source: from.stripeReplayed,
    async check(scene) {
      const { first, again } = await twice(scene);
      expectEqual('The header of the first answer', first.headers['idempotent-replayed'], undefined);
      expectEqual('The header of the retry', again.headers['idempotent-replayed'], 'true');
    },
  },
  {
    id: 'other-body-refused',
    title: 'The same key with another body is 422 and has no effect',
    source: from.draftErrors,
    async check(scene) {
      const { intent, key } = await once(scene);
      const other = await scene.client.send(request(scene, { ...intent, body: intent.otherBody }, key));
      expectEqual('The number of effects', await intent.count(), 1);
      expectAnswer(other, 422);
    },
  },
  {
    id: 'concurrent-one-effect',
    title: `${AT_ONCE} requests at the same moment with one key have one effect`,
    source: from.draftReplay,
    async check(scene) {
      for (let round = 1; round <= ROUNDS; round++) {
        const { intent } = await meet(scene);
        expectEqual(`The number of effects (round ${round})`, await intent.count(), 1);
      }
    },
  },
  {
    id: 'concurrent-answers',
    title: 'Each of them gets the one result, or 409 with `Retry-After`, and the result when it retries',
    source: from.draftErrors,
    async check(scene) {
      for (let round = 1; round <= ROUNDS; round++) await expectOneResult(scene);
    },
  },
  {
    id: 'other-user',
    title: 'The same key of another user is another key',
    source: from.keys,
    async check(scene) {
      if (scene.adapter.users.length < 2) throw new NotRun('The API has one user.');
      const { first, key } = await once(scene);
      const theirs = await scene.adapter.intent(1);
      const answer = await scene.client.send(request(scene, theirs, key, 1));
      expect(answer.text !== first.text, 'The other user got the answer of the first.');
      expectSuccess(answer);
      expectEqual('The number of effects for the other user', await theirs.count(), 1);
    },
  },
  {
    id: 'other-user-answer',
    title: 'Another user who sends the same request with the same key does not get the answer of the first',
    source: from.keys,
    async check(scene) {
      if (scene.adapter.users.length < 2) throw new NotRun('The API has one user.');
      const { intent, key, first } = await once(scene);
      const answer = await scene.client.send(request(scene, intent, key, 1));
      expect(answer.text !== first.text, 'The other user got the answer of the first.');
    },
  },
  {
    id: 'member-order',
    title: 'The order of the JSON members does not make another request',
    source: from.keys,
    async check(scene) {
      const { intent, key, first } = await once(scene);
      const body = Object.fromEntries(Object.entries(intent.body).reverse());
      expectSameAnswer(await scene.client.send(request(scene, { ...intent, body }, key)), first);
    },
  },
  {
    id: 'body-spelling',
    title: 'White space and `\\u` escapes do not make another request',
    source: from.keys,
    async check(scene) {
      const { intent, key, first } = await once(scene);
      const body = JSON.stringify(intent.body, undefined, 2).replace(
        /"([a-z])/g,
        (_, letter) => `"\\u00${letter.charCodeAt(0).toString(16)}`,
      );
      expectSameAnswer(await scene.client.send(request(scene, { ...intent, body }, key)), first);
    },
  },
  {
    id: 'key-quoted',
    title: '`"k"`, as the draft writes keys, and `k` are one key',
    source: from.keys,
    async check(scene) {
      const { intent, key, first } = await once(scene);
      expectSameAnswer(await scene.client.send(request(scene, intent, `"${key}"`)), first);
    },
  },
  {
    id: 'key-too-long',
    title: 'A key of 300 characters is refused',
    source: from.stripe,
    check: (scene) => refusesKey(scene, scene.newKey().padEnd(300, '-')),
  },
  {
    id: 'key-empty',
    title: 'An empty key is refused, not executed without protection',
    source: from.keys,
    check: (scene) => refusesKey(scene, ''),
  },
  {
    id: 'key-list',
    title: 'Two different keys, joined by a comma as a proxy does, are refused',
    source: from.keys,
    check: (scene) => refusesKey(scene, `${scene.newKey()}, ${scene.newKey()}`),
  },
  {
    id: 'key-missing',
    title: 'Where keys are required, a request without one is 400',
    source: from.draftErrors,
    async check(scene) {
      if (!scene.adapter.requiresKey) throw new NotRun('The API does not require keys.');
      const intent = await scene.adapter.intent(0);
      expectAnswer(await scene.client.send(request(scene, intent, undefined)), 400);
      expectEqual('The number of effects', await intent.count(), 0);
    },
  },
  {
    id: 'invalid-not-stored',
    title: 'A request that is refused as invalid leaves its key free for the corrected one',
    source: from.stripe,
    async check(scene) {
      const intent = await scene.adapter.intent(0);
      const key = scene.newKey();
      expectRefused(await scene.client.send(request(scene, { ...intent, body: intent.invalidBody }, key)));
      expectSuccess(await scene.client.send(request(scene, intent, key)));
      expectEqual('The number of effects', await intent.count(), 1);
    },
  },
  {
    id: 'lost-answer',
    title: 'A client that hung up before the answer gets it when it retries, and there is one effect',
    source: from.draftReplay,
    async check(scene) {
      const intent = await scene.adapter.intent(0);
      const key = scene.newKey();
      await scene.client.sendAndHangUp(request(scene, intent, key));
      // The server may drop a request whose client is gone: then the retry is the first.
      for (let ms = 0; ms < MAX_UNSEEN_MS && (await intent.count()) === 0; ms += LOOK_AGAIN_MS)
        await pause(LOOK_AGAIN_MS);
      expectSuccess(await untilFinal(scene, request(scene, intent, key)));
      expectEqual('The number of effects', await intent.count(), 1);
    },
  },
  {
    id: 'replay-after-restart',
    title: 'The answer is replayed after the server was killed and started again',
    source: from.keys,
    async check(scene) {
      if (!scene.adapter.restart) throw new NotRun('The adapter cannot restart the server.');
      const { intent, key, first } = await once(scene);
      await scene.adapter.restart();
      expectSameAnswer(await scene.client.send(request(scene, intent, key)), first);
      expectEqual('The number of effects', await intent.count(), 1);
    },
  },
  {
    id: 'replay-after-flush',
    title: 'The answer is replayed after Redis was emptied',
    source: from.keys,
    async check(scene) {
      if (!scene.adapter.flush) throw new NotRun('The adapter cannot empty a Redis, or there is none.');
      const { intent, key, first } = await once(scene);
      await scene.adapter.flush();
      const again = await scene.client.send(request(scene, intent, key));
      expectEqual('The number of effects', await intent.count(), 1);
      expectSameAnswer(again, first);
    },
  },
  {
    id: 'crash',
    title: 'Requests that were running when the server was killed succeed when retried, each with one effect',
    source: from.keys,
    check: crash,
  },
];
