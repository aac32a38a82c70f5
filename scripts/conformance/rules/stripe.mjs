import { expect, expectAnswer, expectEqual, NotRun } from '../expect.mjs';
import { FEE } from '../payonce.mjs';
import * as from from './sources.mjs';

/** @typedef {import('./envelope.mjs').PayonceRule} PayonceRule */
/** @typedef {import('../payonce.mjs').Payonce} Payonce */

/**
 * Card payments and checkout. They run only with a simulator, so that no session is ever opened at Stripe.
 * @param {Payonce} payonce
 */
function simulatorOf({ simulator }) {
  if (!simulator) throw new NotRun('Needs --simulator, so that no real money moves.');
  return simulator;
}

/** @param {Payonce} payonce @param {string} session_id */
async function pay(payonce, session_id) {
  const paid = await simulatorOf(payonce).send({ path: `/_sim/sessions/${session_id}/pay`, body: { outcome: 'paid' } });
  if (paid.status !== 200) throw new NotRun(`The simulator does not have the session ${session_id}: ${paid.text}`);
}

/** @param {Payonce} payonce */
async function card(payonce) {
  simulatorOf(payonce);
  const { id, created } = await payonce.pending('stripe');
  return { id, session: created.json.data.checkout.session_id, created };
}

/** @param {Payonce} payonce @param {number} id @param {string} status */
async function expectBecomes(payonce, id, status) {
  const became = await payonce.eventually(async () => (await payonce.payment(id)).status === status);
  expect(became, `The payment did not become ${status}.`);
}

/** @type {PayonceRule[]} */
export const stripeRules = [
  {
    id: 'card-create',
    title: 'A payment by `stripe` answers with a session, its URL and when it expires',
    source: from.payments,
    async check(payonce) {
      const { created } = await card(payonce);
      const { session_id, url, expires_at } = created.json.data.checkout;
      expect(/^cs_/.test(session_id), `${session_id} is no id of a session.`);
      expect(URL.canParse(url), `${url} is no URL.`);
      expect(Date.parse(expires_at) > Date.now(), `It expired at ${expires_at}.`);
    },
  },
  {
    id: 'card-not-paid',
    title: 'Confirming a session that is not paid is 402 `TRANSACTION_NOT_PAID`',
    source: from.errors,
    async check(payonce) {
      const { id, session } = await card(payonce);
      const answer = await payonce.patient.post(`/payments/${id}/confirm`, { transaction_id: session });
      expectAnswer(answer, 402, 'TRANSACTION_NOT_PAID');
      expectEqual('The status', (await payonce.payment(id)).status, 'pending');
    },
  },
  {
    id: 'card-confirm',
    title: 'Its owner confirms a paid session; paying a second payment with it is refused',
    source: from.payments,
    async check(payonce) {
      const [one, other] = [await card(payonce), await card(payonce)];
      await pay(payonce, one.session);
      const confirm = (/** @type {number} */ id) =>
        payonce.patient.post(`/payments/${id}/confirm`, { transaction_id: one.session });
      // The webhook may have completed it first.
      const confirmed = await confirm(one.id);
      expect(
        confirmed.status === 200 || confirmed.json?.code === 'PAYMENT_ALREADY_CONFIRMED',
        `It is ${confirmed.text}.`,
      );
      const stolen = await confirm(other.id);
      expect([409, 422].includes(stolen.status), `The second payment got ${stolen.status}.`);
      expectEqual('The status', (await payonce.payment(other.id)).status, 'pending');
    },
  },
  {
    id: 'card-webhook',
    title: 'A payment completes when Stripe reports its session as paid, with one charge',
    source: from.webhooks,
    async check(payonce) {
      const { id, session } = await card(payonce);
      await pay(payonce, session);
      await expectBecomes(payonce, id, 'completed');
      const { json } = await payonce.patient.get(`/payments/${id}`);
      expectEqual('The charges', json.data.charges.length, 1);
    },
  },
  {
    id: 'card-refund',
    title: 'A card payment is refunded at Stripe, once for ten concurrent requests under one key',
    source: from.payments,
    async check(payonce) {
      const { id, session } = await card(payonce);
      await pay(payonce, session);
      await expectBecomes(payonce, id, 'completed');
      const key = payonce.newKey();
      const request = () =>
        payonce.staff.request(`/payments/${id}/refund`, { reason: 'conformance', amount: 100 }, { key });
      await payonce.client.sendTogether(Array.from({ length: 10 }, request));
      const ledger = await simulatorOf(payonce).send({ path: '/_sim/ledger' });
      const charge = ledger.json.charges.find((/** @type {any} */ one) => one.session === session);
      const refunds = ledger.json.refunds.filter((/** @type {any} */ one) => one.charge === charge.id);
      expectEqual(
        'The refunds at Stripe',
        refunds.map((/** @type {any} */ one) => one.amount),
        [100],
      );
    },
  },
  {
    id: 'card-disputed',
    title: 'Money that the cardholder disputes cannot be refunded: 409 `PAYMENT_DISPUTED`',
    source: from.errors,
    async check(payonce) {
      const { id, session } = await card(payonce);
      await pay(payonce, session);
      await expectBecomes(payonce, id, 'completed');
      const simulator = simulatorOf(payonce);
      const ledger = await simulator.send({ path: '/_sim/ledger' });
      const { id: charge } = ledger.json.charges.find((/** @type {any} */ one) => one.session === session);
      await simulator.send({ path: '/_sim/disputes', body: { charge } });
      const answer = await payonce.staff.post(`/payments/${id}/refund`, { reason: 'conformance' });
      expectAnswer(answer, 409, 'PAYMENT_DISPUTED');
    },
  },
  {
    id: 'checkout',
    title: 'A checkout is 200 with order, session and the key; the order is the same payment',
    source: from.api,
    async check(payonce) {
      simulatorOf(payonce);
      const key = payonce.newKey();
      const answer = await payonce.patient.post('/checkout', { product_id: await payonce.product() }, { key });
      expectAnswer(answer, 200);
      const { order_id, session_id, checkout_url, idempotency_key, reused, payment } = answer.json.data;
      expectEqual(
        'The order',
        [order_id, idempotency_key, reused, payment.amount],
        [`order_${payment.id}`, key, false, FEE],
      );
      expect(/^cs_/.test(session_id) && URL.canParse(checkout_url), 'There is no session.');
      expectEqual('The message', answer.json.message, 'Checkout session created successfully');
      const order = await payonce.patient.get(`/orders/${order_id}`);
      expectEqual('The payment of the order', order.json.data.payment.id, payment.id);
    },
  },
  {
    id: 'checkout-legacy-key',
    title: 'A finished key of any spelling replays the checkout: 200 with the same session',
    source: from.keys,
    async check(payonce) {
      simulatorOf(payonce);
      const body = { product_id: await payonce.product(), idempotency_key: payonce.newKey() };
      const first = await payonce.patient.post('/checkout', body, { key: null });
      const again = await payonce.patient.post('/checkout', body, { key: null });
      expectAnswer(again, 200);
      expectEqual('The session', again.json.data.session_id, first.json.data.session_id);
    },
  },
  {
    id: 'checkout-reused',
    title: 'While a session is open it is returned again; another quantity closes it first',
    source: from.payments,
    async check(payonce) {
      simulatorOf(payonce);
      const product_id = await payonce.product();
      const checkout = async (/** @type {number} */ quantity) =>
        (await payonce.patient.post('/checkout', { product_id, quantity })).json.data;
      const first = await checkout(1);
      const again = await checkout(1);
      expectEqual('The second checkout', [again.session_id, again.reused], [first.session_id, true]);
      const two = await checkout(2);
      expectEqual('The amount', [two.payment.amount, two.reused], [2 * FEE, false]);
      expectEqual('The first payment', (await payonce.payment(first.payment.id)).status, 'cancelled');
    },
  },
  {
    id: 'checkout-concurrent',
    title:
      'Ten concurrent checkouts of one product: one session, and every other answer is it or 409 with `Retry-After`',
    source: from.payments,
    async check(payonce) {
      simulatorOf(payonce);
      const product_id = await payonce.product();
      const request = () => payonce.patient.request('/checkout', { product_id });
      const answers = await payonce.client.sendTogether(Array.from({ length: 10 }, request));
      const opened = answers.filter(({ status }) => status === 200);
      expectEqual('The number of sessions', new Set(opened.map(({ json }) => json.data.session_id)).size, 1);
      for (const answer of answers.filter(({ status }) => status !== 200)) {
        expectAnswer(answer, 409, 'PAYMENT_IN_PROGRESS');
        expect(answer.headers['retry-after'], 'A 409 has no Retry-After.');
      }
    },
  },
  {
    id: 'checkout-limits',
    title: 'Quantities are 1 to 99, and return URLs of configured origins: otherwise 422',
    source: from.api,
    async check(payonce) {
      simulatorOf(payonce);
      const product_id = await payonce.product();
      for (const more of [{ quantity: 0 }, { quantity: 100 }, { success_url: 'https://elsewhere.example/' }])
        expectAnswer(await payonce.patient.post('/checkout', { product_id, ...more }), 422, 'VALIDATION_FAILED');
      const missing = await payonce.patient.post('/checkout', { product_id: 'no-such-product' });
      expectAnswer(missing, 404, 'PRODUCT_NOT_FOUND');
    },
  },
];
