import { expect, expectAnswer, expectEqual } from '../expect.mjs';
import * as from from './sources.mjs';

/** @typedef {import('../run.mjs').Rule<import('../payonce.mjs').Payonce>} PayonceRule */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The form of every answer, and requests that no route accepts. */
/** @type {PayonceRule[]} */
export const envelopeRules = [
  {
    id: 'success-envelope',
    title: 'A success has `status_code`, `message`, `request_id` and `data`',
    source: from.payments,
    async check({ patient }) {
      const answer = await patient.get('/consultations?limit=1');
      expectAnswer(answer, 200);
      expectEqual('The envelope', Object.keys(answer.json).sort(), ['data', 'message', 'request_id', 'status_code']);
      expectEqual('status_code', answer.json.status_code, 200);
    },
  },
  {
    id: 'failure-envelope',
    title: 'A failure also has `code` and `error`',
    source: from.errors,
    async check({ nobody }) {
      const answer = await nobody.get('/payments');
      expectAnswer(answer, 401, 'UNAUTHENTICATED');
      const members = ['code', 'error', 'message', 'request_id', 'status_code'];
      expectEqual('The envelope', Object.keys(answer.json).sort(), members);
    },
  },
  {
    id: 'request-id',
    title: 'A sane `X-Request-Id` is returned in header and body, another one is replaced',
    source: from.api,
    async check({ patient, newKey }) {
      const sane = newKey();
      const kept = await patient.get('/payments?limit=1', { headers: { 'x-request-id': sane } });
      expectEqual('X-Request-Id', kept.headers['x-request-id'], sane);
      expectEqual('request_id', kept.json.request_id, sane);
      const replaced = await patient.get('/payments?limit=1', { headers: { 'x-request-id': '<a b>' } });
      expect(UUID.test(String(replaced.headers['x-request-id'])), 'A strange X-Request-Id was not replaced by a UUID.');
      expectEqual('request_id', replaced.json.request_id, replaced.headers['x-request-id']);
    },
  },
  {
    id: 'language',
    title: '`message` is in the language of `Accept-Language`, `error` always in English',
    source: from.errors,
    async check({ patient }) {
      const [plain, english, indonesian, unknown] = await Promise.all(
        [undefined, 'en', 'id', 'xx'].map((language) =>
          patient.get('/payments/9007199254740991', { headers: language ? { 'accept-language': language } : {} }),
        ),
      );
      expectEqual('The message without a language', plain?.json.message, english?.json.message);
      expectEqual('The message in an unknown language', unknown?.json.message, english?.json.message);
      expect(indonesian?.json.message !== english?.json.message, 'The Indonesian message is the English one.');
      expectEqual('The title', indonesian?.json.error, english?.json.error);
    },
  },
  {
    id: 'invalid-fields',
    title: 'An invalid body is 422 `VALIDATION_FAILED`, and every bad field is named',
    source: from.errors,
    async check({ patient }) {
      const answer = await patient.post('/payments', {
        consultation_id: 'x',
        amount: -1,
        payment_method: 'gold',
        more: 1,
      });
      expectAnswer(answer, 422, 'VALIDATION_FAILED');
      const named = ['amount', 'consultation_id', 'more', 'payment_method'];
      expectEqual('The named fields', Object.keys(answer.json.data.fields).sort(), named);
    },
  },
  {
    id: 'invalid-parameter',
    title: 'An id or a query parameter that is invalid is 422',
    source: from.errors,
    async check({ patient }) {
      expectAnswer(await patient.get('/payments/x'), 422, 'VALIDATION_FAILED');
      expectAnswer(await patient.get('/payments?limit=0'), 422, 'VALIDATION_FAILED');
    },
  },
  {
    id: 'null-is-absence',
    title: '`null` in an optional member is its absence, also for the fingerprint of a key',
    source: from.payments,
    async check(payonce) {
      const body = payonce.order(await payonce.consultation());
      const key = payonce.newKey();
      const first = await payonce.patient.post('/payments', { ...body, currency: null, metadata: null }, { key });
      expectAnswer(first, 201);
      const again = await payonce.patient.post('/payments', body, { key });
      expectAnswer(again, 201);
      expectEqual('The payment', again.json.data.payment_id, first.json.data.payment_id);
    },
  },
  {
    id: 'malformed-json',
    title: 'A body that is not JSON is 400 `MALFORMED_REQUEST`',
    source: from.errors,
    check: async ({ patient }) => expectAnswer(await patient.post('/payments', '{"amount":'), 400, 'MALFORMED_REQUEST'),
  },
  {
    id: 'wrong-content-type',
    title: 'A body of another content type is 415',
    source: from.errors,
    async check({ patient }) {
      const answer = await patient.post('/payments', 'amount=1', { headers: { 'content-type': 'text/plain' } });
      expectAnswer(answer, 415, 'UNSUPPORTED_MEDIA_TYPE');
    },
  },
  {
    id: 'too-large',
    title: 'A body over 64 KiB is 413',
    source: from.errors,
    async check({ patient }) {
      const answer = await patient.post('/payments', { metadata: { much: 'x'.repeat(65 * 1024) } });
      expectAnswer(answer, 413, 'PAYLOAD_TOO_LARGE');
    },
  },
  {
    id: 'unknown-route',
    title: 'An unknown route is 404 `ROUTE_NOT_FOUND`',
    source: from.errors,
    check: async ({ patient }) => expectAnswer(await patient.get('/nothing-here'), 404, 'ROUTE_NOT_FOUND'),
  },
];
