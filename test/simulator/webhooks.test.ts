import Stripe from 'stripe';
import { eventually } from '../support/eventually.js';
import { startSimulator, type TestSimulator, WEBHOOK_SECRET } from '../support/simulator.js';
import { newSession, paidIntent } from './support/purchases.js';
import { openReceiver, type Receiver } from './support/receiver.js';

const NEW_SECRET = 'whsec_the_next_one';

let simulator: TestSimulator;
let stripe: Stripe;
let receiver: Receiver;
beforeAll(async () => {
  simulator = await startSimulator({ STRIPE_WEBHOOK_SECRET: `${WEBHOOK_SECRET},${NEW_SECRET}` });
  stripe = simulator.stripe();
});
beforeEach(async () => {
  await simulator.sim('reset', {});
  receiver = await openReceiver();
  await simulator.sim('endpoints', { urls: [receiver.url] });
});
afterEach(() => receiver.stop());
afterAll(() => simulator.stop());

const types = (of = receiver.received) => of.map(({ event }) => event.type);
const undelivered = async () => (await stripe.events.list({ delivery_success: false, limit: 100 })).data;
const allDelivered = () => eventually(async () => (await undelivered()).length === 0, 'all events are delivered');

test('a purchase and its refund send all their events, signed with each secret, in the pinned API version', async () => {
  const payment_intent = await paidIntent(simulator, stripe);
  await receiver.has(4);
  await stripe.refunds.create({ payment_intent });
  await receiver.has(6);
  expect(types().sort()).toEqual([
    'charge.refunded',
    'charge.succeeded',
    'checkout.session.completed',
    'payment_intent.created',
    'payment_intent.succeeded',
    'refund.created',
  ]);
  const [{ payload, headers, event }] = receiver.received as [Receiver['received'][number]];
  expect(event.api_version).toBe(Stripe.API_VERSION);
  expect(headers['stripe-signature']).toMatch(/^t=\d{10},v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/);
  const signature = headers['stripe-signature'] as string;
  expect(stripe.webhooks.constructEvent(payload, signature, NEW_SECRET).id).toBe(event.id);
  expect(() => stripe.webhooks.constructEvent(`${payload} `, signature, NEW_SECRET)).toThrow('No signatures found');
  expect(() => stripe.webhooks.constructEvent(payload, signature, 'whsec_wrong')).toThrow('No signatures found');
});

test('each outcome of a payment, refund or dispute has its events, with the object at that time', async () => {
  const { id } = await newSession(stripe);
  await simulator.sim(`sessions/${id}/pay`, { outcome: 'declined' });
  await simulator.sim(`sessions/${id}/pay`, { outcome: 'async_pending' });
  await simulator.sim(`sessions/${id}/pay`, { outcome: 'async_succeeded' });
  const failed = await newSession(stripe);
  await simulator.sim(`sessions/${failed.id}/pay`, { outcome: 'async_failed' });
  await stripe.checkout.sessions.expire((await newSession(stripe)).id);
  const { payment_intent } = await stripe.checkout.sessions.retrieve(id);
  const refund = await simulator.sim<Stripe.Refund>('refunds', { payment_intent, amount: 100, outcome: 'pending' });
  await simulator.sim(`refunds/${refund.id}/settle`, { outcome: 'succeeded' });
  await simulator.sim(`refunds/${refund.id}/settle`, { outcome: 'failed' });
  const dispute = await simulator.sim<Stripe.Dispute>('disputes', { payment_intent, kind: 'inquiry' });
  await simulator.sim(`disputes/${dispute.id}/escalate`, {});
  await simulator.sim(`disputes/${dispute.id}/close`, { status: 'won' });

  const events = await stripe.events.list({ limit: 100 });
  const story = events.data.map(({ type }) => type).reverse();
  expect(story).toEqual([
    'payment_intent.created',
    'charge.failed',
    'payment_intent.payment_failed',
    'charge.pending',
    'payment_intent.processing',
    'checkout.session.completed',
    'charge.succeeded',
    'payment_intent.succeeded',
    'checkout.session.async_payment_succeeded',
    'payment_intent.created',
    'charge.pending',
    'payment_intent.processing',
    'checkout.session.completed',
    'charge.failed',
    'payment_intent.payment_failed',
    'checkout.session.async_payment_failed',
    'checkout.session.expired',
    'refund.created',
    'charge.refunded',
    'refund.updated',
    'charge.refund.updated',
    'refund.updated',
    'charge.refund.updated',
    'refund.failed',
    'charge.dispute.created',
    'charge.dispute.updated',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.closed',
    'charge.dispute.funds_reinstated',
  ]);
  const completed = events.data.filter(({ type }) => type === 'checkout.session.completed');
  expect(completed.map(({ data }) => (data.object as Stripe.Checkout.Session).payment_status)).toEqual([
    'unpaid',
    'unpaid',
  ]);
  const [lastUpdate, firstUpdate] = events.data.filter(({ type }) => type === 'refund.updated');
  expect(firstUpdate!.data).toMatchObject({
    object: { status: 'succeeded' },
    previous_attributes: { status: 'pending' },
  });
  expect(lastUpdate!.data).toMatchObject({
    object: { status: 'failed' },
    previous_attributes: { status: 'succeeded' },
  });
  await receiver.has(story.length);
});

test('an unacknowledged event is retried with growing pauses; until then it counts as undelivered', async () => {
  receiver.answers(500);
  await paidIntent(simulator, stripe);
  await receiver.has(3, 'checkout.session.completed');
  const [waiting] = (await undelivered()).filter(({ type }) => type === 'checkout.session.completed');
  expect(waiting!.pending_webhooks).toBe(1);
  expect((await stripe.events.list({ delivery_success: true })).data).toEqual([]);

  receiver.answers(200);
  await allDelivered();
  expect((await stripe.events.retrieve(waiting!.id)).pending_webhooks).toBe(0);
  const deliveries = await simulator.deliveries();
  const { attempts } = deliveries.find(({ event }) => event === waiting!.id)!;
  expect(attempts.map(({ status }) => status)).toEqual([...Array(attempts.length - 1).fill(500), 200]);
  const pauses = attempts.slice(1).map(({ at_ms }, at) => at_ms - attempts[at]!.at_ms);
  // Each pause is at least twice the one asked for before it: 20 ms, 40 ms, 80 ms …
  pauses.forEach((pause, at) => expect(pause).toBeGreaterThanOrEqual(20 * 2 ** at));
  expect(
    new Set(receiver.received.filter(({ event }) => event.id === waiting!.id).map(({ payload }) => payload)).size,
  ).toBe(1);
});

test('lost deliveries: nothing arrives and the event stays undelivered; it is found once deliveries work again', async () => {
  await simulator.sim('faults', { webhooks: { lose: true } });
  await paidIntent(simulator, stripe);
  await eventually(
    async () => (await simulator.deliveries()).every(({ attempts }) => attempts.length > 1),
    'each event was lost twice',
  );
  expect(receiver.received).toEqual([]);
  expect((await undelivered()).map(({ type }) => type)).toContain('checkout.session.completed');
  await simulator.sim('faults', {});
  await receiver.has(4);
  await allDelivered();
});

test('lost by type: the other types arrive', async () => {
  await simulator.sim('faults', { webhooks: { lose: true, types: ['checkout.session.completed'] } });
  await paidIntent(simulator, stripe);
  await receiver.has(3);
  await eventually(async () => (await undelivered()).length === 1, 'only one is undelivered');
  expect(types()).not.toContain('checkout.session.completed');
});

test('lost once: the second attempt arrives; lost by probability: some, not all', async () => {
  await simulator.sim('faults', { webhooks: { lose: true, times: 1, types: ['charge.succeeded'] } });
  await paidIntent(simulator, stripe);
  await receiver.has(4);
  await allDelivered();
  const first = (await simulator.deliveries()).find(({ type }) => type === 'charge.succeeded')!;
  expect(first.attempts.map(({ status }) => status)).toEqual([null, 200]);

  const lostOf = async (seed: number) => {
    await simulator.sim('reset', {});
    await simulator.sim('faults', { webhooks: { lose: true, probability: 0.5, seed } });
    for (let at = 0; at < 4; at += 1) await paidIntent(simulator, stripe);
    const deliveries = await eventually(async () => {
      const all = await simulator.deliveries();
      return all.every(({ attempts }) => attempts.length > 0) && all;
    }, 'each was tried');
    return deliveries.filter(({ attempts }) => attempts[0]!.status === null).length;
  };
  const lost = await lostOf(3);
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThan(16);
});

test('50 copies of one event are delivered at once', async () => {
  await simulator.sim('faults', { webhooks: { duplicate: 50, types: ['checkout.session.completed'] } });
  await paidIntent(simulator, stripe);
  const copies = await receiver.has(50, 'checkout.session.completed');
  expect(new Set(copies.map(({ payload }) => payload)).size).toBe(1);
  await allDelivered();
  expect(types().filter((type) => type === 'checkout.session.completed')).toHaveLength(50);
});

test('reordered: the four events of a purchase arrive newest first, one after the other', async () => {
  await simulator.sim('faults', { webhooks: { reorder: 4 } });
  await paidIntent(simulator, stripe);
  await receiver.has(4);
  expect(types()).toEqual([
    'checkout.session.completed',
    'payment_intent.succeeded',
    'charge.succeeded',
    'payment_intent.created',
  ]);
});

test('delayed: the event arrives that much later', async () => {
  await simulator.sim('faults', { webhooks: { delay_ms: 150 } });
  const begun = performance.now();
  await paidIntent(simulator, stripe);
  await receiver.has(1);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(145);
});

test('before the answer: a refund’s events are delivered before its call returns', async () => {
  const payment_intent = await paidIntent(simulator, stripe);
  await allDelivered();
  await simulator.sim('faults', { webhooks: { before_answer: true } });
  await stripe.refunds.create({ payment_intent });
  expect(types()).toEqual(expect.arrayContaining(['refund.created', 'charge.refunded']));
  await simulator.sim('faults', { pay_on_create: 'paid', webhooks: { before_answer: true } });
  const { id } = await newSession(stripe);
  const completed = receiver.received.filter(({ event }) => event.type === 'checkout.session.completed');
  expect(completed.map(({ event }) => (event.data.object as { id: string }).id)).toContain(id);
});

test('two endpoints get every event; a failing one is counted and retried separately', async () => {
  const other = await openReceiver(NEW_SECRET);
  other.answers(503);
  await simulator.sim('endpoints', { urls: [receiver.url, other.url] });
  await paidIntent(simulator, stripe);
  await other.has(2, 'checkout.session.completed');
  const [event] = (await undelivered()).filter(({ type }) => type === 'checkout.session.completed');
  expect(event!.pending_webhooks).toBe(1);
  other.answers(200);
  await allDelivered();
  expect(types().filter((type) => type === 'checkout.session.completed')).toHaveLength(1);
  await other.stop();
});

test('an endpoint gets only its enabled event types, and no other counts as undelivered', async () => {
  await simulator.sim('endpoints', { urls: [receiver.url], enabled_events: ['refund.created'] });
  receiver.answers(500);
  const payment_intent = await paidIntent(simulator, stripe);
  await stripe.refunds.create({ payment_intent });
  await receiver.has(1);
  // Not acknowledged, so it may have come again already.
  expect([...new Set(types())]).toEqual(['refund.created']);
  expect((await undelivered()).map(({ type }) => type)).toEqual(['refund.created']);
  receiver.answers(200);
});

test('a redirect acknowledges nothing', async () => {
  receiver.answers(302);
  await paidIntent(simulator, stripe);
  await receiver.has(2, 'checkout.session.completed');
  receiver.answers(204);
  await allDelivered();
});
