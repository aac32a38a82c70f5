import type Stripe from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { submit } from './support/hosted-page.js';
import { newSession, paidIntent } from './support/purchases.js';
import { refusal } from './support/refusal.js';

let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
afterAll(() => simulator.stop());

async function intentOf(session: string) {
  const { payment_intent } = await stripe.checkout.sessions.retrieve(session, {
    expand: ['payment_intent.latest_charge'],
  });
  return payment_intent as Stripe.PaymentIntent & { latest_charge: Stripe.Charge };
}

test('a transfer on its way is no payment yet; one that fails is no declined card', async () => {
  const { id } = await newSession(stripe);
  await simulator.sim(`sessions/${id}/pay`, { outcome: 'async_pending' });
  const waiting = await intentOf(id);
  expect(waiting.latest_charge).toMatchObject({ status: 'pending', outcome: null });

  await simulator.sim(`sessions/${id}/pay`, { outcome: 'async_failed' });
  const failed = await intentOf(id);
  expect(failed.last_payment_error).toMatchObject({
    code: 'payment_intent_payment_attempt_failed',
    type: 'invalid_request_error',
    message: 'The payment failed.',
  });
  expect(failed.last_payment_error).not.toHaveProperty('decline_code');
  expect(failed.latest_charge).toMatchObject({
    status: 'failed',
    failure_code: 'payment_intent_payment_attempt_failed',
    payment_method_details: { type: 'customer_balance' },
    outcome: { reason: null, seller_message: 'The bank transfer failed.' },
  });
});

test.each([
  ['4000000000000002', '0002', 'generic_decline', 'The bank did not return any further details with this decline.'],
  ['4000000000009995', '9995', 'insufficient_funds', 'The bank returned the decline code `insufficient_funds`.'],
])('card %s is declined as itself', async (number, last4, decline_code, seller_message) => {
  const { id, url } = await newSession(stripe);
  await submit(url!, { number });
  const { last_payment_error, latest_charge } = await intentOf(id);
  expect(last_payment_error).toMatchObject({ type: 'card_error', code: 'card_declined', decline_code });
  expect(latest_charge).toMatchObject({
    payment_method_details: { card: { last4 } },
    outcome: { reason: decline_code, seller_message, type: 'issuer_declined' },
  });
});

describe('a refund with too little in the balance', () => {
  const balance = async () =>
    (await stripe.balance.retrieve()).available.find(({ currency }) => currency === 'idr')!.amount;
  const eventsOf = async (id: string) =>
    (await stripe.events.list({ types: ['refund.*', 'charge.refund.*'], limit: 100 })).data
      .filter(({ data }) => (data.object as Stripe.Refund).id === id)
      .map(({ type }) => type)
      .reverse();

  test('of a card is held as pending, has moved nothing, and keeps its share of the charge', async () => {
    const payment_intent = await paidIntent(simulator, stripe);
    const before = await balance();
    await simulator.sim('refunds/next', { outcome: 'insufficient_balance' });
    const refund = await stripe.refunds.create({ payment_intent, amount: 4_000 });
    expect(refund).toMatchObject({
      status: 'pending',
      pending_reason: 'insufficient_funds',
      balance_transaction: null,
    });
    expect(await balance()).toBe(before);
    expect((await simulator.sim<any>('ledger')).totals.idr.net).toBe(before);
    expect((await refusal(stripe.refunds.create({ payment_intent, amount: 1_001 }))).message).toContain('greater than');
    expect((await stripe.charges.list({ payment_intent })).data[0]).toMatchObject({ amount_refunded: 4_000 });

    // Topped up: on its way, and later there.
    await simulator.sim(`refunds/${refund.id}/settle`, { outcome: 'pending' });
    const sent = await stripe.refunds.retrieve(refund.id, { expand: ['balance_transaction'] });
    expect(sent).toMatchObject({
      status: 'pending',
      pending_reason: 'processing',
      balance_transaction: { amount: -4_000 },
    });
    expect(await balance()).toBe(before - 4_000);
    await expect(simulator.sim(`refunds/${refund.id}/settle`, { outcome: 'pending' })).rejects.toThrow('409');
    await simulator.sim(`refunds/${refund.id}/settle`, { outcome: 'succeeded' });
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' });
    expect(await balance()).toBe(before - 4_000);
    expect(await eventsOf(refund.id)).toEqual([
      'refund.created',
      'refund.updated',
      'charge.refund.updated',
      'refund.updated',
      'charge.refund.updated',
    ]);
  });

  test.each([
    ['succeeded', -4_000],
    ['failed', 0],
    ['canceled', 0],
  ])('then %s at once: the balance has moved by %d', async (outcome, moved) => {
    const payment_intent = await paidIntent(simulator, stripe);
    const before = await balance();
    await simulator.sim('refunds/next', { outcome: 'insufficient_balance' });
    const { id } = await stripe.refunds.create({ payment_intent, amount: 4_000 });
    await simulator.sim(`refunds/${id}/settle`, { outcome });
    const refund = await stripe.refunds.retrieve(id);
    expect(refund.status).toBe(outcome);
    expect(refund.pending_reason).toBeUndefined();
    expect(refund.failure_balance_transaction).toBeUndefined();
    expect(await balance()).toBe(before + moved);
    expect((await simulator.sim<any>('ledger')).totals.idr.net).toBe(before + moved);
  });

  test('fails when the charge is disputed meanwhile', async () => {
    const payment_intent = await paidIntent(simulator, stripe);
    const { id } = await simulator.sim<Stripe.Refund>('refunds', {
      payment_intent,
      amount: 1_000,
      outcome: 'insufficient_balance',
    });
    expect((await stripe.refunds.retrieve(id)).pending_reason).toBe('insufficient_funds');
    await simulator.sim('disputes', { payment_intent });
    expect(await stripe.refunds.retrieve(id)).toMatchObject({
      status: 'failed',
      failure_reason: 'charge_for_pending_refund_disputed',
    });
  });

  test('of anything but a card fails at once', async () => {
    const { id } = await newSession(stripe);
    const { payment_intent } = await simulator.sim<any>(`sessions/${id}/pay`, { outcome: 'async_succeeded' });
    const before = await balance();
    await simulator.sim('refunds/next', { outcome: 'insufficient_balance' });
    const refund = await stripe.refunds.create({ payment_intent });
    expect(refund).toMatchObject({ status: 'failed', failure_reason: 'insufficient_funds', balance_transaction: null });
    expect(await balance()).toBe(before);
    expect((await stripe.charges.list({ payment_intent })).data[0]).toMatchObject({ amount_refunded: 0 });
    expect(await eventsOf(refund.id)).toEqual(['refund.created', 'refund.failed']);
  });
});

test('too little in the balance, as some accounts are refused, is answered for a charge that there is, and kept for it', async () => {
  const payment_intent = await paidIntent(simulator, stripe);
  await simulator.sim('refunds/next', { outcome: 'insufficient_balance_refused' });
  expect(await refusal(stripe.refunds.create({ payment_intent: 'pi_none' }))).toMatchObject({
    code: 'resource_missing',
  });
  expect((await refusal(stripe.refunds.create({ payment_intent, amount: 5_001 }))).message).toContain('greater than');
  expect((await refusal(stripe.refunds.create({ payment_intent }))).message).toContain('Insufficient funds');
  expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ status: 'succeeded' });
});
