import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createConsultation, tokenFor } from '../support/people.js';
import { startWorker } from '../support/processes.js';
import { insertPayment } from '../support/rows.js';
import { useStack } from '../support/use-stack.js';

describe('confirming a payment', () => {
  const stack = useStack({ apis: 2, simulator: true });

  async function pendingPayment(payment_method = 'bank_transfer', fee = 5_000): Promise<number> {
    const consultation_id = await createConsultation(stack.database, stack.patient, fee);
    return startOn(consultation_id, payment_method, fee);
  }

  async function startOn(consultation_id: number, payment_method = 'bank_transfer', amount = 5_000): Promise<number> {
    const reply = await ask<Schemas['NewPayment']>(stack.apis[0]!.url, '/api/v1/payments', {
      token: stack.patient.token,
      body: { consultation_id, amount, payment_method },
    });
    expect(reply.status).toBe(201);
    return reply.body.data.payment_id;
  }

  const confirm = <Data = Schemas['ConfirmedPayment']>(
    payment_id: number,
    transaction_id: string,
    { token = stack.staff.token, n = 0, more = {} } = {},
  ) =>
    ask<Data>(stack.apis[n % 2]!.url, `/api/v1/payments/${payment_id}/confirm`, {
      token,
      body: { transaction_id, ...more },
    });

  /** Payment, invoice, tax and charges as they stand: what must change together. */
  async function stateOf(payment_id: number) {
    const [row] = await stack.database.query(
      `SELECT p.status AS payment, i.status AS invoice, t.status AS tax, p.completed_at IS NOT NULL AS completed_at,
              i.paid_at IS NOT NULL AS paid_at, (SELECT count(*)::int FROM charges c WHERE c.payment_id = p.id) AS charges
       FROM payments p JOIN invoices i ON i.payment_id = p.id JOIN tax_records t ON t.payment_id = p.id WHERE p.id = $1`,
      [payment_id],
    );
    return row;
  }
  const PENDING = {
    payment: 'pending',
    invoice: 'pending',
    tax: 'pending',
    completed_at: false,
    paid_at: false,
    charges: 0,
  };
  const COMPLETED = {
    payment: 'completed',
    invoice: 'paid',
    tax: 'due',
    completed_at: true,
    paid_at: true,
    charges: 1,
  };

  it.each(['bank_transfer', 'gcash'])(
    '%s: staff confirm, and payment, invoice, tax record and charge change in one transaction',
    async (method) => {
      const payment_id = await pendingPayment(method);
      const reply = await confirm(payment_id, `${method}-1`, {
        more: { receipt_url: 'https://bank.example/receipt/1' },
      });
      expect(reply.status).toBe(200);
      expect(reply.body.data).toMatchObject({
        payment_id,
        payment: { id: payment_id, status: 'completed', refunded_amount: 0 },
        invoice: { status: 'paid' },
        tax: { status: 'due', base_amount: 4_505, tax_amount: 495 },
        charge: {
          transaction_id: `${method}-1`,
          amount_received: 5_000,
          receipt_url: 'https://bank.example/receipt/1',
        },
      });
      expect(await stateOf(payment_id)).toEqual(COMPLETED);
    },
  );

  it('writes the audit log: created, then completed, each with actor and request id', async () => {
    const payment_id = await pendingPayment();
    const { request_id } = (await confirm(payment_id, 'audited')).body;
    const auditBuffer = await stack.database.query(
      `SELECT action, actor_user_id::int, request_id FROM audit_log WHERE payment_id = $1 AND lane = 'database' ORDER BY id`,
      [payment_id],
    );
    expect(auditBuffer).toEqual([
      { action: 'payment.created', actor_user_id: stack.patient.id, request_id: expect.any(String) },
      { action: 'payment.completed', actor_user_id: stack.staff.id, request_id },
    ]);
  });

  it('a patient cannot confirm their own payment', async () => {
    const payment_id = await pendingPayment();
    const reply = await confirm(payment_id, 'mine', { token: stack.patient.token });
    expect([reply.status, reply.body.code]).toEqual([403, 'FORBIDDEN']);
    expect(await stateOf(payment_id)).toEqual(PENDING);
  });

  it('twenty confirmations at once over two processes, each with its own bank transaction: one 200, nineteen 409, one charge', async () => {
    const payment_id = await pendingPayment();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => confirm(payment_id, `race-${payment_id}-${n}`, { n })),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    const refused = replies.filter((reply) => reply.status !== 200);
    expect(new Set(refused.map((reply) => `${reply.status} ${reply.body.code}`))).toEqual(
      new Set(['409 PAYMENT_ALREADY_CONFIRMED']),
    );
    expect(await stateOf(payment_id)).toEqual(COMPLETED);
  });

  it('one bank transaction confirming ten payments at once: one completes, the others stay pending', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => pendingPayment()));
    const replies = await Promise.all(ids.map((id, n) => confirm(id, 'the-same-transfer', { n })));
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(replies.filter((reply) => reply.body.code === 'TRANSACTION_ALREADY_USED')).toHaveLength(9);
    const states = await Promise.all(ids.map(stateOf));
    expect(states.filter((state) => state!.payment === 'completed')).toEqual([COMPLETED]);
    expect(states.filter((state) => state!.payment === 'pending')).toEqual(Array(9).fill(PENDING));
  });

  it('a bank transfer and a GCash transfer may have the same transaction id', async () => {
    expect((await confirm(await pendingPayment('bank_transfer'), '000123')).status).toBe(200);
    expect((await confirm(await pendingPayment('gcash'), '000123')).status).toBe(200);
  });

  it('a Stripe payment cannot be confirmed by staff’s word', async () => {
    const payment_id = await pendingPayment('stripe');
    const reply = await confirm(payment_id, 'pi_123');
    expect([reply.status, reply.body.code]).toEqual([402, 'TRANSACTION_NOT_PAID']);
    expect(await stateOf(payment_id)).toEqual(PENDING);
  });

  it('a transaction id that differs in letter case is refused as used; other characters are refused as invalid', async () => {
    expect((await confirm(await pendingPayment(), 'BCA-77')).status).toBe(200);
    const next = await pendingPayment();
    for (const same of ['bca-77', 'Bca-77'])
      expect((await confirm(next, same)).body.code).toBe('TRANSACTION_ALREADY_USED');
    for (const unlike of [' BCA-77', 'BCA-77 ', 'BCA\u200b-77', 'BCA\u201077', 'ＢＣＡ-77', 'Cafe\u0301', ' ', '', 7]) {
      const reply = await confirm<Schemas['VALIDATION_FAILED']['data']>(next, unlike as string);
      expect([reply.status, Object.keys(reply.body.data.fields)]).toEqual([422, ['transaction_id']]);
    }
    expect(await stateOf(next)).toEqual(PENDING);
  });

  it('staff cannot confirm their own payment', async () => {
    const token = await tokenFor(stack.staff.subject, 'staff');
    const own = await createConsultation(stack.database, stack.staff);
    const started = await ask<Schemas['NewPayment']>(stack.apis[0]!.url, '/api/v1/payments', {
      token,
      body: { consultation_id: own, amount: 5_000, payment_method: 'gcash' },
    });
    const reply = await confirm(started.body.data.payment_id, 'self-service');
    expect([reply.status, reply.body.code]).toEqual([403, 'FORBIDDEN']);
  });

  it.each(['cancelled', 'refunded'])('a %s payment cannot be completed', async (status) => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const payment_id = await insertPayment(stack.database, { user_id: stack.patient.id, consultation_id, status });
    const before = await stateOf(payment_id);
    const reply = await confirm(payment_id, `never-${status}`);
    expect([reply.status, reply.body.code]).toEqual([
      409,
      status === 'cancelled' ? 'TRANSITION_NOT_ALLOWED' : 'PAYMENT_ALREADY_CONFIRMED',
    ]);
    expect(await stateOf(payment_id)).toEqual(before);
    expect(before).toMatchObject({ payment: status });
  });

  it('confirming again is refused with the transaction it was confirmed with', async () => {
    const payment_id = await pendingPayment();
    await confirm(payment_id, 'whose-was-it');
    const again = await confirm<Schemas['PAYMENT_ALREADY_CONFIRMED']['data']>(payment_id, 'whose-was-it');
    expect([again.body.code, again.body.data.transaction_id]).toEqual(['PAYMENT_ALREADY_CONFIRMED', 'whose-was-it']);
  });

  describe('a payment not paid in time', () => {
    async function expire(payment_id: number): Promise<void> {
      await stack.database.query(`UPDATE payments SET expires_at = now() - interval '1 second' WHERE id = $1`, [
        payment_id,
      ]);
      const worker = await startWorker({ DATABASE_URL: stack.database.url, WORKER_SWEEP_SECONDS: '1' });
      await eventually(async () => (await stateOf(payment_id))!.payment === 'expired', 'the worker has expired it');
      expect(await worker.stop()).toBe(0);
    }

    it('is expired by the worker, and its consultation can be paid again', async () => {
      const consultation_id = await createConsultation(stack.database, stack.patient);
      const first = await startOn(consultation_id);
      await expire(first);
      expect(await stateOf(first)).toEqual({ ...PENDING, payment: 'expired', invoice: 'void', tax: 'void' });
      expect(await startOn(consultation_id)).not.toBe(first);
    });

    it('is completed by a late transfer while the consultation is free', async () => {
      const payment_id = await pendingPayment();
      await expire(payment_id);
      expect((await confirm(payment_id, 'late')).status).toBe(200);
      expect(await stateOf(payment_id)).toEqual(COMPLETED);
    });

    it('refuses a late transfer once another payment took its place, names that payment, and writes nothing', async () => {
      const consultation_id = await createConsultation(stack.database, stack.patient);
      const first = await startOn(consultation_id);
      await expire(first);
      const second = await startOn(consultation_id);
      const reply = await confirm<Schemas['ExistingPayment']>(first, 'too-late');
      expect([reply.status, reply.body.code, reply.body.data.payment_id]).toEqual([409, 'PAYMENT_EXISTS', second]);
      expect(await stateOf(first)).toMatchObject({ payment: 'expired', charges: 0 });
      // The money is recorded all the same.
      const unmatched = () =>
        stack.database.query(
          `SELECT amount::int, amount_allocated::int, payment_id::int FROM transfers WHERE transaction_id = 'too-late'`,
        );
      expect(await unmatched()).toEqual([{ amount: 5_000, amount_allocated: 0, payment_id: first }]);
      const logged = await stack.database.query(
        `SELECT detail->>'transaction_id' AS transaction_id FROM audit_log WHERE payment_id = $1 AND action = 'transfer.left_unmatched'`,
        [first],
      );
      expect(logged).toEqual([{ transaction_id: 'too-late' }]);
      // The transaction id is still unused, and can confirm the other payment.
      expect((await confirm(second, 'too-late')).status).toBe(200);
      expect(await unmatched()).toEqual([{ amount: 5_000, amount_allocated: 5_000, payment_id: second }]);
    });

    it('one sweep expires more than one batch, each with an audit entry, and skips payments being processed', async () => {
      const ids = await Promise.all(Array.from({ length: 55 }, () => pendingPayment()));
      const underway = await pendingPayment();
      await stack.database.query(`UPDATE payments SET processing = true WHERE id = $1`, [underway]);
      await stack.database.query(`UPDATE payments SET expires_at = now() - interval '1 second' WHERE id = ANY($1)`, [
        [...ids, underway],
      ]);
      const worker = await startWorker({ DATABASE_URL: stack.database.url, WORKER_SWEEP_SECONDS: '3600' });
      await eventually(async () => {
        const [{ n }] = (await stack.database.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM audit_log WHERE action = 'payment.expired' AND payment_id = ANY($1)`,
          [ids],
        )) as [{ n: number }];
        return n === ids.length;
      }, 'one sweep has expired them all');
      expect(await worker.stop()).toBe(0);
      expect(await stateOf(underway)).toEqual(PENDING);
    });

    it('a sweep skips a payment that is being confirmed: it stays completed, with matching documents', async () => {
      const payment_id = await pendingPayment();
      await stack.database.query(`UPDATE payments SET expires_at = now() - interval '1 second' WHERE id = $1`, [
        payment_id,
      ]);
      // The confirmation has the row and is held just before it moves the payment.
      const gate = await stack.database.connect();
      await gate.query(`
        CREATE FUNCTION hold_confirm() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_advisory_xact_lock_shared(99); RETURN NEW; END $$;
        CREATE TRIGGER hold_confirm BEFORE INSERT ON charges FOR EACH ROW EXECUTE FUNCTION hold_confirm()`);
      await gate.query('SELECT pg_advisory_lock(99)');
      const confirmed = confirm(payment_id, 'meets-the-sweep');
      await eventually(async () => {
        const held = await stack.database.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`,
        );
        return held.length === 1;
      }, 'the confirmation holds the row');

      // Another lapsed payment shows when the sweep has run.
      const beside = await pendingPayment();
      await expire(beside);
      await gate.query('SELECT pg_advisory_unlock(99)');
      expect((await confirmed).status).toBe(200);
      await gate.query('DROP TRIGGER hold_confirm ON charges; DROP FUNCTION hold_confirm');
      await gate.end();
      expect(await stateOf(payment_id)).toEqual(COMPLETED);
    });
  });
});
