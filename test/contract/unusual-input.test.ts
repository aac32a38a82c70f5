import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { ask } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { useStack } from '../support/use-stack.js';

describe('unusual but valid input', () => {
  const stack = useStack();
  let consultation_id: number;

  beforeEach(async () => {
    consultation_id = await createConsultation(stack.database, stack.patient);
  });

  const good = () => ({ consultation_id, amount: 5_000, payment_method: 'gcash' });
  const create = (body: unknown, headers: Record<string, string> = {}) =>
    ask<Schemas['NewPayment']>(stack.api.url, '/api/v1/payments', { token: stack.patient.token, body, headers });

  it('a duplicate member: the last value is used for validation, amount and fingerprint', async () => {
    const twice = `{"amount": 1, ${JSON.stringify(good()).slice(1)}`;
    const first = await create(twice, { 'idempotency-key': 'twice' });
    expect([first.status, first.body.data.payment.amount]).toEqual([201, 5_000]);
    const once = await create(good(), { 'idempotency-key': 'twice' });
    expect([once.text, once.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
    expect((await create(`${JSON.stringify(good()).slice(0, -1)}, "amount": 1}`)).status).toBe(409);
  });

  it('a byte order mark before the body is ignored, as RFC 8259 allows', async () => {
    expect((await create(`\ufeff${JSON.stringify(good())}`)).status).toBe(201);
  });

  it.each([
    'application/json',
    'application/json;charset=utf-8',
    'Application/JSON; Charset="UTF-8"',
    'application/json; charset=utf8 ; a=b',
  ])('every spelling of the UTF-8 charset is accepted: %s', async (type) => {
    expect((await create(good(), { 'content-type': type })).status).toBe(201);
  });

  it.each([
    "'; DROP TABLE payments; --",
    '$1',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '%00%0a',
    '😀 \u202e',
    '../../etc/passwd',
  ])('text is stored unchanged: %j is returned as it was sent', async (text) => {
    const made = await create({ ...good(), metadata: { note: text } });
    expect([made.status, made.body.data.payment.metadata]).toEqual([201, { note: text }]);
    const read = await ask<Schemas['WholePayment']>(stack.api.url, `/api/v1/payments/${made.body.data.payment_id}`, {
      token: stack.patient.token,
    });
    expect(read.body.data.payment.metadata).toEqual({ note: text });
  });

  it('a key that looks like SQL is treated like any other key', async () => {
    const key = "'; DELETE FROM client_idempotency; --";
    const first = await create(good(), { 'idempotency-key': key });
    const again = await create(good(), { 'idempotency-key': key });
    expect([first.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([201, first.text, 'true']);
  });
});
