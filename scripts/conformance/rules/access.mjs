import { expect, expectAnswer, expectEqual } from '../expect.mjs';
import * as from from './sources.mjs';

/** @typedef {import('./envelope.mjs').PayonceRule} PayonceRule */

/** Larger than any id that was ever assigned, and still a whole number in JSON. */
const NO_ID = 9_007_199_254_740_991;

/** Who may do what, and what does not exist. */
/** @type {PayonceRule[]} */
export const accessRules = [
  {
    id: 'no-token',
    title: 'A request without a token, or with a wrong one, is 401 `UNAUTHENTICATED`',
    source: from.errors,
    async check({ nobody, patient }) {
      expectAnswer(await nobody.get('/payments'), 401, 'UNAUTHENTICATED');
      expectAnswer(await nobody.post('/payments', {}), 401, 'UNAUTHENTICATED');
      const forged = `${String(patient.headers.authorization).slice(0, -4)}AAAA`;
      const answer = await nobody.get('/payments', { headers: { authorization: forged } });
      expectAnswer(answer, 401, 'UNAUTHENTICATED');
      expect(answer.headers['www-authenticate'], 'The answer has no WWW-Authenticate.');
    },
  },
  {
    id: 'foreign-consultation',
    title: "Paying for another user's consultation is 403",
    source: from.errors,
    async check(payonce) {
      const id = await payonce.consultation({ subject: payonce.staff.subject });
      expectAnswer(await payonce.patient.post('/payments', payonce.order(id)), 403, 'FORBIDDEN');
    },
  },
  {
    id: 'foreign-payment',
    title: "Another user's payment can be neither read nor cancelled: 403, without any of its data",
    source: from.errors,
    async check(payonce) {
      const { patient, staff } = payonce;
      const consultation_id = await payonce.consultation({ subject: staff.subject });
      const created = await staff.post('/payments', payonce.order(consultation_id));
      expectAnswer(created, 201);
      const path = `/payments/${created.json.data.payment_id}`;
      for (const answer of [
        await patient.get(path),
        await patient.get(`${path}/timeline`),
        await patient.post(`${path}/cancel`),
      ]) {
        expectAnswer(answer, 403, 'FORBIDDEN');
        expectEqual('data', answer.json.data, undefined);
      }
    },
  },
  {
    id: 'staff-only',
    title: 'What is for staff is 403 for a patient',
    source: from.errors,
    async check(payonce) {
      const { id } = await payonce.pending();
      const { patient } = payonce;
      const refusals = [
        patient.post('/consultations', { patient_subject: patient.subject, fee: 1 }),
        patient.post('/products', { id: 'conformance', name: 'Conformance', price: 1 }),
        patient.post('/transfers', { payment_method: 'gcash', transaction_id: payonce.reference(), amount: 1 }),
        patient.post(`/payments/${id}/confirm`, { transaction_id: payonce.reference() }),
        patient.post(`/payments/${id}/refund`, { reason: 'conformance' }),
        patient.get('/transfers'),
        ...['payments', 'refunds', 'charges', 'locks', 'keys', 'webhooks', 'discrepancies', 'live'].map((part) =>
          patient.get(`/ops/${part}`),
        ),
      ];
      for (const answer of await Promise.all(refusals)) expectAnswer(answer, 403, 'FORBIDDEN');
    },
  },
  {
    id: 'own-money',
    title: 'Staff cannot confirm their own payment',
    source: from.transfers,
    async check(payonce) {
      const { staff } = payonce;
      const consultation_id = await payonce.consultation({ subject: staff.subject });
      const created = await staff.post('/payments', payonce.order(consultation_id));
      expectAnswer(created, 201);
      const confirmed = await staff.post(`/payments/${created.json.data.payment_id}/confirm`, {
        transaction_id: payonce.reference(),
      });
      expectAnswer(confirmed, 403, 'FORBIDDEN');
    },
  },
  {
    id: 'not-found',
    title: 'A missing consultation, product, payment or order is 404 with its own code',
    source: from.errors,
    async check(payonce) {
      const { patient, staff } = payonce;
      expectAnswer(await patient.post('/payments', payonce.order(NO_ID)), 404, 'CONSULTATION_NOT_FOUND');
      expectAnswer(await staff.patch(`/consultations/${NO_ID}`, { fee: 1 }), 404, 'CONSULTATION_NOT_FOUND');
      expectAnswer(await staff.patch('/products/no-such-product', { price: 1 }), 404, 'PRODUCT_NOT_FOUND');
      for (const path of ['', '/timeline', '/refunds'])
        expectAnswer(await staff.get(`/payments/${NO_ID}${path}`), 404, 'PAYMENT_NOT_FOUND');
      for (const [path, body] of Object.entries({
        confirm: { transaction_id: 'x' },
        refund: { reason: 'x' },
        cancel: {},
      }))
        expectAnswer(await staff.post(`/payments/${NO_ID}/${path}`, body), 404, 'PAYMENT_NOT_FOUND');
      expectAnswer(await patient.get(`/orders/order_${NO_ID}`), 404, 'ORDER_NOT_FOUND');
    },
  },
];
