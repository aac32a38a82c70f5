import type { OpenCheckout } from './answers.js';
import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { hashPassword } from '../../libs/auth/src/passwords.js';
import type { Shop } from '../stripe/support/shop.js';
import { signedEvent } from '../stripe/support/webhooks.js';
import { eventually } from './eventually.js';
import type { Ask } from './http.js';
import type { AnswerRecorder } from './recorded-answers.js';
import { createConsultation, createPerson } from './people.js';

const V1 = '/api/v1';
const ROUTES = {
  pay: `POST ${V1}/payments`,
  confirm: `POST ${V1}/payments/:id/confirm`,
  cancel: `POST ${V1}/payments/:id/cancel`,
  abandon: `POST ${V1}/payments/:id/abandon`,
  refund: `POST ${V1}/payments/:id/refund`,
  settle: `POST ${V1}/payments/:id/refunds/:refund_id/settle`,
  withdraw: `POST ${V1}/payments/:id/refunds/:refund_id/withdraw`,
  checkout: `POST ${V1}/checkout`,
};

/** What each of them answers when it succeeds. */
interface Answers {
  readonly pay: Schemas['NewPayment'];
  readonly confirm: Schemas['ConfirmedPayment'];
  readonly cancel: Schemas['CancelledPayment'];
  readonly abandon: Schemas['AbandonedPayment'];
  readonly refund: Schemas['RefundedPayment'];
  readonly settle: Schemas['SettledRefund'];
  readonly withdraw: Schemas['SettledRefund'];
  readonly checkout: OpenCheckout;
}

/** Answers of the API to successful requests and to client mistakes, in every state of payments. */
export async function recordShop(shop: Shop, recorder: AnswerRecorder): Promise<void> {
  const { patient, staff, api, database } = shop;
  const other = await createPerson(database);
  const hear = <Data>(route: string, path: string, how: Ask = {}) =>
    recorder.ask<Data>(api.url, route, path, { ...how, who: 'shop' });
  const of = <Route extends keyof Answers>(
    route: Route,
    ids: (number | string)[],
    body: unknown,
    by = staff,
    key?: string,
  ) => {
    const left = [...ids];
    const path = ROUTES[route].split(' ')[1]!.replaceAll(/:\w+/g, () => String(left.shift()));
    return hear<Answers[Route]>(ROUTES[route], path, {
      body,
      token: by.token,
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    });
  };
  const get = (route: string, path: string, by = staff) =>
    hear(`GET ${V1}/${route}`, `${V1}/${path}`, { token: by.token });
  const bank = (consultation_id: number, more: object = {}, key?: string, by = patient) =>
    of('pay', [], { consultation_id, amount: 5_000, payment_method: 'bank_transfer', ...more }, by, key);
  const idOf = (reply: { body: { data: { payment_id: number } } }) => reply.body.data.payment_id;

  // Bank transfers, and every mistake with them.
  const first = await shop.consultation();
  const made = idOf(await bank(first, { metadata: { room: '12' } }, 'once'));
  await bank(first, { metadata: { room: '12' } }, 'once');
  await bank(first, {}, 'once');
  await bank(first);
  await bank(999_999);
  await bank(await createConsultation(database, other));
  await bank(await shop.consultation(), { amount: 1 });
  const closed = await shop.consultation();
  await database.query(`UPDATE consultations SET status = 'closed' WHERE id = $1`, [closed]);
  await bank(closed);
  const cheap = await createConsultation(database, patient, 1, 'usd');
  await bank(cheap, { amount: 1, currency: 'usd', payment_method: 'stripe' });
  await bank(first, { amount: 'much' });
  await hear(ROUTES.pay, `${V1}/payments`, { token: patient.token, body: '{' });
  await hear(ROUTES.pay, `${V1}/payments`, { token: patient.token, body: `"${'x'.repeat(70_000)}"` });
  const csv = { 'content-type': 'text/csv' };
  await hear(ROUTES.pay, `${V1}/payments`, { token: patient.token, body: 'a,b', headers: csv });
  await of('refund', [made], { reason: 'too early' });
  await of('confirm', [made], { transaction_id: 'BANK-1', receipt_url: 'https://bank.example/1' });
  await of('confirm', [made], { transaction_id: 'BANK-1' });
  await of('confirm', [999_999], { transaction_id: 'BANK-2' });
  const second = idOf(await bank(await shop.consultation()));
  await of('confirm', [second], { transaction_id: 'BANK-1' });
  await of('cancel', [second], {});
  await of('cancel', [second], {});
  await of('confirm', [second], { transaction_id: 'BANK-2' });
  const underWay = idOf(await bank(await shop.consultation()));
  await database.query('UPDATE payments SET processing = true WHERE id = $1', [underWay]);
  await of('cancel', [underWay], {});
  await of('cancel', [999_999], {});
  await of('cancel', [made], {}, other);
  await of('abandon', [second], { reason: 'ended already' });
  await of('abandon', [999_999], { reason: 'not there' });
  const byBank = idOf(await bank(await shop.consultation()));
  await of('abandon', [byBank], {});
  await of('abandon', [byBank], { reason: 'as good as cancelled' });

  // Refunds.
  const reserved = (await of('refund', [made], { amount: 10, reason: 'later' })).body.data.refund_id;
  await of('settle', [made, reserved], { transaction_id: 'BANK-1' });
  await of('settle', [made, reserved], { transaction_id: 'BACK-1' });
  await of('settle', [made, reserved], { transaction_id: 'BACK-2' });
  await of('withdraw', [made, reserved], {});
  await of('withdraw', [made, 999_999], {});
  await of('settle', [made, 999_999], { transaction_id: 'BACK-4' });
  await of('settle', [999_999, 1], { transaction_id: 'BACK-4' });
  await of('refund', [999_999], { reason: 'of nobody' });
  await of('withdraw', [999_999, 1], {});
  await of('refund', [made], { amount: 9_999, reason: 'too much' });
  await of('refund', [made], { amount: 20, reason: 'used', transaction_id: 'BACK-1' });
  await of('refund', [made], { reason: 'the rest', transaction_id: 'BACK-3' });
  await of('refund', [made], { reason: 'nothing is left' });
  await get('payments/:id/refunds', `payments/${made}/refunds`);
  await get('payments/:id/refunds', 'payments/999999/refunds');

  // Stripe payments.
  const opened = await of(
    'pay',
    [],
    { consultation_id: await shop.consultation(), amount: 5_000, payment_method: 'stripe' },
    patient,
  );
  const { session_id } = opened.body.data.checkout!;
  await get('payments/:id', `payments/${idOf(opened)}`, patient);
  await of('confirm', [idOf(opened)], { transaction_id: session_id }, patient);
  await of('confirm', [idOf(opened)], { transaction_id: 'cs_test_nobody_knows' }, patient);
  await shop.faults({ webhooks: { lose: true } });
  const { payment_intent: attempted } = await shop.pay(session_id, 'declined');
  const { data: charges } = await shop.simulator.stripe().charges.list({ payment_intent: attempted });
  await hearWebhook(shop, recorder, signedEvent('charge.failed', charges[0]));
  await get('payments/:id', `payments/${idOf(opened)}`, patient);
  const { payment_intent } = await shop.pay(session_id);
  await of('confirm', [idOf(opened)], { transaction_id: payment_intent }, patient);
  const mismatched = await of(
    'pay',
    [],
    { consultation_id: await shop.consultation(), amount: 5_000, payment_method: 'stripe' },
    patient,
  );
  await of('confirm', [idOf(mismatched)], { transaction_id: payment_intent }, patient);
  const unheard = await shop.create(await shop.consultation());
  const paid = await shop.pay(unheard.body.data.checkout.session_id);
  await of('confirm', [idOf(mismatched)], { transaction_id: paid.payment_intent }, patient);
  await of('refund', [idOf(opened)], { amount: 1, reason: 'by Stripe' });
  await shop.simulator.sim('refunds/next', { outcome: 'failed' });
  await of('refund', [idOf(opened)], { amount: 2, reason: 'refused by Stripe' });
  await of('settle', [idOf(opened), 1], { transaction_id: 'BACK-9' });
  const refused = { path: '/v1/refunds', method: 'POST', times: 9 };
  await shop.faults({ webhooks: { lose: true }, lose_answer: refused });
  await of('refund', [idOf(opened)], { amount: 3, reason: 'unanswered' }, staff, 'waits');
  await shop.faults({ webhooks: { lose: true } });
  await of('refund', [idOf(opened)], { amount: 3, reason: 'unanswered' }, staff, 'waits');
  const dispute = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent });
  const disputed = await shop.simulator.stripe().disputes.retrieve(dispute.id);
  const told = signedEvent('charge.dispute.created', disputed);
  await hearWebhook(shop, recorder, told);
  await of('refund', [idOf(opened)], { amount: 1, reason: 'disputed' });
  await get('payments/:id', `payments/${idOf(opened)}`);
  await get('payments/:id/timeline', `payments/${idOf(opened)}/timeline?limit=2`, patient);
  await get('payments/:id/timeline', `payments/${idOf(opened)}/timeline`);
  await get('payments/:id/timeline', `payments/999999/timeline`);
  await get('payments/:id', 'payments/999999');
  await get('payments/:id', 'payments/none');
  await get('payments', 'payments?limit=1');
  await get('payments', 'payments?limit=0');

  // Stuck payments, changed prices, and closed consultations and products.
  const card = (consultation_id: number, amount = 5_000) =>
    of('pay', [], { consultation_id, amount, payment_method: 'stripe' }, patient);
  const change = (path: string, body: object) => {
    const route = `PATCH ${V1}/${path.split('/')[0]}/:id`;
    return hear(route, `${V1}/${path}`, { token: staff.token, body });
  };
  const late = (await card(await shop.consultation())).body.data;
  await shop.pay(late.checkout!.session_id, 'async_pending');
  await of('abandon', [late.payment_id], { reason: 'on its way' });
  const changing = await shop.consultation();
  const old = idOf(await card(changing));
  await change(`consultations/${changing}`, { fee: 4_000 });
  await get('payments/:id', `payments/${old}`, patient);
  await card(changing);
  await card(changing, 4_000);
  await change(`consultations/${changing}`, { status: 'closed' });
  await card(changing, 4_000);
  const away = { path: '/v1/checkout/sessions', method: 'POST' };
  const ended = await of('checkout', [], { product_id: 'plan-4' }, patient);
  await shop.faults({ webhooks: { lose: true }, reset: { path: '/v1/checkout/sessions/*/expire' } });
  await change('products/plan-4', { status: 'closed' });
  const endedId = ended.body.data.order_id.replace('order_', '');
  await get('orders/:order_id', `orders/order_${endedId}`, patient);
  await of('abandon', [endedId], { reason: 'Stripe is gone' });
  await shop.faults({ webhooks: { lose: true }, reset: { ...away, times: 2 } });
  await of('checkout', [], { product_id: 'plan-5' }, patient);
  await shop.faults({ webhooks: { lose: true } });

  // Products.
  const bought = await of('checkout', [], { product_id: 'plan-1' }, patient, 'plan');
  await of('checkout', [], { product_id: 'plan-1' }, patient);
  await of('checkout', [], { product_id: 'nothing' }, patient);
  await database.query(`UPDATE products SET status = 'closed' WHERE id = 'plan-2'`);
  await of('checkout', [], { product_id: 'plan-2' }, patient);
  const { order_id } = bought.body.data;
  await shop.pay(bought.body.data.session_id, 'async_succeeded').catch(() => undefined);
  await of('checkout', [], { product_id: 'plan-1' }, patient);
  await of('cancel', [order_id.replace('order_', '')], {}, patient);
  await get('orders/:order_id', `orders/${order_id}`, patient);
  await get('orders/:order_id', 'orders/none', patient);
  await shop.faults({ webhooks: { lose: true }, hold: { path: '/v1/checkout/sessions' } });
  const opening = of('checkout', [], { product_id: 'plan-3' }, patient, 'a');
  await eventually(
    async () => (await shop.simulator.sim<{ held: unknown[] }>('faults')).held.length === 1,
    'it has come to Stripe',
  );
  await of('checkout', [], { product_id: 'plan-3' }, patient, 'a');
  await get('ops/locks', 'ops/locks');
  await shop.simulator.sim('faults/release', {});
  await opening;
  await shop.faults({ webhooks: { lose: true } });
  const product = (body: object) => hear(`POST ${V1}/products`, `${V1}/products`, { token: staff.token, body });
  await product({ id: 'plan-1', name: 'Again', price: 1 });
  await hear(`PATCH ${V1}/products/:id`, `${V1}/products/none`, { token: staff.token, body: { price: 1 } });
  await hear(`PATCH ${V1}/consultations/:id`, `${V1}/consultations/999999`, { token: staff.token, body: { fee: 1 } });
  await hear(`PATCH ${V1}/consultations/:id`, `${V1}/consultations/${first}`, { token: staff.token, body: {} });
  const live = await createConsultation(database, patient);
  await bank(live);
  await hear(`PATCH ${V1}/consultations/:id`, `${V1}/consultations/${live}`, { token: staff.token, body: { fee: 9 } });
  await hear(`POST ${V1}/consultations`, `${V1}/consultations`, {
    token: staff.token,
    body: { patient_id: 999_999, fee: 1 },
  });
  for (const fee of [7, 7, 8]) {
    const body = { patient_subject: patient.subject, fee, external_reference: 'heard-consultation' };
    await hear(`POST ${V1}/consultations`, `${V1}/consultations`, { token: staff.token, body });
  }
  for (const price of [7, 7, 8])
    await product({ id: 'heard', name: 'Recorded', price, external_reference: 'heard-product' });
  await get('consultations', 'consultations?limit=2');

  // Routes for staff.
  await hearWhatStripeSays(shop, hear);
  for (const list of ['ops/payments', 'ops/charges', 'ops/keys', 'ops/webhooks', 'ops/discrepancies']) {
    await get(list, `${list}?limit=100`);
    await get(list, `${list}?limit=x`);
  }
  const [event] = await database.query<{ id: number }>('SELECT id FROM webhook_events ORDER BY id LIMIT 1');
  await get('ops/webhooks/:id', `ops/webhooks/${event!.id}`);
  await hear(`POST ${V1}/ops/webhooks/:id/retry`, `${V1}/ops/webhooks/${event!.id}/retry`, { token: staff.token });
  const strange = signedEvent('refund.updated', { id: 're_nobody', object: 'refund', payment_intent: 'pi_nobody' });
  await hearWebhook(shop, recorder, strange);
  const [row] = await database.query<{ id: number }>('SELECT id FROM webhook_events WHERE event_id = $1', [strange.id]);
  await hear(`POST ${V1}/ops/webhooks/:id/retry`, `${V1}/ops/webhooks/${row!.id}/retry`, { token: staff.token });
  await database.query(
    `INSERT INTO concurrency_locks (lock_key, owner, user_id, product_id, request_id, expires_at)
     VALUES ('payment:lock:1:1', gen_random_uuid(), 1, 'plan', 'r-1', now() + interval '1 minute')`,
  );
  await get('ops/locks', 'ops/locks');
  await hearALogin(shop, recorder);
}

/** Health with lists of Stripe's that were read, and a discrepancy that staff resolve. */
async function hearWhatStripeSays(
  shop: Shop,
  hear: (route: string, path: string, how?: Ask) => Promise<unknown>,
): Promise<void> {
  await shop.database.query(`INSERT INTO stripe_cursors (list, complete_until) VALUES ('events', now())`);
  const [found] = await shop.database.query<{ id: number }>(
    `INSERT INTO stripe_discrepancies (kind, stripe_id, amount, currency)
     VALUES ('unknown_payment', 'cs_test_lost', 1, 'idr') RETURNING id`,
  );
  for (const route of ['health', 'health/ready']) await hear(`GET ${V1}/${route}`, `${V1}/${route}`);
  for (const [id, note] of [
    [found!.id, ''],
    [found!.id, 'Refunded in the dashboard.'],
    [found!.id, 'Once more.'],
    [999_999, 'There is none.'],
    ['none', 'No number.'],
  ] as const) {
    await hear(`POST ${V1}/ops/discrepancies/:id/resolve`, `${V1}/ops/discrepancies/${id}/resolve`, {
      token: shop.staff.token,
      body: { note },
    });
  }
}

async function hearWebhook(shop: Shop, recorder: AnswerRecorder, event: ReturnType<typeof signedEvent>): Promise<void> {
  const reply = await event.send(shop.api.url);
  const type = reply.headers.get('content-type') ?? '';
  const body: unknown = await reply.json();
  recorder.answers.push({
    route: `POST ${V1}/webhooks/stripe`,
    who: 'Stripe',
    status: reply.status,
    type,
    headers: reply.headers,
    body,
  });
}

async function hearALogin(shop: Shop, recorder: AnswerRecorder): Promise<void> {
  await shop.database.query('INSERT INTO logins (email, user_id, role, password_hash) VALUES ($1, $2, $3, $4)', [
    'doc@test.com',
    shop.patient.id,
    'patient',
    await hashPassword('password'),
  ]);
  const logIn = (body: unknown, headers = {}) =>
    recorder.ask(shop.api.url, 'POST /api/login', '/api/login', { body, headers, who: 'login' });
  await logIn({ email: 'doc@test.com', password: 'password' });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  await logIn('email=doc%40test.com&password=password', form);
  await logIn({ email: 'nobody' });
  for (let n = 0; n < 11; n++) await logIn({ email: 'doc@test.com', password: 'wrong' });
}
