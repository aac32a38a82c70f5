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

test('too little in the balance is answered for a charge that there is, and kept for it', async () => {
  const payment_intent = await paidIntent(simulator, stripe);
  await simulator.sim('refunds/next', { outcome: 'insufficient_balance' });
  expect(await refusal(stripe.refunds.create({ payment_intent: 'pi_none' }))).toMatchObject({
    code: 'resource_missing',
  });
  expect((await refusal(stripe.refunds.create({ payment_intent, amount: 5_001 }))).message).toContain('greater than');
  expect((await refusal(stripe.refunds.create({ payment_intent }))).message).toContain('Insufficient funds');
  expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ status: 'succeeded' });
});
