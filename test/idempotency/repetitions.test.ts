import { ask } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { useStack } from '../support/use-stack.js';

const REPETITIONS = 400;

describe('repeated requests', () => {
  const stack = useStack({ apis: 1 });

  it('are all in the audit log, each with its own request, also when the API stops right after them', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const repeat = (n: number) =>
      ask(stack.apis[0]!.url, '/api/v1/payments', {
        token: stack.patient.token,
        body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
        headers: { 'idempotency-key': `burst-${consultation_id}`, 'x-request-id': `burst-${n}` },
      });
    expect((await repeat(0)).status).toBe(201);
    const replies = await Promise.all(Array.from({ length: REPETITIONS }, (_, n) => repeat(n + 1)));
    expect(new Set(replies.map(({ headers }) => headers.get('idempotent-replayed')))).toEqual(new Set(['true']));
    await stack.apis[0]!.stop();

    const rows = await stack.database.query<{ request_id: string; by: string }>(
      `SELECT request_id, audit_log.xmin::text AS by FROM audit_log JOIN payments ON payments.id = audit_log.payment_id
       WHERE action = 'request.repeated' AND consultation_id = $1 AND at <= clock_timestamp()`,
      [consultation_id],
    );
    expect(new Set(rows.map(({ request_id }) => request_id)).size).toBe(REPETITIONS);
    expect(rows).toHaveLength(REPETITIONS);
    expect(new Set(rows.map(({ by }) => by)).size).toBeLessThan(REPETITIONS / 2);
  });
});
