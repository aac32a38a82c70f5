import type Stripe from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { newSession, paidIntent } from './support/purchases.js';
import { refusal } from './support/refusal.js';

const DAY = 86_400;

let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
afterAll(() => simulator.stop());

const ALL = 'payment_intent.latest_charge.balance_transaction';

type Expanded = Stripe.Checkout.Session & {
  payment_intent: Stripe.PaymentIntent & {
    latest_charge: Stripe.Charge & { balance_transaction: Stripe.BalanceTransaction | null };
  };
};

const chargeOf = async (session: string) =>
  ((await stripe.checkout.sessions.retrieve(session, { expand: [ALL] })) as unknown as Expanded).payment_intent
    .latest_charge;

describe('expand', () => {
  test('goes from a session to the balance transaction of its charge, retrieved and listed', async () => {
    const { id } = await newSession(stripe);
    await simulator.sim(`sessions/${id}/pay`, {});
    const charge = await chargeOf(id);
    expect(charge).toMatchObject({
      object: 'charge',
      balance_transaction: { amount: 5_000, type: 'charge', source: charge.id },
    });
    const [listed] = (await stripe.checkout.sessions.list({ limit: 1, expand: [`data.${ALL}`] })).data;
    expect((listed as unknown as Expanded).payment_intent.latest_charge).toEqual(charge);
    const [intent] = (
      await stripe.paymentIntents.list({ limit: 1, expand: ['data.latest_charge.balance_transaction'] })
    ).data;
    expect(intent!.latest_charge).toEqual(charge);
  });

  test('goes four levels deep, `data` counted, and no further', async () => {
    const { id } = await newSession(stripe);
    await simulator.sim(`sessions/${id}/pay`, {});
    const deepest = await stripe.checkout.sessions.retrieve(id, { expand: [`${ALL}.source`] });
    expect((deepest as unknown as Expanded).payment_intent.latest_charge.balance_transaction!.source).toMatchObject({
      object: 'charge',
    });
    for (const [list, words] of [
      [stripe.checkout.sessions.list({ expand: [`data.${ALL}.source`] }), `data.${ALL}.source`],
      [
        stripe.checkout.sessions.list({ expand: ['data.line_items.data.price.product'] }),
        'data.line_items.data.price.product',
      ],
      [stripe.checkout.sessions.retrieve(id, { expand: [`${ALL}.source.refunds`] }), `${ALL}.source.refunds`],
    ] as const) {
      expect(await refusal(list)).toMatchObject({
        statusCode: 400,
        code: 'property_expansion_max_depth',
        message: `You cannot expand more than 4 levels of a property. Property: ${words}`,
      });
    }
  });
});

describe('a receipt', () => {
  test('exists once a charge is paid, and leads to a page', async () => {
    const { id } = await newSession(stripe);
    await simulator.sim(`sessions/${id}/pay`, { outcome: 'declined' });
    expect((await chargeOf(id)).receipt_url).toBeNull();
    await simulator.sim(`sessions/${id}/pay`, {});
    const { id: charge, receipt_url, payment_intent } = await chargeOf(id);
    expect(receipt_url).toBe(`${simulator.url}/receipts/payment/${charge}`);
    const [event] = (await stripe.events.list({ type: 'charge.succeeded', limit: 1 })).data;
    expect((event!.data.object as Stripe.Charge).receipt_url).toBe(receipt_url);
    await stripe.refunds.create({ payment_intent: payment_intent as string, amount: 1_000 });
    const text = (await (await fetch(receipt_url!)).text()).replaceAll('\u00a0', ' ');
    expect(text).toContain('Rp 50.00 paid, Rp 10.00 refunded');
  });

  test.each(['ch_none', 'failed'])('is 404 for %s', async (which) => {
    const { id } = await newSession(stripe);
    await simulator.sim(`sessions/${id}/pay`, { outcome: 'declined' });
    const charge = which === 'failed' ? (await chargeOf(id)).id : which;
    expect((await fetch(`${simulator.url}/receipts/payment/${charge}`)).status).toBe(404);
  });
});

test('a bank transfer’s balance transaction is created when the money arrives, by the simulator’s clock', async () => {
  const { id } = await newSession(stripe);
  await simulator.sim(`sessions/${id}/pay`, { outcome: 'async_pending' });
  const waiting = await chargeOf(id);
  expect(waiting).toMatchObject({ status: 'pending', balance_transaction: null, receipt_url: null });
  const { available } = await stripe.balance.retrieve();

  await simulator.sim('clock', { advance_seconds: 4 * DAY });
  await simulator.sim(`sessions/${id}/pay`, { outcome: 'async_succeeded' });
  const { now } = await simulator.sim<{ now: number }>('clock');
  const paid = await chargeOf(id);
  expect(paid).toMatchObject({
    id: waiting.id,
    created: waiting.created,
    status: 'succeeded',
    balance_transaction: { type: 'payment', reporting_category: 'charge', amount: 5_000 },
  });
  const arrived = paid.balance_transaction!.created;
  expect(arrived - paid.created).toBeGreaterThanOrEqual(4 * DAY);
  expect(now - arrived).toBeLessThanOrEqual(5);
  const [event] = (await stripe.events.list({ type: 'charge.succeeded', limit: 1 })).data;
  expect(event!.created).toBe(arrived);
  expect((await stripe.balance.retrieve()).available[0]!.amount).toBe(available[0]!.amount + 5_000);
});

test('a bank transfer that never arrives has no balance transaction', async () => {
  const { id } = await newSession(stripe);
  await simulator.sim(`sessions/${id}/pay`, { outcome: 'async_pending' });
  await simulator.sim(`sessions/${id}/pay`, { outcome: 'async_failed' });
  expect(await chargeOf(id)).toMatchObject({ status: 'failed', balance_transaction: null, receipt_url: null });
});

test('a card charge’s balance transaction is created at once', async () => {
  const charge = (
    await stripe.charges.list({
      payment_intent: await paidIntent(simulator, stripe),
      expand: ['data.balance_transaction'],
    })
  ).data[0]!;
  expect((charge.balance_transaction as Stripe.BalanceTransaction).created).toBe(charge.created);
});
