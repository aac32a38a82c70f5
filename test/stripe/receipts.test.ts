import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { openShop, type Shop } from './support/shop.js';

const OWN = 'https://clinic.example/receipts/1';

/** Stripe's own receipt: `latest_charge.receipt_url` (https://docs.stripe.com/api/charges/object#charge_object-receipt_url). */
describe('the receipt of a Stripe payment', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(async () => shop.close());
  afterEach(async () => shop.faults({}));

  const hearNothing = () => shop.faults({ webhooks: { lose: true } });

  async function paid() {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    return { payment_id, payment_intent, session_id: checkout.session_id };
  }
  const confirm = (payment_id: number, transaction_id: string, more: Record<string, unknown> = {}) =>
    shop.post<Schemas['ConfirmedPayment']>(`payments/${payment_id}/confirm`, shop.patient.token, {
      transaction_id,
      ...more,
    });

  const stripes = async (payment_intent: string) =>
    (await shop.simulator.stripe().charges.list({ payment_intent })).data[0]!.receipt_url;
  const shown = async (payment_id: number) =>
    (await shop.get<Schemas['WholePayment']>(`payments/${payment_id}`, shop.patient.token)).body.data.charge
      ?.receipt_url as string | null;
  const isCompleted = async (payment_id: number) => (await shop.payment(payment_id)).status === 'completed';

  it.each(['payment intent', 'session'])('confirmed by its %s with a receipt_url: that one is stored', async (by) => {
    await hearNothing();
    const { payment_id, payment_intent, session_id } = await paid();
    const transaction_id = by === 'session' ? session_id : payment_intent;
    const reply = await confirm(payment_id, transaction_id, { receipt_url: OWN });
    expect([reply.status, reply.body.data.charge.receipt_url]).toEqual([200, OWN]);
    expect(await shown(payment_id)).toBe(OWN);
  });

  it.each(['payment intent', 'session'])(
    'confirmed by its %s without one: Stripe’s receipt, which opens',
    async (by) => {
      await hearNothing();
      const { payment_id, payment_intent, session_id } = await paid();
      const reply = await confirm(payment_id, by === 'session' ? session_id : payment_intent);
      const receipt_url = await stripes(payment_intent);
      expect([reply.status, reply.body.data.charge.receipt_url]).toEqual([200, receipt_url]);
      expect(await shown(payment_id)).toBe(receipt_url);
      expect((await fetch(receipt_url!)).status).toBe(200);
    },
  );

  it('completed by a webhook without a call to Stripe: the worker finds Stripe’s receipt; a later confirmation changes nothing', async () => {
    const { payment_id, payment_intent } = await paid();
    await eventually(() => isCompleted(payment_id), 'it is completed');
    const asked = (await shop.requests()).filter(({ path }) => path.startsWith('/v1/payment_intents/'));
    expect(asked.filter(({ path }) => path.endsWith(payment_intent))).toEqual([]);
    const receipt_url = await stripes(payment_intent);
    await shop.sweepUntil('the receipt is shown', async () => (await shown(payment_id)) === receipt_url);
    const late = await confirm(payment_id, payment_intent, { receipt_url: OWN });
    expect([late.status, late.body.code]).toEqual([409, 'PAYMENT_ALREADY_CONFIRMED']);
    expect(await shown(payment_id)).toBe(receipt_url);
  });

  it('an order, paid on its page: Stripe’s receipt', async () => {
    const { session_id, order_id } = (await shop.checkout('plan-1')).body.data;
    const { payment_intent } = await shop.pay(session_id);
    const receipt_url = await stripes(payment_intent);
    await shop.sweepUntil('the receipt is shown', async () => {
      const { charge } = (await shop.get<Schemas['Order']>(`orders/${order_id}`, shop.patient.token)).body.data;
      return charge?.receipt_url === receipt_url;
    });
  });

  it('completed by the worker: Stripe’s receipt', async () => {
    await hearNothing();
    const { payment_id, payment_intent } = await paid();
    await shop.database.query(`UPDATE stripe_sessions SET session_expires_at = now() WHERE payment_id = $1`, [
      payment_id,
    ]);
    const receipt_url = await stripes(payment_intent);
    await shop.sweepUntil('the receipt is shown', async () => (await shown(payment_id)) === receipt_url);
    expect(await isCompleted(payment_id)).toBe(true);
  });

  it('with charges unavailable at Stripe: money is booked and payments complete, and receipts are found later', async () => {
    // As a row of an earlier version: its receipt is not requested.
    const before = await paid();
    await eventually(() => isCompleted(before.payment_id), 'an earlier one is completed');
    await shop.database.query(`UPDATE charges SET receipt_due_at = NULL`);

    await shop.faults({ error_500: { path: '/v1/payment_intents/*', method: 'GET' } });
    const made = [await paid(), await paid(), await paid(), await paid()];
    for (const { payment_id } of made) await eventually(() => isCompleted(payment_id), 'it is completed');
    const looked = async () =>
      (await shop.requests()).some(({ path, status }) => path.startsWith('/v1/payment_intents/') && status === 500);
    await shop.sweepUntil('the worker has asked in vain', looked);
    // Four look-ups by the API, of two tries each, would have opened the breaker that its payments share.
    expect((await shop.create(await shop.consultation())).status).toBe(201);

    await shop.faults({});
    const found = () =>
      shop.sweepUntil('the receipts are found', async () => {
        await shop.database.query(`UPDATE charges SET receipt_due_at = now() WHERE receipt_due_at IS NOT NULL`);
        return (await shop.database.query('SELECT 1 FROM charges WHERE receipt_due_at IS NOT NULL')).length === 0;
      });
    await found();
    for (const { payment_id, payment_intent } of made)
      expect(await shown(payment_id)).toBe(await stripes(payment_intent));
    expect(await shown(before.payment_id)).toBeNull();
  });

  it('without a receipt at Stripe: no more requests after 30 days', async () => {
    await shop.database.query(
      `INSERT INTO charges (payment_method, transaction_id, amount_received, currency, disposition, receipt_due_at, recorded_at)
       VALUES ('stripe', 'pi_young', 4400, 'idr', 'quarantined', now(), now() - interval '29 days'),
              ('stripe', 'pi_old', 4400, 'idr', 'quarantined', now(), now() - interval '31 days')`,
    );
    const isDue = async () =>
      shop.database.query<{ transaction_id: string; later: boolean }>(
        `SELECT transaction_id, receipt_due_at > now() + interval '28 days' AS later
         FROM charges WHERE receipt_due_at IS NOT NULL`,
      );
    await shop.sweepUntil('one is given up', async () => (await isDue()).length === 1);
    expect(await isDue()).toEqual([{ transaction_id: 'pi_young', later: true }]);
  });

  it('accepted quarantined money: Stripe’s receipt', async () => {
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
