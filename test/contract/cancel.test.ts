import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson } from '../support/people.js';
import { insertPayment } from '../support/rows.js';
import { useStack } from '../support/use-stack.js';

describe('cancelling a payment', () => {
  const stack = useStack({ apis: 2 });

  const create = (consultation_id: number) =>
    ask<Schemas['NewPayment']>(stack.apis[0]!.url, '/api/v1/payments', {
      token: stack.patient.token,
      body: { consultation_id, amount: 5_000, payment_method: 'bank_transfer' },
    });
  async function pendingPayment(): Promise<number> {
    const reply = await create(await createConsultation(stack.database, stack.patient));
    expect(reply.status).toBe(201);
    return reply.body.data.payment_id;
  }
  interface How {
    token?: string;
    n?: number;
    headers?: Record<string, string>;
    body?: unknown;
  }
  const cancel = <Data = Schemas['CancelledPayment']>(
    id: number,
    { token = stack.patient.token, n = 0, headers = {}, body }: How = {},
  ) =>
    ask<Data>(stack.apis[n]!.url, `/api/v1/payments/${id}/cancel`, {
      method: 'POST',
      token,
      headers,
      body,
    });
  const confirm = (id: number) =>
    ask(stack.apis[1]!.url, `/api/v1/payments/${id}/confirm`, {
      token: stack.staff.token,
      body: { transaction_id: `late-${id}` },
    });
  const codeOf = (reply: Reply) => [reply.status, reply.body.code];

  async function stateOf(id: number) {
    const [row] = await stack.database.query(
      `SELECT p.status AS payment, i.status AS invoice, t.status AS tax, p.processing,
              (SELECT count(*)::int FROM charges c WHERE c.payment_id = p.id) AS charges,
              (SELECT count(*)::int FROM audit_log a WHERE a.payment_id = p.id AND a.action = 'payment.cancelled') AS audited
       FROM payments p JOIN invoices i ON i.payment_id = p.id JOIN tax_records t ON t.payment_id = p.id WHERE p.id = $1`,
      [id],
    );
    return row;
  }
  const CANCELLED = { payment: 'cancelled', invoice: 'void', tax: 'void', processing: false, charges: 0, audited: 1 };

  it.each(['owner', 'staff', 'service'])(
    '%s: payment becomes cancelled, invoice and tax record void, in one transaction',
    async (who) => {
      const id = await pendingPayment();
      const token =
        who === 'owner'
          ? stack.patient.token
          : who === 'staff'
            ? stack.staff.token
            : (await createPerson(stack.database, 'service')).token;
      const reply = await cancel(id, { token, body: {} });
      expect(reply.body).toMatchObject({
        status_code: 200,
        message: 'Payment cancelled successfully',
        data: {
          payment_id: id,
          payment: { id, status: 'cancelled', refunded_amount: 0, completed_at: null },
          invoice: { status: 'void', credited_amount: 0, paid_at: null },
          tax: { status: 'void' },
        },
      });
      expect(await stateOf(id)).toEqual(CANCELLED);
    },
  );

  it('a JSON content type with an empty body cancels; the same key with `{}` gets the same answer', async () => {
    const id = await pendingPayment();
    const headers = { 'content-type': 'application/json', 'idempotency-key': `nothing-to-say-${id}` };
    const reply = await cancel(id, { headers });
    expect([reply.status, reply.body.data.payment.status]).toEqual([200, 'cancelled']);
    expect((await cancel(id, { headers, body: {} })).text).toBe(reply.text);
  });

  it('cancelling again answers that the payment is already cancelled, not that the transition is invalid', async () => {
    const id = await pendingPayment();
    await cancel(id);
    const english = await cancel(id);
    const indonesian = await cancel(id, { headers: { 'accept-language': 'id' } });
    expect([...codeOf(english), english.body.message]).toEqual([
      409,
      'TRANSITION_NOT_ALLOWED',
      `Payment ${id} is already cancelled.`,
    ]);
    expect(indonesian.body.message).toBe(`Pembayaran ${id} sudah berstatus cancelled.`);
  });

  it('cancelling another patient’s payment is refused and it stays pending; a missing payment is 404', async () => {
    const id = await pendingPayment();
    const stranger = await createPerson(stack.database);
    expect(codeOf(await cancel(id, { token: stranger.token }))).toEqual([403, 'FORBIDDEN']);
    expect(await stateOf(id)).toMatchObject({ payment: 'pending', invoice: 'pending', audited: 0 });
    expect(codeOf(await cancel(999_999))).toEqual([404, 'PAYMENT_NOT_FOUND']);
  });

  it('a payment being processed cannot be cancelled: 409, until its debit has failed', async () => {
    const id = await pendingPayment();
    await stack.database.query('UPDATE payments SET processing = true WHERE id = $1', [id]);
    for (const token of [stack.patient.token, stack.staff.token]) {
      const reply = await cancel(id, { token });
      expect([...codeOf(reply), reply.body.data]).toEqual([
        409,
        'PAYMENT_PROCESSING',
        { payment_id: id, status: 'pending' },
      ]);
    }
    expect(await stateOf(id)).toMatchObject({ payment: 'pending', processing: true, audited: 0 });
  });

  it.each(['completed', 'partially_refunded', 'refunded', 'failed', 'expired', 'cancelled'])(
    'a %s payment cannot be cancelled: 409, and it stays as it was',
    async (status) => {
      const consultation_id = await createConsultation(stack.database, stack.patient);
      const id = await insertPayment(stack.database, { user_id: stack.patient.id, consultation_id, status });
      const before = await stateOf(id);
      const reply = await cancel(id);
      expect([...codeOf(reply), reply.body.data]).toEqual([409, 'TRANSITION_NOT_ALLOWED', { payment_id: id, status }]);
      expect(await stateOf(id)).toEqual(before);
    },
  );

  it('its consultation can be paid again, with a new payment', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const first = (await create(consultation_id)).body.data.payment_id;
    expect(codeOf(await create(consultation_id))).toEqual([409, 'PAYMENT_EXISTS']);
    await cancel(first);
    const second = await create(consultation_id);
    expect(second.status).toBe(201);
    const rows = await stack.database.query(
      'SELECT id::int, status FROM payments WHERE consultation_id = $1 ORDER BY id',
      [consultation_id],
    );
    expect(rows).toEqual([
      { id: first, status: 'cancelled' },
      { id: second.body.data.payment_id, status: 'pending' },
    ]);
  });

  it('confirming after the cancellation is refused, and no charge is booked', async () => {
    const id = await pendingPayment();
    await cancel(id);
    expect(codeOf(await confirm(id))).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
    expect(await stateOf(id)).toEqual(CANCELLED);
    // The transfer is not used: it can still confirm the right payment.
    const meant = await pendingPayment();
    const reply = await ask(stack.apis[0]!.url, `/api/v1/payments/${meant}/confirm`, {
      token: stack.staff.token,
      body: { transaction_id: `late-${id}` },
    });
    expect(reply.status).toBe(200);
  });

  it.each<[string, How]>([
    ['no body and no type', {}],
    ['an empty object', { body: {} }],
    ['a key in the body alone', { body: { idempotency_key: 'in-the-body' } }],
  ])('cancels with %s', async (_, how) => {
    const id = await pendingPayment();
    expect((await cancel(id, how)).status).toBe(200);
    expect(await stateOf(id)).toEqual(CANCELLED);
  });

  it('unknown fields are 422, and nothing is cancelled', async () => {
    const id = await pendingPayment();
    const reply = await cancel<Schemas['VALIDATION_FAILED']['data']>(id, { body: { reason: 'x' } });
    expect([reply.status, Object.keys(reply.body.data.fields)]).toEqual([422, ['reason']]);
    expect(await stateOf(id)).toMatchObject({ payment: 'pending' });
  });

  it('the same key replays the same bytes, from the other process too; a second request without a key is refused as already cancelled', async () => {
    const id = await pendingPayment();
    const headers = { 'idempotency-key': 'cancel-once' };
    const first = await cancel(id, { headers });
    const again = await cancel(id, { headers, n: 1 });
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([200, first.text, 'true']);
    expect(codeOf(await cancel(id))).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
    const other = await pendingPayment();
    expect(codeOf(await cancel(other, { headers }))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await stateOf(other)).toMatchObject({ payment: 'pending' });
    expect(await stateOf(id)).toEqual(CANCELLED);
  });

  it('twenty cancellations at once over two processes: one succeeds, nineteen are refused as already cancelled', async () => {
    const id = await pendingPayment();
    const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => cancel(id, { n: n % 2 })));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ body }) => body.code === 'TRANSITION_NOT_ALLOWED')).toHaveLength(19);
    expect(await stateOf(id)).toEqual(CANCELLED);
  });
});
