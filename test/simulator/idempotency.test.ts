import Stripe from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { newSession, paidIntent, sessionParams } from './support/purchases.js';
import { refusal } from './support/refusal.js';
import { held } from './support/held.js';

let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  // No retries of the SDK's own: each test decides what is sent.
  stripe = simulator.stripe({ maxNetworkRetries: 0 });
});
beforeEach(() => simulator.sim('reset', {}));
afterAll(() => simulator.stop());

const sessionCount = async () => (await simulator.ledger()).sessions.length;
const sessions = { path: '/v1/checkout/sessions', method: 'POST' };

test('two calls without a key create two sessions; under one key one, with the same bytes and Idempotent-Replayed', async () => {
  await newSession(stripe);
  await newSession(stripe);
  expect(await sessionCount()).toBe(2);

  const first = await newSession(stripe, {}, { idempotencyKey: 'one' });
  await simulator.sim(`sessions/${first.id}/pay`, {});
  const again = await newSession(stripe, {}, { idempotencyKey: 'one' });
  // As it was answered then, though it is paid by now.
  expect(again).toEqual(first);
  expect(again.lastResponse.headers).toMatchObject({
    'idempotent-replayed': 'true',
    'original-request': first.lastResponse.requestId,
    'idempotency-key': 'one',
  });
  expect(again.lastResponse.requestId).not.toBe(first.lastResponse.requestId);
  expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
  expect(await sessionCount()).toBe(3);
});

test('20 concurrent calls under one key create one session: one answer, and 409 while it is being made', async () => {
  await simulator.sim('faults', { hold: { ...sessions, times: 1 } });
  const first = newSession(stripe, {}, { idempotencyKey: 'twenty' });
  await held(simulator, 1);
  const others = await Promise.all(
    Array.from({ length: 19 }, () => refusal(newSession(stripe, {}, { idempotencyKey: 'twenty' }))),
  );
  for (const error of others) {
    expect(error).toBeInstanceOf(Stripe.errors.StripeAPIError);
    expect(error).not.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(error).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use', rawType: 'idempotency_error' });
  }
  await simulator.sim('faults/release', {});
  const { id } = await first;
  expect(await newSession(stripe, {}, { idempotencyKey: 'twenty' })).toMatchObject({ id });
  expect(await sessionCount()).toBe(1);
});

test('20 concurrent calls under one key with the SDK’s own retries: all get the one session', async () => {
  const retrying = simulator.stripe();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => newSession(retrying, {}, { idempotencyKey: 'storm' })),
  );
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(await sessionCount()).toBe(1);
});

test('a key is in use until its answer is sent, also during the commit', async () => {
  await simulator.sim('faults', { hold: { ...sessions, when: 'after' } });
  const first = newSession(stripe, {}, { idempotencyKey: 'late' });
  const [waiting] = await held(simulator, 1);
  expect(waiting).toMatchObject({ when: 'after', idempotency_key: 'late', object: expect.stringMatching(/^cs_test_/) });
  expect(await refusal(newSession(stripe, {}, { idempotencyKey: 'late' }))).toMatchObject({ statusCode: 409 });
  await simulator.sim('faults/release', {});
  expect((await first).id).toBe(waiting!.object);
});

test('other parameters or another route under a used key are 400 idempotency_error, as Stripe words it; parameter order does not matter', async () => {
  const payment_intent = await paidIntent(simulator, stripe);
  await stripe.refunds.create({ payment_intent, amount: 10, metadata: { a: '1', b: '2' } }, { idempotencyKey: 'r' });
  await stripe.refunds.create({ metadata: { b: '2', a: '1' }, amount: 10, payment_intent }, { idempotencyKey: 'r' });
  const changed = await refusal(stripe.refunds.create({ payment_intent, amount: 11 }, { idempotencyKey: 'r' }));
  expect(changed).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  expect(changed).toMatchObject({ statusCode: 400, rawType: 'idempotency_error' });
  expect(changed.message).toBe(
    "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'r' if you meant to execute a different request.",
  );
  const elsewhere = await refusal(newSession(stripe, {}, { idempotencyKey: 'r' }));
  expect(elsewhere).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  expect(elsewhere.message).toContain("('/v1/refunds' vs '/v1/checkout/sessions')");
  expect((await stripe.refunds.list({ payment_intent })).data).toHaveLength(1);
});

test('a validation error is not stored, and its key is free; a later refusal is stored', async () => {
  const wrong = { ...sessionParams(), mode: 'gift' } as unknown as Stripe.Checkout.SessionCreateParams;
  await refusal(stripe.checkout.sessions.create(wrong, { idempotencyKey: 'v' }));
  const tooLate = { expires_at: Math.floor(Date.now() / 1_000) + 60 };
  await refusal(newSession(stripe, tooLate, { idempotencyKey: 'v' }));
  await newSession(stripe, {}, { idempotencyKey: 'v' });

  const { id } = await newSession(stripe);
  const { payment_intent } = await simulator.sim<{ payment_intent: string }>(`sessions/${id}/pay`, {
    outcome: 'async_pending',
  });
  await refusal(stripe.refunds.create({ payment_intent }, { idempotencyKey: 'early' }));
  await simulator.sim(`sessions/${id}/pay`, { outcome: 'async_succeeded' });
  // Refundable by now, but this key has had its answer.
  const again = await refusal(stripe.refunds.create({ payment_intent }, { idempotencyKey: 'early' }));
  expect(again.headers!['idempotent-replayed']).toBe('true');
  expect(await stripe.refunds.create({ payment_intent }, { idempotencyKey: 'later' })).toMatchObject({
    status: 'succeeded',
  });
});

test('a 500 is stored: the same key always gets it, whether the work was done or not', async () => {
  for (const [when, made] of [
    ['before', 0],
    ['after', 1],
  ] as const) {
    await simulator.sim('reset', {});
    await simulator.sim('faults', { error_500: { when, times: 1, path: '/v1/checkout/sessions' } });
    for (let at = 0; at < 3; at += 1) {
      const error = await refusal(newSession(stripe, {}, { idempotencyKey: 'broken' }));
      expect(error).toBeInstanceOf(Stripe.errors.StripeAPIError);
      expect(error.statusCode).toBe(500);
      expect(error.headers!['idempotent-replayed']).toBe(at === 0 ? undefined : 'true');
    }
    expect(await sessionCount()).toBe(made);
  }
});

test('a key expires after 24 hours of the simulated clock, and not before', async () => {
  const { id } = await newSession(stripe, {}, { idempotencyKey: 'old' });
  await simulator.sim('clock', { advance_seconds: 24 * 3_600 - 60 });
  expect((await newSession(stripe, {}, { idempotencyKey: 'old' })).id).toBe(id);
  await simulator.sim('clock', { advance_seconds: 61 });
  expect((await newSession(stripe, {}, { idempotencyKey: 'old' })).id).not.toBe(id);
  expect(await sessionCount()).toBe(2);
});

test('GET requests ignore the key', async () => {
  const { id } = await newSession(stripe);
  const read = () => stripe.checkout.sessions.retrieve(id, {}, { idempotencyKey: 'read' });
  expect(await read()).toMatchObject({ status: 'open' });
  await simulator.sim(`sessions/${id}/pay`, {});
  expect(await read()).toMatchObject({ status: 'complete' });
});
