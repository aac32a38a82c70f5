import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Stripe } from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { newSession, paidIntent } from './support/purchases.js';
import { refusal } from './support/refusal.js';

let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
afterAll(() => simulator.stop());

/** Every call of the SDK's, as its sources write it: `POST /v1/refunds/ID/cancel`. */
function callsOfTheSdk(): string[] {
  const resources = path.resolve(__dirname, '../../node_modules/stripe/esm/resources');
  const files = readdirSync(resources, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  const calls = files.flatMap((name) => [
    ...readFileSync(path.join(resources, name), 'utf8').matchAll(/_makeRequest\('([A-Z]+)', ['`](\/v1\/[^'`]+)['`]/g),
  ]);
  return [...new Set(calls.map(([, method, at]) => `${method} ${at!.replaceAll(/\$\{[^}]+\}/g, 'ID')}`))];
}

async function ask(method: string, at: string) {
  const answer = await fetch(`${simulator.url}${at}`, { method, headers: { authorization: 'Bearer sk_test_x' } });
  const { error } = (await answer.json()) as { error?: { message: string; type: string } };
  return { status: answer.status, type: error?.type, message: error?.message ?? '' };
}

test('every call of the SDK is simulated, or refused as not simulated', async () => {
  const calls = callsOfTheSdk();
  expect(calls.length).toBeGreaterThan(500);
  const simulated: string[] = [];
  for (const call of calls) {
    const [method, at] = call.split(' ') as [string, string];
    const { status, type, message } = await ask(method, at);
    if (message === `This simulator does not simulate ${call}`) {
      expect([call, status, type]).toEqual([call, 404, 'invalid_request_error']);
    } else {
      expect([call, message]).toEqual([call, expect.not.stringMatching(/Unrecognized|does not simulate/)]);
      simulated.push(call);
    }
  }
  expect(simulated.sort()).toEqual([
    'GET /v1/balance',
    'GET /v1/charges',
    'GET /v1/charges/ID',
    'GET /v1/checkout/sessions',
    'GET /v1/checkout/sessions/ID',
    'GET /v1/checkout/sessions/ID/line_items',
    'GET /v1/disputes',
    'GET /v1/disputes/ID',
    'GET /v1/events',
    'GET /v1/events/ID',
    'GET /v1/payment_intents',
    'GET /v1/payment_intents/ID',
    'GET /v1/refunds',
    'GET /v1/refunds/ID',
    'POST /v1/checkout/sessions',
    'POST /v1/checkout/sessions/ID/expire',
    'POST /v1/refunds',
    'POST /v1/refunds/ID/cancel',
  ]);
});

test.each(['GET /v1/charges/', 'GET /v1/nothing', 'POST /v1/refunds/re_1/close', 'POST /v1/customers/', 'GET /v1/'])(
  '%s is not a route of Stripe: 404',
  async (call) => {
    const [method, at] = call.split(' ') as [string, string];
    expect(await ask(method, at)).toMatchObject({
      status: 404,
      type: 'invalid_request_error',
      message: expect.stringContaining(`Unrecognized request URL (${method}: ${at})`),
    });
  },
);

test('the SDK reports a call that is not simulated as 404', async () => {
  expect(await refusal(stripe.charges.search({ query: 'amount>1' }))).toMatchObject({
    statusCode: 404,
    message: 'This simulator does not simulate GET /v1/charges/search',
  });
  expect(await refusal(stripe.paymentIntents.cancel('pi_1'))).toMatchObject({ statusCode: 404 });
});

describe('an expansion of Stripe’s that is not simulated', () => {
  test('is refused by name', async () => {
    const id = await paidIntent(simulator, stripe);
    const missing = [
      stripe.paymentIntents.retrieve(id, { expand: ['payment_method'] }),
      stripe.paymentIntents.list({ expand: ['data.payment_method'] }),
      stripe.checkout.sessions.list({ expand: ['data.payment_intent.payment_method'] }),
      stripe.checkout.sessions.retrieve((await newSession(stripe)).id, { expand: ['line_items.data.price.product'] }),
      stripe.checkout.sessions.list({ expand: ['data.total_details.breakdown'] }),
    ];
    for (const answer of missing) {
      expect((await refusal(answer)).message).toMatch(/^This simulator does not simulate the expansion: [a-z_.]+$/);
    }
    const { id: session } = await newSession(stripe);
    expect(
      (await refusal(stripe.checkout.sessions.listLineItems(session, { expand: ['data.price.product'] }))).message,
    ).toBe('This simulator does not simulate the expansion: data.price.product');
    expect((await refusal(stripe.checkout.sessions.listLineItems(session, { expand: ['data.price'] }))).message).toBe(
      'This property cannot be expanded (data.price).',
    );
  });
});
