import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { parseConfig } from '#config';
import { migrate } from '#database';
import { createDatabase, TEST_SECRET } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createConsultation, createPerson } from '../support/people.js';
import { startApi } from '../support/processes.js';

const BARRIER = 6_262;

describe('a server paused (SIGSTOP) past its locks, in the middle of its transaction', () => {
  it('commits nothing when resumed: another server made the payment meanwhile', async () => {
    const database = await createDatabase();
    const patience = { DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS: '1000' };
    await migrate(parseConfig({ DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET, ...patience }));
    const env = { DATABASE_URL: database.url, LOG_LEVEL: 'debug' };
    const [paused, other] = await Promise.all([startApi(env), startApi(env)]);
    const patient = await createPerson(database);
    const consultation_id = await createConsultation(database, patient);
    await database.query(`
      CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(${BARRIER}); RETURN NEW; END $$;
      CREATE TRIGGER barrier BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION wait_at_barrier()`);
    const create = (url: string) =>
      ask<Schemas['NewPayment']>(url, '/api/v1/payments', {
        token: patient.token,
        headers: { 'idempotency-key': 'paused' },
        body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
      });

    const gate = await database.connect();
    await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
    const late = create(paused.url);
    await eventually(async () => {
      const held = await database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`,
      );
      return held.length === 1;
    }, 'the payment stands at the barrier');
    paused.child.kill('SIGSTOP');
    await gate.end();

    // Its transaction is ended by Postgres after 1 s, its locks end after 5 s.
    const made = await eventually(
      async () => {
        const reply = await create(other.url);
        return reply.status === 201 && reply;
      },
      'the other has taken over',
      25_000,
    );
    paused.child.kill('SIGCONT');
    const woken = await late;
    // It gets an error, or the answer of the server that took over; it never makes a second payment.
    expect([503, 409, 201]).toContain(woken.status);
    if (woken.status === 201) expect(woken.text).toBe(made.text);
    expect((await create(paused.url)).text).toBe(made.text);
    const rows = await database.query('SELECT id FROM payments WHERE consultation_id = $1', [consultation_id]);
    expect(rows).toEqual([{ id: String(made.body.data.payment_id) }]);

    // The documented line, with its fields.
    const line = other
      .output()
      .split('\n')
      .find((text) => text.includes('Lock acquired') && text.includes(`payment:lock:${consultation_id}:`));
    expect(JSON.parse(line!)).toMatchObject({
      lock_key: `payment:lock:${consultation_id}:${patient.id}`,
      attempts: expect.any(Number),
    });

    await Promise.all([paused.stop(), other.stop()]);
    await database.drop();
  });
});
