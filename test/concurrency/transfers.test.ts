import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { heldAtBarrier, raiseBarrier, removeBarrier } from '../support/guards.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { type Program, startApi, startWorker } from '../support/processes.js';

const FEE = 7_000;

describe('transfers, while somebody else is at work on the same payment', () => {
  let database: TestDatabase;
  let apis: Program[];
  let worker: Program;
  let patient: Person;
  let staff: Person;
  let count = 0;

  beforeAll(async () => {
    database = await createDatabase();
    // A deadlock that Postgres resolved in a second would go unnoticed: the work is tried again.
    const [row] = await database.query<{ name: string }>('SELECT current_database() AS name');
    await database.query(`ALTER DATABASE ${row!.name} SET deadlock_timeout = '60s'`);
    apis = await Promise.all([1, 2].map(() => startApi({ DATABASE_URL: database.url })));
    worker = await startWorker({ DATABASE_URL: database.url, WORKER_SWEEP_SECONDS: '1' });
    patient = await createPerson(database);
    staff = await createPerson(database, 'staff');
  });
  afterAll(async () => {
    await Promise.all([...apis, worker].map((program) => program.stop()));
    await database.drop();
  });
  afterEach(() => removeBarrier(database));

  const post = (path: string, body: object, { n = 0, token = staff.token } = {}): Promise<Reply> =>
    ask(apis[n]!.url, `/api/v1/${path}`, { token, body });
  const newReference = () => `race-${(count += 1)}`;
  const confirm = (id: number, amount_received: number) =>
    post(`payments/${id}/confirm`, { transaction_id: newReference(), amount_received });
  const payment = async (id: number) =>
    (await ask(apis[0]!.url, `/api/v1/payments/${id}`, { token: patient.token })).body.data;

  async function pending(consultation_id?: number): Promise<number> {
    const of = consultation_id ?? (await createConsultation(database, patient, FEE));
    const body = { consultation_id: of, amount: FEE, payment_method: 'bank_transfer' };
    return (await post('payments', body, { token: patient.token })).body.data.payment_id;
  }
  const lapse = (id: number) =>
    database.query(`UPDATE payments SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
  const untilExpired = (id: number) =>
    eventually(async () => (await payment(id)).payment.status === 'expired', 'the worker expires it');

  it('a payment is cancelled while the rest of its transfer is matched with one that had expired: neither waits for the other', async () => {
    const consultation_id = await createConsultation(database, patient, FEE);
    const expired = await pending(consultation_id);
    await lapse(expired);
    await untilExpired(expired);
    const taken = await pending(consultation_id);
    const body = { payment_method: 'bank_transfer', transaction_id: newReference(), amount: FEE + 3_000 };
    const { id } = (await post('transfers', body)).body.data.transfer;
    await post(`transfers/${id}/match`, { payment_id: taken, amount: 3_000 });

    await raiseBarrier(database, { on: 'AFTER UPDATE', table: 'payments', when: `NEW.status = 'cancelled'` });
    const [cancelled, matched] = await heldAtBarrier(
      database,
      async () => {
        const cancelling = post(`payments/${taken}/cancel`, {}, { token: patient.token });
        await eventually(
          async () => (await atBarrier('payonce-api')) === 1,
          'the cancellation has changed its payment',
        );
        return Promise.all([cancelling, post(`transfers/${id}/match`, { payment_id: expired, amount: FEE }, { n: 1 })]);
      },
      (held) => held.atBarrier === 1 && held.atRowLock === 1,
    );
    expect([cancelled.status, matched.status]).toEqual([200, 200]);
    expect((await payment(expired)).payment.status).toBe('completed');
    expect((await payment(taken)).payment.status).toBe('cancelled');
  });

  /** How many statements of one of our programs wait at the barrier. */
  async function atBarrier(program: 'payonce-api' | 'payonce-worker'): Promise<number> {
    const [row] = await database.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event = 'advisory' AND application_name = $1`,
      [program],
    );
    return row!.waiting;
  }

  it('a part arrives first, while the worker looks for payments whose time is over: it stays pending, without an end', async () => {
    const [id, other] = [await pending(), await pending()];
    worker.child.kill('SIGSTOP');
    await lapse(id);
    await raiseBarrier(database, { on: 'BEFORE INSERT', table: 'charges', when: `NEW.payment_id = ${id}` });
    const reply = await heldAtBarrier(
      database,
      () => confirm(id, 3_000),
      (held) => held.atBarrier === 1,
      // The worker has gone over all that had lapsed.
      async () => {
        worker.child.kill('SIGCONT');
        await lapse(other);
        await untilExpired(other);
      },
    );
    expect([reply.status, reply.body.data.amount_due]).toEqual([200, 4_000]);
    expect((await payment(id)).payment).toMatchObject({ status: 'pending', expires_at: null });
  });

  it('a payment expires first: the part that arrives meanwhile is refused and unmatched', async () => {
    const id = await pending();
    await raiseBarrier(database, { on: 'AFTER UPDATE', table: 'payments', when: `NEW.status = 'expired'` });
    const reply = await heldAtBarrier(
      database,
      async () => {
        await lapse(id);
        await eventually(async () => (await atBarrier('payonce-worker')) === 1, 'the worker is at it');
        return confirm(id, 3_000);
      },
      (held) => held.atBarrier === 1 && held.atRowLock === 1,
    );
    expect([reply.status, reply.body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
    expect(await payment(id)).toMatchObject({
      payment: { status: 'expired' },
      unmatched_transfers: [{ transfer_id: reply.body.data.transfer_id, unmatched_amount: 3_000 }],
    });
  });
});
