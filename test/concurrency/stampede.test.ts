import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { useStack } from '../support/use-stack.js';

const REQUESTS = 400;

/** What the refused requests add to the timeline is written together, so often at most. */
const COLLECT_MS = 250;

describe('hundreds of keys at once for one consultation, on one API process', () => {
  const stack = useStack({ apis: 1, redis: true });

  const create = (consultation_id: number, n: number, payment_method: string) =>
    ask<Schemas['NewPayment']>(stack.api.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers: { 'idempotency-key': `${payment_method}-${consultation_id}-${n}` },
      body: { consultation_id, amount: 5_000, payment_method },
    });

  /** How many transactions have written into the timeline of this payment. */
  async function writes(payment_id: number): Promise<number> {
    const [row] = await stack.database.query<{ transactions: string }>(
      'SELECT count(DISTINCT xmin::text) AS transactions FROM audit_log WHERE payment_id = $1',
      [payment_id],
    );
    return Number(row!.transactions);
  }

  it('make one payment; the others wait in memory and write nothing of their own', async () => {
    // The connections of the pool and the caller's user exist by then.
    expect((await create(await createConsultation(stack.database, stack.patient), 0, 'gcash')).status).toBe(201);
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const began = performance.now();
    const replies = await Promise.all(
      Array.from({ length: REQUESTS }, (_, n) => create(consultation_id, n, 'bank_transfer')),
    );
    const created = replies.filter(({ status }) => status === 201);
    expect(created).toHaveLength(1);
    const { payment_id } = created[0]!.body.data;
    const refused = replies.filter(({ status, body }) => status === 409 && body.code === 'PAYMENT_EXISTS');
    expect(refused).toHaveLength(REQUESTS - 1);
    expect(new Set(refused.map(({ body }) => body.data.payment_id))).toEqual(new Set([payment_id]));

    const timeline = async () =>
      stack.database.query<{ request_id: string }>(
        `SELECT DISTINCT request_id FROM audit_log WHERE payment_id = $1 AND action = 'payment.duplicate_refused'`,
        [payment_id],
      );
    await eventually(async () => (await timeline()).length === REQUESTS - 1, 'each refusal is in the audit log');
    expect(await writes(payment_id)).toBeLessThanOrEqual(2 + (performance.now() - began) / COLLECT_MS);
    expect(
      await stack.database.query('SELECT FROM client_idempotency WHERE idempotency_key LIKE $1', [
        `bank_transfer-${consultation_id}-%`,
      ]),
    ).toHaveLength(1);
  });

  it('a request behind another whose key has an answer gets that answer, not a refusal', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const first = await create(consultation_id, 0, 'gcash');
    await stack.database.query('UPDATE consultations SET status = status WHERE id = $1', [consultation_id]);
    const replies = await Promise.all([1, 0, 0, 2].map((n) => create(consultation_id, n, 'gcash')));
    expect(replies.map(({ status }) => status)).toEqual([409, 201, 201, 409]);
    expect([replies[1]!.text, replies[2]!.text]).toEqual([first.text, first.text]);
  });
});
