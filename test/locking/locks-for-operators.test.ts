import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { parseConfig } from '#config';
import { migrate } from '#database';
import { Redis } from 'ioredis';
import { createDatabase, TEST_SECRET, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { linesOf, linesSaying, type LogLine, untilLogged } from '../support/log-lines.js';
import { metricOf } from '../support/metrics.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { startRedis, type TestRedis } from '../support/redis.js';

const BARRIER = 6_263;
const TIMEOUTS = 'payonce_lock_timeouts_total';
const REFUSALS = 'payonce_lock_refusals_total';

describe('logs, metrics and listings of locks', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let client: Redis;
  let apis: [Program, Program];
  let patient: Person;
  let staff: Person;
  let scope: string;

  beforeAll(async () => {
    database = await createDatabase();
    await migrate(parseConfig({ DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET }));
    redis = await startRedis();
    client = new Redis(redis.url);
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
    apis = await Promise.all([startApi(env), startApi({ ...env, LOCK_LOG_LEVEL: 'info' })]);
    patient = await createPerson(database);
    staff = await createPerson(database, 'staff');
    const [now] = await database.query<{ epoch: string }>('SELECT current_installation_epoch() AS epoch');
    scope = `payonce:${now!.epoch}:`;
    await database.query(`
      INSERT INTO products (id, name, price, currency) VALUES ('plan', 'Plan', 100000, 'idr');
      CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(${BARRIER}); RETURN NEW; END $$;
      CREATE TRIGGER barrier BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION wait_at_barrier()`);
  });
  afterAll(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    client.disconnect();
    await redis.kill();
    await database.drop();
  });

  const create = (api: Program, consultation_id: number) =>
    ask(api.url, '/api/v1/payments', {
      token: patient.token,
      body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
    });
  const consultation = () => createConsultation(database, patient);
  const locksHeld = async (query = '') =>
    (await ask<Schemas['HeldLocks']>(apis[0].url, `/api/v1/ops/locks${query}`, { token: staff.token })).body.data;
  const aboutKey = (line: LogLine, key: string) =>
    line.lock_key === key || (Array.isArray(line.lock_keys) && line.lock_keys.includes(key));
  const linesAbout = (api: Program, key: string) =>
    linesOf(api)
      .filter((line) => aboutKey(line, key))
      .map(({ level, message }) => `${level}: ${message}`);

  /** A create that holds its locks until `letGo` is called. */
  async function holding(consultation_id: number): Promise<{ letGo: () => Promise<void> }> {
    const gate = await database.connect();
    await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
    const creating = create(apis[0], consultation_id);
    await eventually(async () => {
      const held = await database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`,
      );
      return held.length === 1;
    }, 'the payment stands at the barrier');
    return {
      letGo: async () => {
        await gate.end();
        expect((await creating).status).toBe(201);
      },
    };
  }

  it('a lock that nobody waits for logs two lines, at the level of LOCK_LOG_LEVEL', async () => {
    const [quiet, told] = [await consultation(), await consultation()];
    expect([(await create(apis[0], quiet)).status, (await create(apis[1], told)).status]).toEqual([201, 201]);
    const keys = [quiet, told].map((id) => `payment:lock:${id}:${patient.id}`);
    await Promise.all(apis.map(untilLogged));
    expect(linesAbout(apis[1], keys[1]!)).toEqual(['info: Lock acquired', 'info: Lock released']);
    expect(linesSaying(apis[1], 'Lock acquired').find((line) => line.lock_key === keys[1])).toMatchObject({
      attempts: 1,
      waited_ms: expect.any(Number) as number,
    });
    // `debug` unless it is set, which LOG_LEVEL leaves out.
    expect(linesAbout(apis[0], keys[0]!)).toEqual([]);
  });

  it('a request that waited logs one line with key and duration', async () => {
    const consultation_id = await consultation();
    const key = `payment:lock:${consultation_id}:${patient.id}`;
    const first = await holding(consultation_id);
    const waiting = create(apis[1], consultation_id);
    // A waiter is notified of releases on a channel of its key.
    await eventually(async () => {
      const [, listeners] = (await client.pubsub('NUMSUB', `released:${scope}${key}`)) as [string, number];
      return listeners === 1;
    }, 'the second one waits');
    await first.letGo();
    const reply = await waiting;
    expect(reply.status).toBe(409);
    const waited = () => linesSaying(apis[1], 'Lock waited for').filter((line) => aboutKey(line, key));
    await Promise.all(apis.map(untilLogged));
    expect(waited()).toEqual([
      expect.objectContaining({
        level: 'info',
        lock_keys: [key],
        waited_ms: expect.any(Number),
        request_id: reply.body.request_id,
      }),
    ]);
    expect(waited()[0]!.waited_ms).toBeGreaterThan(0);
    expect(linesSaying(apis[0], 'Lock waited for')).toEqual([]);
  });

  it('a checkout that finds its product locked is refused: logged and counted as a conflict, not as a timeout', async () => {
    const key = `lock:user:${patient.id}:product:plan`;
    await client.set(scope + key, 'somebody', 'PX', 60_000);
    const [timeouts, refusals] = [await metricOf(apis[0], TIMEOUTS), await metricOf(apis[0], REFUSALS)];
    expect([timeouts, refusals]).toEqual([0, 0]);
    const reply = await ask(apis[0].url, '/api/v1/checkout', { token: patient.token, body: { product_id: 'plan' } });
    expect(reply.status).toBe(409);
    await client.del(scope + key);
    expect([await metricOf(apis[0], TIMEOUTS), await metricOf(apis[0], REFUSALS)]).toEqual([0, 1]);
    await untilLogged(apis[0]);
    expect(linesAbout(apis[0], key)).toEqual(['info: Lock refused']);
  });

  it('a timeout names and counts the key that was held, not the other keys of the same request', async () => {
    const consultation_id = await consultation();
    const key = `payment:lock:${consultation_id}:${patient.id}`;
    await client.set(scope + key, 'somebody', 'PX', 60_000);
    expect(await create(apis[0], consultation_id)).toMatchObject({ status: 503, body: { code: 'LOCK_TIMEOUT' } });
    await client.del(scope + key);
    await untilLogged(apis[0]);
    const lines = linesSaying(apis[0], 'Lock timeout');
    expect(lines).toEqual([expect.objectContaining({ level: 'warn', lock_key: key })]);
    expect(lines[0]!.waited_ms).toBeGreaterThanOrEqual(4_900);
    expect(await metricOf(apis[0], TIMEOUTS)).toBe(1);
  });

  it('staff see who holds a lock in Redis, for what and since when, and can ask for one alone', async () => {
    const consultation_id = await consultation();
    const key = `payment:lock:${consultation_id}:${patient.id}`;
    const { letGo } = await holding(consultation_id);
    const holder = {
      user_id: patient.id,
      user_subject: patient.subject,
      product_id: null,
      consultation_id,
      request_id: expect.any(String),
    };
    const listed = await eventually(async () => {
      const { redis: nodes } = await locksHeld();
      return nodes[0]!.locks.length === 2 && nodes[0]!.locks;
    }, 'both locks of the payment are listed');
    expect(listed[0]).toMatchObject({ lock_key: key, ...holder });
    expect(listed[1]).toMatchObject({ lock_key: expect.stringMatching(/^purchase:complete:\d+$/), ...holder });
    expect(Math.abs(Date.parse(listed[0]!.created_at!) - Date.now())).toBeLessThan(60_000);

    const alone = await locksHeld(`?lock_key=${encodeURIComponent(key)}`);
    expect(alone).toMatchObject({ postgres: { locks: [] }, redis: [{ locks: [{ lock_key: key, ...holder }] }] });
    // A lock of another program does not say who holds it.
    const value = (await client.get(scope + key))!;
    await client.set(scope + key, 'its successor', 'KEEPTTL');
    const [successor] = (await locksHeld(`?lock_key=${encodeURIComponent(key)}`)).redis[0]!.locks;
    expect(successor).toMatchObject({ lock_key: key, user_id: null, request_id: null, created_at: null });
    await client.set(scope + key, value, 'KEEPTTL');

    await letGo();
    // The answer does not wait for the release.
    await eventually(async () => (await client.keys('payonce:*')).length === 0, 'the locks are released');
    expect((await locksHeld(`?lock_key=${encodeURIComponent(key)}`)).redis[0]!.locks).toEqual([]);
  });

  it('and in Postgres the same, which holds the locks while Redis is down', async () => {
    await redis.kill();
    const consultation_id = await consultation();
    const key = `payment:lock:${consultation_id}:${patient.id}`;
    const { letGo } = await holding(consultation_id);
    const { backend, postgres } = await locksHeld(`?lock_key=${encodeURIComponent(key)}`);
    expect([backend, postgres.locks]).toEqual([
      'postgres',
      [expect.objectContaining({ lock_key: key, user_id: patient.id, consultation_id })],
    ]);
    await letGo();
  });
});
