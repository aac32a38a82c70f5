import { expect, expectAnswer, expectEqual, expectSameAnswer, expectSuccess } from '../expect.mjs';
import * as from from './sources.mjs';

/** @typedef {import('./envelope.mjs').PayonceRule} PayonceRule */
/** @typedef {import('../payonce.mjs').Payonce} Payonce */

const OLDER = 'x-idempotency-key';

/** Spellings of idempotency keys, what they belong to, and the legacy contract. The other rules are in idempotency.mjs. */
/** @type {PayonceRule[]} */
export const keyRules = [
  {
    id: 'three-spellings',
    title: 'Header, legacy header and body field name the same key',
    source: from.keys,
    async check(payonce) {
      const { id } = await payonce.pending();
      const key = payonce.newKey();
      const cancel = (/** @type {object} */ body, /** @type {import('../payonce.mjs').How} */ how) =>
        payonce.patient.post(`/payments/${id}/cancel`, body, how);
      const first = await cancel({}, { key });
      expectAnswer(first, 200);
      expectSameAnswer(await cancel({}, { key: null, headers: { [OLDER]: key } }), first);
      expectSameAnswer(await cancel({ idempotency_key: key }, { key: null }), first);
      expectSameAnswer(await cancel({ idempotency_key: key }, { key, headers: { [OLDER]: key } }), first);
    },
  },
  {
    id: 'two-keys',
    title: 'Two spellings with different keys are 422',
    source: from.keys,
    async check(payonce) {
      const body = payonce.order(await payonce.consultation());
      const { patient, newKey } = payonce;
      const answers = [
        await patient.post('/payments', body, { headers: { [OLDER]: newKey() } }),
        await patient.post('/payments', { ...body, idempotency_key: newKey() }),
        await patient.post('/payments', body, { key: null, headers: { 'idempotency-key': [newKey(), newKey()] } }),
      ];
      for (const answer of answers) expectAnswer(answer, 422, 'VALIDATION_FAILED');
      expectEqual('The number of payments', (await payonce.paymentsOf(body.consultation_id)).length, 0);
    },
  },
  {
    id: 'key-characters',
    title: 'A key has 1 to 255 printable ASCII characters',
    source: from.keys,
    async check(payonce) {
      const body = payonce.order(await payonce.consultation());
      const { patient, newKey } = payonce;
      for (const key of [newKey().padEnd(256, '-'), 'kéy'])
        expectAnswer(await patient.post('/payments', body, { key }), 422, 'VALIDATION_FAILED');
      for (const idempotency_key of ['', 'a\tb', 7])
        expectAnswer(
          await patient.post('/payments', { ...body, idempotency_key }, { key: null }),
          422,
          'VALIDATION_FAILED',
        );
      expectAnswer(await patient.post('/payments', body, { key: newKey().padEnd(255, '-') }), 201);
    },
  },
  {
    id: 'header-forms',
    title: 'In a header `k`, `"k"`, `"k";v=1` and `k, k` are one key; a missing closing quote is 422',
    source: from.keys,
    async check(payonce) {
      const body = payonce.order(await payonce.consultation());
      const key = payonce.newKey();
      const first = await payonce.patient.post('/payments', body, { key });
      expectAnswer(first, 201);
      for (const form of [`"${key}"`, `"${key}";v=1`, `${key}, ${key}`, `"${key}",${key}`])
        expectSameAnswer(await payonce.patient.post('/payments', body, { key: form }), first);
      expectAnswer(await payonce.patient.post('/payments', body, { key: `"${key}` }), 422, 'VALIDATION_FAILED');
    },
  },
  {
    id: 'replay-everywhere',
    title: 'Every write takes keys: feeding, changing, recording, confirming and refunding replay their answers',
    source: from.keys,
    async check(payonce) {
      const { staff } = payonce;
      const [pending, completed] = [await payonce.pending(), await payonce.completed()];
      const product = await payonce.product();
      const twice = async (/** @type {(how: { key: string }) => ReturnType<typeof staff.post>} */ write) => {
        const how = { key: payonce.newKey() };
        const first = await write(how);
        expectSuccess(first);
        expectSameAnswer(await write(how), first);
        return first.json.data;
      };
      const fed = { patient_subject: payonce.patient.subject, fee: 1 };
      const money = { payment_method: 'gcash', transaction_id: payonce.reference(), amount: 1 };
      const paid = { transaction_id: payonce.reference() };
      const { consultation } = await twice((how) => staff.post('/consultations', fed, how));
      const { transfer } = await twice((how) => staff.post('/transfers', money, how));
      await twice((how) => staff.post(`/payments/${pending.id}/confirm`, paid, how));
      await twice((how) => staff.post(`/payments/${completed.id}/refund`, { reason: 'conformance', amount: 1 }, how));
      await twice((how) => staff.patch(`/products/${product}`, { price: 1 }, how));
      await twice((how) => staff.patch(`/consultations/${consultation.id}`, { status: 'closed' }, how));
      await twice((how) => staff.post(`/transfers/${transfer.id}/void`, { reason: 'conformance' }, how));
    },
  },
  {
    id: 'key-and-path',
    title: 'A key belongs to a route: with another id in the path it is 422, on another route another key',
    source: from.keys,
    async check(payonce) {
      const [one, other] = [await payonce.pending(), await payonce.pending()];
      const { patient } = payonce;
      const key = payonce.newKey();
      expectAnswer(await patient.post(`/payments/${one.id}/cancel`, {}, { key }), 200);
      expectAnswer(await patient.post(`/payments/${other.id}/cancel`, {}, { key }), 422, 'IDEMPOTENCY_KEY_REUSED');
      expectAnswer(await patient.post('/payments', payonce.order(await payonce.consultation()), { key }), 201);
    },
  },
  {
    id: 'added-default',
    title: 'Adding a default makes another request: 422 `IDEMPOTENCY_KEY_REUSED`',
    source: from.keys,
    async check(payonce) {
      const body = payonce.order(await payonce.consultation());
      const key = payonce.newKey();
      expectAnswer(await payonce.patient.post('/payments', body, { key }), 201);
      const answer = await payonce.patient.post('/payments', { ...body, currency: 'idr' }, { key });
      expectAnswer(answer, 422, 'IDEMPOTENCY_KEY_REUSED');
    },
  },
  {
    id: 'refused-not-stored',
    title: 'After a refusal the key is free for any body',
    source: from.keys,
    async check(payonce) {
      const { consultation_id } = await payonce.pending();
      const key = payonce.newKey();
      expectAnswer(
        await payonce.patient.post('/payments', payonce.order(consultation_id), { key }),
        409,
        'PAYMENT_EXISTS',
      );
      expectAnswer(await payonce.patient.post('/payments', payonce.order(await payonce.consultation()), { key }), 201);
    },
  },
  {
    id: 'legacy-create',
    title: 'On `POST /payments` a finished legacy key is 409 `existing` with the payment as it is now',
    source: from.keys,
    async check(payonce) {
      for (const [spelling, legacy] of Object.entries(spellings)) {
        const body = payonce.order(await payonce.consultation());
        const send = legacy(payonce, body);
        const first = await send();
        expectAnswer(first, 201);
        const again = await send();
        expectAnswer(again, 409, 'PAYMENT_EXISTS');
        const { type, payment_id, status } = again.json.data;
        expectEqual(
          `The existing payment (${spelling})`,
          [type, payment_id, status],
          ['existing', first.json.data.payment_id, 'pending'],
        );
        expectEqual('Idempotent-Replayed', again.headers['idempotent-replayed'], 'true');
        expectAnswer(await payonce.patient.post(`/payments/${payment_id}/cancel`), 200);
        expectEqual('The status after cancelling', (await send()).json.data.status, 'cancelled');
      }
    },
  },
  {
    id: 'legacy-concurrent',
    title: 'Concurrent requests under one legacy key wait: one is 201, the others 409 `existing` with its payment',
    source: from.keys,
    async check(payonce) {
      const body = payonce.order(await payonce.consultation());
      const headers = { [OLDER]: payonce.newKey() };
      const requests = Array.from({ length: 8 }, () =>
        payonce.patient.request('/payments', body, { key: null, headers }),
      );
      const answers = await payonce.client.sendTogether(requests);
      const created = answers.filter(({ status }) => status === 201);
      expectEqual('The number of 201', created.length, 1);
      const [id] = created.map(({ json }) => json.data.payment_id);
      for (const answer of answers.filter(({ status }) => status !== 201)) {
        expectAnswer(answer, 409, 'PAYMENT_EXISTS');
        expectEqual('The existing payment', answer.json.data.payment_id, id);
      }
    },
  },
  {
    id: 'standard-wins',
    title: 'With `Idempotency-Key` present the standard contract holds, whatever other spellings are',
    source: from.keys,
    async check(payonce) {
      const key = payonce.newKey();
      const body = { ...payonce.order(await payonce.consultation()), idempotency_key: key };
      const how = { key, headers: { [OLDER]: key } };
      const first = await payonce.patient.post('/payments', body, how);
      expectAnswer(first, 201);
      const again = await payonce.patient.post('/payments', body, how);
      expectSameAnswer(again, first);
      expect(again.headers['idempotent-replayed'] === 'true', 'The replay is not marked.');
    },
  },
];

/** The two legacy ways to send one key again and again. */
/** @type {Record<string, (payonce: Payonce, body: object) => () => Promise<import('../client.mjs').Answer>>} */
const spellings = {
  header: (payonce, body) => {
    const headers = { [OLDER]: payonce.newKey() };
    return () => payonce.patient.post('/payments', body, { key: null, headers });
  },
  'body field': (payonce, body) => {
    const keyed = { ...body, idempotency_key: payonce.newKey() };
    return () => payonce.patient.post('/payments', keyed, { key: null });
  },
};
