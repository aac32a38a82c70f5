import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { proxyTo, type TestProxy, through } from '../support/proxy.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { startSimulator, stripeEnv, type TestSimulator } from '../support/simulator.js';

/**
 * What one request sends to Postgres, in order: each line is one round trip. A line more is a price that every request
 * pays: say here why it is needed.
 */
const POSTGRES = {
  'create by transfer': [
    'draw ids: under load, for up to 32 payments at once',
    'BEGIN; lock the consultation; look for the key and for a live payment, each in a snapshot of its own',
    'insert payment, invoice, tax record and timeline',
    'store the key with the answer; it waits for another transaction with the same key',
    'COMMIT',
  ],
  'create by Stripe': [
    'look for the key, in the forms of earlier versions too',
    'store the key: a request to Stripe must belong to a key that every process finds',
    'draw ids',
    'BEGIN; lock the consultation; compare the epoch; look for a live payment',
    'insert payment, invoice, tax record and timeline',
    'insert the frozen request to Stripe',
    'attach the payment to the key',
    'COMMIT, before Stripe is asked',
    'read the request as it is stored, with its fence',
    'BEGIN; lock the payment; read its documents',
    'store the session, only under this fence',
    'store when it expires and the timeline; read payment and page',
    'store the answer under the key, only while the claim is ours',
    'COMMIT',
  ],
  'replay from the cache': [],
} as const;

/** And to Redis, the keep-alive question aside. */
const REDIS = {
  'create by transfer': ['look for an answer', 'acquire both locks', 'release both locks', 'cache the answer'],
  'replay from the cache': ['look for an answer'],
} as const;

describe('round trips of one request', () => {
  let database: TestDatabase;
  let cache: TestRedis;
  let simulator: TestSimulator;
  const proxies: TestProxy[] = [];
  let api: Program;
  let patient: Person;
  const sent = { postgres: 0, redis: 0 };

  beforeAll(async () => {
    database = await createDatabase();
    cache = await startRedis();
    simulator = await startSimulator();
    const counted = async (url: string, count: (chunk: Buffer) => void) => {
      const { hostname, port } = new URL(url);
      const proxy = await proxyTo(hostname, Number(port), count);
      proxies.push(proxy);
      return through(proxy, url);
    };
    api = await startApi({
      ...stripeEnv(simulator),
      // The epoch is read twice a second on a connection of its own.
      DATABASE_URL: await counted(database.url, (chunk) => {
        if (!chunk.includes('current_installation_epoch() AS epoch')) sent.postgres += 1;
      }),
      REDIS_URL: await counted(cache.url, (chunk) => {
        if (!/^\*1\r\n\$4\r\nping\r\n$/i.test(chunk.toString())) sent.redis += 1;
      }),
    });
    patient = await createPerson(database);
    // Connections are open, the user is known, scripts are loaded.
    await create(await createConsultation(database, patient), 'warm', 'bank_transfer');
    await create(await createConsultation(database, patient), 'warm-stripe', 'stripe');
  });
  afterAll(async () => {
    await api?.stop();
    for (const proxy of proxies) await proxy.end();
    await simulator?.stop();
    await cache?.kill();
    await database?.drop();
  });

  const create = (consultation_id: number, key: string, payment_method: string) =>
    ask<Schemas['NewPayment']>(api.url, '/api/v1/payments', {
      token: patient.token,
      headers: { 'idempotency-key': key },
      body: { consultation_id, amount: 5_000, payment_method },
    });

  /** The fewest of five: what the API does beside a request, such as opening a connection, only adds to it. */
  async function fewest(payment_method: string, expected: { postgres: number; redis: number }) {
    const trips: { postgres: number; redis: number }[] = [];
    for (let n = 0; n < 5; n++) {
      const id = await createConsultation(database, patient);
      const before = { ...sent };
      expect((await create(id, `${payment_method}-${n}`, payment_method)).status).toBe(201);
      const now = () => ({ postgres: sent.postgres - before.postgres, redis: sent.redis - before.redis });
      // Ids of an earlier draw may be left, and what follows the answer may leave together.
      await eventually(
        () => now().postgres >= expected.postgres - 1 && now().redis >= expected.redis - 1,
        'what follows the answer is sent',
      );
      trips.push(now());
    }
    return {
      postgres: Math.min(...trips.map(({ postgres }) => postgres)),
      redis: Math.min(...trips.map(({ redis }) => redis)),
    };
  }

  it.each([
    ['bank_transfer', 'create by transfer'],
    ['stripe', 'create by Stripe'],
  ] as const)('create by %s', async (payment_method, name) => {
    const expected = { postgres: POSTGRES[name].length, redis: REDIS['create by transfer'].length };
    const { postgres, redis } = await fewest(payment_method, expected);
    expect(postgres).toBeLessThanOrEqual(expected.postgres);
    expect(redis).toBeLessThanOrEqual(expected.redis);
  });

  it('replay, from the cache: its entry in the timeline is written later, together with others', async () => {
    const id = await createConsultation(database, patient);
    await create(id, 'replayed', 'bank_transfer');
    // Follows on the same connection what the create has sent after its answer.
    await create(id, 'replayed', 'bank_transfer');
    const trips: { postgres: number; redis: number }[] = [];
    for (let n = 0; n < 5; n++) {
      const before = { ...sent };
      expect((await create(id, 'replayed', 'bank_transfer')).status).toBe(201);
      trips.push({ postgres: sent.postgres - before.postgres, redis: sent.redis - before.redis });
    }
    expect(Math.min(...trips.map(({ postgres }) => postgres))).toBe(POSTGRES['replay from the cache'].length);
    expect(Math.min(...trips.map(({ redis }) => redis))).toBe(REDIS['replay from the cache'].length);
  });
});
