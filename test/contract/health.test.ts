import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createConsultation, createPerson } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { type Cable, cableTo, through } from '../support/proxy.js';
import { startRedis, type TestRedis } from '../support/redis.js';

const cableOf = (url: string) => cableTo(new URL(url).hostname, Number(new URL(url).port));

describe('health', () => {
  let database: TestDatabase;
  let postgres: Cable;
  let redis: TestRedis;
  let api: Program;

  beforeAll(async () => {
    database = await createDatabase();
    postgres = await cableOf(database.url);
    redis = await startRedis();
    api = await startApi({
      DATABASE_URL: through(postgres, database.url),
      REDIS_URL: redis.url,
      DATABASE_STATEMENT_TIMEOUT_MS: '1000',
    });
  });

  afterAll(async () => {
    await api.stop();
    await postgres.end();
    await redis.kill();
    await database.drop();
  });

  const ready = () => ask<Schemas['Health']>(api.url, '/api/v1/health/ready');
  const untilStatus = (status: string) =>
    eventually(async () => (await ready()).body.data.status === status, `ready says ${status}`);

  it('/ready names each dependency', async () => {
    await untilStatus('ready');
    const reply = await ready();
    expect(reply.status).toBe(200);
    expect(reply.body.data.dependencies).toEqual({
      postgres: { status: 'up', required: true, latency_ms: expect.any(Number) },
      redis: { status: 'up', required: false, latency_ms: expect.any(Number) },
      // That there is no Stripe key is a choice, and degrades nothing.
      stripe: { status: 'not_configured', required: false },
    });
    expect((await ask<Schemas['Health']>(api.url, '/api/v1/health')).body.data.status).toBe('ready');
  });

  it('a Postgres configured to lose commits is a warning in the log and in /ready, not a failure', async () => {
    const FSYNC = 'fsync is off: a crash of the machine can lose or damage everything. Set fsync = on.';
    const PAGES = 'full_page_writes is off: a crash of the machine can damage pages. Set full_page_writes = on.';
    // The tests' own server runs without: its data is thrown away.
    const settings = {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'on',
      synchronous_commit_source: 'default',
      synchronous_standbys: false,
    };
    await untilStatus('ready');
    const { durability } = (await ready()).body.data.checks;
    expect(durability).toEqual({ status: 'warning', message: `${FSYNC} ${PAGES}`, ...settings });

    const name = new URL(database.url).pathname.slice(1);
    await database.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    const second = await startApi({ DATABASE_URL: database.url });
    try {
      const reply = await ask<Schemas['Health']>(second.url, '/api/v1/health/ready');
      const { status, checks } = reply.body.data;
      const COMMIT =
        'synchronous_commit is off, set on this database: a crash loses payments that were already answered. Set synchronous_commit = on.';
      expect([reply.status, status]).toEqual([200, 'ready']);
      expect(checks.durability).toEqual({
        status: 'warning',
        message: `${FSYNC} ${PAGES} ${COMMIT}`,
        ...settings,
        synchronous_commit: 'off',
        synchronous_commit_source: 'database',
      });
      const lines = await eventually(() => {
        const said = second.output().split('\n').slice(0, -1);
        const found = said.filter((line) => line.includes('Database: Not durable.'));
        return found.length > 0 && found;
      }, 'the log says it');
      expect(lines.map((line) => JSON.parse(line) as { level: string; message: string })).toMatchObject([
        { level: 'warn', message: `Database: Not durable. ${FSYNC} ${PAGES} ${COMMIT}` },
      ]);
    } finally {
      await second.stop();
      await database.query(`ALTER DATABASE ${name} RESET synchronous_commit`);
    }
  });

  it('Redis killed: requests still get 200, health is degraded and recovers when Redis is back', async () => {
    await redis.kill();
    await untilStatus('degraded');
    const reply = await ready();
    expect([reply.status, reply.body.data.dependencies.redis!.status]).toEqual([200, 'down']);
    await redis.start();
    await untilStatus('ready');
  });

  it('Redis hung (SIGSTOP): requests still get 200 within the command timeout, health is degraded and recovers', async () => {
    redis.child().kill('SIGSTOP');
    const reply = await eventually(async () => {
      const now = await ready();
      return now.body.data.status === 'degraded' && now;
    }, 'ready says degraded');
    expect(reply.status).toBe(200);
    redis.child().kill('SIGCONT');
    await untilStatus('ready');
  });

  it.each(['pulled', 'frozen'] as const)(
    'Postgres %s: /ready and payments are 503 with Retry-After, /live stays 200; both recover',
    async (how) => {
      const patient = await createPerson(database);
      const consultation_id = await createConsultation(database, patient);
      const create = () =>
        ask(api.url, '/api/v1/payments', {
          token: patient.token,
          body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
        });

      await (how === 'pulled' ? postgres.pull() : postgres.freeze());
      await untilStatus('unavailable');
      expect((await ready()).status).toBe(503);
      expect((await ask(api.url, '/api/v1/health/live')).status).toBe(200);
      const refused = await create();
      expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
        503,
        'DATABASE_UNAVAILABLE',
        '2',
      ]);

      if (how === 'frozen') await postgres.pull();
      await postgres.plugIn();
      await untilStatus('ready');
      expect((await create()).status).toBe(201);
      expect(
        await database.query('SELECT id FROM payments WHERE consultation_id = $1', [consultation_id]),
      ).toHaveLength(1);
    },
  );

  it('a row locked for longer than the lock timeout: 503 LOCK_TIMEOUT with Retry-After; succeeds once released', async () => {
    const patient = await createPerson(database);
    const consultation_id = await createConsultation(database, patient);
    const create = () =>
      ask(api.url, '/api/v1/payments', {
        token: patient.token,
        body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
      });
    // The short lock timeout applies to all sessions; the one that holds the row does not wait.
    await database.query(
      `ALTER ROLE CURRENT_USER IN DATABASE ${new URL(database.url).pathname.slice(1)} SET lock_timeout = '300ms'`,
    );
    await postgres.pull();
    await postgres.plugIn();
    await untilStatus('ready');

    const holder = await database.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM consultations WHERE id = $1 FOR UPDATE', [consultation_id]);
    const refused = await create();
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'LOCK_TIMEOUT', '1']);
    expect(refused.body.error).toBe('Lock acquisition timeout');
    await holder.end();
    expect((await create()).status).toBe(201);
  });
});

describe('health of an API whose database lacks a migration', () => {
  it('is not ready, and names the missing migrations', async () => {
    const database = await createDatabase();
    const api = await startApi({ DATABASE_URL: database.url });
    try {
      await database.query(`DELETE FROM migrations WHERE name LIKE 'AuditLog%'`);
      const reply = await ask<Schemas['Health']>(api.url, '/api/v1/health/ready');
      expect([reply.status, reply.body.data.dependencies.postgres!.reason]).toEqual([503, '1 migrations have not run']);
      expect(reply.body.data.dependencies.redis).toEqual({ status: 'not_configured', required: false });
    } finally {
      await api.stop();
      await database.drop();
    }
  });
});
