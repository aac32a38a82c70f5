import type Stripe from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { newSession, paidIntent } from './support/purchases.js';
import { openReceiver } from './support/receiver.js';
import { refusal } from './support/refusal.js';

const DAY = 86_400;

let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
afterAll(() => simulator.stop());

interface Row {
  readonly id: string;
  readonly created: number;
}

interface List {
  page(params: Stripe.PaginationParams & { created?: Stripe.RangeQueryParam }): Promise<Stripe.ApiList<Row>>;
  /** Everything of the range, by stripe-node's own paging. */
  all(params: { created?: Stripe.RangeQueryParam; limit: number }): Promise<Row[]>;
  /** One more of them. @returns its id. */
  make(): Promise<string>;
}

const lists: Record<string, List> = {
  refunds: {
    page: (params) => stripe.refunds.list(params),
    all: (params) => stripe.refunds.list(params).autoPagingToArray({ limit: 1_000 }),
    make: async () =>
      (await simulator.sim<Row>('refunds', { payment_intent: await paidIntent(simulator, stripe), amount: 1 })).id,
  },
  disputes: {
    page: (params) => stripe.disputes.list(params),
    all: (params) => stripe.disputes.list(params).autoPagingToArray({ limit: 1_000 }),
    make: async () =>
      (await simulator.sim<Row>('disputes', { payment_intent: await paidIntent(simulator, stripe) })).id,
  },
  'checkout sessions': {
    page: (params) => stripe.checkout.sessions.list(params),
    all: (params) => stripe.checkout.sessions.list(params).autoPagingToArray({ limit: 1_000 }),
    make: async () => (await newSession(stripe)).id,
  },
};

const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);
const now = async () => (await simulator.sim<{ now: number }>('clock')).now;
const pass = (advance_seconds: number) => simulator.sim('clock', { advance_seconds });

describe.each(Object.entries(lists))('a list of %s', (_name, list) => {
  test('filtered by created is newest first within the range', async () => {
    await pass(DAY);
    const before = await list.make();
    await pass(60);
    const from = await now();
    const first = await list.make();
    await pass(60);
    const second = await list.make();
    const to = await now();
    await pass(60);
    const after = await list.make();
    expect(ids((await list.page({ created: { gte: from, lte: to } })).data)).toEqual([second, first]);
    expect(ids((await list.page({ created: { gte: from } })).data)).toEqual([after, second, first]);
    const [, , { created }] = (await list.page({ created: { gte: from } })).data as [Row, Row, Row];
    expect(ids((await list.page({ created: { lte: created }, limit: 2 })).data)).toEqual([first, before]);
    expect(ids((await list.page({ created: { gt: created, lt: to + 1 } })).data)).toEqual([second]);
  });

  test('continues after its cursor while new objects are created: each once, none missing', async () => {
    await pass(DAY);
    const from = await now();
    const made: string[] = [];
    for (let at = 0; at < 7; at += 1) made.unshift(await list.make());
    const created = { gte: from };
    const seen: string[] = [];
    let page = await list.page({ created, limit: 2 });
    const late: string[] = [];
    while (page.has_more) {
      seen.push(...ids(page.data));
      late.unshift(await list.make());
      page = await list.page({ created, limit: 2, starting_after: seen.at(-1)! });
    }
    seen.push(...ids(page.data));
    expect(seen).toEqual(made);
    // What came meanwhile is before the first, and is found from there.
    const newer = await list.page({ created, limit: 100, ending_before: made[0]! });
    expect([ids(newer.data), newer.has_more]).toEqual([late, false]);
    expect(ids(await list.all({ created, limit: 3 }))).toEqual([...late, ...made]);
  });

  test('accepts any object of the account as cursor, also one outside the range', async () => {
    await pass(DAY);
    const outside = await list.make();
    await pass(60);
    const inside = await list.make();
    const { data } = await list.page({ created: { lt: (await now()) - 30 }, limit: 1, starting_after: inside });
    expect(ids(data)).toEqual([outside]);
  });

  test('refuses an unknown cursor', async () => {
    for (const cursor of ['starting_after', 'ending_before'] as const) {
      expect(await refusal(list.page({ [cursor]: 'none_1' }))).toMatchObject({
        statusCode: 400,
        code: 'resource_missing',
        param: cursor,
        message: expect.stringContaining("'none_1'"),
      });
    }
  });
});

describe('a list of events', () => {
  test('includes events that no endpoint was enabled for, or that had no endpoint', async () => {
    const receiver = await openReceiver();
    await simulator.sim('endpoints', { urls: [] });
    const [{ id: last }] = (await stripe.events.list({ limit: 1 })).data as [Stripe.Event];
    const unseen = await paidIntent(simulator, stripe);
    await simulator.sim('endpoints', { urls: [receiver.url], enabled_events: ['charge.dispute.created'] });
    const payment_intent = await paidIntent(simulator, stripe);
    await stripe.refunds.create({ payment_intent });
    await simulator.sim('disputes', { payment_intent: unseen });
    await receiver.has(1, 'charge.dispute.created');
    const { data } = await stripe.events.list({ ending_before: last, limit: 100 });
    expect([...new Set(data.map(({ type }) => type))].sort()).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.refunded',
      'charge.succeeded',
      'checkout.session.completed',
      'payment_intent.created',
      'payment_intent.succeeded',
      'refund.created',
    ]);
    expect(data.map(({ type }) => type).filter((type) => type === 'checkout.session.completed')).toHaveLength(2);
    expect(receiver.received.map(({ event }) => event.type)).toEqual(['charge.dispute.created']);
    // Delivered, or without an endpoint: neither is undelivered. That list misses events without a subscriber.
    const undelivered = await stripe.events.list({ ending_before: last, delivery_success: false });
    expect(undelivered.data).toEqual([]);
    await simulator.sim('endpoints', { urls: [] });
    await receiver.stop();
  });

  test('ends after thirty days, and refuses an older event as cursor', async () => {
    await paidIntent(simulator, stripe);
    const [{ id: old }] = (await stripe.events.list({ limit: 1 })).data as [Stripe.Event];
    await pass(29 * DAY);
    await paidIntent(simulator, stripe);
    const after = await stripe.events.list({ starting_after: old, limit: 1 });
    expect(after.data).toHaveLength(1);
    const recent = await stripe.events.list({ ending_before: old, limit: 100 });
    await pass(DAY + 60);
    expect(ids(await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 }))).toEqual(ids(recent.data));
    for (const params of [{ starting_after: old }, { ending_before: old }, { starting_after: 'evt_none' }]) {
      const [[cursor, id]] = Object.entries(params) as [[string, string]];
      expect(await refusal(stripe.events.list(params))).toMatchObject({
        statusCode: 400,
        code: 'resource_missing',
        param: cursor,
        message: `No such event: '${id}'`,
      });
    }
    expect(await refusal(stripe.events.retrieve(old))).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });

  test('filtered by created continues after its cursor while new events are created', async () => {
    await pass(DAY);
    const created = { gte: await now() };
    await paidIntent(simulator, stripe);
    const made = ids((await stripe.events.list({ created, limit: 100 })).data);
    const first = await stripe.events.list({ created, limit: 1 });
    await paidIntent(simulator, stripe);
    const rest = await stripe.events.list({ created, limit: 100, starting_after: first.data[0]!.id });
    expect([...ids(first.data), ...ids(rest.data)]).toEqual(made);
  });
});
