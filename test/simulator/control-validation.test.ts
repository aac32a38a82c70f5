import { type ForeignPayment, startSimulator, type TestSimulator } from '../support/simulator.js';

/** Mistakes in calls of the control API are refused by name, never interpreted as something else. */
let simulator: TestSimulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

async function told(
  path: string,
  body: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<[number, string]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${simulator.url}/_sim/${path}`, { method: 'POST', body: text, headers });
  const answer = (await response.json()) as { error?: unknown };
  return [response.status, typeof answer.error === 'string' ? answer.error : JSON.stringify(answer)];
}

describe('a fault that would never take effect is refused', () => {
  test.each([
    ['a path without its slash', { lose_answer: { path: 'v1/refunds' } }, /v1\/refunds/],
    ['an unknown path', { reset: { path: '/v1/refundz' } }, /\/v1\/refundz/],
    [
      'one invalid path of several',
      { error_500: [{ path: '/v1/refunds' }, { path: '/v1/customers' }] },
      /\/v1\/customers/,
    ],
    ['a method the path does not have', { hold: { path: '/v1/balance', method: 'POST' } }, /POST \/v1\/balance/],
    ['a path with * that no call has', { hold: { path: '/v1/customers*' } }, /\/v1\/customers\*/],
    [
      'a path with * in the middle that no call has',
      { reset: { path: '/v1/*/settle', method: 'POST' } },
      /POST \/v1\/\*\/settle/,
    ],
    ['an unknown path below an object', { reset: { path: '/v1/refunds/*/close' } }, /\/v1\/refunds\/\*\/close/],
    [
      'pay_on_create on a route without sessions',
      { pay_on_create: { outcome: 'paid', path: '/v1/refunds' } },
      /pay_on_create/,
    ],
    ['pay_on_create on GET', { pay_on_create: { outcome: 'paid', method: 'GET' } }, /pay_on_create/],
    ['an unknown event type', { webhooks: { lose: true, types: ['checkout.session.complete'] } }, /webhooks\.types/],
  ])('%s', async (_case, faults, message) => {
    expect(await told('faults', faults)).toEqual([400, expect.stringMatching(message)]);
    expect(await simulator.sim('faults')).toEqual({ faults: {}, held: [] });
  });

  test.each([
    [{ path: '/v1/refunds/re_1' }],
    [{ path: '/v1/refunds/re_1/cancel', method: 'POST' }],
    [{ path: '*' }],
    [{ path: '/v1/*' }],
    [{ path: '*/re_*/cancel', method: 'POST' }],
    [{ path: '/v1/re*ds' }],
    [{ path: '/v1/checkout/sessions/cs_*/*' }],
    [{ path: '/v1/checkout/sessions/*', method: 'POST' }],
  ])('%j is accepted', async (filter) => {
    expect((await told('faults', { lose_answer: filter }))[0]).toBe(200);
    expect((await told('faults', {}))[0]).toBe(200);
  });
});

test.each([
  ['a negative latency', 'faults', { latency_ms: -1 }, 400, /milliseconds.*latency_ms/s],
  ['an unknown value of error_500', 'faults', { error_500: 'sometimes' }, 400, /before.*after.*error_500/s],
  ['a clock moved beyond any calendar', 'clock', { advance_seconds: 1e18 }, 400, /advance_seconds/],
  ['a time beyond any calendar', 'clock', { now: 1e15 }, 400, /now/],
  ['a refund without a payment or charge', 'refunds', {}, 400, /payment_intent or charge/],
  ['a dispute without a payment or charge', 'disputes', {}, 400, /payment_intent or charge/],
  ['a refund of an unknown payment', 'refunds', { payment_intent: 'pi_none' }, 409, /pi_none/],
  ['a dispute of an unknown charge', 'disputes', { charge: 'ch_none' }, 409, /ch_none/],
  ['an unknown reason', 'disputes', { charge: 'ch_none', reason: 'mood' }, 400, /fraudulent.*reason/s],
  ['an endpoint without an http URL', 'endpoints', { urls: ['ftp://127.0.0.1/'] }, 400, /urls/],
  ['an unknown event', 'webhooks/resend', { event: 'evt_none' }, 409, /evt_none/],
  ['an unknown session', 'sessions/cs_none/pay', {}, 409, /cs_none/],
  ['an unknown call', 'session/cs_none/pay', {}, 404, /\/_sim\/session\/cs_none\/pay.*README/],
] as const)('%s', async (_case, path, body, status, message) => {
  expect(await told(path, body)).toEqual([status, expect.stringMatching(message)]);
});

test('an unknown payment, or more than is left of it, is refused by name', async () => {
  const { charge, payment_intent } = await simulator.sim<ForeignPayment>('payments', { amount: 100 });
  const another = await simulator.sim<ForeignPayment>('payments', { amount: 100 });
  for (const path of ['refunds', 'disputes']) {
    expect(await told(path, { charge, payment_intent: another.payment_intent })).toEqual([
      400,
      expect.stringContaining(another.payment_intent),
    ]);
  }
  expect(await told('refunds', { payment_intent, amount: 101 })).toEqual([
    409,
    expect.stringContaining('greater than'),
  ]);
  expect((await told('refunds', { charge, payment_intent }))[0]).toBe(200);
  expect(await told('refunds', { charge })).toEqual([409, expect.stringContaining('already been refunded')]);
});

test('the clock has a maximum, in steps too', async () => {
  const step = { advance_seconds: 10 * 365 * 86_400 };
  let last: [number, string] = [200, ''];
  for (let at = 0; at < 20 && last[0] === 200; at += 1) last = await told('clock', step);
  expect(last).toEqual([400, expect.stringContaining('2199')]);
  expect((await simulator.sim<{ now: number }>('clock')).now).toBeLessThan(Date.UTC(2200, 0) / 1_000);
  await simulator.sim('reset', {});
});

test('JSON that curl sends as a form is refused, naming the header to set', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(await told('faults', { reset: true }, form)).toEqual([415, expect.stringContaining('application/json')]);
  expect(await told('faults', '{"reset":', { 'content-type': 'application/json' })).toEqual([400, expect.any(String)]);
});
