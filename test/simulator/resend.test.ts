import type Stripe from 'stripe';
import { eventually } from '../support/eventually.js';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { paidIntent } from './support/purchases.js';
import { openReceiver, type Receiver } from './support/receiver.js';

let simulator: TestSimulator;
let stripe: Stripe;
let receiver: Receiver;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
beforeEach(async () => {
  await simulator.sim('reset', {});
  receiver = await openReceiver();
  await simulator.sim('endpoints', { urls: [receiver.url] });
});
afterEach(() => receiver.stop());
afterAll(() => simulator.stop());

const undelivered = async () => (await stripe.events.list({ delivery_success: false, limit: 100 })).data;
const allDelivered = () => eventually(async () => (await undelivered()).length === 0, 'all events are delivered');
const deliveriesOf = async (event: string) =>
  (await simulator.deliveries()).filter((delivery) => delivery.event === event);

test('an event can be resent any number of times', async () => {
  await paidIntent(simulator, stripe);
  await allDelivered();
  const [event] = (await stripe.events.list({ type: 'checkout.session.completed' })).data;
  await simulator.sim('webhooks/resend', { event: event!.id });
  expect(receiver.received.filter((one) => one.event.id === event!.id)).toHaveLength(2);
});

test('an event resent as new has another id and its original content', async () => {
  const payment_intent = await paidIntent(simulator, stripe);
  const { id } = await stripe.refunds.create({ payment_intent });
  const [first] = await receiver.has(1, 'refund.created');
  await simulator.sim(`refunds/${id}/settle`, { outcome: 'failed' });
  await receiver.has(1, 'refund.failed');
  const { event, sent } = await simulator.sim<{ event: string; sent: number }>('webhooks/resend', {
    event: first!.event.id,
    as_new: true,
  });
  expect(sent).toBe(1);
  const [, second] = await receiver.has(2, 'refund.created');
  expect([second!.event.id, second!.event.data]).toEqual([event, first!.event.data]);
  expect(event).not.toBe(first!.event.id);
});

test('an event is resent to every current endpoint, also newer ones; the answer counts them', async () => {
  await simulator.sim('endpoints', { urls: [] });
  await paidIntent(simulator, stripe);
  const [event] = (await stripe.events.list({ type: 'charge.succeeded' })).data;
  expect(await simulator.sim('webhooks/resend', { event: event!.id })).toEqual({ sent: 0 });
  const other = await openReceiver();
  await simulator.sim('endpoints', { urls: [receiver.url, other.url] });
  expect(await simulator.sim('webhooks/resend', { event: event!.id })).toEqual({ sent: 2 });
  expect([receiver, other].map(({ received }) => received.map((one) => one.event.id))).toEqual([
    [event!.id],
    [event!.id],
  ]);
  expect((await stripe.events.retrieve(event!.id)).pending_webhooks).toBe(0);

  // One endpoint was removed; the answer counts the remaining one.
  await simulator.sim('endpoints', { urls: [receiver.url] });
  expect(await simulator.sim('webhooks/resend', { event: event!.id })).toEqual({ sent: 1 });
  await simulator.sim('endpoints', { urls: [receiver.url], enabled_events: ['refund.created'] });
  expect(await simulator.sim('webhooks/resend', { event: event!.id })).toEqual({ sent: 0 });
  await other.stop();
});

test('a lost delivery does not count as sent; a newer endpoint that fails is retried', async () => {
  await simulator.sim('endpoints', { urls: [] });
  await paidIntent(simulator, stripe);
  const [event] = (await stripe.events.list({ type: 'charge.succeeded' })).data;
  await simulator.sim('endpoints', { urls: [receiver.url] });
  await simulator.sim('faults', { webhooks: { lose: true, times: 1 } });
  expect(await simulator.sim('webhooks/resend', { event: event!.id, as_new: true })).toMatchObject({ sent: 0 });
  // Its own next attempt must not be the one that is lost below.
  await allDelivered();
  await simulator.sim('faults', { webhooks: { lose: true, times: 1 } });
  expect(await simulator.sim('webhooks/resend', { event: event!.id })).toEqual({ sent: 0 });
  await allDelivered();
  expect((await deliveriesOf(event!.id)).map(({ state }) => state)).toEqual(['delivered']);
});

test('deliveries to a removed endpoint are given up after three days', async () => {
  receiver.answers(500);
  await paidIntent(simulator, stripe);
  await receiver.has(1, 'charge.succeeded');
  await simulator.sim('endpoints', { urls: [] });
  const [event] = (await stripe.events.list({ type: 'charge.succeeded' })).data;
  await simulator.sim('clock', { advance_seconds: 2 * 86_400 });
  expect((await deliveriesOf(event!.id))[0]).toMatchObject({ state: 'pending' });
  await simulator.sim('clock', { advance_seconds: 86_400 + 60 });
  expect((await deliveriesOf(event!.id))[0]).toMatchObject({ state: 'failed', next_attempt_ms: null });
  expect((await undelivered()).map(({ id }) => id)).toContain(event!.id);
});

test('an event can be retrieved for thirty days, then is 404', async () => {
  await paidIntent(simulator, stripe);
  const [event] = (await stripe.events.list({ limit: 1 })).data;
  await simulator.sim('clock', { advance_seconds: 30 * 86_400 - 60 });
  expect(await stripe.events.retrieve(event!.id)).toMatchObject({ id: event!.id });
  await simulator.sim('clock', { advance_seconds: 120 });
  await expect(stripe.events.retrieve(event!.id)).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing' });
});
