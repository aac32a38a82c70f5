import type { Schemas } from '../../../libs/payment-client/src/wire.js';
import { held } from '../../simulator/support/held.js';
import { openShop, FEE, type Shop } from '../../stripe/support/shop.js';
import { eventually } from '../../support/eventually.js';
import { linesSaying, untilLogged } from '../../support/log-lines.js';
import { createConsultation } from '../../support/people.js';
import { type Program, startApi, startWorker } from '../../support/processes.js';
import { startRedis } from '../../support/redis.js';

const SESSIONS = '/v1/checkout/sessions';

/** A database with everything that docs/operating.md shows, beside what is held while a block runs. */
export interface BusyShop {
  readonly shop: Shop;
  readonly redisUrl: string;
  readonly worker: Program;
  /** What all its programs have logged so far. */
  log(): string;
  /** Runs while a checkout has its lock in Redis, and a payment its locks in Postgres and waits there for a row. */
  whileLocked<Result>(work: () => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export async function openBusyShop(): Promise<BusyShop> {
  const redis = await startRedis();
  // As long as a test looks at what waits; a request's lock timeout is shorter.
  const settings = { REDIS_URL: redis.url, LOCK_LOG_LEVEL: 'info', STRIPE_TIMEOUT_MS: '4500', LOCK_LEASE_MS: '5000' };
  const shop = await openShop(settings);
  await shop.database.query(
    `DO $$ BEGIN EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET lock_timeout = %L', current_database(), '9s'); END $$`,
  );
  // Its connections are made after that setting.
  const other = await startApi(shop.env({ LOCK_BACKEND: 'postgres', LOCK_WAIT_MS: '300' }));
  const worker = await startWorker(shop.env({ WORKER_METRICS_PORT: '0' }));
  const busy = new Happenings(shop, other);
  await busy.payByBank();
  // Meanwhile, since it takes as long as a request waits.
  const timedOut = busy.waitInVain();
  await busy.payByStripe();
  await busy.payByOldSession();
  await busy.buyTwice();
  await busy.waitForLock();
  await timedOut;
  for (const api of [shop.api, other]) await untilLogged(api);
  return {
    shop,
    redisUrl: redis.url,
    worker,
    log: () => [shop.api, other, worker].map((program) => program.output()).join(''),
    whileLocked: (work) => busy.whileLocked(work),
    async close() {
      await worker.stop();
      await other.stop();
      await shop.close();
      await redis.kill();
    },
  };
}

class Happenings {
  private count = 0;

  constructor(
    private readonly shop: Shop,
    private readonly other: Program,
  ) {}

  /** Payment 1: asked for three times, confirmed, refunded in part; another part is to be paid back by staff. */
  async payByBank(): Promise<void> {
    const { shop } = this;
    const consultation_id = await shop.consultation();
    const body = { consultation_id, amount: FEE, payment_method: 'bank_transfer' };
    const { body: made } = await shop.post<Schemas['NewPayment']>(
      'payments',
      shop.patient.token,
      body,
      'payment-1-first',
    );
    expect(made.data.payment_id).toBe(1);
    await shop.post('payments', shop.patient.token, body, 'payment-1-first');
    expect((await shop.post('payments', shop.patient.token, body)).status).toBe(409);
    const staff = async (path: string, sent: Record<string, unknown>) =>
      expect((await shop.post(path, shop.staff.token, sent)).status).toBeLessThan(300);
    await staff('payments/1/confirm', { transaction_id: 'BCA-1' });
    await staff('payments/1/refund', { amount: 1_000, reason: 'asked for', transaction_id: 'BCA-2' });
    await staff('payments/1/refund', { amount: 500, reason: 'asked for' });
    await staff('transfers', { payment_method: 'gcash', transaction_id: 'GC-1', amount: 700 });
    // One that stays pending.
    await shop.post('payments', shop.patient.token, { ...body, consultation_id: await shop.consultation() });
  }

  async payByStripe(): Promise<void> {
    await this.pay((await this.shop.create(await this.shop.consultation())).body.data);
  }

  /** A session of before the payment's id went into it. */
  async payByOldSession(): Promise<void> {
    await this.shop.database.query(`
      CREATE FUNCTION as_before() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.request := ((NEW.request::jsonb - 'metadata') - 'client_reference_id' - 'payment_intent_data')::text;
        RETURN NEW;
      END $$;
      CREATE TRIGGER as_before BEFORE INSERT ON stripe_sessions FOR EACH ROW EXECUTE FUNCTION as_before()`);
    const { body } = await this.shop.create(await this.shop.consultation());
    await this.shop.database.query('DROP TRIGGER as_before ON stripe_sessions; DROP FUNCTION as_before');
    await this.pay(body.data);
  }

  /** One product, bought and begun again; a click with another key is refused while Stripe is asked. */
  async buyTwice(): Promise<void> {
    const { shop } = this;
    await shop.faults({ hold: { path: SESSIONS, method: 'POST', times: 1 } });
    await shop.database.query(
      `INSERT INTO products (id, name, price, currency) VALUES ('monthly-plan', 'Monthly plan', 100000, 'idr')`,
    );
    const first = shop.checkout('plan-1', {}, 'checkout-1');
    await held(shop.simulator, 1);
    expect((await shop.checkout('plan-1', {}, 'checkout-2')).status).toBe(409);
    await shop.simulator.sim('faults/release', {});
    const { data } = (await first).body;
    await this.pay({ payment_id: data.payment.id, checkout: data });
    expect((await shop.checkout('plan-1', {}, 'checkout-3')).status).toBe(200);
  }

  /** Two requests for one consultation: the second waits, and gets the first one's payment. */
  async waitForLock(): Promise<void> {
    const { creates, letGo } = await this.heldCreates({ on: this.shop.api, requests: 2 });
    await eventually(() => this.isBlocked(), 'the first waits for the row');
    await letGo();
    expect((await Promise.all(creates)).map(({ status }) => status).sort()).toEqual([201, 409]);
  }

  /** Two requests for one consultation: the second waits for as long as a request does. */
  async waitInVain(): Promise<void> {
    const { creates, letGo } = await this.heldCreates({ on: this.other, requests: 2 });
    await eventually(() => linesSaying(this.other, 'Lock timeout').length > 0, 'a lock was waited for in vain');
    await letGo();
    expect((await Promise.all(creates)).map(({ status }) => status).sort()).toEqual([201, 503]);
  }

  async whileLocked<Result>(work: () => Promise<Result>): Promise<Result> {
    const { shop } = this;
    this.count += 1;
    await shop.faults({ hold: { path: SESSIONS, method: 'POST', times: 1 } });
    const checkout = shop.checkout(`plan-${10 + this.count}`);
    await held(shop.simulator, 1);
    const { creates, letGo } = await this.heldCreates({ on: this.other, requests: 1 });
    try {
      await eventually(() => this.isBlocked(), 'the payment waits for the row');
      return await work();
    } finally {
      await letGo();
      await shop.simulator.sim('faults/release', {});
      await Promise.all([checkout, ...creates]);
    }
  }

  /** Creates that cannot go on while the row of their consultation is locked. */
  private async heldCreates({ on, requests }: { on: Program; requests: number }) {
    const { database, patient } = this.shop;
    const consultation_id = await createConsultation(database, patient);
    const locker = await database.connect();
    await locker.query('BEGIN');
    await locker.query('SELECT 1 FROM consultations WHERE id = $1 FOR UPDATE', [consultation_id]);
    const body = { consultation_id, amount: FEE, payment_method: 'bank_transfer' };
    const creates = Array.from({ length: requests }, () =>
      this.shop.post('payments', patient.token, body, undefined, on),
    );
    return {
      creates,
      letGo: async () => {
        await locker.query('ROLLBACK');
        await locker.end();
      },
    };
  }

  private async isBlocked(): Promise<boolean> {
    const rows = await this.shop.database.query(
      'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0',
    );
    return rows.length > 0;
  }

  private async pay(made: { payment_id: number; checkout: { session_id: string } }): Promise<void> {
    await this.shop.pay(made.checkout.session_id);
    await eventually(
      async () => (await this.shop.payment(made.payment_id)).status === 'completed',
      'the payment is completed',
    );
  }
}
