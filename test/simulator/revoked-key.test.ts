import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Stripe from 'stripe';
import { type ForeignPayment, startSimulator, type TestSimulator } from '../support/simulator.js';
import { newSession, paidIntent, sessionParams } from './support/purchases.js';
import { openReceiver, type Receiver } from './support/receiver.js';
import { refusal } from './support/refusal.js';

const DAY = 86_400;

let simulator: TestSimulator;
let receiver: Receiver;
let stripe: Stripe;
beforeEach(async () => {
  receiver = await openReceiver();
  simulator = await startSimulator({ SIMULATOR_WEBHOOK_URLS: receiver.url });
  stripe = simulator.stripe();
});
afterEach(async () => {
  await simulator.stop();
  await receiver.stop();
});

const revoke = (more: Record<string, unknown> = {}) => simulator.sim('account', { api_key: 'expired', ...more });
const restore = () => simulator.sim('account', { api_key: 'valid' });
const deliveries = () => simulator.deliveries();

test.each([
  ['expired', 'api_key_expired', 'Expired API Key provided: sk_test_*****ator'],
  ['invalid', undefined, 'Invalid API Key provided: sk_test_*****ator'],
])(
  'a key that is %s is refused by every call, and stores nothing under its idempotency key',
  async (api_key, code, message) => {
    const payment_intent = await paidIntent(simulator, stripe);
    await simulator.sim('account', { api_key });
    const calls = [
      stripe.paymentIntents.retrieve(payment_intent),
      stripe.checkout.sessions.list(),
      stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 'while-revoked' }),
      stripe.refunds.create({ payment_intent }),
      stripe.events.list(),
      stripe.balance.retrieve(),
      stripe.customers.list(),
    ];
    for (const call of calls) {
      const error = await refusal(call);
      expect(error).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
      expect(error).toMatchObject({ statusCode: 401, message, rawType: 'invalid_request_error' });
      expect(error.code).toBe(code);
    }
    const { sessions, refunds } = await simulator.ledger();
    expect([sessions.length, refunds.length]).toEqual([1, 0]);
    await restore();
    expect(await stripe.paymentIntents.retrieve(payment_intent)).toMatchObject({ status: 'succeeded' });
    const made = await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 'while-revoked' });
    expect(made.lastResponse.headers['idempotent-replayed']).toBeUndefined();
  },
);

test('webhooks stop meanwhile, and are delivered once the key works again', async () => {
  const { id } = await newSession(stripe);
  await revoke();
  await simulator.sim(`sessions/${id}/pay`, {});
  await simulator.sim('payments', { amount: 7 });
  const event = (await deliveries()).at(-1)!.event;
  expect(await simulator.sim('webhooks/resend', { event })).toEqual({ sent: 0 });
  expect((await deliveries()).filter(({ state, attempts }) => state !== 'pending' || attempts.length > 0)).toEqual([]);
  expect(receiver.received).toEqual([]);
  await restore();
  await receiver.has(1, 'checkout.session.completed');
  await receiver.has(2, 'charge.succeeded');
});

test('webhooks can be set to continue, as they do when only the key is revoked', async () => {
  const { id } = await newSession(stripe);
  await revoke({ webhooks: true });
  await simulator.sim(`sessions/${id}/pay`, {});
  await receiver.has(1, 'checkout.session.completed');
  expect(await refusal(stripe.checkout.sessions.retrieve(id))).toMatchObject({ statusCode: 401 });
});

test('after three days nothing is delivered any more: only the list of events has it', async () => {
  const { id } = await newSession(stripe);
  await revoke();
  await simulator.sim(`sessions/${id}/pay`, {});
  await simulator.sim('clock', { advance_seconds: 3 * DAY + 60 });
  expect(new Set((await deliveries()).map(({ state }) => state))).toEqual(new Set(['failed']));
  await restore();
  const { data } = await stripe.events.list({ delivery_success: false });
  expect(data.map(({ type }) => type)).toContain('checkout.session.completed');
  const { payment_intent } = await simulator.sim<ForeignPayment>('payments', { amount: 7 });
  const [received] = await receiver.has(1, 'payment_intent.succeeded');
  expect((received!.event.data.object as Stripe.PaymentIntent).id).toBe(payment_intent);
  expect(receiver.received.map(({ event }) => event.type)).not.toContain('checkout.session.completed');
});

test('a closed account survives a restart, and not a reset', async () => {
  const folder = mkdtempSync(path.join(process.env.TEST_FOLDER ?? tmpdir(), 'simulator-revoked-'));
  const first = await startSimulator({ SIMULATOR_DATA_DIR: folder });
  await first.sim('account', { api_key: 'invalid' });
  expect(await first.program.stop()).toBe(0);
  const second = await startSimulator({ SIMULATOR_DATA_DIR: folder });
  expect(await refusal(second.stripe().balance.retrieve())).toMatchObject({ statusCode: 401 });
  await second.sim('reset', {});
  expect((await second.stripe().balance.retrieve()).object).toBe('balance');
  await second.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('an invalid account state is refused', async () => {
  await expect(simulator.sim('account', { api_key: 'lost' })).rejects.toThrow('400');
  await expect(simulator.sim('account', {})).rejects.toThrow('400');
  expect((await stripe.balance.retrieve()).object).toBe('balance');
});
