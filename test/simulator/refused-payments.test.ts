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

test('a processing bank transfer is no payment yet; a failed one is no declined card', async () => {
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
])('card %s is declined with its own decline code', async (number, last4, decline_code, seller_message) => {
  const { id, url } = await newSession(stripe);
  await submit(url!, { number });
  const { last_payment_error, latest_charge } = await intentOf(id);
  expect(last_payment_error).toMatchObject({ type: 'card_error', code: 'card_declined', decline_code });
  expect(latest_charge).toMatchObject({
    payment_method_details: { card: { last4 } },
    outcome: { reason: decline_code, seller_message, type: 'issuer_declined' },
  });
});

test.each([
  ['generic_decline', 'card_declined', '0002', 'Your card was declined.', undefined],
  ['insufficient_funds', 'card_declined', '9995', 'Your card has insufficient funds.', undefined],
  ['lost_card', 'card_declined', '9987', 'Your card was declined.', undefined],
  ['stolen_card', 'card_declined', '9979', 'Your card was declined.', undefined],
  ['expired_card', 'expired_card', '0069', 'Your card has expired.', 'exp_month'],
  ['incorrect_cvc', 'incorrect_cvc', '0127', "Your card's security code is incorrect.", 'cvc'],
  [
    'processing_error',
    'processing_error',
    '0119',
    'An error occurred while processing your card. Try again in a little bit.',
    undefined,
  ],
  [
    'card_velocity_exceeded',
    'card_declined',
    '6975',
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
    undefined,
  ],
])(
  'a customer’s card is declined with %s, and both events say so',
  async (decline_code, code, last4, message, param) => {
    const { id, url } = await newSession(stripe);
    await simulator.sim(`sessions/${id}/pay`, { outcome: 'declined', decline_code });
    const [failed] = (await stripe.events.list({ type: 'payment_intent.payment_failed', limit: 1 })).data;
    const [declined] = (await stripe.events.list({ type: 'charge.failed', limit: 1 })).data;
    const intent = failed!.data.object as Stripe.PaymentIntent;
    const charge = declined!.data.object as Stripe.Charge;
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      latest_charge: charge.id,
      last_payment_error: {
        type: 'card_error',
        charge: charge.id,
        code,
        decline_code,
        doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
        message,
        payment_method: {
          id: charge.payment_method,
          object: 'payment_method',
          type: 'card',
          card: { brand: 'visa', last4, exp_month: 12 },
          billing_details: { email: 'customer@example.com' },
        },
      },
    });
    expect(intent.last_payment_error!.param).toBe(param);
    expect(charge).toMatchObject({
      payment_intent: intent.id,
      status: 'failed',
      paid: false,
      captured: false,
      balance_transaction: null,
      failure_code: code,
      failure_message: message,
      payment_method_details: {
        type: 'card',
        card: { brand: 'visa', last4, checks: { cvc_check: param === 'cvc' ? 'fail' : 'pass' } },
      },
      outcome: {
        type: 'issuer_declined',
        network_status: 'declined_by_network',
        reason: decline_code,
        risk_level: 'normal',
      },
    });
    // The session stays open; the same card typed on the page is declined in the same way, and another one pays.
    await submit(url!, { number: `400000000000${last4}` });
    expect((await intentOf(id)).last_payment_error).toMatchObject({ code, decline_code, message });
    await simulator.sim(`sessions/${id}/pay`, {});
    const paid = await intentOf(id);
    expect([paid.status, paid.last_payment_error, paid.latest_charge.failure_code]).toEqual(['succeeded', null, null]);
    const charges = await stripe.charges.list({ payment_intent: paid.id });
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'failed']);
  },
);

test('an unknown decline code, or one for a card that pays, is refused', async () => {
  const { id } = await newSession(stripe);
  await expect(simulator.sim(`sessions/${id}/pay`, { outcome: 'declined', decline_code: 'no' })).rejects.toThrow('400');
  await expect(simulator.sim(`sessions/${id}/pay`, { decline_code: 'lost_card' })).rejects.toThrow('400');
  expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'open', payment_intent: null });
});

describe('a refund without sufficient balance', () => {
  const balance = async () =>
    (await stripe.balance.retrieve()).available.find(({ currency }) => currency === 'idr')!.amount;
  const eventsOf = async (id: string) =>
    (await stripe.events.list({ types: ['refund.*', 'charge.refund.*'], limit: 100 })).data
      .filter(({ data }) => (data.object as Stripe.Refund).id === id)
      .map(({ type }) => type)
      .reverse();

  test('of a card is pending, moves no money, and reserves its part of the charge', async () => {
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
    expect((await simulator.ledger()).totals.idr!.net).toBe(before);
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
  ])('then %s at once: the balance changes by %d', async (outcome, moved) => {
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
    expect((await simulator.ledger()).totals.idr!.net).toBe(before + moved);
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

  test('of any other method fails at once', async () => {
    const { id } = await newSession(stripe);
    const { payment_intent } = await simulator.sim<{ payment_intent: string }>(`sessions/${id}/pay`, {
      outcome: 'async_succeeded',
    });
    const before = await balance();
    await simulator.sim('refunds/next', { outcome: 'insufficient_balance' });
    const refund = await stripe.refunds.create({ payment_intent });
    expect(refund).toMatchObject({ status: 'failed', failure_reason: 'insufficient_funds', balance_transaction: null });
    expect(await balance()).toBe(before);
    expect((await stripe.charges.list({ payment_intent })).data[0]).toMatchObject({ amount_refunded: 0 });
    expect(await eventsOf(refund.id)).toEqual(['refund.created', 'refund.failed']);
  });
});

test('with insufficient balance set to be refused: an error for an existing charge, stored under the key', async () => {
  const payment_intent = await paidIntent(simulator, stripe);
  await simulator.sim('refunds/next', { outcome: 'insufficient_balance_refused' });
  expect(await refusal(stripe.refunds.create({ payment_intent: 'pi_none' }))).toMatchObject({
    code: 'resource_missing',
  });
  expect((await refusal(stripe.refunds.create({ payment_intent, amount: 5_001 }))).message).toContain('greater than');
  expect((await refusal(stripe.refunds.create({ payment_intent }))).message).toContain('Insufficient funds');
  expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ status: 'succeeded' });
});
