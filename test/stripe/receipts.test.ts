import { eventually } from '../support/eventually.js';
import { openShop, type Shop } from './support/shop.js';

const OWN = 'https://clinic.example/receipts/1';

/** Stripe's own receipt: `latest_charge.receipt_url` (https://docs.stripe.com/api/charges/object#charge_object-receipt_url). */
describe('the receipt of a Stripe payment', () => {
  let shop: Shop;
  let tellsUs: string[];

  beforeAll(async () => {
    shop = await openShop();
    tellsUs = [`${shop.api.url}/api/v1/webhooks/stripe`];
  });
  afterAll(async () => shop.close());
  afterEach(async () => shop.faults({}));

  const hearNothing = () => shop.faults({ webhooks: { lose: true } });

  async function paid() {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    return { payment_id: payment_id as number, payment_intent, session_id: checkout.session_id as string };
  }
  const confirm = (payment_id: number, transaction_id: string, more: Record<string, unknown> = {}) =>
    shop.post(`payments/${payment_id}/confirm`, shop.patient.token, { transaction_id, ...more });

  const stripes = async (payment_intent: string) =>
    (await shop.simulator.stripe().charges.list({ payment_intent })).data[0]!.receipt_url;
  const shown = async (payment_id: number) =>
    (await shop.get(`payments/${payment_id}`, shop.patient.token)).body.data.charge?.receipt_url as string | null;
  const isCompleted = async (payment_id: number) => (await shop.payment(payment_id)).status === 'completed';

  it.each(['payment intent', 'session'])('confirmed by its %s with a receipt_url: that one is kept', async (by) => {
    await hearNothing();
    const { payment_id, payment_intent, session_id } = await paid();
    const transaction_id = by === 'session' ? session_id : payment_intent;
    const reply = await confirm(payment_id, transaction_id, { receipt_url: OWN });
    expect([reply.status, reply.body.data.charge.receipt_url]).toEqual([200, OWN]);
    expect(await shown(payment_id)).toBe(OWN);
  });

  it.each(['payment intent', 'session'])('confirmed by its %s without one: Stripe’s own, which opens', async (by) => {
    await hearNothing();
    const { payment_id, payment_intent, session_id } = await paid();
    const reply = await confirm(payment_id, by === 'session' ? session_id : payment_intent);
    const receipt_url = await stripes(payment_intent);
    expect([reply.status, reply.body.data.charge.receipt_url]).toEqual([200, receipt_url]);
    expect(await shown(payment_id)).toBe(receipt_url);
    expect((await fetch(receipt_url!)).status).toBe(200);
  });

  it('completed by a webhook: Stripe’s own, and a confirmation that comes later changes nothing', async () => {
    const { payment_id, payment_intent } = await paid();
    const receipt_url = await stripes(payment_intent);
    await eventually(async () => (await shown(payment_id)) === receipt_url, 'the receipt is shown');
    const late = await confirm(payment_id, payment_intent, { receipt_url: OWN });
    expect([late.status, late.body.code]).toEqual([409, 'PAYMENT_ALREADY_CONFIRMED']);
    expect(await shown(payment_id)).toBe(receipt_url);
  });

  it('an order, paid on its page: the same', async () => {
    const { session_id, order_id } = (await shop.checkout('plan-1')).body.data;
    const { payment_intent } = await shop.pay(session_id);
    const receipt_url = await stripes(payment_intent);
    await eventually(async () => {
      const { charge } = (await shop.get(`orders/${order_id}`, shop.patient.token)).body.data;
      return charge?.receipt_url === receipt_url;
    }, 'the receipt is shown');
  });

  it('completed by the worker: Stripe’s own', async () => {
    await hearNothing();
    const { payment_id, payment_intent } = await paid();
    await shop.database.query(`UPDATE stripe_sessions SET session_expires_at = now() WHERE payment_id = $1`, [
      payment_id,
    ]);
    await shop.sweepUntil('it is completed', () => isCompleted(payment_id));
    expect(await shown(payment_id)).toBe(await stripes(payment_intent));
  });

  it('Stripe cannot be asked when its webhook comes: the money does not wait, and the worker finds the receipt', async () => {
    const before = await paid();
    await eventually(async () => Boolean(await shown(before.payment_id)), 'an earlier one has its receipt');
    // As a row of before: nobody asks for its receipt.
    await shop.database.query(`UPDATE charges SET receipt_url = NULL, receipt_due_at = NULL WHERE payment_id = $1`, [
      before.payment_id,
    ]);

    await shop.simulator.sim('endpoints', { urls: [] });
    const { payment_id, payment_intent, session_id } = await paid();
    const event = await eventually(async () => {
      const { data } = await shop.simulator.stripe().events.list({ type: 'checkout.session.completed' });
      return data.find(({ data: { object } }) => (object as { id?: string }).id === session_id);
    }, 'Stripe has an event');
    await shop.simulator.sim('endpoints', { urls: tellsUs });
    await shop.faults({ reset: { path: '/v1/payment_intents/*' } });
    await shop.simulator.sim('webhooks/resend', { event: event.id });
    await eventually(() => isCompleted(payment_id), 'it is completed');
    expect(await shown(payment_id)).toBeNull();

    await shop.faults({});
    await shop.sweepUntil('the receipt is found', async () => {
      await shop.database.query(`UPDATE charges SET receipt_due_at = now() WHERE receipt_due_at IS NOT NULL`);
      return Boolean(await shown(payment_id));
    });
    expect(await shown(payment_id)).toBe(await stripes(payment_intent));
    expect(await shown(before.payment_id)).toBeNull();
    const due = await shop.database.query('SELECT 1 FROM charges WHERE receipt_due_at IS NOT NULL');
    expect(due).toEqual([]);
  });

  it('after a day nobody asks any more', async () => {
    const { payment_id, payment_intent } = await paid();
    await eventually(async () => Boolean(await shown(payment_id)), 'it has its receipt');
    await shop.database.query(
      `UPDATE charges SET receipt_url = NULL, receipt_due_at = now(), recorded_at = now() - interval '25 hours'
       WHERE payment_id = $1`,
      [payment_id],
    );
    await shop.faults({ reset: { path: `/v1/payment_intents/${payment_intent}` } });
    await shop.sweepUntil('it is given up', async () => {
      const due = await shop.database.query('SELECT 1 FROM charges WHERE receipt_due_at IS NOT NULL');
      return due.length === 0;
    });
    expect(await shown(payment_id)).toBeNull();
  });

  it('quarantined money that is accepted: Stripe’s own', async () => {
    await hearNothing();
    const { payment_id, payment_intent } = await paid();
    const [charge] = await shop.database.query<{ id: number }>(
      `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
       VALUES ('stripe', $1, $2, 4400, 'idr', 'quarantined') RETURNING id::int AS id`,
      [payment_intent, payment_id],
    );
    expect((await shop.post(`ops/charges/${charge!.id}/accept`, shop.staff.token, {})).status).toBe(200);
    expect(await shown(payment_id)).toBe(await stripes(payment_intent));
  });
});
