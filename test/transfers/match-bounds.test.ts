import { ask } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { insertPayment } from '../support/rows.js';
import { useStack } from '../support/use-stack.js';

describe('a match of more than is unmatched, though the payment needs it', () => {
  const stack = useStack();

  it('is refused with what can be matched, and nothing changes', async () => {
    const { database, patient, staff, api } = stack;
    const post = <Data>(path: string, body: unknown) =>
      ask<Data>(api.url, `/api/v1/${path}`, { token: staff.token, body });
    const payment_id = await insertPayment(database, {
      user_id: patient.id,
      consultation_id: await createConsultation(database, patient),
    });
    const terms = { payment_method: 'bank_transfer', transaction_id: 'SMALL-1', amount: 2_000 };
    const { transfer } = (await post<{ transfer: { id: number } }>('transfers', terms)).body.data;
    const reply = await post<{ matchable_amount: number }>(`transfers/${transfer.id}/match`, {
      payment_id,
      amount: 2_001,
    });
    expect([reply.status, reply.body.code, reply.body.data.matchable_amount]).toEqual([422, 'MATCH_TOO_LARGE', 2_000]);
    const [row] = await database.query(
      `SELECT t.amount_allocated::int AS allocated, p.status,
              (SELECT count(*)::int FROM charges c WHERE c.transfer_id = t.id) AS charges
       FROM transfers t, payments p WHERE t.id = $1 AND p.id = $2`,
      [transfer.id, payment_id],
    );
    expect(row).toEqual({ allocated: 0, status: 'pending', charges: 0 });
  });
});
