import Stripe from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { newSession, paidIntent } from './support/purchases.js';
import { refusal } from './support/refusal.js';
import { type Held, held } from './support/held.js';

let simulator: TestSimulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => simulator.sim('reset', {}));
afterAll(() => simulator.stop());

const quiet = () => simulator.stripe({ maxNetworkRetries: 0 });
const ledger = () => simulator.ledger();
const requests = async () => (await simulator.requests()).filter(({ method }) => method === 'POST');
const onRefunds = { path: '/v1/refunds', method: 'POST' };

describe('stripe-node 23 with default settings, given', () => {
  test('a lost answer: it retries with the same key, and the refund is made once', async () => {
    const payment_intent = await paidIntent(simulator, quiet());
    await simulator.sim('faults', { lose_answer: { ...onRefunds, times: 1 } });
    // Even with no retries asked for: a connection that closed is tried once more.
    const refund = await quiet().refunds.create({ payment_intent });
    expect(refund.lastResponse.headers['idempotent-replayed']).toBe('true');
    const [first, second] = (await requests()).slice(-2);
    expect([first!.status, second!.status, second!.replayed]).toEqual([null, 200, true]);
    expect(first!.idempotency_key).toBe(second!.idempotency_key);
    expect((await ledger()).refunds).toHaveLength(1);
  });

  test('all answers lost: a connection error, though the refund was made; the same key finds it', async () => {
    const payment_intent = await paidIntent(simulator, quiet());
    await simulator.sim('faults', { lose_answer: onRefunds });
    const error = await refusal(quiet().refunds.create({ payment_intent }, { idempotencyKey: 'lost' }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    await simulator.sim('faults', {});
    const refund = await quiet().refunds.create({ payment_intent }, { idempotencyKey: 'lost' });
    expect((await ledger()).refunds.map(({ id }) => id)).toEqual([refund.id]);
  });

  test('a connection reset before any work: its own retry makes the object', async () => {
    const payment_intent = await paidIntent(simulator, quiet());
    await simulator.sim('faults', { reset: { ...onRefunds, times: 2 } });
    expect(await refusal(quiet().refunds.create({ payment_intent }))).toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    );
    expect((await ledger()).refunds).toHaveLength(0);
    const refund = await quiet().refunds.create({ payment_intent });
    expect(refund.lastResponse.headers['idempotent-replayed']).toBeUndefined();
  });

  test('429: StripeRateLimitError, neither retried nor stored under the key', async () => {
    await simulator.sim('faults', { rate_limit: { times: 1 } });
    const error = await refusal(newSession(simulator.stripe(), {}, { idempotencyKey: 'busy' }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    expect(error).toMatchObject({ statusCode: 429, code: 'rate_limit' });
    expect(await requests()).toHaveLength(1);
    expect(await newSession(quiet(), {}, { idempotencyKey: 'busy' })).toMatchObject({ status: 'open' });
  });

  test('429 lock_timeout with Stripe-Should-Retry: it retries', async () => {
    await simulator.sim('faults', { rate_limit: { times: 1, code: 'lock_timeout' } });
    expect(await newSession(simulator.stripe())).toMatchObject({ status: 'open' });
    expect(await requests()).toHaveLength(2);
  });

  test('500 with Stripe-Should-Retry: false, as Stripe sends it under a key: no retry', async () => {
    await simulator.sim('faults', { error_500: 'before' });
    expect(await refusal(newSession(simulator.stripe()))).toBeInstanceOf(Stripe.errors.StripeAPIError);
    expect(await requests()).toHaveLength(1);
  });

  test('500 without that header: two retries, which replay it', async () => {
    await simulator.sim('faults', { error_500: { when: 'after', should_retry: null, times: 1 } });
    expect(await refusal(newSession(simulator.stripe()))).toMatchObject({ statusCode: 500 });
    expect((await requests()).map(({ status, replayed }) => [status, replayed])).toEqual([
      [500, false],
      [500, true],
      [500, true],
    ]);
    expect((await ledger()).sessions).toHaveLength(1);
  });

  test('no answer: its timeout error, though the work is done', async () => {
    await simulator.sim('faults', { hold: { path: '/v1/checkout/sessions', when: 'after' } });
    const error = await refusal(newSession(simulator.stripe({ maxNetworkRetries: 0, timeout: 150 })));
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(error.message).toContain('timeout');
    expect((await ledger()).sessions).toHaveLength(1);
    await simulator.sim('faults', {});
  });

  test('latency: the answer is delayed by that time', async () => {
    await simulator.sim('faults', { latency_ms: { ms: 120, times: 1 } });
    const begun = performance.now();
    await newSession(quiet());
    expect(performance.now() - begun).toBeGreaterThanOrEqual(115);
  });
});

describe('faults', () => {
  test('a 500 whose work completes later: the refund is made without a retry', async () => {
    const stripe = quiet();
    const payment_intent = await paidIntent(simulator, stripe);
    await simulator.sim('faults', { error_500: { ...onRefunds, when: 'later', seconds: 7_200, times: 1 } });
    const create = () =>
      stripe.refunds.create({ payment_intent, amount: 1_000, metadata: { ref: 'r' } }, { idempotencyKey: 'later' });
    expect(await refusal(create())).toMatchObject({ statusCode: 500 });
    expect(await refusal(create())).toMatchObject({ statusCode: 500 });
    await simulator.sim('clock', { advance_seconds: 7_199 });
    expect((await stripe.refunds.list({ payment_intent })).data).toEqual([]);
    await simulator.sim('clock', { advance_seconds: 1 });
    expect((await stripe.refunds.list({ payment_intent })).data).toMatchObject([
      { amount: 1_000, status: 'succeeded', metadata: { ref: 'r' } },
    ]);
    const [event] = (await stripe.events.list({ type: 'refund.created' })).data;
    expect(event!.request).toMatchObject({ idempotency_key: 'later' });
    // The key still answers as it did.
    expect(await refusal(create())).toMatchObject({ statusCode: 500 });
    expect((await ledger()).refunds).toHaveLength(1);
  });

  test('apply only to their method and path, and a given number of times', async () => {
    await simulator.sim('faults', {
      error_500: [
        { method: 'GET', path: '/v1/balance', times: 1 },
        { path: '/v1/checkout/sessions/*', method: 'POST' },
      ],
    });
    const stripe = quiet();
    expect(await refusal(stripe.balance.retrieve())).toMatchObject({ statusCode: 500 });
    expect(await stripe.balance.retrieve()).toMatchObject({ object: 'balance' });
    const { id } = await newSession(stripe);
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'open' });
    expect(await refusal(stripe.checkout.sessions.expire(id))).toMatchObject({ statusCode: 500 });
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'open' });
  });

  test('with a probability repeat from run to run for one seed', async () => {
    const run = async (seed: number) => {
      await simulator.sim('faults', { error_500: { probability: 0.5, seed } });
      const outcomes: boolean[] = [];
      for (let at = 0; at < 24; at += 1) {
        outcomes.push(
          await quiet()
            .balance.retrieve()
            .then(
              () => true,
              () => false,
            ),
        );
      }
      return outcomes.join();
    };
    const first = await run(7);
    expect(await run(7)).toBe(first);
    expect(await run(8)).not.toBe(first);
    expect(first).toContain('true');
    expect(first).toContain('false');
  });

  test('that are invalid are refused by name, and nothing changes', async () => {
    await simulator.sim('faults', { rate_limit: true });
    await expect(simulator.sim('faults', { slowness: 1 })).rejects.toThrow(/400.*slowness/s);
    expect(await refusal(quiet().balance.retrieve())).toMatchObject({ statusCode: 429 });
  });

  test('a barrier holds all calls until released, one by one or together', async () => {
    await simulator.sim('faults', { hold: { path: '/v1/checkout/sessions', method: 'POST' } });
    const calls = Array.from({ length: 3 }, () => newSession(quiet()));
    const [first, second, third] = await held(simulator, 3);
    expect((await ledger()).sessions).toHaveLength(0);
    await simulator.sim('faults/release', { ids: [second!.id] });
    await Promise.race(calls);
    expect((await simulator.sim<{ held: Held[] }>('faults')).held.map(({ id }) => id)).toEqual([first!.id, third!.id]);
    await simulator.sim('faults/release', {});
    await Promise.all(calls);
    expect((await ledger()).sessions).toHaveLength(3);
  });

  test('a customer faster than our answer: the session is paid before the call that created it returns', async () => {
    await simulator.sim('faults', { pay_on_create: 'paid' });
    const session = await newSession(quiet());
    expect(session.status).toBe('open');
    expect(await quiet().checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: 'paid' });
  });
});

test('the request log shows what was sent, without secrets', async () => {
  await newSession(quiet(), { metadata: { purchaseId: '9' } }, { idempotencyKey: 'logged' });
  const [request] = await requests();
  expect(request).toMatchObject({
    method: 'POST',
    path: '/v1/checkout/sessions',
    idempotency_key: 'logged',
    stripe_version: Stripe.API_VERSION,
    status: 200,
    replayed: false,
    params: { mode: 'payment', metadata: { purchaseId: '9' }, line_items: [{ quantity: '1' }] },
  });
  expect(JSON.stringify(await requests())).not.toContain('sk_test');
});
