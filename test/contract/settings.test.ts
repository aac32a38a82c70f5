import { Redis } from 'ioredis';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { runToEnd } from '../support/processes.js';
import { useStack } from '../support/use-stack.js';

/** Every insert of a payment waits here while a test holds the lock. */
const BARRIER = 5_152;

const LOCK_WAIT_MS = 300;
const KEY_SECONDS = 60;
const CACHE_SECONDS = 2;

describe('settings of timeouts and lifetimes', () => {
  const stack = useStack({
    redis: true,
    settings: {
      LOCK_WAIT_MS: String(LOCK_WAIT_MS),
      IDEMPOTENCY_KEY_TTL_SECONDS: String(KEY_SECONDS),
      IDEMPOTENCY_CACHE_TTL_SECONDS: String(CACHE_SECONDS),
    },
  });
  let cache: Redis;

  beforeAll(async () => {
    cache = new Redis(stack.redis.url);
    stack.atEnd(() => cache.quit());
    await stack.database.query(`
      CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(${BARRIER}); RETURN NEW; END $$;
      CREATE TRIGGER barrier BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION wait_at_barrier()`);
  });

  const create = (consultation_id: number, headers: Record<string, string>) =>
    ask(stack.api.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers,
      body: { consultation_id, amount: 5_000, payment_method: 'bank_transfer' },
    });

  it.each([
    ['for a lock', { 'idempotency-key': 'first' }, { 'idempotency-key': 'other' }],
    ['for a running key, in the older spelling', { 'x-idempotency-key': 'same' }, { 'x-idempotency-key': 'same' }],
  ])('LOCK_WAIT_MS: a request waits that long %s, then is asked to retry', async (_name, one, other) => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const barrier = await stack.database.connect();
    await barrier.query('SELECT pg_advisory_lock($1)', [BARRIER]);
    try {
      const first = create(consultation_id, one);
      await eventually(async () => {
        const held = await stack.database.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`,
        );
        return held.length === 1;
      }, 'the first is in the middle of its work');
      const began = performance.now();
      const second = await create(consultation_id, other);
      const waited_ms = performance.now() - began;
      expect([second.status, second.body.code]).toEqual([503, 'LOCK_TIMEOUT']);
      expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(waited_ms).toBeGreaterThanOrEqual(LOCK_WAIT_MS - 1);
      // The default is 5 s.
      expect(waited_ms).toBeLessThan(4_000);
      await barrier.query('SELECT pg_advisory_unlock($1)', [BARRIER]);
      expect((await first).status).toBe(201);
    } finally {
      await barrier.end();
    }
  });

  it('IDEMPOTENCY_CACHE_TTL_SECONDS: Redis keeps the answer for that long, by Redis’ clock', async () => {
    await cache.flushall();
    await create(await createConsultation(stack.database, stack.patient), { 'idempotency-key': 'cached' });
    // The answer does not wait for its copy.
    const name = await eventually(async () => (await cache.keys('payonce:answer:*'))[0], 'the answer is cached');
    const ms = await cache.pttl(name);
    expect(ms).toBeGreaterThan(0);
    expect(ms).toBeLessThanOrEqual(CACHE_SECONDS * 1_000);
  });

  it('IDEMPOTENCY_KEY_TTL_SECONDS: Postgres deletes the key after that long, by its own clock, and not before', async () => {
    const key = { 'idempotency-key': 'forgotten' };
    const [one, other] = [
      await createConsultation(stack.database, stack.patient),
      await createConsultation(stack.database, stack.patient),
    ];
    expect((await create(one, key)).status).toBe(201);
    const early = await create(other, key);
    expect([early.status, early.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const [row] = await stack.database.query<{ kept: number }>(
      `SELECT extract(epoch FROM expires_at - finished_at)::float8 AS kept FROM client_idempotency
       WHERE idempotency_key = 'forgotten'`,
    );
    expect(row!.kept).toBeCloseTo(KEY_SECONDS, 1);
    await stack.database.query(
      `UPDATE client_idempotency SET expires_at = clock_timestamp() WHERE idempotency_key = 'forgotten'`,
    );
    await cache.flushall();
    const late = await create(other, key);
    expect([late.status, late.headers.get('idempotent-replayed')]).toEqual([201, null]);
  });
});

describe('settings that contradict each other', () => {
  it('prevent the start, each with what to do about it', async () => {
    const { code, output } = await runToEnd('dist/apps/api/src/main.js', {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
      NODE_ENV: 'production',
      REDIS_URL: 'redis://127.0.0.1:1',
      LOCK_WAIT_MS: '100',
      IDEMPOTENCY_KEY_TTL_SECONDS: '3600',
    });
    expect(code).toBe(1);
    for (const told of [
      /- LOCK_WAIT_MS must be longer than REDIS_COMMAND_TIMEOUT_MS: .*Raise LOCK_WAIT_MS/,
      /- IDEMPOTENCY_KEY_TTL_SECONDS must be at least 86400 .*Raise it/,
    ])
      expect(output).toMatch(told);
    expect(output).not.toMatch(/\n\s+at /);
  });
});
