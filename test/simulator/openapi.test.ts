import type { Stripe } from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { publishedDescription, StripeOpenApi } from '../support/stripe-openapi.js';
import { AMENDMENTS } from '../support/stripe-openapi-amendments.js';
import { newSession } from './support/purchases.js';

let simulator: TestSimulator;
let stripe: Stripe;
let openApi: StripeOpenApi;

/** Every exchange of this file, as it went over the wire. */
interface Exchange {
  method: string;
  path: string;
  status: number;
  body: object;
}
const exchanges: Exchange[] = [];

beforeAll(async () => {
  openApi = new StripeOpenApi();
  simulator = await startSimulator();
  stripe = simulator.stripe();
  await driveEverything();
});
afterAll(() => simulator.stop());

/** Each route, in each state that changes what its answer looks like. */
async function driveEverything(): Promise<void> {
  const sim = <Answer>(at: string, body?: unknown) => simulator.sim<Answer>(at, body);
  const open = await newSession(stripe, {
    customer_email: 'patient@example.com',
    client_reference_id: 'ref-1',
    locale: 'id',
    submit_type: 'pay',
    metadata: { purchaseId: '1' },
    payment_intent_data: { metadata: { ref: 'x' }, description: 'Consultation 5', receipt_email: 'p@example.com' },
  });
  const declined = await newSession(stripe);
  await sim(`sessions/${declined.id}/pay`, { outcome: 'declined' });
  await sim(`sessions/${declined.id}/pay`, { outcome: 'declined', decline_code: 'incorrect_cvc' });
  const expired = await newSession(stripe);
  await sim(`sessions/${expired.id}/pay`, { outcome: 'declined' });
  await stripe.checkout.sessions.expire(expired.id);
  const slow = await newSession(stripe);
  await sim(`sessions/${slow.id}/pay`, { outcome: 'async_pending' });
  const failed = await newSession(stripe);
  await sim(`sessions/${failed.id}/pay`, { outcome: 'async_failed' });
  const intents: string[] = [];
  for (let at = 0; at < 4; at += 1) {
    const { id } = await newSession(stripe);
    intents.push((await sim<{ payment_intent: string }>(`sessions/${id}/pay`, {})).payment_intent);
  }
  const [refunded, waiting, disputed, asked] = intents as [string, string, string, string];
  await stripe.refunds.create({ payment_intent: refunded, amount: 10, reason: 'duplicate', metadata: { ref: 'r' } });
  const pending = await sim<Stripe.Refund>('refunds', { payment_intent: refunded, amount: 20, outcome: 'pending' });
  await sim(`refunds/${pending.id}/settle`, { outcome: 'failed' });
  await sim('refunds', { payment_intent: refunded, amount: 30, outcome: 'insufficient_balance' });
  const action = await sim<Stripe.Refund>('refunds', { payment_intent: waiting, outcome: 'requires_action' });
  const dispute = await sim<Stripe.Dispute>('disputes', { payment_intent: disputed });
  await sim(`disputes/${dispute.id}/close`, { status: 'won' });
  await sim(`disputes/${dispute.id}/appeal`, { status: 'appeal_needs_response' });
  await sim(`disputes/${dispute.id}/appeal`, { status: 'appeal_under_review' });
  await sim(`disputes/${dispute.id}/close`, { status: 'lost', reinstated: 1_000 });
  await sim('disputes', { payment_intent: asked, kind: 'inquiry' });
  const [event] = (await stripe.events.list({ limit: 1 })).data;
  const charge = (await stripe.charges.list({ payment_intent: disputed })).data[0]!;

  await ask('POST', '/v1/checkout/sessions', 'mode=payment');
  await ask('POST', `/v1/refunds/${action.id}/cancel`, '');
  await ask('POST', '/v1/refunds', `payment_intent=${disputed}`);
  await ask('POST', '/v1/refunds', `payment_intent=${waiting}&amount=10&expand[]=charge`);
  await ask('POST', `/v1/checkout/sessions/${open.id}/expire`, 'expand[]=line_items');
  for (const path of [
    '/v1/checkout/sessions?limit=100&expand[]=data.line_items&expand[]=data.payment_intent.latest_charge',
    `/v1/checkout/sessions/${slow.id}?expand[]=payment_intent`,
    '/v1/checkout/sessions/cs_test_nothing',
    `/v1/checkout/sessions/${open.id}/line_items`,
    '/v1/payment_intents?limit=100&expand[]=data.latest_charge',
    `/v1/payment_intents/${refunded}?expand[]=latest_charge.balance_transaction`,
    '/v1/charges?limit=100&expand[]=data.refunds.data.balance_transaction',
    `/v1/charges/${charge.id}?expand[]=payment_intent`,
    '/v1/refunds?expand[]=data.charge',
    `/v1/refunds/${pending.id}?expand[]=failure_balance_transaction.source`,
    '/v1/disputes?expand[]=data.charge',
    `/v1/disputes/${dispute.id}?expand[]=payment_intent`,
    '/v1/events?limit=100',
    `/v1/events/${event!.id}`,
    '/v1/balance',
  ]) {
    await ask('GET', path);
  }
}

async function ask(method: 'GET' | 'POST', path: string, body?: string): Promise<void> {
  const answer = await fetch(`${simulator.url}${path}`, {
    method,
    headers: { authorization: 'Bearer sk_test_openapi', 'content-type': 'application/x-www-form-urlencoded' },
    ...(body === undefined ? {} : { body }),
  });
  const answered = (await answer.json()) as object;
  exchanges.push({ method, path: path.split('?')[0]!, status: answer.status, body: answered });
}

describe("the simulator and Stripe's published OpenAPI description", () => {
  test('agree on every answer, of each route and in each state', () => {
    const faults = exchanges.flatMap(({ method, path, status, body }) =>
      openApi.answerFaults({ method, path }, status, body).map((fault) => `${method} ${path} ${status}: ${fault}`),
    );
    expect(faults).toEqual([]);
    expect(new Set(exchanges.map(({ status }) => status))).toEqual(new Set([200, 400, 404]));
  });

  test('agree on every request that stripe-node sent and the simulator took', async () => {
    const requests = await simulator.requests();
    const taken = requests.filter(({ status }) => status === 200);
    const faults = taken.flatMap((request) =>
      openApi
        .requestFaults(request, request.method === 'GET' ? request.query : request.params)
        .map((fault) => `${request.method} ${request.path}: ${fault}`),
    );
    expect(faults).toEqual([]);
    expect(taken.length).toBeGreaterThanOrEqual(30);
  });

  test('agree on the object inside every event', async () => {
    const events = await stripe.events.list({ limit: 100 });
    const faults = events.data.flatMap(({ type, data }) => {
      const object = data.object as { object: string };
      return openApi.objectFaults(object.object, object).map((fault) => `${type}: ${fault}`);
    });
    expect(faults).toEqual([]);
    expect(new Set(events.data.map(({ type }) => type)).size).toBeGreaterThan(15);
  });
});

describe('the checker against the description', () => {
  test('reports what it does not name: a newer member missing in the amendments, a misspelt one', () => {
    const published = publishedDescription();
    const old = new StripeOpenApi([]);
    const session = exchanges.find(({ path, status }) => path.startsWith('/v1/checkout/sessions/') && status === 200)!;
    expect(published.info.version).toBe('2024-04-10');
    expect(old.answerFaults(session, 200, session.body).join('\n')).toContain('managed_payments');
    expect(openApi.answerFaults(session, 200, { ...session.body, misspelt: 1 })).toEqual([
      expect.stringContaining('misspelt'),
    ]);
    expect(new Set(AMENDMENTS.map(({ what }) => what)).size).toBe(AMENDMENTS.length);
  });

  test('finds errors in a request', () => {
    const create = { method: 'POST', path: '/v1/checkout/sessions' };
    const item = { quantity: '1', price_data: { currency: 'idr', unit_amount: '5000', product_data: { name: 'x' } } };
    const good = { mode: 'payment', success_url: 'http://x', line_items: [item] };
    expect(openApi.requestFaults(create, good)).toEqual([]);
    expect(openApi.requestFaults(create, { ...good, payment_method_types: ['card'] })).toHaveLength(1);
    expect(openApi.requestFaults(create, { ...good, mode: 'pay' })).toHaveLength(1);
    expect(openApi.requestFaults(create, { ...good, line_items: [{ ...item, quantity: '1.5' }] })).toHaveLength(1);
    expect(openApi.requestFaults(create, { ...good, metadata: { a: { b: 'c' } } })).toHaveLength(1);
    expect(openApi.requestFaults({ method: 'POST', path: '/v1/refunds' }, { reason: 'mood' }).length).toBeGreaterThan(
      0,
    );
  });
});
