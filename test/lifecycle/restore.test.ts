import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { StripePayment } from '../support/answers.js';
import { Redis } from 'ioredis';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, type Person, tokenFor } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { type Backup, takeBackup } from '../support/restore.js';
import { FEE, openShop, type Shop } from '../stripe/support/shop.js';

const THE_STEP = 'SELECT start_new_epoch()';

/** The guard removed: the epoch is the same before and after a restore. */
const NO_EPOCH = `CREATE OR REPLACE FUNCTION current_installation_epoch() RETURNS text LANGUAGE sql AS $$ SELECT 'same' $$`;

const NOTICED = 'Database: Restored or failed over';

let shop: Shop;
let redis: TestRedis;
let client: Redis;
let backup: Backup;
let apis: [Program, Program];
let count = 0;

beforeAll(async () => {
  redis = await startRedis();
  client = new Redis(redis.url);
  shop = await openShop({ REDIS_URL: redis.url });
  await shop.api.stop();
  backup = await takeBackup(shop.database);
  apis = await Promise.all([startApi(shop.env()), startApi(shop.env())]);
});

afterAll(async () => {
  for (const api of apis) await api.stop();
  client.disconnect();
  await shop.close();
  await backup.drop();
  await redis.kill();
});

/** Each test begins in a new epoch, with the id sequences of the backup. */
beforeEach(() => untilNoticed(() => backup.restore((restored) => restored.query(THE_STEP))));

/** A user whose id both processes have cached, as after their first requests. */
async function signUp(name: string, role: 'patient' | 'staff' = 'patient'): Promise<Person> {
  const subject = `${name}-${(count += 1)}`;
  const token = await tokenFor(subject, role);
  for (const api of apis) expect((await ask(api.url, '/api/v1/payments', { token })).status).toBe(200);
  const [user] = await shop.database.query<{ id: string }>('SELECT id FROM users WHERE subject = $1', [subject]);
  return { id: Number(user!.id), subject, token };
}

const pay = (person: Person, consultation_id: number, key: Record<string, string> = {}, on = apis[0]) =>
  ask<StripePayment>(on.url, '/api/v1/payments', {
    token: person.token,
    body: { consultation_id, amount: FEE, payment_method: 'stripe', ...key },
  });

const cancel = (person: Person, payment_id: number, on: Program) =>
  ask(on.url, `/api/v1/payments/${payment_id}/cancel`, { method: 'POST', token: person.token });

const epochNow = async () => {
  const [row] = await shop.database.query<{ epoch: string }>('SELECT current_installation_epoch() AS epoch');
  return row!.epoch;
};

const timesNoticed = (api: Program) => api.output().split(NOTICED).length - 1;

/** Until both processes work in the epoch that the database is in. */
async function untilNoticed(work: () => Promise<unknown>): Promise<void> {
  const before = apis.map(timesNoticed);
  await work();
  await eventually(() => apis.every((api, n) => timesNoticed(api) > before[n]!), 'both processes have noticed');
}

/**
 * One user pays, the database is restored to before, and another user gets the same user id and payment id.
 */
async function twoLives(prepare: (query: (sql: string) => Promise<unknown>) => Promise<unknown>) {
  const earlier = await signUp('earlier');
  const consultation_id = await createConsultation(shop.database, earlier, FEE);
  const body = await pay(earlier, consultation_id, { idempotency_key: 'in-the-body' });
  expect([body.status, body.body.data.payment.user_id]).toEqual([201, earlier.id]);

  await backup.restore((restored) => prepare((sql) => restored.query(sql)));
  const later = await signUp('later');
  expect(later.id).toBe(earlier.id);
  expect(await createConsultation(shop.database, later, FEE)).toBe(consultation_id);
  const theirs = await pay(later, consultation_id);
  expect([theirs.status, theirs.body.data.payment_id]).toEqual([201, body.body.data.payment_id]);
  expect(theirs.body.data.checkout.url).not.toBe(body.body.data.checkout.url);
  return {
    earlier,
    later,
    consultation_id,
    payment_id: theirs.body.data.payment_id,
    url: theirs.body.data.checkout.url,
  };
}

describe('ids assigned again after a restore', () => {
  it('hazard, without the epoch: an earlier user’s key returns a later user’s page, and they can cancel its payment', async () => {
    await untilNoticed(() => shop.database.query(NO_EPOCH));
    const { earlier, consultation_id, payment_id, url } = await twoLives((query) => query(NO_EPOCH));
    const replies = await Promise.all(
      apis.map((api) => pay(earlier, consultation_id, { idempotency_key: 'in-the-body' }, api)),
    );
    expect(replies.map(({ text }) => text.includes(url))).toEqual([true, true]);
    expect((await cancel(earlier, payment_id, apis[0])).status).toBe(200);
    expect((await shop.payment(payment_id)).status).toBe('cancelled');
  });

  it('with the documented step no user gets another user’s data, by any key, on any process', async () => {
    const { earlier, later, consultation_id, payment_id, url } = await twoLives((query) => query(THE_STEP));
    for (const api of apis) {
      const attempts = [
        await pay(earlier, consultation_id, { idempotency_key: 'in-the-body' }, api),
        await pay(earlier, consultation_id, {}, api),
        await shop.post(`payments/${payment_id}/cancel`, earlier.token, undefined, 'a-new-key', api),
        await cancel(earlier, payment_id, api),
        await ask(api.url, `/api/v1/payments/${payment_id}`, { token: earlier.token }),
      ];
      expect(attempts.map(({ status, body }) => [status, body.code])).toEqual(attempts.map(() => [403, 'FORBIDDEN']));
      for (const { text } of attempts) expect(text).not.toContain(url);
      const own = await ask<Schemas['PageOfPayments']>(api.url, '/api/v1/payments', { token: earlier.token });
      expect(own.body.data.payments).toEqual([]);
    }
    const [user] = await shop.database.query<{ id: string }>('SELECT id FROM users WHERE subject = $1', [
      earlier.subject,
    ]);
    expect(Number(user!.id)).not.toBe(later.id);
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'pending', charges: [] });
  });

  it('a copy in another database has another epoch even without the documented step', async () => {
    const { earlier, consultation_id, payment_id, url } = await twoLives(async () => undefined);
    for (const api of apis) {
      const reply = await pay(earlier, consultation_id, { idempotency_key: 'in-the-body' }, api);
      expect([reply.status, reply.text.includes(url)]).toEqual([403, false]);
      expect((await cancel(earlier, payment_id, api)).status).toBe(403);
    }
  });

  it('while the database accepts no connections, as during a restore, requests are 503 with Retry-After', async () => {
    const patient = await signUp('patient');
    const list = () => ask(apis[0].url, '/api/v1/payments', { token: patient.token });
    await backup.whileClosed(async () => {
      const refused = await list();
      expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
        503,
        'DATABASE_UNAVAILABLE',
        '2',
      ]);
    });
    expect((await list()).status).toBe(200);
  });

  it('restored in place: the step alone makes every process drop its cached users within a second, and log it', async () => {
    const [one, other] = [await signUp('one'), await signUp('other')];
    const consultation_id = await createConsultation(shop.database, one, FEE);
    const seen = async (person: Person, on: Program) => {
      const { body } = await ask<Schemas['PageOfConsultations']>(on.url, '/api/v1/consultations', {
        token: person.token,
      });
      return body.data.consultations.map(({ id }) => id);
    };
    for (const api of apis) expect(await seen(one, api)).toEqual([consultation_id]);
    const before = apis.map(timesNoticed);
    const changes = async (api: Program) =>
      Number(/^payonce_installation_epoch_changes_total (\d+)$/m.exec((await ask(api.url, '/metrics')).text)![1]);
    const counted = await Promise.all(apis.map(changes));

    const began = Date.now();
    await shop.database.query(
      `WITH swapped AS (UPDATE users SET subject = CASE id WHEN $1 THEN $4 ELSE $3 END || ' of another life'
                        WHERE id IN ($1, $2)) ${THE_STEP}`,
      [one.id, other.id, one.subject, other.subject],
    );
    await shop.database.query(`UPDATE users SET subject = replace(subject, ' of another life', '')`);
    await eventually(() => apis.every((api, n) => timesNoticed(api) > before[n]!), 'both processes have noticed');
    const times = apis.map((api) => {
      const line = api
        .output()
        .trim()
        .split('\n')
        .reverse()
        .find((text) => text.includes(NOTICED))!;
      const { level, time } = JSON.parse(line) as { level: string; time: string };
      expect(level).toBe('warn');
      return Date.parse(time) - began;
    });
    expect(Math.max(...times)).toBeLessThanOrEqual(1_000);
    expect(await Promise.all(apis.map(changes))).toEqual(counted.map((n) => n + 1));
    for (const api of apis) {
      expect(await seen(one, api)).toEqual([]);
      expect(await seen(other, api)).toEqual([consultation_id]);
    }
  });

  const inFlight: [string, string, Record<string, string>, number, string | undefined, number][] = [
    ['the hazard, with no epoch, without a key', NO_EPOCH, {}, 201, undefined, 1],
    ['without a key', THE_STEP, {}, 503, 'DATABASE_RESTORED', 0],
    ['with a key', THE_STEP, { 'idempotency-key': 'in-flight' }, 503, 'DATABASE_RESTORED', 0],
  ];
  it.each(inFlight)('a payment in flight during the restore, %s', async (_, prepared, headers, status, code, rows) => {
    if (prepared === NO_EPOCH) await untilNoticed(() => shop.database.query(NO_EPOCH));
    const earlier = await signUp('earlier');
    const consultation_id = await createConsultation(shop.database, earlier, FEE);
    // It waits for a lock held in both epochs, with its caller identified in the first.
    const lock = `payment:lock:${consultation_id}:${earlier.id}`;
    const held = [`payonce:${await epochNow()}:${lock}`];
    await client.set(held[0]!, 'somebody', 'PX', 30_000);
    const lastId = async () =>
      (await shop.database.query<{ id: string }>(`SELECT concat(last_value, is_called) AS id FROM payments_id_seq`))[0]!
        .id;
    const before = await lastId();
    const waiting = ask(apis[0].url, '/api/v1/payments', {
      token: earlier.token,
      headers,
      body: { consultation_id, amount: FEE, payment_method: 'gcash' },
    });
    await eventually(async () => (await lastId()) !== before, 'it waits for the lock');

    await backup.restore(async (restored) => {
      await restored.query(prepared);
      const { rows: now } = await restored.query<{ epoch: string }>('SELECT current_installation_epoch() AS epoch');
      held.push(`payonce:${now[0]!.epoch}:${lock}`);
      await client.set(held[1]!, 'somebody', 'PX', 30_000);
    });
    const [user] = await shop.database.query<{ id: string }>(
      `INSERT INTO users (subject) VALUES ('later-in-flight') RETURNING id`,
    );
    const later = { id: Number(user!.id), subject: 'later-in-flight', token: '' };
    expect([later.id, await createConsultation(shop.database, later, FEE)]).toEqual([earlier.id, consultation_id]);
    await client.del(...held);

    const reply = await waiting;
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    if (code) {
      expect(reply.headers.get('retry-after')).toBe('1');
      expect(reply.body.message).toBe(
        'The service has just switched to another database. Please try again: nobody is charged twice.',
      );
    }
    const made = await shop.database.query('SELECT id FROM payments WHERE consultation_id = $1', [consultation_id]);
    expect(made).toHaveLength(rows);
    expect(await shop.database.query(`SELECT id FROM client_idempotency WHERE idempotency_key = 'in-flight'`)).toEqual(
      [],
    );
    if (prepared === THE_STEP) {
      // The same request again finds who they are now: the consultation is another's.
      expect((await pay(earlier, consultation_id)).status).toBe(403);
    }
  });

  /** Rows that a request without a claim writes, each locked by another session while the request waits for it. */
  const withoutClaim: [
    string,
    (staff: Person) => Promise<{ hold: string; send: () => Promise<Reply>; wrote: string }>,
  ][] = [
    [
      'PATCH /consultations/{id}',
      async (staff) => {
        const id = await createConsultation(shop.database, staff, FEE);
        return {
          hold: `SELECT FROM consultations WHERE id = ${id} FOR UPDATE`,
          send: () =>
            ask(apis[0].url, `/api/v1/consultations/${id}`, { method: 'PATCH', token: staff.token, body: { fee: 1 } }),
          wrote: `SELECT FROM consultations WHERE id = ${id} AND fee = 1`,
        };
      },
    ],
    [
      'POST /consultations',
      async (staff) => ({
        hold: `SELECT FROM users WHERE id = ${staff.id} FOR UPDATE`,
        send: () =>
          ask(apis[0].url, '/api/v1/consultations', { token: staff.token, body: { patient_id: staff.id, fee: 77 } }),
        wrote: 'SELECT FROM consultations WHERE fee = 77',
      }),
    ],
    [
      'PATCH /products/{id}',
      async (staff) => ({
        hold: `SELECT FROM products WHERE id = 'plan-1' FOR UPDATE`,
        send: () =>
          ask(apis[0].url, '/api/v1/products/plan-1', { method: 'PATCH', token: staff.token, body: { price: 77 } }),
        wrote: `SELECT FROM products WHERE price = 77`,
      }),
    ],
    [
      'POST /products',
      async (staff) => ({
        hold: `INSERT INTO products (id, name, price, currency) VALUES ('new', 'New', 1, 'idr')`,
        send: () =>
          ask(apis[0].url, '/api/v1/products', { token: staff.token, body: { id: 'new', name: 'New', price: 77 } }),
        wrote: `SELECT FROM products WHERE id = 'new'`,
      }),
    ],
    [
      'POST /ops/webhooks/{id}/retry',
      async (staff) => {
        const [row] = await shop.database.query<{ id: string }>(
          `INSERT INTO webhook_events (event_id, type, livemode, payload, source, status, tries, note, settled_at)
             VALUES ('evt_dead', 'refund.updated', false, '{}', 'webhook', 'dead', 12, 'made by a test', now()) RETURNING id`,
        );
        return {
          hold: `SELECT FROM webhook_events WHERE id = ${row!.id} FOR UPDATE`,
          send: () => ask(apis[0].url, `/api/v1/ops/webhooks/${row!.id}/retry`, { method: 'POST', token: staff.token }),
          wrote: `SELECT FROM webhook_events WHERE id = ${row!.id} AND status <> 'dead'`,
        };
      },
    ],
    [
      'POST /ops/discrepancies/{id}/resolve',
      async (staff) => {
        const [row] = await shop.database.query<{ id: string }>(
          `INSERT INTO stripe_discrepancies (kind, stripe_id, amount, currency)
             VALUES ('unknown_payment', 'cs_of_another_life', 1, 'idr') RETURNING id`,
        );
        return {
          hold: `SELECT FROM stripe_discrepancies WHERE id = ${row!.id} FOR UPDATE`,
          send: () =>
            ask(apis[0].url, `/api/v1/ops/discrepancies/${row!.id}/resolve`, {
              token: staff.token,
              body: { note: 'Refunded.' },
            }),
          wrote: 'SELECT FROM stripe_discrepancies WHERE resolved_at IS NOT NULL',
        };
      },
    ],
  ];
  it.each(withoutClaim)('%s in flight during a restore in place writes nothing', async (_, prepare) => {
    const staff = await signUp('staff', 'staff');
    const { hold, send, wrote } = await prepare(staff);
    const holder = await shop.database.connect();
    try {
      await holder.query('BEGIN');
      await holder.query(hold);
      const waiting = send();
      await eventually(async () => {
        const rows = await shop.database.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return rows.length > 0;
      }, 'the request waits for the row');
      await shop.database.query(THE_STEP);
      await holder.query('ROLLBACK');
      const reply = await waiting;
      expect([reply.status, reply.body.code, reply.headers.get('retry-after')]).toEqual([
        503,
        'DATABASE_RESTORED',
        '1',
      ]);
    } finally {
      await holder.end();
    }
    expect(await shop.database.query(wrote)).toEqual([]);
    expect(await shop.database.query('SELECT FROM audit_log WHERE actor_user_id = $1', [staff.id])).toEqual([]);
  });
});
