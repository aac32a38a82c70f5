import { createHmac } from 'node:crypto';
import { expect, expectAnswer, expectEqual, NotRun } from '../expect.mjs';
import { FEE } from '../payonce.mjs';
import * as from from './sources.mjs';

/** @typedef {import('./envelope.mjs').PayonceRule} PayonceRule */

/** An event of a type that changes nothing here. */
const EVENT_TYPE = 'customer.created';
const WEBHOOK = '/api/v1/webhooks/stripe';

/** What other programs rely on: feeding terms, Stripe's webhooks, the reports for staff, health and the API document. */
/** @type {PayonceRule[]} */
export const serviceRules = [
  {
    id: 'feed-consultations',
    title: 'A consultation fed twice under one `external_reference` is one: 201, then 200; other terms are 409',
    source: from.payments,
    async check(payonce) {
      const terms = {
        patient_subject: payonce.patient.subject,
        fee: FEE,
        external_reference: `conformance-${payonce.newKey()}`,
      };
      const { staff } = payonce;
      const first = await staff.post('/consultations', terms);
      expectAnswer(first, 201);
      const again = await staff.post('/consultations', terms);
      expectAnswer(again, 200);
      expectEqual('The consultation', again.json.data.consultation.id, first.json.data.consultation.id);
      expectAnswer(await staff.post('/consultations', { ...terms, fee: FEE + 1 }), 409, 'EXTERNAL_REFERENCE_USED');
      const { json } = await staff.get(`/consultations?external_reference=${terms.external_reference}`);
      expectEqual('The number listed', json.data.consultations.length, 1);
      expectAnswer(await staff.patch(`/consultations/${first.json.data.consultation.id}`, { status: 'closed' }), 200);
    },
  },
  {
    id: 'change-fee',
    title: 'A changed fee holds for new payments; a pending bank transfer keeps its amount',
    source: from.payments,
    async check(payonce) {
      const { id, consultation_id } = await payonce.pending();
      expectAnswer(await payonce.staff.patch(`/consultations/${consultation_id}`, { fee: FEE * 2 }), 200);
      expectEqual('The amount', (await payonce.payment(id)).amount, FEE);
      expectAnswer(await payonce.patient.post(`/payments/${id}/cancel`), 200);
      expectAnswer(await payonce.patient.post('/payments', payonce.order(consultation_id)), 422, 'AMOUNT_MISMATCH');
    },
  },
  {
    id: 'closed-consultation',
    title: 'A closed consultation cannot be paid: 409 `CONSULTATION_CLOSED`',
    source: from.errors,
    async check(payonce) {
      const id = await payonce.consultation();
      expectAnswer(await payonce.staff.patch(`/consultations/${id}`, { status: 'closed' }), 200);
      expectAnswer(await payonce.patient.post('/payments', payonce.order(id)), 409, 'CONSULTATION_CLOSED');
    },
  },
  {
    id: 'products',
    title: 'A product id exists once (409), a price is changed, and a closed product is not listed for patients',
    source: from.api,
    async check(payonce) {
      const id = await payonce.product();
      const { staff, patient } = payonce;
      expectAnswer(await staff.post('/products', { id, name: 'Conformance', price: FEE + 1 }), 409, 'PRODUCT_EXISTS');
      const changed = await staff.patch(`/products/${id}`, { price: FEE * 2 });
      expectEqual('The price', changed.json.data.product.price, FEE * 2);
      expectAnswer(await staff.patch(`/products/${id}`, { status: 'closed' }), 200);
      const { json } = await patient.get('/products');
      expect(!json.data.products.some((/** @type {any} */ one) => one.id === id), 'It is still listed.');
    },
  },
  {
    id: 'webhook-unsigned',
    title: 'A webhook without a signature, with a wrong or a stale one is 400, and nothing is stored',
    source: from.webhooks,
    async check(payonce) {
      const { event, payload } = newEvent(payonce.newKey());
      const old = Math.floor(Date.now() / 1_000) - 3_600;
      const stale = payonce.webhookSecret ? [signature(payload, payonce.webhookSecret, old)] : [];
      for (const header of [undefined, 't=1,v1=00', signature(payload, 'whsec_wrong'), ...stale]) {
        const headers = header === undefined ? {} : { 'stripe-signature': header };
        const answer = await payonce.client.send({ path: WEBHOOK, body: payload, headers });
        expectAnswer(answer, 400, 'WEBHOOK_SIGNATURE_INVALID');
      }
      const { json } = await payonce.staff.get('/ops/webhooks?limit=20');
      expect(!json.data.events.some((/** @type {any} */ one) => one.event_id === event), 'The event was stored.');
    },
  },
  {
    id: 'webhook-once',
    title: 'A signed event is 200 and stored once, however often it is delivered',
    source: from.webhooks,
    async check(payonce) {
      if (!payonce.webhookSecret) throw new NotRun('Needs --webhook-secret.');
      const { event, payload } = newEvent(payonce.newKey());
      const headers = { 'stripe-signature': signature(payload, payonce.webhookSecret) };
      const delivery = { path: WEBHOOK, body: payload, headers };
      for (const answer of await payonce.client.sendTogether([delivery, delivery, delivery])) expectAnswer(answer, 200);
      const { json } = await payonce.staff.get('/ops/webhooks?limit=20');
      const stored = json.data.events.filter((/** @type {any} */ one) => one.event_id === event);
      expectEqual('The number of stored events', stored.length, 1);
    },
  },
  {
    id: 'ops-reports',
    title: 'Staff see payments, keys (without bodies), locks and the inbox',
    source: from.api,
    async check(payonce) {
      const body = payonce.order(await payonce.consultation());
      const key = payonce.newKey();
      const created = await payonce.patient.post('/payments', body, { key });
      const found = await payonce.staff.get(`/ops/payments?search=${key}`);
      const { payment_id } = created.json.data;
      expectEqual(
        'The payment of the key',
        found.json.data.payments.map((/** @type {any} */ one) => one.id),
        [payment_id],
      );
      const { json } = await payonce.staff.get('/ops/keys?limit=5');
      const [listed] = json.data.keys.filter((/** @type {any} */ one) => one.idempotency_key === key);
      expectEqual('The key', [listed.resource, listed.response_status], [String(payment_id), 201]);
      expect(!('response_body' in listed || 'body' in listed), 'The list contains the answer.');
      expectAnswer(await payonce.staff.get('/ops/locks'), 200);
      expectAnswer(await payonce.staff.get('/ops/webhooks?limit=1'), 200);
    },
  },
  {
    id: 'login',
    title: 'The demo login takes a form or JSON and returns `token` at the top level, too; a wrong password is 401',
    source: from.quickStart,
    async check({ client }) {
      const logIn = (/** @type {unknown} */ body, headers = {}) => client.send({ path: '/api/login', body, headers });
      const json = await logIn({ email: 'patient@test.com', password: 'password' });
      if (json.status === 404) throw new NotRun('There is no login here.');
      if (json.status === 401) throw new NotRun("The demo's people are not here.");
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      for (const answer of [json, await logIn('email=patient%40test.com&password=password', form)]) {
        expectAnswer(answer, 200);
        expectEqual('The token', answer.json.token, answer.json.data.token);
        expect(answer.json.token.split('.').length === 3, 'The token is no JWT.');
      }
      expectAnswer(await logIn({ email: 'nobody@test.com', password: 'wrong' }), 401, 'INVALID_CREDENTIALS');
    },
  },
  {
    id: 'health',
    title: 'Liveness is 200, and readiness names each dependency',
    source: from.operating,
    async check({ nobody }) {
      expectAnswer(await nobody.get('/health/live'), 200);
      for (const path of ['/health', '/health/ready']) {
        const answer = await nobody.get(path);
        expectAnswer(answer, 200);
        for (const name of ['postgres', 'redis', 'stripe'])
          expect(name in answer.json.data.dependencies, `Readiness does not name ${name}.`);
      }
    },
  },
  {
    id: 'api-document',
    title: 'The API document is OpenAPI 3.1 and names every route that these rules use',
    source: from.api,
    async check({ client }) {
      const { json } = await client.send({ path: '/api/docs-json' });
      expect(/^3\.1\./.test(json?.openapi), `The version is ${json?.openapi}.`);
      for (const path of ['payments', 'payments/{id}/refund', 'checkout', 'transfers', 'webhooks/stripe', 'ops/keys'])
        expect(json.paths[`/api/v1/${path}`], `/api/v1/${path} is missing.`);
      expectEqual('The page', (await client.send({ path: '/api/docs' })).status, 200);
    },
  },
  {
    id: 'metrics',
    title: "Metrics are in Prometheus' text format",
    source: from.monitoring,
    async check({ client }) {
      const answer = await client.send({ path: '/metrics' });
      if (answer.status === 404) throw new NotRun('Metrics have a port of their own here.');
      expectAnswer(answer, 200);
      expect(/^# TYPE \w+ (counter|gauge|histogram)$/m.test(answer.text), 'There is no metric.');
    },
  },
];

/** @param {string} unique */
function newEvent(unique) {
  const event = `evt_conformance_${unique.replaceAll('-', '')}`;
  const created = Math.floor(Date.now() / 1_000);
  const object = { id: 'cus_conformance', object: 'customer' };
  const payload = JSON.stringify({
    id: event,
    object: 'event',
    type: EVENT_TYPE,
    created,
    livemode: false,
    data: { object },
  });
  return { event, payload };
}

/** https://docs.stripe.com/webhooks#verify-manually */
function signature(/** @type {string} */ payload, /** @type {string} */ secret, at = Math.floor(Date.now() / 1_000)) {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex')}`;
}
