import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { type Held, heldAtBarrier, raiseBarrier, takeOutKeys, takeOutLeases } from '../support/guards.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { useStack } from '../support/use-stack.js';

/** A payment by transfer stores its key in the transaction that makes it, so two requests may both find the key unused. */
describe('one key, sent to two API processes at once, before either has stored it', () => {
  const stack = useStack({ apis: 2 });

  beforeAll(async () => {
    await raiseBarrier(stack.database);
    // Otherwise the second request waits for the lease, and reads the key afterwards.
    await takeOutLeases(stack.database);
  });
  const create = (n: number, consultation_id: number, key: string, spelling = 'idempotency-key') =>
    ask<Schemas['NewPayment']>(stack.apis[n]!.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers: { [spelling]: key },
      body: { consultation_id, amount: 5_000, payment_method: 'bank_transfer' },
    });
  const consultation = () => createConsultation(stack.database, stack.patient);
  const both = (send: (n: number) => Promise<Reply<Schemas['NewPayment']>>, metBy: (held: Held) => boolean) =>
    heldAtBarrier(stack.database, () => Promise.all([send(0), send(1)]), metBy);
  const audited = (consultation_id: number) =>
    stack.database.query<{ action: string }>(
      `SELECT a.action FROM audit_log a JOIN payments p ON p.id = a.payment_id
       WHERE p.consultation_id = $1 AND a.action LIKE 'payment.%' ORDER BY a.id`,
      [consultation_id],
    );
  const paymentsOf = (...ids: number[]) =>
    stack.database.query('SELECT FROM payments WHERE consultation_id = ANY($1)', [ids]);

  it.each([1, 2, 3])(
    'round %i: the second waits for the row, and replays the first answer; it is not refused because of it',
    async (round) => {
      const id = await consultation();
      const replies = await both(
        (n) => create(n, id, `same-${round}`),
        (held) => held.atBarrier === 1 && held.atRowLock === 1,
      );
      expect(replies.map(({ status }) => status)).toEqual([201, 201]);
      expect(replies[0].text).toBe(replies[1].text);
      expect(replies.map(({ headers }) => headers.get('idempotent-replayed')).sort()).toEqual(['true', null].sort());
      expect(await audited(id)).toEqual([{ action: 'payment.created' }]);
    },
  );

  it('the legacy contract: the second names the payment of the first', async () => {
    const id = await consultation();
    const replies = await both(
      (n) => create(n, id, 'same-legacy', 'x-idempotency-key'),
      (held) => held.atBarrier === 1 && held.atRowLock === 1,
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
    const [one, other] = replies.map(({ body }) => body.data.payment_id);
    expect(one).toBe(other);
    expect(await audited(id)).toEqual([{ action: 'payment.created' }]);
  });

  it('hazard: with keys that are not compared, one key makes the payments of two consultations', async () => {
    const ids = [await consultation(), await consultation()] as const;
    await takeOutKeys(stack.database);
    try {
      const replies = await both(
        (n) => create(n, ids[n as 0 | 1], 'hazard'),
        (held) => held.atBarrier === 2,
      );
      expect(replies.map(({ status }) => status)).toEqual([201, 201]);
      expect(await paymentsOf(...ids)).toHaveLength(2);
    } finally {
      await stack.database.query('DROP TRIGGER forget_key ON client_idempotency; DROP FUNCTION forget_key');
    }
  });

  it.each([1, 2, 3])(
    'round %i: one key for two consultations makes one payment, and 422 for the other',
    async (round) => {
      const ids = [await consultation(), await consultation()] as const;
      const replies = await both(
        (n) => create(n, ids[n as 0 | 1], `reused-${round}`),
        (held) => held.atBarrier === 2,
      );
      expect(replies.map(({ status }) => status).sort()).toEqual([201, 422]);
      expect(replies.find(({ status }) => status === 422)!.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
      expect(await paymentsOf(...ids)).toHaveLength(1);
    },
  );

  it('one process: the second is refused at once, and does not wait in Postgres', async () => {
    const id = await consultation();
    let second: Reply | undefined;
    const first = await heldAtBarrier(
      stack.database,
      () => create(0, id, 'same-process'),
      (held) => held.atBarrier === 1 && held.atRowLock === 0,
      async () => {
        second = await create(0, id, 'same-process');
      },
    );
    expect([first.status, second?.status, second?.body.code]).toEqual([201, 409, 'PAYMENT_IN_PROGRESS']);
    expect((await create(0, id, 'same-process')).text).toBe(first.text);
  });

  it('one process: the same key with another body is refused as reused, also while the first is running', async () => {
    const [id, other] = [await consultation(), await consultation()];
    let second: Reply | undefined;
    const first = await heldAtBarrier(
      stack.database,
      () => create(0, id, 'reused-here'),
      (held) => held.atBarrier === 1,
      async () => {
        second = await create(0, other, 'reused-here');
      },
    );
    expect([first.status, second?.status, second?.body.code]).toEqual([201, 422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await paymentsOf(other)).toHaveLength(0);
  });

  it('a body that is invalid, or a refusal, does not hide that the key has an answer', async () => {
    const id = await consultation();
    expect((await create(0, id, 'used')).status).toBe(201);
    await stack.database.query('UPDATE consultations SET fee = 6000 WHERE id = $1', [id]);
    const invalid = await ask(stack.apis[1]!.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers: { 'idempotency-key': 'used' },
      body: { consultation_id: id, amount: 'five', payment_method: 'bank_transfer' },
    });
    expect([invalid.status, invalid.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const missing = await create(1, 999_999, 'used');
    expect([missing.status, missing.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });
});
