import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { once } from 'node:events';
import net from 'node:net';
import { ask, type Ask } from '../support/http.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { stripeEnv } from '../support/simulator.js';
import { useStack } from '../support/use-stack.js';

describe('the response envelope', () => {
  // No request reaches this Stripe.
  const stack = useStack({ settings: stripeEnv({ url: 'http://127.0.0.1:9' }) });
  let stranger: Person;
  let consultation_id: number;

  beforeAll(async () => {
    stranger = await createPerson(stack.database);
    consultation_id = await createConsultation(stack.database, stack.patient);
  });

  const good = () => ({ consultation_id, amount: 5_000, payment_method: 'bank_transfer' });
  const asPatient = (body: unknown, more: Ask = {}): Ask => ({ token: stack.patient.token, body, ...more });

  /** Status and code, after the envelope itself has been looked at. */
  async function refusal(path: string, question: Ask) {
    const reply = await ask<Schemas['VALIDATION_FAILED']['data'] | undefined>(stack.api.url, path, question);
    const { status_code, code, error, message, request_id } = reply.body;
    expect({ status_code, request_id }).toEqual({
      status_code: reply.status,
      request_id: reply.headers.get('x-request-id'),
    });
    for (const text of [code, error, message, request_id]) expect(text).toEqual(expect.stringMatching(/./));
    expect(reply.headers.get('content-type')).toContain('application/json');
    return { status: reply.status, code, fields: Object.keys(reply.body.data?.fields ?? {}).sort(), reply };
  }

  const createWith = (change: Record<string, unknown>) =>
    refusal('/api/v1/payments', asPatient({ ...good(), ...change }));

  it.each<[string, Record<string, unknown>, string[]]>([
    ['an amount as text', { amount: '5000' }, ['amount']],
    ['a fraction', { amount: 5_000.5 }, ['amount']],
    ['nothing', { amount: 0 }, ['amount']],
    ['less than nothing', { amount: -5_000 }, ['amount']],
    ['an amount beyond 2^53', { amount: 2 ** 53 }, ['amount']],
    ['null', { amount: null }, ['amount']],
    ['a list', { consultation_id: [1] }, ['consultation_id']],
    ['an unknown method', { payment_method: 'cash' }, ['payment_method']],
    ['a method that objects inherit', { payment_method: 'constructor' }, ['payment_method']],
    ['an unknown currency', { currency: 'xxx' }, ['currency']],
    ['an upper-case currency', { currency: 'IDR' }, ['currency']],
    ['an unknown member', { admin: true }, ['admin']],
    ['an empty key', { idempotency_key: '' }, ['idempotency_key']],
    ['a key with a NUL', { idempotency_key: 'a\u0000b' }, ['idempotency_key']],
    ['a key of 256 characters', { idempotency_key: 'k'.repeat(256) }, ['idempotency_key']],
    [
      'eleven metadata',
      { metadata: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`k${n}`, 'v'])) },
      ['metadata'],
    ],
    ['metadata with a NUL', { metadata: { note: '\u0000' } }, ['metadata']],
    ['a member every object has', { constructor: 'x' }, ['constructor']],
    ['metadata with a name every object has', { metadata: { toString: 'x', order: '1' } }, ['metadata']],
    ['metadata with a bracket in a name, which Stripe refuses', { metadata: { 'ref]': 'x' } }, ['metadata']],
    ['nested metadata', { metadata: { a: { b: 'c' } } }, ['metadata']],
    ['many faults', { amount: 'x', payment_method: 1, currency: 2 }, ['amount', 'currency', 'payment_method']],
  ])('422 names every invalid field: %s', async (_name, change, fields) => {
    expect(await createWith(change)).toMatchObject({ status: 422, code: 'VALIDATION_FAILED', fields });
  });

  it.each([
    ['a list', '[]'],
    ['a text', '"pay"'],
    ['a number', '5000'],
    ['null', 'null'],
  ])('422 for a body that is %s', async (_name, body) => {
    expect(await refusal('/api/v1/payments', asPatient(body))).toMatchObject({ status: 422, fields: ['body'] });
  });

  it.each<[string, number, string, () => Ask & { path?: string }]>([
    ['JSON that breaks off', 400, 'MALFORMED_REQUEST', () => asPatient('{"amount": 50')],
    [
      'JSON nested by the thousand',
      400,
      'MALFORMED_REQUEST',
      () =>
        asPatient(`{"metadata": ${'['.repeat(15_000)}${']'.repeat(15_000)}}`, {
          headers: { 'idempotency-key': 'deep' },
        }),
    ],
    ['JSON with __proto__', 400, 'MALFORMED_REQUEST', () => asPatient('{"__proto__": {"role": "staff"}}')],
    ['an empty body', 422, 'VALIDATION_FAILED', () => asPatient('', { method: 'POST' })],
    ['a blank body', 400, 'MALFORMED_REQUEST', () => asPatient(' ', { method: 'POST' })],
    [
      'plain text',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      () => asPatient('pay', { headers: { 'content-type': 'text/plain' } }),
    ],
    [
      'XML',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      () => asPatient('<pay/>', { headers: { 'content-type': 'application/xml' } }),
    ],
    [
      'a content type that is none',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      () => asPatient('pay', { headers: { 'content-type': '???' } }),
    ],
    ['70 kB', 413, 'PAYLOAD_TOO_LARGE', () => asPatient({ metadata: { a: 'x'.repeat(70_000) } })],
    ['an unknown address', 404, 'ROUTE_NOT_FOUND', () => ({ path: '/api/v1/nowhere', token: stack.patient.token })],
    ['an address outside the API', 404, 'ROUTE_NOT_FOUND', () => ({ path: '/nowhere' })],
    [
      'an address that cannot be decoded',
      400,
      'MALFORMED_REQUEST',
      () => ({ path: '/api/v1/payments/%E0%A4%A', token: stack.patient.token }),
    ],
    [
      'a known address with another method',
      404,
      'ROUTE_NOT_FOUND',
      () => ({ token: stack.patient.token, method: 'DELETE' }),
    ],
    [
      'a login that is switched off',
      404,
      'ROUTE_NOT_FOUND',
      () => ({ path: '/api/login', body: { email: 'a@b.c', password: 'p' } }),
    ],
    ['no token', 401, 'UNAUTHENTICATED', () => ({ body: good() })],
    ["somebody else's consultation", 403, 'FORBIDDEN', () => ({ token: stranger.token, body: good() })],
    [
      'a consultation of a patient, paid by staff',
      403,
      'FORBIDDEN',
      () => ({ token: stack.staff.token, body: good() }),
    ],
    [
      'a consultation that does not exist',
      404,
      'CONSULTATION_NOT_FOUND',
      () => asPatient({ ...good(), consultation_id: 999_999 }),
    ],
    [
      'a payment that does not exist',
      404,
      'PAYMENT_NOT_FOUND',
      () => ({ path: '/api/v1/payments/999999', token: stack.patient.token }),
    ],
    [
      'a payment id that is no number',
      422,
      'VALIDATION_FAILED',
      () => ({ path: '/api/v1/payments/1e3', token: stack.patient.token }),
    ],
    [
      'a payment id beyond 2^53',
      422,
      'VALIDATION_FAILED',
      () => ({ path: '/api/v1/payments/9007199254740993', token: stack.patient.token }),
    ],
    ['another amount than the fee', 422, 'AMOUNT_MISMATCH', () => asPatient({ ...good(), amount: 4_999 })],
    ['another currency than the fee', 422, 'AMOUNT_MISMATCH', () => asPatient({ ...good(), currency: 'usd' })],
    [
      'less than Stripe takes',
      422,
      'AMOUNT_OUT_OF_RANGE',
      () => asPatient({ ...good(), payment_method: 'stripe', currency: 'usd', amount: 49 }),
    ],
    [
      'a patient making a consultation',
      403,
      'FORBIDDEN',
      () => ({ path: '/api/v1/consultations', ...asPatient({ patient_id: 1, fee: 1 }) }),
    ],
    [
      'a patient making a product',
      403,
      'FORBIDDEN',
      () => ({ path: '/api/v1/products', ...asPatient({ id: 'x', name: 'X', price: 1 }) }),
    ],
    [
      'a consultation for nobody',
      422,
      'VALIDATION_FAILED',
      () => ({ path: '/api/v1/consultations', token: stack.staff.token, body: { fee: 1 } }),
    ],
    [
      'a consultation for two',
      422,
      'VALIDATION_FAILED',
      () => ({
        path: '/api/v1/consultations',
        token: stack.staff.token,
        body: { patient_id: 1, patient_subject: 'a', fee: 1 },
      }),
    ],
    [
      'a consultation for an unknown user',
      404,
      'USER_NOT_FOUND',
      () => ({ path: '/api/v1/consultations', token: stack.staff.token, body: { patient_id: 999_999, fee: 1 } }),
    ],
  ])('%s is %i %s', async (_name, status, code, question) => {
    const { path = '/api/v1/payments', ...rest } = question();
    const before = await counts();
    expect(await refusal(path, rest)).toMatchObject({ status, code });
    expect(await counts()).toEqual(before);
  });

  async function counts() {
    return stack.database.query(
      'SELECT (SELECT count(*) FROM payments) p, (SELECT count(*) FROM consultations) c, (SELECT count(*) FROM audit_log) a',
    );
  }

  it('a closed consultation is 409 CONSULTATION_CLOSED', async () => {
    const closed = await createConsultation(stack.database, stack.patient);
    await ask(stack.api.url, `/api/v1/consultations/${closed}`, {
      method: 'PATCH',
      token: stack.staff.token,
      body: { status: 'closed' },
    });
    expect(await createWith({ consultation_id: closed })).toMatchObject({ status: 409, code: 'CONSULTATION_CLOSED' });
  });

  it('answers in Indonesian by Accept-Language: message, field errors and Content-Language; `error` stays English', async () => {
    const { reply } = await refusal(
      '/api/v1/payments',
      asPatient({ ...good(), amount: -1 }, { headers: { 'accept-language': 'id-ID,id;q=0.9' } }),
    );
    expect(reply.headers.get('content-language')).toBe('id');
    expect(reply.body).toMatchObject({
      error: 'Validation failed',
      message: 'Sebagian data yang dikirim tidak valid.',
      data: { fields: { amount: ['harus berupa bilangan bulat dari 1 sampai 999999999999'] } },
    });
  });

  it('keeps a valid X-Request-Id and replaces any other', async () => {
    const kept = await ask(stack.api.url, '/api/v1/health/live', { headers: { 'x-request-id': 'order-17.retry:2' } });
    expect(kept.headers.get('x-request-id')).toBe('order-17.retry:2');
    for (const bad of ['a b', 'x'.repeat(129), '{"a":1}', '<script>']) {
      const reply = await ask(stack.api.url, '/api/v1/health/live', { headers: { 'x-request-id': bad } });
      expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(reply.body.request_id).toBe(reply.headers.get('x-request-id'));
    }
  });

  it.each([
    ['bytes that are not HTTP', 'GARBAGE\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    [
      '40 kB of headers',
      `GET / HTTP/1.1\r\nhost: x\r\nx-flood: ${'a'.repeat(40_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    [
      'two content lengths',
      'POST /api/v1/payments HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
      'MALFORMED_REQUEST',
    ],
  ])('answers %s in the same envelope', async (_name, bytes, status, code) => {
    const { hostname, port } = new URL(stack.api.url);
    const socket = net.connect(Number(port), hostname);
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined);
    socket.write(bytes);
    await once(socket, 'close');
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(text.split('\r\n\r\n')[1]!)).toMatchObject({
      status_code: status,
      code,
      request_id: expect.any(String),
    });
  });
});
