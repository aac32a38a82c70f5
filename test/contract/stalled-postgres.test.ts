import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { setTimeout as pause } from 'node:timers/promises';
import { parseConfig } from '#config';
import { dataSourceOptions, migrate, openDataSource } from '#database';
import type pg from 'pg';
import { createDatabase, TEST_SECRET, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createConsultation, createPerson, type Person, tokenFor } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';

describe('a Postgres that stalls and recovers', () => {
  let database: TestDatabase;
  let api: Program;
  let patient: Person;

  beforeAll(async () => {
    // The server's own timeouts stay out of it, as for a role that never migrated: the client alone gives up.
    database = await createDatabase();
    const timeouts = { DATABASE_STATEMENT_TIMEOUT_MS: '60000', DATABASE_LOCK_TIMEOUT_MS: '60000' };
    await migrate(parseConfig({ DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET, ...timeouts }));
    patient = await createPerson(database);
  });

  beforeEach(async () => {
    // One connection for all: the next request gets the stalled one, if the pool kept it.
    api = await startApi({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: '2', DATABASE_STATEMENT_TIMEOUT_MS: '500' });
  });

  afterEach(() => api.stop());
  afterAll(() => database.drop());

  const start = (consultation_id: number) =>
    ask(api.url, '/api/v1/payments', {
      token: patient.token,
      body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
    });

  it('what is acknowledged afterwards is committed: no request inherits an open transaction', async () => {
    const consultation_id = await createConsultation(database, patient);
    const holder = await database.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM consultations WHERE id = $1 FOR UPDATE', [consultation_id]);
    // Both connections of the pool stall, each inside a transaction of its own.
    const stalled = await Promise.all([start(consultation_id), start(consultation_id)]);
    expect(stalled.map((reply) => reply.status)).toEqual([503, 503]);
    await holder.end();

    // A newcomer's row is written by a single statement, which an open transaction would swallow.
    const newcomers = ['newcomer-1', 'newcomer-2', 'newcomer-3', 'newcomer-4'];
    for (const subject of newcomers) {
      const listed = await ask(api.url, '/api/v1/consultations', { token: await tokenFor(subject, 'patient') });
      expect(listed.status).toBe(200);
    }
    const seen = await database.query<{ subject: string }>(
      'SELECT subject FROM users WHERE subject = ANY($1) ORDER BY subject',
      [newcomers],
    );
    expect(seen.map((row) => row.subject)).toEqual(newcomers);
  });

  it('a payment whose request timed out is never committed later without its documents', async () => {
    const consultation_id = await createConsultation(database, patient);
    const other = await createConsultation(database, patient);
    const holder = await database.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE invoices IN EXCLUSIVE MODE');
    expect((await start(consultation_id)).status).toBe(503);
    await holder.end();

    expect((await start(other)).status).toBe(201);
    expect((await start(consultation_id)).status).toBe(201);
    const halves = await database.query(
      `SELECT p.id FROM payments p LEFT JOIN invoices i ON i.payment_id = p.id LEFT JOIN tax_records t ON t.payment_id = p.id
       WHERE i.id IS NULL OR t.id IS NULL`,
    );
    expect(halves).toEqual([]);
  });

  it('connections terminated by an administrator under load: answers are 201, 409 or 503, never 500, and the API keeps running', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, () => createConsultation(database, patient)));
    const replies = Promise.all(ids.map((id) => start(id).catch(() => undefined)));
    for (let round = 0; round < 3; round++) {
      await eventually(async () => {
        const ended = await database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'payonce-api' AND datname = current_database()`,
        );
        return ended.length > 0;
      }, 'there are connections to end');
    }
    const statuses = (await replies).map((reply) => reply?.status);
    expect(statuses.filter((status) => ![201, 409, 503].includes(status ?? 0))).toEqual([]);
    expect(api.child.exitCode).toBeNull();
    await eventually(async () => (await ask(api.url, '/api/v1/health/ready')).status === 200, 'it is ready again');
    for (const id of ids) expect([201, 409]).toContain((await start(id)).status);
    const [count] = await database.query(
      `SELECT count(*)::int AS n FROM payments WHERE consultation_id = ANY($1) AND status = 'pending'`,
      [ids],
    );
    expect(count).toEqual({ n: ids.length });
  });

  it('every pooled connection has an error listener at all times', async () => {
    const dataSource = await openDataSource(
      dataSourceOptions(parseConfig({ DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET }), 'test'),
    );
    const { master: pool } = dataSource.driver as unknown as { master: pg.Pool };
    const client = await pool.connect();
    // The pool has removed its listener, and TypeORM has not added one: an unhandled 'error' would end the process.
    expect(client.emit('error', new Error('terminating connection'))).toBe(true);
    client.release();
    await dataSource.destroy();
  });

  it('a burst while all connections are busy for seconds waits in the queue and is served, not refused', async () => {
    const latecomer = await createPerson(database);
    const busy = await startApi({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: '2' });
    const ids = await Promise.all([1, 2].map(() => createConsultation(database, patient)));
    const holder = await database.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM consultations WHERE id = ANY ($1) FOR UPDATE', [ids]);
    const startOn = (consultation_id: number) =>
      ask(busy.url, '/api/v1/payments', {
        token: patient.token,
        body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
      });
    const both = Promise.all(ids.map(startOn));
    await eventually(async () => {
      const [waiting] = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity
         WHERE application_name = 'payonce-api' AND datname = current_database() AND wait_event = 'transactionid'`,
      );
      return waiting!.n === 2;
    }, 'both connections are busy');
    const late = ask(busy.url, '/api/v1/consultations', { token: latecomer.token });
    // Longer than the connection timeout, shorter than the lock timeout.
    await pause(4_000);
    await holder.query('COMMIT');
    expect((await late).status).toBe(200);
    expect((await both).map((reply) => reply.status)).toEqual([201, 201]);
    await holder.end();
    await busy.stop();
  });

  it('read-only, as after a failover: /ready and creates are 503', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await database.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    const second = await startApi({ DATABASE_URL: database.url });
    try {
      const ready = await ask<Schemas['Health']>(second.url, '/api/v1/health/ready');
      expect([ready.status, ready.body.data.dependencies.postgres!.reason]).toEqual([503, 'it is read-only']);
      const refused = await ask(second.url, '/api/v1/payments', {
        token: patient.token,
        body: { consultation_id: 1, amount: 5_000, payment_method: 'gcash' },
      });
      expect([refused.status, refused.body.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
    } finally {
      await second.stop();
      await database.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`).catch(async () => {
        const client = await database.connect();
        await client.query('SET default_transaction_read_only = off');
        await client.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
        await client.end();
      });
    }
  });
});

describe('shutdown on SIGTERM', () => {
  it('finishes and answers running requests, and exits with 0', async () => {
    const database = await createDatabase();
    const api = await startApi({ DATABASE_URL: database.url });
    const patient = await createPerson(database);
    const consultation_id = await createConsultation(database, patient);
    const holder = await database.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM consultations WHERE id = $1 FOR UPDATE', [consultation_id]);
    const reply = ask(api.url, '/api/v1/payments', {
      token: patient.token,
      body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
    });
    await eventually(async () => {
      const waiting = await database.query(
        `SELECT 1 FROM pg_stat_activity WHERE application_name = 'payonce-api' AND wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    }, 'the create waits for the row');

    const stopped = api.stop();
    await holder.query('COMMIT');
    expect((await reply).status).toBe(201);
    expect(await stopped).toBe(0);
    await holder.end();
    await database.drop();
  });
});
