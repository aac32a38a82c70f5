import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { cancelPending } from '../support/rows.js';

/** Any number nobody else locks; the barrier's own. */
const BARRIER = 4_711;

describe('many creates at once for one consultation, over two API processes', () => {
  let database: TestDatabase;
  let apis: Program[];
  let patient: Person;

  beforeAll(async () => {
    database = await createDatabase();
    apis = await Promise.all([1, 2].map(() => startApi({ DATABASE_URL: database.url })));
    patient = await createPerson(database);
  });

  afterAll(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await database.drop();
  });

  /** Request `n` of a burst: its own key, and every second one to the other process. */
  function create(consultation_id: number, n: number): Promise<Reply> {
    return ask(apis[n % apis.length]!.url, '/api/v1/payments', {
      token: patient.token,
      headers: { 'x-idempotency-key': `click-${consultation_id}-${n}` },
      body: { consultation_id, amount: 5_000, payment_method: 'bank_transfer' },
    });
  }

  const paymentsOf = (consultation_id: number) =>
    database.query<{ id: string; status: string }>('SELECT id, status FROM payments WHERE consultation_id = $1', [
      consultation_id,
    ]);

  it('fifty different keys: one 201, forty-nine answers that name that payment', async () => {
    const consultation_id = await createConsultation(database, patient);
    const replies = await Promise.all(Array.from({ length: 50 }, (_, n) => create(consultation_id, n)));

    const created = replies.filter((reply) => reply.status === 201);
    const refused = replies.filter((reply) => reply.status === 409);
    expect([created.length, refused.length]).toEqual([1, 49]);
    const { payment_id } = created[0]!.body.data;
    for (const reply of refused) {
      expect(reply.body).toMatchObject({
        code: 'PAYMENT_EXISTS',
        data: { type: 'existing', payment_id, status: 'pending' },
      });
    }
    expect((await paymentsOf(consultation_id)).map((row) => Number(row.id))).toEqual([payment_id]);
    expect(await database.query('SELECT id FROM invoices WHERE payment_id = $1', [payment_id])).toHaveLength(1);
    expect(await database.query('SELECT id FROM tax_records WHERE payment_id = $1', [payment_id])).toHaveLength(1);
  });

  describe('with guards taken out, everybody meeting just before the insert', () => {
    beforeAll(() => raiseBarrier(database));
    afterAll(() => removeBarrier(database));
    // Whatever a test took out is put back, so that each shows its own hazard and nothing else.
    afterEach(() => putGuardsBack(database));

    /** Two tabs, held at the barrier until both are there (or until the guard visibly keeps the second one away). */
    async function twoTabs(
      consultation_id: number,
      metBy: (held: { atBarrier: number; atRowLock: number }) => boolean,
    ) {
      const gate = await database.connect();
      try {
        await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
        const replies = Promise.all([create(consultation_id, 0), create(consultation_id, 1)]);
        await eventually(async () => metBy(await waitingNow(database)), 'both tabs stand where the guards let them');
        await gate.query('SELECT pg_advisory_unlock($1)', [BARRIER]);
        return await replies;
      } finally {
        await gate.end();
      }
    }

    it.each([1, 2, 3, 4, 5])(
      'hazard, round %i: no lease, no row lock and no index: two payments for one consultation',
      async () => {
        await takeOutLeases(database);
        await takeOutIndex(database);
        await takeOutRowLock(database);
        const consultation_id = await createConsultation(database, patient);
        const replies = await twoTabs(consultation_id, (held) => held.atBarrier === 2);
        expect(replies.map((reply) => reply.status)).toEqual([201, 201]);
        expect(await paymentsOf(consultation_id)).toHaveLength(2);
      },
    );

    it.each([1, 2, 3, 4, 5])('the index alone, round %i: one payment, the other answered as existing', async () => {
      await takeOutLeases(database);
      await takeOutRowLock(database);
      const consultation_id = await createConsultation(database, patient);
      const replies = await twoTabs(consultation_id, (held) => held.atBarrier === 2);
      expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409]);
      const [row] = await paymentsOf(consultation_id);
      expect(replies.map((reply) => reply.body.data.payment_id)).toEqual([Number(row!.id), Number(row!.id)]);
      expect(await paymentsOf(consultation_id)).toHaveLength(1);
    });

    it.each([1, 2, 3, 4, 5])(
      'the row lock alone, round %i: the second waits at the row and never reaches the insert',
      async () => {
        await takeOutLeases(database);
        await takeOutIndex(database);
        const consultation_id = await createConsultation(database, patient);
        const replies = await twoTabs(consultation_id, (held) => held.atBarrier === 1 && held.atRowLock === 1);
        expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409]);
        expect(await paymentsOf(consultation_id)).toHaveLength(1);
      },
    );

    it.each([1, 2, 3, 4, 5])('the lease alone, round %i: the second waits for it, then finds the first', async () => {
      await takeOutRowLock(database);
      await takeOutIndex(database);
      const consultation_id = await createConsultation(database, patient);
      const bothAsked = () => apis.every((api) => api.output().includes(`"consultation_id":${consultation_id},`));
      const replies = await twoTabs(consultation_id, (held) => held.atBarrier === 1 && bothAsked());
      expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409]);
      expect(await paymentsOf(consultation_id)).toHaveLength(1);
    });
  });
});

/** Every insert of a payment waits here while a test holds the lock; shared, so that all pass at once when it lets go. */
async function raiseBarrier(database: TestDatabase): Promise<void> {
  await database.query(`
    CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(${BARRIER});
      RETURN NEW;
    END $$;
    CREATE TRIGGER barrier BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION wait_at_barrier()`);
}

async function removeBarrier(database: TestDatabase): Promise<void> {
  await database.query('DROP TRIGGER barrier ON payments; DROP FUNCTION wait_at_barrier()');
}

async function waitingNow(database: TestDatabase): Promise<{ atBarrier: number; atRowLock: number }> {
  const [held] = await database.query<{ barrier: string; row: string }>(
    `SELECT count(*) FILTER (WHERE wait_event = 'advisory') AS barrier,
            count(*) FILTER (WHERE wait_event IN ('transactionid', 'tuple')) AS row
     FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'payonce-api' AND wait_event_type = 'Lock'`,
  );
  return { atBarrier: Number(held!.barrier), atRowLock: Number(held!.row) };
}

async function takeOutIndex(database: TestDatabase): Promise<void> {
  await database.query('DROP INDEX payments_one_live_per_consultation');
}

/**
 * FOR UPDATE does not reach through a set-returning function (https://www.postgresql.org/docs/18/sql-select.html), so with
 * a view over one in the table's place the unchanged program reads the same rows and locks nothing.
 */
async function takeOutRowLock(database: TestDatabase): Promise<void> {
  await database.query(`
    ALTER TABLE consultations RENAME TO consultations_locked;
    CREATE FUNCTION read_consultations() RETURNS SETOF consultations_locked LANGUAGE sql VOLATILE
      AS 'SELECT * FROM consultations_locked';
    CREATE VIEW consultations AS SELECT * FROM read_consultations();
    CREATE FUNCTION write_consultation() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO consultations_locked (patient_id, fee, currency) VALUES (NEW.patient_id, NEW.fee, NEW.currency)
        RETURNING id INTO NEW.id;
      RETURN NEW;
    END $$;
    CREATE TRIGGER write INSTEAD OF INSERT ON consultations FOR EACH ROW EXECUTE FUNCTION write_consultation()`);
}

/** With a trigger that makes every key another one, everybody gets every lease: a lock that locks nothing. */
async function takeOutLeases(database: TestDatabase): Promise<void> {
  await database.query(`
    CREATE FUNCTION lock_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.lock_key := NEW.lock_key || gen_random_uuid();
      RETURN NEW;
    END $$;
    CREATE TRIGGER lock_nothing BEFORE INSERT ON concurrency_locks FOR EACH ROW EXECUTE FUNCTION lock_nothing()`);
}

async function putGuardsBack(database: TestDatabase): Promise<void> {
  await database.query(
    'DROP TRIGGER IF EXISTS lock_nothing ON concurrency_locks; DROP FUNCTION IF EXISTS lock_nothing',
  );
  const [view] = await database.query(`SELECT 1 FROM pg_views WHERE viewname = 'consultations'`);
  if (view) {
    await database.query(`
      DROP VIEW consultations;
      DROP FUNCTION read_consultations, write_consultation;
      ALTER TABLE consultations_locked RENAME TO consultations`);
  }
  // Rows that a hazard doubled would keep the index from coming back.
  await cancelPending(database);
  await database.query(`
    CREATE UNIQUE INDEX IF NOT EXISTS payments_one_live_per_consultation ON payments (consultation_id)
      WHERE status IN ('pending', 'completed', 'partially_refunded')`);
}
