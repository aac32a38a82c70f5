import type Stripe from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { newSession, paidIntent } from './support/purchases.js';
import { refusal } from './support/refusal.js';

let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
afterAll(() => simulator.stop());

describe('refunds', () => {
  test('in parts until nothing is left; more is refused with Stripe’s message', async () => {
    const payment_intent = await paidIntent(simulator, stripe);
    const first = await stripe.refunds.create({
      payment_intent,
      amount: 2_000,
      reason: 'requested_by_customer',
      metadata: { ref: 'r1' },
    });
    expect(first).toMatchObject({ status: 'succeeded', amount: 2_000, payment_intent, metadata: { ref: 'r1' } });
    expect(
      (await refusal(stripe.refunds.create({ payment_intent, amount: 3_001 }))).message.replaceAll('\u00a0', ' '),
    ).toBe('Refund amount (Rp 30.01) is greater than unrefunded amount on charge (Rp 30.00)');
    const charge = (await stripe.charges.list({ payment_intent })).data[0]!;
    expect(charge).toMatchObject({ amount_refunded: 2_000, refunded: false });
    // Without an amount: all that is left.
    expect(await stripe.refunds.create({ charge: charge.id })).toMatchObject({ amount: 3_000 });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 5_000, refunded: true });
    const none = await refusal(stripe.refunds.create({ payment_intent }));
    expect(none).toMatchObject({ code: 'charge_already_refunded', statusCode: 400 });
    const listed = await stripe.refunds.list({ payment_intent });
    expect(listed.data.map(({ amount }) => amount)).toEqual([3_000, 2_000]);
    expect((await stripe.refunds.list({ charge: charge.id, limit: 1 })).has_more).toBe(true);
  });

  test('that are pending or require action reserve their amount; failing or cancelling releases it', async () => {
    const payment_intent = await paidIntent(simulator, stripe);
    await simulator.sim('refunds/next', { outcome: 'pending' });
    await simulator.sim('refunds/next', { outcome: 'requires_action' });
    const pending = await stripe.refunds.create({ payment_intent, amount: 2_000 });
    const waiting = await stripe.refunds.create({ payment_intent, amount: 3_000 });
    expect([pending.status, waiting.status]).toEqual(['pending', 'requires_action']);
    expect((await refusal(stripe.refunds.create({ payment_intent, amount: 1 }))).code).toBe('charge_already_refunded');
    expect((await refusal(stripe.refunds.cancel(pending.id))).statusCode).toBe(400);

    expect(await stripe.refunds.cancel(waiting.id)).toMatchObject({ status: 'canceled' });
    await simulator.sim(`refunds/${pending.id}/settle`, {
      outcome: 'failed',
      failure_reason: 'expired_or_canceled_card',
    });
    expect(await stripe.refunds.retrieve(pending.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
    });
    expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ amount: 5_000, status: 'succeeded' });
  });

  test('may fail after they succeeded, which returns the money to the balance', async () => {
    const payment_intent = await paidIntent(simulator, stripe);
    const { id } = await stripe.refunds.create({ payment_intent });
    await simulator.sim(`refunds/${id}/settle`, { outcome: 'failed' });
    const refund = await stripe.refunds.retrieve(id, {
      expand: ['balance_transaction', 'failure_balance_transaction'],
    });
    expect(refund).toMatchObject({
      status: 'failed',
      balance_transaction: { amount: -5_000 },
      failure_balance_transaction: { amount: 5_000 },
    });
    expect((await stripe.charges.list({ payment_intent })).data[0]).toMatchObject({
      amount_refunded: 0,
      refunded: false,
    });
  });

  test.each(['pending', 'succeeded'])(
    'of a card can be cancelled in the dashboard while %s: canceled, not failed',
    async (outcome) => {
      const payment_intent = await paidIntent(simulator, stripe);
      await simulator.sim('refunds/next', { outcome });
      const { id, charge } = await stripe.refunds.create({ payment_intent, amount: 2_000 });
      await simulator.sim(`refunds/${id}/settle`, { outcome: 'canceled' });
      expect(await stripe.refunds.retrieve(id)).toMatchObject({
        status: 'canceled',
        failure_reason: 'merchant_request',
      });
      expect(await stripe.charges.retrieve(charge as string)).toMatchObject({ amount_refunded: 0 });
      const told = (await stripe.events.list({ types: ['refund.updated', 'refund.failed'] })).data.filter(
        ({ data }) => (data.object as Stripe.Refund).id === id,
      );
      expect(told.map(({ type }) => type)).toEqual(['refund.updated']);
    },
  );

  test('send an update event with the bank’s reference, with unchanged status', async () => {
    const payment_intent = await paidIntent(simulator, stripe);
    const { id } = await stripe.refunds.create({ payment_intent });
    await simulator.sim(`refunds/${id}/refer`, {});
    const [event] = (await stripe.events.list({ type: 'refund.updated' })).data;
    expect(event!.data.object).toMatchObject({
      id,
      status: 'succeeded',
      destination_details: { card: { reference_status: 'available', reference: expect.stringMatching(/^\d{23}$/) } },
    });
    expect(event!.data.previous_attributes).toMatchObject({
      destination_details: { card: { reference_status: 'pending' } },
    });
  });

  test('lists of charges and disputes filtered by an unknown object are 400, not empty', async () => {
    const lists = [
      stripe.refunds.list({ payment_intent: 'pi_none' }),
      stripe.refunds.list({ charge: 'ch_none' }),
      stripe.charges.list({ payment_intent: 'pi_none' }),
      stripe.disputes.list({ payment_intent: 'pi_none' }),
      stripe.disputes.list({ charge: 'ch_none' }),
    ];
    for (const list of lists) {
      expect(await refusal(list)).toMatchObject({ statusCode: 400, code: 'resource_missing' });
    }
  });

  test('require an existing paid charge', async () => {
    expect(await refusal(stripe.refunds.create({ amount: 1 }))).toMatchObject({ code: 'parameter_missing' });
    expect(await refusal(stripe.refunds.create({ payment_intent: 'pi_no' }))).toMatchObject({
      code: 'resource_missing',
      param: 'payment_intent',
    });
    const { id } = await newSession(stripe);
    const { payment_intent } = await simulator.sim<{ payment_intent: string }>(`sessions/${id}/pay`, {
      outcome: 'async_pending',
    });
    expect((await refusal(stripe.refunds.create({ payment_intent }))).message).toContain(
      'does not have a successful charge',
    );
  });
});

describe('disputes', () => {
  test('while one is open or lost the charge cannot be refunded; once won, it can', async () => {
    const won = await paidIntent(simulator, stripe);
    const lost = await paidIntent(simulator, stripe);
    const disputes = await Promise.all(
      [won, lost].map((payment_intent) =>
        simulator.sim<Stripe.Dispute>('disputes', { payment_intent, reason: 'fraudulent' }),
      ),
    );
    expect(disputes[0]).toMatchObject({ status: 'needs_response', amount: 5_000, reason: 'fraudulent' });
    for (const payment_intent of [won, lost]) {
      expect(await refusal(stripe.refunds.create({ payment_intent }))).toMatchObject({ code: 'charge_disputed' });
    }
    await simulator.sim(`disputes/${disputes[0]!.id}/close`, { status: 'won' });
    await simulator.sim(`disputes/${disputes[1]!.id}/close`, { status: 'lost' });
    expect(await stripe.disputes.retrieve(disputes[1]!.id)).toMatchObject({ status: 'lost' });
    expect((await stripe.disputes.list({ payment_intent: won })).data.map(({ status }) => status)).toEqual(['won']);
    expect(await stripe.refunds.create({ payment_intent: won })).toMatchObject({ status: 'succeeded' });
    expect(await refusal(stripe.refunds.create({ payment_intent: lost }))).toMatchObject({ code: 'charge_disputed' });
  });

  test('a lost dispute may be won when the customer withdraws: the funds are reinstated', async () => {
    const payment_intent = await paidIntent(simulator, stripe);
    const { id } = await simulator.sim<Stripe.Dispute>('disputes', { payment_intent });
    await simulator.sim(`disputes/${id}/close`, { status: 'lost' });
    await simulator.sim(`disputes/${id}/close`, { status: 'won' });
    const { status, balance_transactions } = await stripe.disputes.retrieve(id);
    expect([status, balance_transactions.map(({ amount }) => amount)]).toEqual(['won', [-5_000, 5_000]]);
    await expect(simulator.sim(`disputes/${id}/close`, { status: 'won' })).rejects.toThrow('409');
    expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ status: 'succeeded' });
  });

  test('a charge may have several disputes, and one may exceed its amount', async () => {
    const payment_intent = await paidIntent(simulator, stripe);
    await simulator.sim('disputes', { payment_intent, amount: 2_000 });
    await simulator.sim('disputes', { payment_intent, amount: 5_250 });
    const { data } = await stripe.disputes.list({ payment_intent });
    expect(data.map(({ amount }) => amount)).toEqual([5_250, 2_000]);
  });

  test('a chargeback fails pending refunds, and not succeeded ones', async () => {
    const payment_intent = await paidIntent(simulator, stripe);
    await simulator.sim('refunds/next', { outcome: 'pending' });
    const pending = await stripe.refunds.create({ payment_intent, amount: 2_000 });
    const gone = await stripe.refunds.create({ payment_intent, amount: 1_000 });
    await simulator.sim('disputes', { payment_intent });
    expect(await stripe.refunds.retrieve(pending.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'charge_for_pending_refund_disputed',
    });
    expect(await stripe.refunds.retrieve(gone.id)).toMatchObject({ status: 'succeeded' });
  });

  test('an inquiry moves no money and can be refunded, which closes it; it may become a chargeback', async () => {
    const asked = await paidIntent(simulator, stripe);
    const inquiry = await simulator.sim<Stripe.Dispute>('disputes', { payment_intent: asked, kind: 'inquiry' });
    expect(inquiry).toMatchObject({ status: 'warning_needs_response', balance_transactions: [] });
    await stripe.refunds.create({ payment_intent: asked });
    expect(await stripe.disputes.retrieve(inquiry.id)).toMatchObject({ status: 'warning_closed' });

    const worse = await paidIntent(simulator, stripe);
    const { id } = await simulator.sim<Stripe.Dispute>('disputes', { payment_intent: worse, kind: 'inquiry' });
    await simulator.sim(`disputes/${id}/escalate`, {});
    expect(await stripe.disputes.retrieve(id)).toMatchObject({
      status: 'needs_response',
      balance_transactions: [{ amount: -5_000 }],
    });
    expect(await refusal(stripe.refunds.create({ payment_intent: worse }))).toMatchObject({ code: 'charge_disputed' });
  });
});
