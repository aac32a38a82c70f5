import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { held } from '../simulator/support/held.js';
import { eventually } from '../support/eventually.js';
import { metricOf } from '../support/metrics.js';
import { startApi } from '../support/processes.js';
import { FEE, openShop, type Shop, untilAnswered } from './support/shop.js';
import { tell } from './support/webhooks.js';

const SESSIONS = '/v1/checkout/sessions';

/** The webhook and the request that makes the purchase take the same lock. */
describe('one unified lock', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ STRIPE_TIMEOUT_MS: '4000' });
  });
  afterAll(() => shop.close());
  afterEach(() => shop.faults({}));

  const eventsOf = (session_id: string) =>
    shop.database.query<{ status: string; note: string | null; tries: number }>(
      `SELECT status, note, tries FROM webhook_events WHERE type = 'checkout.session.completed' AND payload LIKE $1`,
      [`%${session_id}%`],
    );
  const completed = (payment_id: number) =>
    eventually(async () => (await shop.payment(payment_id)).status === 'completed', 'it is completed');
  const completions = async (payment_id: number) => {
    const [row] = await shop.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_log WHERE payment_id = $1 AND action = 'payment.completed'`,
      [payment_id],
    );
    return row!.n;
  };
  const timeline = async (payment_id: number) =>
    (await shop.get<Schemas['Timeline']>(`payments/${payment_id}/timeline`, shop.staff.token)).body.data.entries;

  /** Makes a payment whose session is paid, and its webhook delivered, before Stripe has answered the create. */
  async function webhookFirst(key: string) {
    await shop.faults({
      hold: { path: SESSIONS, method: 'POST', when: 'after', times: 1 },
      pay_on_create: { outcome: 'paid', times: 1 },
    });
    const creating = shop.create(await shop.consultation(), key);
    const [call] = await held(shop.simulator, 1);
    return { creating, session_id: call!.object! };
  }

  it('the webhook comes before the API’s own answer: it waits for the lock, then completes the payment', async () => {
    const { creating, session_id } = await webhookFirst('before-answer');
    await eventually(async () => (await eventsOf(session_id)).length === 1, 'the webhook is stored');
    await shop.simulator.sim('faults/release', {});
    const reply = await creating;
    expect([reply.status, reply.body.data.payment.status]).toEqual([201, 'pending']);
    const { payment_id } = reply.body.data;
    await completed(payment_id);
    const entries = await timeline(payment_id);
    const order = entries.map((entry) => entry.action);
    // T0 … T11: attached under the one lock, and only then completed under the same.
    expect(order.indexOf('session.attached')).toBeLessThan(order.indexOf('payment.completed'));
    const waited = entries.filter((entry) => entry.action === 'lock.acquired').at(-1)!;
    expect(waited.detail).toMatchObject({ lock_keys: [`purchase:complete:${payment_id}`] });
    expect(waited.detail.waited_ms).toBeGreaterThan(0);
    expect(await completions(payment_id)).toBe(1);
  });

  it('with every lock switched off, on two servers, the payment completes once: Postgres decides', async () => {
    // The other server gets the webhook: within one process callers queue in memory, with or without leases.
    const other = await startApi(shop.env());
    await shop.simulator.sim('endpoints', { urls: [`${other.url}/api/v1/webhooks/stripe`] });
    await shop.database.query(`
      CREATE FUNCTION lock_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.lock_key := NEW.lock_key || gen_random_uuid(); RETURN NEW; END $$;
      CREATE TRIGGER lock_nothing BEFORE INSERT ON concurrency_locks FOR EACH ROW EXECUTE FUNCTION lock_nothing()`);
    try {
      const { creating, session_id } = await webhookFirst('no-locks');
      await eventually(
        async () => (await eventsOf(session_id))[0]?.status === 'applied',
        'the webhook is applied while the call is still in flight',
      );
      await shop.simulator.sim('faults/release', {});
      const reply = await creating;
      const { payment_id } = reply.body.data;
      // Its fence is stale: it read the row again, and gives out no address of a page that was paid.
      expect([reply.status, reply.body.data.payment.status, reply.body.data.checkout]).toEqual([
        201,
        'completed',
        null,
      ]);
      expect(await completions(payment_id)).toBe(1);
      expect((await shop.payment(payment_id)).charges).toEqual([`accepted ${FEE} 0`]);
    } finally {
      await shop.database.query('DROP TRIGGER lock_nothing ON concurrency_locks; DROP FUNCTION lock_nothing');
      await shop.simulator.sim('endpoints', { urls: [`${shop.api.url}/api/v1/webhooks/stripe`] });
      await other.stop();
    }
  });

  it('500 ms of database delay: the webhook waits that long', async () => {
    await shop.database.query(`
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE UPDATE OF session_id ON stripe_sessions FOR EACH ROW
        WHEN (OLD.session_id IS NULL AND NEW.session_id IS NOT NULL) EXECUTE FUNCTION slow()`);
    try {
      await shop.faults({ pay_on_create: { outcome: 'paid', times: 1 } });
      const reply = await untilAnswered(async () => shop.create(await shop.consultation(), 'slow-database'));
      const { payment_id } = reply.body.data;
      await completed(payment_id);
      const waits = (await timeline(payment_id)).filter((entry) => entry.action === 'lock.acquired');
      expect(waits.at(-1)!.detail.waited_ms).toBeGreaterThanOrEqual(300);
    } finally {
      await shop.database.query('DROP TRIGGER slow ON stripe_sessions; DROP FUNCTION slow');
    }
  });

  it.each([5, 50])('%i deliveries of one event at once: one effect', async (copies) => {
    const { payment_id, checkout } = (await untilAnswered(async () => shop.create(await shop.consultation()))).body
      .data;
    await shop.faults({ webhooks: { duplicate: copies, types: ['checkout.session.completed'] } });
    await shop.pay(checkout.session_id);
    await completed(payment_id);
    const deliveries = await eventually(async () => {
      const all = await shop.simulator.deliveries();
      return all.every((delivery) => delivery.state !== 'pending') && all;
    }, 'every copy is answered');
    expect(deliveries.length).toBeGreaterThan(0);
    expect(await eventsOf(checkout.session_id)).toHaveLength(1);
    expect(await completions(payment_id)).toBe(1);
    expect((await shop.payment(payment_id)).charges).toEqual([`accepted ${FEE} 0`]);
  });

  it('events in the wrong order do not undo later ones', async () => {
    const { payment_id, checkout } = (await untilAnswered(async () => shop.create(await shop.consultation()))).body
      .data;
    await shop.faults({ webhooks: { reorder: 50 } });
    await shop.pay(checkout.session_id, 'async_pending');
    await shop.pay(checkout.session_id, 'async_succeeded');
    // Clearing sends what was collected, newest first: succeeded before completed.
    await shop.faults({});
    await completed(payment_id);
    await eventually(async () => {
      const rows = await shop.database.query(`SELECT 1 FROM webhook_events WHERE status = 'pending'`);
      return rows.length === 0;
    }, 'the inbox is empty');
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'completed', processing: false });
  });

  it('an old session, without our payment id, is found by session id under the legacy lock, which the log names', async () => {
    await shop.database.query(`
      CREATE FUNCTION as_before() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.request := ((NEW.request::jsonb - 'metadata') - 'client_reference_id' - 'payment_intent_data')::text;
        RETURN NEW;
      END $$;
      CREATE TRIGGER as_before BEFORE INSERT ON stripe_sessions FOR EACH ROW EXECUTE FUNCTION as_before()`);
    const uses = (lock: string) => metricOf(shop.api, `payonce_webhook_session_locks_total{lock="${lock}"}`);
    // A series from the start: a month without the legacy lock is a number to ask for.
    expect(await uses('legacy')).toBe(0);
    const reply = await untilAnswered(async () => shop.create(await shop.consultation(), 'legacy'));
    await shop.database.query('DROP TRIGGER as_before ON stripe_sessions; DROP FUNCTION as_before');
    const { payment_id, checkout } = reply.body.data;
    await shop.pay(checkout.session_id);
    await completed(payment_id);
    expect(shop.api.output()).toContain(`Using legacy lock (no purchaseId): webhook:session:${checkout.session_id}`);
    expect(shop.api.output()).not.toContain(`Using unified lock: purchase:complete:${payment_id}`);
    expect(await uses('legacy')).toBe(1);
  });

  it('says in the log which lock it uses', async () => {
    const { payment_id, checkout } = (await untilAnswered(async () => shop.create(await shop.consultation()))).body
      .data;
    await shop.pay(checkout.session_id);
    await completed(payment_id);
    expect(shop.api.output()).toContain(`Using unified lock: purchase:complete:${payment_id}`);
  });

  it('measures how long a webhook took, by type and outcome; unhandled types share one label', async () => {
    // A server of its own, which has counted nothing of the others' webhooks.
    const api = await startApi(shop.env());
    try {
      await shop.simulator.sim('endpoints', { urls: [`${api.url}/api/v1/webhooks/stripe`] });
      const taken = (type: string, outcome: string) =>
        metricOf(api, `payonce_webhook_handling_seconds_count{type="${type}",outcome="${outcome}"}`);
      const { payment_id, checkout } = (await untilAnswered(async () => shop.create(await shop.consultation()))).body
        .data;
      await shop.pay(checkout.session_id);
      await completed(payment_id);
      await eventually(async () => (await taken('checkout.session.completed', 'applied')) === 1, 'it is counted');
      const ignored = (await taken('other', 'ignored')) ?? 0;
      await tell({ ...shop, api }, 'made.up', { id: 'made_1' });
      expect(await taken('other', 'ignored')).toBeGreaterThan(ignored);
      expect(await taken('made.up', 'ignored')).toBeUndefined();
    } finally {
      await shop.simulator.sim('endpoints', { urls: [`${shop.api.url}/api/v1/webhooks/stripe`] });
      await api.stop();
    }
  });
});
