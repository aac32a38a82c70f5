import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { putGuardsBack, takeOutIndex, takeOutRowLock } from '../support/guards.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson } from '../support/people.js';
import { insertPayment } from '../support/rows.js';
import { useStack } from '../support/use-stack.js';

const FEE = 5_000;

/** The ten tests that were asked for, by their names, over HTTP: two servers, one Redis, one Postgres. */
describe('DoublePaymentPreventionTest', () => {
  const stack = useStack({ apis: 2, redis: true });
  let consultation_id: number;

  beforeEach(async () => {
    consultation_id = await createConsultation(stack.database, stack.patient, FEE);
  });

  function create(
    key: string,
    { server = 0, of = consultation_id, header = 'x-idempotency-key', language = 'en' } = {},
  ) {
    return ask<Schemas['NewPayment'] | Schemas['ExistingPayment']>(stack.apis[server]!.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers: { [header]: key, 'accept-language': language },
      body: { consultation_id: of, amount: FEE, payment_method: 'bank_transfer' },
    });
  }
  function confirm(payment_id: number, transaction_id: string, { server = 0, as = stack.staff.token } = {}) {
    return ask<Schemas['ConfirmedPayment']>(stack.apis[server]!.url, `/api/v1/payments/${payment_id}/confirm`, {
      token: as,
      body: { transaction_id },
    });
  }
  const newPayment = async (): Promise<number> => (await create(`for-${consultation_id}`)).body.data.payment_id;

  /** All rows about this consultation's money. */
  async function rows() {
    const about = 'payment_id IN (SELECT id FROM payments WHERE consultation_id = $1)';
    const [payments, invoices, taxes, charges, refunds, credits, audit] = await Promise.all(
      [
        'SELECT * FROM payments WHERE consultation_id = $1 ORDER BY id',
        `SELECT * FROM invoices WHERE ${about} ORDER BY id`,
        `SELECT * FROM tax_records WHERE ${about} ORDER BY id`,
        `SELECT * FROM charges WHERE ${about} ORDER BY id`,
        `SELECT * FROM refunds WHERE ${about} ORDER BY id`,
        `SELECT credit_notes.* FROM credit_notes JOIN invoices ON invoices.id = invoice_id WHERE ${about} ORDER BY id`,
        `SELECT * FROM audit_log WHERE ${about} ORDER BY id`,
      ].map((sql) => stack.database.query<Record<string, any>>(sql, [consultation_id])),
    );
    return { payments, invoices, taxes, charges, refunds, credits, audit };
  }
  const countsOf = (all: Awaited<ReturnType<typeof rows>>) => [
    all.payments!.length,
    all.invoices!.length,
    all.taxes!.length,
    all.charges!.length,
  ];

  /** While `work` runs, this table refuses this statement: one of the last of the transaction. */
  async function whileRefused<Result>(
    statement: 'INSERT' | 'UPDATE',
    table: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    await stack.database.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk on fire'; END $$;
      CREATE TRIGGER refuse BEFORE ${statement} ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse()`);
    try {
      return await work();
    } finally {
      await stack.database.query(`DROP TRIGGER refuse ON ${table}; DROP FUNCTION refuse()`);
    }
  }
  const failedByUs = (reply: Reply) => expect([reply.status, reply.body.code]).toEqual([500, 'INTERNAL_ERROR']);

  it('test_idempotency_key_prevents_duplicate_payment', async () => {
    const first = await create('one-key');
    const second = await create('one-key', { server: 1, language: 'id' });
    expect([first.status, first.body.data.type]).toEqual([201, 'new']);
    expect([second.status, second.body.data]).toMatchObject([
      409,
      {
        type: 'existing',
        payment_id: first.body.data.payment_id,
        status: 'pending',
        message: 'Pembayaran sudah dibuat sebelumnya',
      },
    ]);
    expect(countsOf(await rows())).toEqual([1, 1, 1, 0]);
    expect((await confirm(first.body.data.payment_id, 'one-key-money')).status).toBe(200);
    expect((await rows()).charges!.map((charge) => charge.amount_received)).toEqual([String(FEE)]);
  });

  it('test_different_idempotency_keys_create_separate_payments', async () => {
    const other = await createConsultation(stack.database, stack.patient, FEE);
    const [first, second] = await Promise.all([create('key-a'), create('key-b', { server: 1, of: other })]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.data.payment_id).not.toBe(second.body.data.payment_id);
    const made = await stack.database.query<{ consultation_id: string }>(
      'SELECT consultation_id FROM payments WHERE consultation_id = ANY ($1) ORDER BY id',
      [[consultation_id, other]],
    );
    expect(made.map((row) => Number(row.consultation_id)).sort((a, b) => a - b)).toEqual([consultation_id, other]);
    // Separate keys for one consultation are still one payment.
    expect((await create('key-c')).body.data).toMatchObject({
      type: 'existing',
      payment_id: first.body.data.payment_id,
    });
  });

  describe('test_pessimistic_lock_prevents_concurrent_payment_creation', () => {
    /** Another program holds the consultation's row, sees no payment, and inserts one, while our server gets a create. */
    async function meanwhileAnotherPays(table: string, whenAsked: (reply: Promise<Reply>) => Promise<unknown>) {
      const other = await stack.database.connect();
      try {
        await other.query('BEGIN');
        // Weak enough to let a foreign key's look at the row pass: only a reader that says FOR UPDATE has to wait.
        await other.query(`SELECT 1 FROM ${table} WHERE id = $1 FOR NO KEY UPDATE`, [consultation_id]);
        const reply = create(`pessimistic-${consultation_id}`);
        await whenAsked(reply);
        const query = async (sql: string, parameters?: unknown[]) => (await other.query(sql, parameters)).rows;
        const theirs = await insertPayment({ query }, { user_id: stack.patient.id, consultation_id });
        await other.query('COMMIT');
        return { reply: await reply, theirs };
      } finally {
        await other.end();
      }
    }

    it('hazard: without the row lock and the index there are two payments', async () => {
      await takeOutIndex(stack.database);
      await takeOutRowLock(stack.database);
      try {
        const { reply } = await meanwhileAnotherPays('consultations_locked', (answer) => answer);
        expect(reply.status).toBe(201);
        expect(countsOf(await rows())).toEqual([2, 2, 2, 0]);
      } finally {
        await putGuardsBack(stack.database);
      }
    });

    it('with the row lock, even without the index: the second request waits, then finds the first payment', async () => {
      await takeOutIndex(stack.database);
      try {
        const { reply, theirs } = await meanwhileAnotherPays('consultations', () =>
          eventually(async () => {
            const waiting = await stack.database.query(
              `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'transactionid'`,
            );
            return waiting.length === 1;
          }, 'our server waits for the row'),
        );
        expect([reply.status, reply.body.data.type, reply.body.data.payment_id]).toEqual([409, 'existing', theirs]);
        expect(countsOf(await rows())).toEqual([1, 1, 1, 0]);
      } finally {
        await putGuardsBack(stack.database);
      }
    });
  });

  it.each([
    ['the invoice', 'INSERT', 'invoices'],
    ['the tax record', 'INSERT', 'tax_records'],
    ['the audit log', 'INSERT', 'audit_log'],
    ['the stored answer', 'INSERT', 'client_idempotency'],
  ] as const)('test_payment_creation_is_atomic: %s fails, and no row is left', async (_what, statement, table) => {
    const key = `atomic-${table}`;
    failedByUs(await whileRefused(statement, table, () => create(key)));
    expect(countsOf(await rows())).toEqual([0, 0, 0, 0]);
    expect((await rows()).audit).toEqual([]);
    // Nothing is remembered of it either: the same key makes the payment, whole.
    await eventually(async () => (await create(key)).status !== 409, 'the key is free again');
    expect(countsOf(await rows())).toEqual([1, 1, 1, 0]);
  });

  it.each([
    ['the payment', 'UPDATE', 'payments'],
    ['the invoice', 'UPDATE', 'invoices'],
    ['the tax record', 'UPDATE', 'tax_records'],
    ['the audit log', 'INSERT', 'audit_log'],
  ] as const)(
    'test_payment_confirmation_is_atomic: %s fails, and nothing has changed',
    async (_what, statement, table) => {
      const id = await newPayment();
      const before = await rows();
      failedByUs(await whileRefused(statement, table, () => confirm(id, `confirm-${table}`)));
      expect(await rows()).toEqual(before);
      expect((await confirm(id, `confirm-${table}`)).status).toBe(200);
      const { payments, invoices, taxes, charges } = await rows();
      expect([payments, invoices, taxes].map((found) => found![0]!.status)).toEqual(['completed', 'paid', 'due']);
      expect(charges!.map((charge) => [charge.transaction_id, charge.amount_received])).toEqual([
        [`confirm-${table}`, String(FEE)],
      ]);
    },
  );

  it('test_concurrent_payment_confirmation_detected', async () => {
    const id = await newPayment();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, n) => confirm(id, `concurrent-${id}-${n}`, { server: n % 2 })),
    );
    const [first] = replies.filter((reply) => reply.status === 200);
    const refused = replies.filter((reply) => reply !== first);
    expect(first!.body.data.payment.status).toBe('completed');
    const { transaction_id } = first!.body.data.charge;
    for (const reply of refused) {
      expect([reply.status, reply.body.code]).toEqual([409, 'PAYMENT_ALREADY_CONFIRMED']);
      // Each names another transfer, which is recorded and pays nothing.
      const transfer_id = expect.any(Number) as number;
      expect(reply.body.data).toEqual({ payment_id: id, status: 'completed', transaction_id, transfer_id });
    }
    expect((await rows()).charges!.map((charge) => [charge.transaction_id, charge.amount_received])).toEqual([
      [transaction_id, String(FEE)],
    ]);
  });

  it.each([
    ['the refund', 'UPDATE', 'refunds'],
    ['the payment', 'UPDATE', 'payments'],
    ['the invoice', 'UPDATE', 'invoices'],
    ['the credit note', 'INSERT', 'credit_notes'],
    ['the tax record', 'UPDATE', 'tax_records'],
  ] as const)(
    'test_refund_processing_is_atomic: %s fails, and nothing has changed',
    async (_what, statement, table) => {
      const id = await newPayment();
      await confirm(id, `refundable-${table}`);
      const refund = () =>
        ask(stack.apis[1]!.url, `/api/v1/payments/${id}/refund`, {
          token: stack.staff.token,
          body: { amount: 2_500, reason: 'Customer requested partial refund', transaction_id: `back-${table}` },
        });
      const before = await rows();
      failedByUs(await whileRefused(statement, table, refund));
      expect(await rows()).toEqual(before);
      expect((await refund()).status).toBe(200);
      const after = await rows();
      expect([after.payments![0]!.status, after.payments![0]!.refunded_amount]).toEqual(['partially_refunded', '2500']);
      expect(after.charges![0]!.amount_returned).toBe('2500');
      expect(after.credits!.map((credit) => credit.amount)).toEqual(['2500']);
    },
  );

  it('test_idempotency_cache_is_used', async () => {
    const standard = { header: 'idempotency-key' };
    const first = await create('cached', standard);
    await stack.database.query('ALTER TABLE client_idempotency RENAME TO out_of_reach');
    try {
      // Without the table a key has no effect, unless Redis has its answer.
      expect((await create('not-cached', standard)).status).toBe(500);
      const cached = await create('cached', { ...standard, server: 1 });
      expect([cached.status, cached.text, cached.headers.get('idempotent-replayed')]).toEqual([
        201,
        first.text,
        'true',
      ]);
    } finally {
      await stack.database.query('ALTER TABLE out_of_reach RENAME TO client_idempotency');
    }
    const { Redis } = await import('ioredis');
    const client = new Redis(stack.redis.url);
    await client.flushall();
    await client.quit();
    const uncached = await create('cached', { ...standard, server: 1 });
    expect([uncached.status, uncached.text, uncached.headers.get('idempotent-replayed')]).toEqual([
      201,
      first.text,
      'true',
    ]);
    expect(countsOf(await rows())).toEqual([1, 1, 1, 0]);
  });

  it('test_unauthorized_user_cannot_confirm_payment', async () => {
    const id = await newPayment();
    const before = await rows();
    const stranger = await createPerson(stack.database);
    const alsoPatient = await createPerson(stack.database, 'staff');
    for (const [as, status, code] of [
      ['', 401, 'UNAUTHENTICATED'],
      [stranger.token, 403, 'FORBIDDEN'],
      [stack.patient.token, 403, 'FORBIDDEN'],
    ] as const) {
      const reply = await confirm(id, 'not-theirs-to-say', { as });
      expect([reply.status, reply.body.code, reply.body.data]).toEqual([status, code, undefined]);
    }
    // No role may confirm its own payment.
    const own = await createConsultation(stack.database, alsoPatient, FEE);
    const theirs = await ask<Schemas['NewPayment']>(stack.apis[0]!.url, '/api/v1/payments', {
      token: alsoPatient.token,
      body: { consultation_id: own, amount: FEE, payment_method: 'gcash' },
    });
    expect((await confirm(theirs.body.data.payment_id, 'my-word', { as: alsoPatient.token })).status).toBe(403);
    expect(await rows()).toEqual(before);
  });

  it('test_lock_timeout_throws_exception', async () => {
    const holder = await stack.database.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM consultations WHERE id = $1 FOR UPDATE', [consultation_id]);
      const began = performance.now();
      // The first has the distributed lock and waits for the row, the second waits for the distributed lock.
      const replies = await Promise.all([
        create('too-long-1', { language: 'id' }),
        create('too-long-2', { language: 'id', server: 1 }),
      ]);
      expect(performance.now() - began).toBeGreaterThan(4_500);
      for (const reply of replies) {
        expect([reply.status, reply.body.error, reply.body.message, reply.headers.get('retry-after')]).toEqual([
          503,
          'Lock acquisition timeout',
          'Permintaan pembayaran sedang diproses. Silakan coba lagi.',
          '1',
        ]);
      }
    } finally {
      await holder.end();
    }
    expect(countsOf(await rows())).toEqual([0, 0, 0, 0]);
    expect((await create('too-long-1')).status).toBe(201);
  });
});
