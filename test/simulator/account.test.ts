import Stripe from 'stripe';
import { type ForeignPayment, startSimulator, type TestSimulator } from '../support/simulator.js';
import { paidIntent } from './support/purchases.js';
import { refusal } from './support/refusal.js';

let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
afterAll(() => simulator.stop());

describe('the simulated account', () => {
  test('its balance, its ledger and its balance transactions agree to the unit, foreign money included', async () => {
    await simulator.sim('payments', { amount: 777, currency: 'idr' });
    const foreign = await simulator.sim<ForeignPayment>('payments', {
      amount: 333,
      currency: 'idr',
      with_session: true,
    });
    expect(await stripe.checkout.sessions.retrieve(foreign.session!)).toMatchObject({
      client_reference_id: null,
      payment_status: 'paid',
    });
    await simulator.sim('refunds', { payment_intent: foreign.payment_intent, amount: 33 });
    const { totals, charges } = await simulator.ledger();
    const balance = await stripe.balance.retrieve();
    expect(charges.filter(({ amount }) => amount === 777)).toHaveLength(1);
    expect(balance.available.find(({ currency }) => currency === 'idr')!.amount).toBe(totals.idr!.net);
    expect(totals.idr!.net).toBe(totals.idr!.charged - totals.idr!.refunded - totals.idr!.disputed);
  });

  test('a refund that requires action after its money had left: ledger and balance still agree', async () => {
    const agree = async () => {
      const { totals } = await simulator.ledger();
      const { available } = await stripe.balance.retrieve();
      expect(totals.usd!.net).toBe(available.find(({ currency }) => currency === 'usd')!.amount);
      return totals.usd!.net;
    };
    const { charge } = await simulator.sim<ForeignPayment>('payments', { amount: 1_000, currency: 'usd' });
    for (const [first, end, left] of [
      ['pending', 'canceled', 1_000],
      ['requires_action', 'canceled', 1_000],
      ['pending', 'succeeded', 900],
    ] as const) {
      const { id } = await simulator.sim<Stripe.Refund>('refunds', { charge, amount: 100, outcome: first });
      await agree();
      await simulator.sim(`refunds/${id}/settle`, {
        outcome: first === 'pending' ? 'requires_action' : 'pending',
      });
      expect(await agree()).toBe(900);
      await simulator.sim(`refunds/${id}/settle`, { outcome: end });
      expect(await agree()).toBe(left);
    }
  });

  test('a control call creates a paid session, with metadata and reference, that no API call made', async () => {
    const metadata = { ref: 'ref-of-another-life', purchaseId: '12' };
    const made = await simulator.sim<ForeignPayment>('payments', {
      amount: 5_000,
      metadata,
      session_metadata: { ...metadata, plan: 'a' },
      client_reference_id: 'ref-of-another-life',
      with_session: true,
    });
    const session = await stripe.checkout.sessions.retrieve(made.session!, {
      expand: ['payment_intent.latest_charge'],
    });
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      amount_total: 5_000,
      client_reference_id: 'ref-of-another-life',
      metadata: { ...metadata, plan: 'a' },
      payment_intent: { id: made.payment_intent, metadata, latest_charge: { id: made.charge, metadata } },
    });
    const [event] = (await stripe.events.list({ type: 'checkout.session.completed', limit: 1 })).data;
    expect(event!.data.object).toMatchObject({ id: made.session, client_reference_id: 'ref-of-another-life' });
    const calls = await simulator.requests();
    expect(calls.filter(({ method }) => method === 'POST').map(({ path }) => path)).not.toContain(
      '/v1/checkout/sessions',
    );
  });

  test('such a session may also be processing or have failed', async () => {
    for (const [outcome, status, payment_status] of [
      ['async_pending', 'complete', 'unpaid'],
      ['declined', 'open', 'unpaid'],
    ]) {
      const { session } = await simulator.sim<ForeignPayment>('payments', { amount: 5, with_session: true, outcome });
      expect(await stripe.checkout.sessions.retrieve(session!)).toMatchObject({ status, payment_status });
    }
    await expect(simulator.sim('payments', { amount: 5, client_reference_id: 'x' })).rejects.toThrow('with_session');
  });

  test('a dashboard refund has the given metadata, and none otherwise', async () => {
    const payment_intent = await paidIntent(simulator, stripe);
    const ours = await simulator.sim<Stripe.Refund>('refunds', {
      payment_intent,
      amount: 1_000,
      metadata: { ref: 'r-1' },
    });
    const plain = await simulator.sim<Stripe.Refund>('refunds', { payment_intent, amount: 1_000 });
    expect((await stripe.refunds.retrieve(ours.id)).metadata).toEqual({ ref: 'r-1' });
    expect((await stripe.refunds.retrieve(plain.id)).metadata).toEqual({});
    const [, event] = (await stripe.events.list({ type: 'refund.created', limit: 2 })).data;
    expect(event!.data.object).toMatchObject({ id: ours.id, metadata: { ref: 'r-1' } });
    expect(event!.request).toEqual({ id: null, idempotency_key: null });
    const tooLong = { payment_intent, metadata: { ref: 'x'.repeat(501) } };
    await expect(simulator.sim('refunds', tooLong)).rejects.toThrow('400');
  });

  test('lists events by type, page by page, with the request that caused them', async () => {
    const payment_intent = await paidIntent(simulator, stripe);
    const { lastResponse } = await stripe.refunds.create(
      { payment_intent },
      { idempotencyKey: `events-${payment_intent}` },
    );
    const [event] = (await stripe.events.list({ types: ['refund.created', 'refund.failed'], limit: 1 })).data;
    expect(event).toMatchObject({
      object: 'event',
      type: 'refund.created',
      api_version: Stripe.API_VERSION,
      livemode: false,
      request: { id: lastResponse.requestId, idempotency_key: `events-${payment_intent}` },
    });
    expect(await stripe.events.retrieve(event!.id)).toEqual(event);
    const paid = (await stripe.events.list({ type: 'payment_intent.succeeded', limit: 2 })).data;
    expect(paid[0]!.request).toEqual({ id: null, idempotency_key: null });
    expect(paid.every(({ type }) => type === 'payment_intent.succeeded')).toBe(true);
    const all = await stripe.events.list({ type: 'charge.*', limit: 100 });
    expect(new Set(all.data.map(({ type }) => type.split('.')[0]))).toEqual(new Set(['charge']));
  });

  test('checks keys: none or a live key is 401, another account 403, an unknown path 404', async () => {
    const live = simulator.stripe();
    expect(await refusal(live.balance.retrieve({}, { apiKey: 'sk_live_x' }))).toBeInstanceOf(
      Stripe.errors.StripeAuthenticationError,
    );
    expect(await refusal(live.balance.retrieve({}, { stripeAccount: 'acct_1' }))).toBeInstanceOf(
      Stripe.errors.StripePermissionError,
    );
    expect(await refusal(stripe.customers.list())).toMatchObject({
      statusCode: 404,
      type: 'StripeInvalidRequestError',
    });
    const bare = await fetch(`${simulator.url}/v1/balance`);
    expect(bare.status).toBe(401);
    const basic = await fetch(`${simulator.url}/v1/balance`, {
      headers: { authorization: `Basic ${btoa('sk_test_x:')}` },
    });
    expect(basic.status).toBe(200);
    const json = await fetch(`${simulator.url}/v1/refunds`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_x', 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(400);
  });
});
