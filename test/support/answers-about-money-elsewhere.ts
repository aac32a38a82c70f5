import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { Shop } from '../stripe/support/shop.js';
import { signedEvent } from '../stripe/support/webhooks.js';
import type { AnswerRecorder } from './recorded-answers.js';

const V1 = '/api/v1';

/** What the API answers about money that moved at Stripe, or does not match: each of its answers once. */
export async function recordMoneyElsewhere(shop: Shop, recorder: AnswerRecorder): Promise<void> {
  const { staff, patient, simulator, api } = shop;
  const staffAsk = <Data>(route: string, path: string, body: unknown, key?: string) =>
    recorder.ask<Data>(api.url, `POST ${V1}/${route}`, `${V1}/${path}`, {
      who: 'staff',
      body,
      token: staff.token,
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    });
  const decide = (how: string, id: number, body: unknown, key?: string) =>
    staffAsk(`ops/charges/:id/${how}`, `ops/charges/${id}/${how}`, body, key);
  await shop.faults({ webhooks: { lose: true } });

  const paid = async () => {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    return { payment_id, payment_intent };
  };
  /** As an earlier version quarantined it. */
  const quarantined = async (amount: number) => {
    const { payment_id, payment_intent } = await paid();
    const [row] = await shop.database.query<{ id: number }>(
      `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
       VALUES ('stripe', $1, $2, $3, 'idr', 'quarantined') RETURNING id::int AS id`,
      [payment_intent, payment_id, amount],
    );
    return { payment_id, charge_id: row!.id, payment_intent };
  };
  const withdraw = (payment_id: number, refund_id: number) =>
    staffAsk('payments/:id/refunds/:refund_id/withdraw', `payments/${payment_id}/refunds/${refund_id}/withdraw`, {});
  const lost = { webhooks: { lose: true } };
  /** The refund of quarantined money that Stripe does not answer, refuses, or has made meanwhile, and of disputed money. */
  const refundsThatStripeStops = async () => {
    const refused = await quarantined(4_400);
    await simulator.sim('refunds/next', { outcome: 'failed' });
    await decide('refund', refused.charge_id, { amount: 1, reason: 'refused' });
    const disputed = await quarantined(4_400);
    const dispute = await simulator.sim<{ id: string }>('disputes', { payment_intent: disputed.payment_intent });
    const event = signedEvent('charge.dispute.created', await simulator.stripe().disputes.retrieve(dispute.id));
    await event.send(api.url);
    await decide('refund', disputed.charge_id, { reason: 'disputed' });

    const unanswered = async (amount: number) => {
      const money = await quarantined(4_400);
      const refund = () => decide('refund', money.charge_id, { amount, reason: 'unanswered' }, `unanswered-${amount}`);
      await shop.faults({ ...lost, error_500: { when: 'before', path: '/v1/refunds', method: 'POST', times: 1 } });
      await refund();
      await shop.faults(lost);
      await decide('settle-elsewhere', money.charge_id, { note: 'a part of it is reserved' });
      await simulator.sim('refunds', { payment_intent: money.payment_intent, amount });
      const { payment_id, refund_id } = (await refund()).body.data as Schemas['REFUND_NEEDS_DECISION']['data'];
      return { refund, withdraw: () => withdraw(payment_id, refund_id) };
    };
    await unanswered(4_400);
    const replaced = await unanswered(100);
    await replaced.withdraw();
    await replaced.refund();

    const unreachable = await quarantined(32);
    await shop.faults({ ...lost, reset: true });
    await decide('accept', unreachable.charge_id, {});
    await shop.faults(lost);
  };

  const matching = await quarantined(32);
  await recorder.ask(api.url, `GET ${V1}/payments/:id`, `${V1}/payments/${matching.payment_id}`, {
    who: 'patient',
    token: patient.token,
  });
  await decide('accept', matching.charge_id, {});
  await decide('accept', matching.charge_id, {});
  await decide('refund', matching.charge_id, { reason: 'accepted' });
  await decide('settle-elsewhere', matching.charge_id, { note: 'accepted' });
  await decide('accept', 987_654, {});
  const refunded = await quarantined(4_400);
  await decide('refund', refunded.charge_id, { amount: 9_999, reason: 'too much' });
  await decide('refund', refunded.charge_id, { reason: 'does not match' });
  const elsewhere = await quarantined(4_400);
  await shop.database.query(
    `WITH i AS (UPDATE invoices SET status = 'void' WHERE payment_id = $1),
          t AS (UPDATE tax_records SET status = 'void' WHERE payment_id = $1)
     UPDATE payments SET status = 'cancelled' WHERE id = $1`,
    [elsewhere.payment_id],
  );
  await decide('accept', elsewhere.charge_id, {});
  await decide('settle-elsewhere', elsewhere.charge_id, { note: 'paid back in cash' });

  await refundsThatStripeStops();

  const { payment_id, payment_intent } = await paid();
  await shop.post(`payments/${payment_id}/confirm`, patient.token, { transaction_id: payment_intent });
  const refund = (body: unknown, key: string) =>
    staffAsk<Schemas['REFUND_NEEDS_DECISION']['data']>(
      'payments/:id/refund',
      `payments/${payment_id}/refund`,
      body,
      key,
    );
  await shop.faults({
    webhooks: { lose: true },
    error_500: { when: 'before', path: '/v1/refunds', method: 'POST', times: 1 },
  });
  await refund({ amount: 100, reason: 'unanswered' }, 'conflicting');
  await shop.faults({ webhooks: { lose: true } });
  await simulator.sim('refunds', { payment_intent, amount: 100 });
  const { refund_id } = (await refund({ amount: 100, reason: 'unanswered' }, 'conflicting')).body.data;
  await withdraw(payment_id, refund_id);
}
