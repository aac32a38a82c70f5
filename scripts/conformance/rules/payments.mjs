import { expect, expectAnswer, expectEqual } from '../expect.mjs';
import { FEE } from '../payonce.mjs';
import * as from from './sources.mjs';

/** @typedef {import('./envelope.mjs').PayonceRule} PayonceRule */

const ROUNDS = 3;

/** Creating, reading and cancelling. */
/** @type {PayonceRule[]} */
export const paymentRules = [
  {
    id: 'create',
    title: 'A create is 201 with payment, invoice and tax record that fit each other',
    source: from.quickStart,
    async check(payonce) {
      const { created, id, consultation_id } = await payonce.pending();
      expectAnswer(created, 201);
      const { type, payment, invoice, tax, checkout } = created.json.data;
      expectEqual('type', type, 'new');
      expectEqual('checkout', checkout, null);
      const { amount, currency, status, refunded_amount, processing, dispute } = payment;
      expectEqual(
        'The payment',
        {
          id: payment.id,
          consultation_id: payment.consultation_id,
          amount,
          currency,
          status,
          refunded_amount,
          processing,
          dispute,
        },
        {
          id,
          consultation_id,
          amount: FEE,
          currency: 'idr',
          status: 'pending',
          refunded_amount: 0,
          processing: false,
          dispute: null,
        },
      );
      const at = String(invoice.created_at).replace(/[-:T]|\..*/g, '');
      expectEqual('The invoice number', invoice.invoice_number, `INV-${at}-${String(id).padStart(6, '0')}`);
      expectEqual('The amount of the invoice', invoice.amount, FEE);
      expectEqual('Base and tax together', tax.base_amount + tax.tax_amount, FEE);
      for (const time of [payment.created_at, payment.expires_at])
        expect(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time), `${time} is no time in ISO 8601 UTC.`);
    },
  },
  {
    id: 'amount-must-match',
    title: "An amount or currency other than the consultation's fee is 422 `AMOUNT_MISMATCH` and names the fee",
    source: from.errors,
    async check(payonce) {
      const body = payonce.order(await payonce.consultation());
      for (const wrong of [{ amount: FEE + 1 }, { currency: 'usd' }]) {
        const answer = await payonce.patient.post('/payments', { ...body, ...wrong });
        expectAnswer(answer, 422, 'AMOUNT_MISMATCH');
        expectEqual('The expected amount', answer.json.data.expected, { amount: FEE, currency: 'idr' });
      }
      expectEqual('The number of payments', (await payonce.paymentsOf(body.consultation_id)).length, 0);
    },
  },
  {
    id: 'one-live-payment',
    title: 'A consultation with a live payment is 409 `PAYMENT_EXISTS` with that payment, whatever the key',
    source: from.payments,
    async check(payonce) {
      const { id, consultation_id } = await payonce.pending();
      const answer = await payonce.patient.post('/payments', payonce.order(consultation_id, 'gcash'));
      expectAnswer(answer, 409, 'PAYMENT_EXISTS');
      const { type, payment_id, status, payment } = answer.json.data;
      expectEqual('The existing payment', [type, payment_id, status, payment.id], ['existing', id, 'pending', id]);
    },
  },
  {
    id: 'concurrent-devices',
    title: 'Ten concurrent creates with different keys: one payment, and the others are 409 with it',
    source: from.payments,
    async check(payonce) {
      for (let round = 1; round <= ROUNDS; round++) {
        const body = payonce.order(await payonce.consultation());
        const requests = Array.from({ length: 10 }, () => payonce.patient.request('/payments', body));
        const answers = await payonce.client.sendTogether(requests);
        expectEqual('The number of 201', answers.filter(({ status }) => status === 201).length, 1);
        const named = new Set(answers.map(({ json }) => json.data?.payment_id));
        expectEqual('The number of payments that answers name', named.size, 1);
        expectEqual('The number of payments', (await payonce.paymentsOf(body.consultation_id)).length, 1);
      }
    },
  },
  {
    id: 'metadata',
    title: 'Up to ten short strings of `metadata` are kept and returned; eleven are 422',
    source: from.limits,
    async check(payonce) {
      const body = payonce.order(await payonce.consultation());
      const entries = Array.from({ length: 11 }, (_, n) => [`name${n}`, `value ${n}`]);
      const tooMany = await payonce.patient.post('/payments', { ...body, metadata: Object.fromEntries(entries) });
      expectAnswer(tooMany, 422, 'VALIDATION_FAILED');
      const metadata = Object.fromEntries(entries.slice(1));
      const created = await payonce.patient.post('/payments', { ...body, metadata });
      expectAnswer(created, 201);
      expectEqual('The metadata', (await payonce.payment(created.json.data.payment_id)).metadata, metadata);
    },
  },
  {
    id: 'history',
    title: 'Payments are listed newest first, page by page, each once; a patient sees only their own',
    source: from.payments,
    async check(payonce) {
      const made = [await payonce.pending(), await payonce.pending(), await payonce.pending()].map(({ id }) => id);
      const { patient } = payonce;
      const listed = [];
      let cursor = '';
      for (let page = 1; page <= 3; page++) {
        const { json } = await patient.get(`/payments?status=pending&limit=1${cursor && `&cursor=${cursor}`}`);
        listed.push(...json.data.payments);
        cursor = json.data.next_cursor;
      }
      expectEqual(
        'The newest three',
        listed.map(({ id }) => id),
        made.reverse(),
      );
      const { json } = await patient.get('/payments?limit=100');
      expectEqual(
        'The number of owners',
        new Set(json.data.payments.map((/** @type {any} */ one) => one.user_id)).size,
        1,
      );
    },
  },
  {
    id: 'read-payment',
    title: 'Owner and staff read a payment with its invoice, tax record and charges',
    source: from.quickStart,
    async check(payonce) {
      const { id } = await payonce.completed();
      for (const reader of [payonce.patient, payonce.staff]) {
        const { json } = await reader.get(`/payments/${id}`);
        const { payment, invoice, tax, charges, amount_due, refundable_amount } = json.data;
        const states = [payment.status, invoice.status, tax.status, charges.length, amount_due, refundable_amount];
        expectEqual('The states', states, ['completed', 'paid', 'due', 1, 0, FEE]);
      }
    },
  },
  {
    id: 'timeline',
    title: 'The timeline lists requests, locks and state changes, oldest first',
    source: from.api,
    async check(payonce) {
      const { id } = await payonce.completed();
      const { json } = await payonce.patient.get(`/payments/${id}/timeline`);
      const actions = json.data.entries.map((/** @type {any} */ entry) => entry.action);
      for (const action of [
        'request.create',
        'lock.acquired',
        'payment.created',
        'request.confirm',
        'payment.completed',
      ])
        expect(actions.includes(action), `There is no ${action}: ${actions}.`);
      const times = json.data.entries.map((/** @type {any} */ entry) => Date.parse(entry.at));
      expectEqual(
        'The order',
        times,
        [...times].sort((a, b) => a - b),
      );
    },
  },
  {
    id: 'cancel',
    title: 'A pending payment is cancelled once, and its consultation can be paid again',
    source: from.api,
    async check(payonce) {
      const { id, consultation_id } = await payonce.pending();
      const cancelled = await payonce.patient.post(`/payments/${id}/cancel`);
      expectAnswer(cancelled, 200);
      const { payment, invoice, tax } = cancelled.json.data;
      expectEqual('The states', [payment.status, invoice.status, tax.status], ['cancelled', 'void', 'void']);
      expectAnswer(await payonce.patient.post(`/payments/${id}/cancel`), 409);
      expectAnswer(await payonce.patient.post('/payments', payonce.order(consultation_id)), 201);
    },
  },
  {
    id: 'cancel-completed',
    title: 'A completed payment cannot be cancelled: 409',
    source: from.errors,
    async check(payonce) {
      const { id } = await payonce.completed();
      expectAnswer(await payonce.patient.post(`/payments/${id}/cancel`), 409);
      expectEqual('The status', (await payonce.payment(id)).status, 'completed');
    },
  },
];
