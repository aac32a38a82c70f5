import { createConsultation } from '../support/people.js';
import { eventually } from '../support/eventually.js';
import { type Program, startWorker } from '../support/processes.js';
import { insertPayment } from '../support/rows.js';
import { openShop, type Shop } from '../stripe/support/shop.js';

/** More than a batch of any job that takes fifty rows or fewer. */
const MANY = 60;

describe('a row that a job of the worker cannot process', () => {
  let shop: Shop;
  let worker: Program | undefined;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(async () => {
    await worker?.stop();
    worker = undefined;
    await shop.close();
  });

  /** Refuses to change or remove these rows of a table, at the statement or when the transaction commits. */
  const refuse = async (table: string, column: string, values: readonly (string | number)[], when = 'at once') => {
    await shop.database.query('CREATE TABLE IF NOT EXISTS poison (name text PRIMARY KEY)');
    await shop.database.query('INSERT INTO poison SELECT unnest($1::text[])', [values.map(String)]);
    const timing =
      when === 'at once'
        ? `CREATE TRIGGER poison BEFORE UPDATE OR DELETE`
        : `CREATE CONSTRAINT TRIGGER poison AFTER UPDATE`;
    await shop.database.query(`
      CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT 1 FROM poison WHERE name = OLD.${column}::text) THEN
          RAISE EXCEPTION 'refused by the test';
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
      END $$;
      ${timing} ON ${table} ${when === 'at once' ? '' : 'DEFERRABLE INITIALLY DEFERRED'}
        FOR EACH ROW EXECUTE FUNCTION refuse_poison()`);
  };
  const cure = () => shop.database.query('DELETE FROM poison');

  const failuresOf = async (job: string) => {
    const metrics = await (await fetch(`${shop.api.url}/metrics`)).text();
    return Number(new RegExp(`payonce_job_failures_total\\{job="${job}"\\} (\\d+)`).exec(metrics)?.[1] ?? 0);
  };

  const lapsed = async (minutes: number) =>
    insertPayment(shop.database, {
      user_id: shop.patient.id,
      consultation_id: await createConsultation(shop.database, shop.patient),
      expires_at: new Date(Date.now() - minutes * 60_000),
    });
  const statusOf = async (id: number) => (await shop.payment(id)).status;

  it.each(['at once', 'at commit'])(
    'expiry: sixty payments that fail %s do not block one that does not',
    async (when) => {
      const poison: number[] = [];
      for (let n = 0; n < MANY; n++) poison.push(await lapsed(1_000 - n));
      const good = await lapsed(1);
      await refuse('payments', 'id', poison, when);
      worker = await startWorker(shop.env());
      await eventually(async () => (await statusOf(good)) === 'expired', 'the good one has expired');
      expect(await statusOf(poison[0]!)).toBe('pending');
      await eventually(async () => (await failuresOf('expire-payments')) >= MANY, 'each failure is counted');
      expect(worker.output()).toContain('A payment could not be expired');
      await cure();
      await eventually(async () => (await statusOf(poison.at(-1)!)) === 'expired', 'the others expire, too');
    },
    60_000,
  );

  it('the inbox: sixty events that fail do not block one that does not', async () => {
    const insert = (name: string, ago: string) =>
      shop.database.query(
        `INSERT INTO webhook_events (event_id, type, livemode, payload, source, next_try_at)
         VALUES ($1, 'invoice.paid', false, '{"type":"invoice.paid","livemode":false}', 'webhook', now() - $2::interval)`,
        [name, ago],
      );
    const poison = Array.from({ length: MANY }, (_, n) => `evt_poison_${n}`);
    for (const name of poison) await insert(name, '1 hour');
    await insert('evt_good', '1 minute');
    await refuse('webhook_events', 'event_id', poison);
    worker = await startWorker(shop.env());
    const status = async (name: string) =>
      (
        await shop.database.query<{ status: string }>('SELECT status FROM webhook_events WHERE event_id = $1', [name])
      )[0]!.status;
    await eventually(async () => (await status('evt_good')) === 'ignored', 'the good one is tried');
    await eventually(async () => (await failuresOf('drain-inbox')) >= MANY, 'each failure is counted');
    await cure();
    await eventually(async () => (await status(poison.at(-1)!)) === 'ignored', 'the others are tried, too');
  }, 60_000);

  it('resuming: thirty sessions that fail do not block one that does not', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 31; n++) ids.push((await shop.create(await shop.consultation())).body.data.payment_id);
    const good = ids.pop()!;
    await shop.database.query(
      `UPDATE stripe_sessions SET look_at = now() - CASE payment_id WHEN $1 THEN 1 ELSE 100 END * interval '1 second'`,
      [good],
    );
    await refuse('stripe_sessions', 'payment_id', ids);
    worker = await startWorker(shop.env());
    const looks = async (id: number) =>
      (
        await shop.database.query<{ looks: number }>('SELECT looks FROM stripe_sessions WHERE payment_id = $1', [id])
      )[0]!.looks;
    await eventually(async () => (await looks(good)) > 0, 'the good one is looked at');
    await eventually(async () => (await failuresOf('resume-payments')) >= 30, 'each failure is counted');
    await cure();
    await eventually(async () => (await looks(ids.at(-1)!)) > 0, 'the others are looked at, too');
  }, 60_000);

  it('keys and leases: rows that cannot be deleted do not block the others', async () => {
    await shop.database.query(
      `INSERT INTO concurrency_locks (lock_key, owner, expires_at)
       SELECT name, gen_random_uuid(), now() - interval '1 hour' FROM unnest(ARRAY['a-poison', 'b-good']) name`,
    );
    await refuse('concurrency_locks', 'lock_key', ['a-poison']);
    worker = await startWorker(shop.env());
    const left = () =>
      shop.database.query('SELECT lock_key FROM concurrency_locks WHERE lock_key IN ($1, $2)', ['a-poison', 'b-good']);
    await eventually(async () => (await left()).length === 1, 'the good one is removed');
    expect(await left()).toEqual([{ lock_key: 'a-poison' }]);
    await eventually(async () => (await failuresOf('sweep-lapsed-leases')) >= 1, 'the failure is counted');
    await worker.stop();

    await shop.database.query('DROP TRIGGER poison ON concurrency_locks; DROP FUNCTION refuse_poison');
    for (const key of ['one', 'two']) await shop.create(await shop.consultation(), key);
    await shop.database.query(`UPDATE client_idempotency SET expires_at = now() - interval '1 day'`);
    const keys = () =>
      shop.database.query<{ idempotency_key: string }>('SELECT idempotency_key FROM client_idempotency');
    expect(await keys()).toHaveLength(2);
    await refuse('client_idempotency', 'idempotency_key', ['one']);
    worker = await startWorker(shop.env());
    await eventually(async () => (await keys()).length === 1, 'the good one is removed');
    expect(await keys()).toEqual([{ idempotency_key: 'one' }]);
    await eventually(async () => (await failuresOf('forget-idempotency-keys')) >= 1, 'the failure is counted');
  }, 60_000);
});
