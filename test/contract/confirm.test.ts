import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { type Program, startApi, startWorker } from '../support/processes.js';

describe('confirming a payment', () => {
  let database: TestDatabase;
  let apis: Program[];
  let patient: Person;
  let staff: Person;

  beforeAll(async () => {
    database = await createDatabase();
    apis = await Promise.all([1, 2].map(() => startApi({ DATABASE_URL: database.url })));
    patient = await createPerson(database);
    staff = await createPerson(database, 'staff');
  });

  afterAll(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await database.drop();
  });

  async function pendingPayment(payment_method = 'bank_transfer', fee = 5_000): Promise<number> {
    const consultation_id = await createConsultation(database, patient, fee);
    return startOn(consultation_id, payment_method, fee);
  }

  async function startOn(consultation_id: number, payment_method = 'bank_transfer', amount = 5_000): Promise<number> {
    const reply = await ask(apis[0]!.url, '/api/v1/payments', {
      token: patient.token,
      body: { consultation_id, amount, payment_method },
    });
    expect(reply.status).toBe(201);
    return reply.body.data.payment_id;
  }

  const confirm = (payment_id: number, transaction_id: string, { token = staff.token, n = 0, more = {} } = {}) =>
    ask(apis[n % 2]!.url, `/api/v1/payments/${payment_id}/confirm`, { token, body: { transaction_id, ...more } });

  /** Payment, invoice, tax and charges as they stand: what must change together. */
  async function stateOf(payment_id: number) {
    const [row] = await database.query(
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
    '%s: staff confirm, and payment, invoice, tax record and charge change at once',
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

  it('leaves an audit trail: created, then completed, each with who and which request', async () => {
    const payment_id = await pendingPayment();
    const { request_id } = (await confirm(payment_id, 'audited')).body;
    const trail = await database.query(
      'SELECT action, actor_user_id::int, request_id FROM audit_log WHERE payment_id = $1 ORDER BY id',
      [payment_id],
    );
    expect(trail).toEqual([
      { action: 'payment.created', actor_user_id: patient.id, request_id: expect.any(String) },
      { action: 'payment.completed', actor_user_id: staff.id, request_id },
    ]);
  });

  it('a patient cannot vouch for their own money', async () => {
    const payment_id = await pendingPayment();
    const reply = await confirm(payment_id, 'mine', { token: patient.token });
    expect([reply.status, reply.body.code]).toEqual([403, 'FORBIDDEN']);
    expect(await stateOf(payment_id)).toEqual(PENDING);
  });

  it('twenty confirms at once over two processes, each with a transaction of its own: one 200, nineteen 409, one charge', async () => {
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

  it('one transaction, ten payments at once: it confirms one, and the others stay as they were', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => pendingPayment()));
    const replies = await Promise.all(ids.map((id, n) => confirm(id, 'the-same-transfer', { n })));
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(replies.filter((reply) => reply.body.code === 'TRANSACTION_ALREADY_USED')).toHaveLength(9);
    const states = await Promise.all(ids.map(stateOf));
    expect(states.filter((state) => state!.payment === 'completed')).toEqual([COMPLETED]);
    expect(states.filter((state) => state!.payment === 'pending')).toEqual(Array(9).fill(PENDING));
  });

  it('a bank and GCash may use the same number for different money', async () => {
    expect((await confirm(await pendingPayment('bank_transfer'), '000123')).status).toBe(200);
    expect((await confirm(await pendingPayment('gcash'), '000123')).status).toBe(200);
  });

  it('stripe cannot be confirmed on anybody’s word', async () => {
    const payment_id = await pendingPayment('stripe');
    const reply = await confirm(payment_id, 'pi_123');
    expect([reply.status, reply.body.code, reply.headers.get('retry-after')]).toEqual([503, 'STRIPE_UNAVAILABLE', '5']);
    expect(await stateOf(payment_id)).toEqual(PENDING);
  });

  describe('when nobody paid in time', () => {
    async function expire(payment_id: number): Promise<void> {
      await database.query(`UPDATE payments SET expires_at = now() - interval '1 second' WHERE id = $1`, [payment_id]);
      const worker = await startWorker({ DATABASE_URL: database.url, WORKER_SWEEP_SECONDS: '1' });
      await eventually(async () => (await stateOf(payment_id))!.payment === 'expired', 'the worker has expired it');
      expect(await worker.stop()).toBe(0);
    }

    it('the worker expires the payment, and its consultation can be paid again', async () => {
      const consultation_id = await createConsultation(database, patient);
      const first = await startOn(consultation_id);
      await expire(first);
      expect(await stateOf(first)).toEqual({ ...PENDING, payment: 'expired', invoice: 'void', tax: 'void' });
      expect(await startOn(consultation_id)).not.toBe(first);
    });

    it('money that came late completes it while the consultation is free', async () => {
      const payment_id = await pendingPayment();
      await expire(payment_id);
      expect((await confirm(payment_id, 'late')).status).toBe(200);
      expect(await stateOf(payment_id)).toEqual(COMPLETED);
    });

    it('money that came too late is refused, naming the payment that took its place, and nothing is half done', async () => {
      const consultation_id = await createConsultation(database, patient);
      const first = await startOn(consultation_id);
      await expire(first);
      const second = await startOn(consultation_id);
      const reply = await confirm(first, 'too-late');
      expect([reply.status, reply.body.code, reply.body.data.payment_id]).toEqual([409, 'PAYMENT_EXISTS', second]);
      expect(await stateOf(first)).toMatchObject({ payment: 'expired', charges: 0 });
    });
  });
});
