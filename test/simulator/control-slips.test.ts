import { startSimulator, type TestSimulator } from '../support/simulator.js';

/** What somebody gets wrong at the control side is said, and never taken for something else. */
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

describe('a fault that would never strike is refused, so that nobody thinks it has', () => {
  test.each([
    ['a path without its slash', { lose_answer: { path: 'v1/refunds' } }, /v1\/refunds/],
    ['a path there is not', { reset: { path: '/v1/refundz' } }, /\/v1\/refundz/],
    ['one of several', { error_500: [{ path: '/v1/refunds' }, { path: '/v1/customers' }] }, /\/v1\/customers/],
    ['a method the path does not have', { hold: { path: '/v1/balance', method: 'POST' } }, /POST \/v1\/balance/],
    ['an event there is not', { webhooks: { lose: true, types: ['checkout.session.complete'] } }, /webhooks\.types/],
  ])('%s', async (_case, faults, message) => {
    expect(await told('faults', faults)).toEqual([400, expect.stringMatching(message)]);
    expect(await simulator.sim('faults')).toEqual({ faults: {}, held: [] });
  });

  test.each([
    [{ path: '/v1/refunds/re_1' }],
    [{ path: '/v1/refunds/re_1/cancel', method: 'POST' }],
    [{ path: '*' }],
    [{ path: '/v1/*' }],
    [{ path: '/v1/checkout/sessions/*', method: 'POST' }],
  ])('%j is taken', async (filter) => {
    expect((await told('faults', { lose_answer: filter }))[0]).toBe(200);
    expect((await told('faults', {}))[0]).toBe(200);
  });
});

test.each([
  ['what a fault may be is said', 'faults', { latency_ms: -1 }, 400, /milliseconds.*latency_ms/s],
  ['… for a word too', 'faults', { error_500: 'sometimes' }, 400, /before.*after.*error_500/s],
  ['a clock moved beyond any calendar', 'clock', { advance_seconds: 1e18 }, 400, /advance_seconds/],
  ['a time beyond any calendar', 'clock', { now: 1e15 }, 400, /now/],
  ['a refund of nothing', 'refunds', {}, 400, /payment_intent or charge/],
  ['a dispute about nothing', 'disputes', {}, 400, /payment_intent or charge/],
  ['an endpoint that is not on the web', 'endpoints', { urls: ['ftp://127.0.0.1/'] }, 400, /urls/],
  ['an event there is not', 'webhooks/resend', { event: 'evt_none' }, 409, /evt_none/],
  ['a session there is not', 'sessions/cs_none/pay', {}, 409, /cs_none/],
  ['a call there is not', 'session/cs_none/pay', {}, 404, /\/_sim\/session\/cs_none\/pay.*README/],
] as const)('%s', async (_case, path, body, status, message) => {
  expect(await told(path, body)).toEqual([status, expect.stringMatching(message)]);
});

test('JSON that curl sends as a form is asked for by name', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(await told('faults', { reset: true }, form)).toEqual([415, expect.stringContaining('application/json')]);
  expect(await told('faults', '{"reset":', { 'content-type': 'application/json' })).toEqual([400, expect.any(String)]);
});
