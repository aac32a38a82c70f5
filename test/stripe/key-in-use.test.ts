import type { Reply } from '../support/http.js';
import { eventually } from '../support/eventually.js';
import { linesSaying, untilLogged } from '../support/log-lines.js';
import { openShop, type Shop } from './support/shop.js';

const SESSIONS = '/v1/checkout/sessions';

/**
 * Stripe refuses a key under which an earlier request of ours is still running (409 `idempotency_key_in_use`,
 * https://docs.stripe.com/error-low-level). The first request is held at Stripe, gives up waiting, and repeats itself.
 */
describe('an idempotency key that is in use at Stripe', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
  });

  afterAll(async () => shop.close());

  beforeEach(async () => shop.faults({ hold: { path: SESSIONS, method: 'POST', when: 'before', times: 1 } }));
  afterEach(async () => shop.simulator.sim('faults/release', {}));

  /** The request at the barrier continues and finishes at Stripe: no process of ours waits for it any more. */
  async function finishAtStripe(key: string): Promise<void> {
    await shop.simulator.sim('faults/release', {});
    await eventually(async () => (await sessions(key)).length > 0, 'Stripe has made the session');
  }

  const sessions = async (key: string) =>
    (await shop.simulator.stripe().checkout.sessions.list({ limit: 100 })).data.filter(
      (session) => session.metadata?.idempotency_key === key,
    );
  const inUse = async () => (await shop.requests()).filter(({ status }) => status === 409).length;

  function expectInProgress({ status, body, headers }: Reply, key: string | null): void {
    expect([status, body.code, body.message]).toEqual([
      409,
      'PAYMENT_IN_PROGRESS',
      'Payment is already in progress. Please wait.',
    ]);
    expect(body.data).toEqual({ idempotency_key: key, retry_after: 5 });
    expect(headers.get('retry-after')).toBe('5');
  }

  it('at checkout: 409 PAYMENT_IN_PROGRESS with Retry-After, and the same key gets the one session', async () => {
    const before = await inUse();
    expectInProgress(await shop.checkout('plan-1', {}, 'held-1'), 'held-1');
    expect(await inUse()).toBe(before + 1);
    // Still the same request: another one cannot have its key.
    expect((await shop.checkout('plan-1', { quantity: 2 }, 'held-1')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    await finishAtStripe('held-1');
    const again = await shop.checkout('plan-1', {}, 'held-1');
    expect(again.status).toBe(200);
    const [session, ...others] = await sessions('held-1');
    expect([again.body.data.session_id, others]).toEqual([session!.id, []]);
    expect((await shop.checkout('plan-1', {}, 'held-1')).text).toBe(again.text);
  });

  it('at checkout without a key: the next click gets the one session', async () => {
    expectInProgress(await shop.checkout('plan-2'), null);
    // And while it is still running there.
    expectInProgress(await shop.checkout('plan-2'), null);
    await shop.simulator.sim('faults/release', {});
    const again = await untilNot409(() => shop.checkout('plan-2'));
    expect([again.status, again.body.data.reused]).toEqual([200, true]);
    const orders = await shop.database.query(`SELECT 1 FROM payments WHERE product_id = 'plan-2'`);
    expect(orders).toHaveLength(1);
  });

  it('at create: the same, with its key and without', async () => {
    const consultation_id = await shop.consultation();
    expectInProgress(await shop.create(consultation_id, 'held-2'), 'held-2');
    // A request without that key gets the same answer, not that Stripe is unavailable.
    expectInProgress(await shop.create(consultation_id), null);
    await finishAtStripe('held-2');
    const made = await shop.create(consultation_id, 'held-2');
    expect(made.status).toBe(201);
    const [session, ...others] = await sessions('held-2');
    expect([made.body.data.checkout.session_id, others]).toEqual([session!.id, []]);
    const existing = await shop.create(consultation_id);
    expect([existing.status, existing.body.data.type, existing.body.data.checkout]).toEqual([
      409,
      'existing',
      made.body.data.checkout,
    ]);
  });

  it('without another request the worker attaches the one session', async () => {
    expectInProgress(await shop.checkout('plan-3', {}, 'held-3'), 'held-3');
    await finishAtStripe('held-3');
    const [session] = await sessions('held-3');
    await shop.sweepUntil('it is attached', async () => {
      const rows = await shop.database.query('SELECT 1 FROM stripe_sessions WHERE session_id = $1', [session!.id]);
      return rows.length === 1;
    });
    const again = await shop.checkout('plan-3', {}, 'held-3');
    expect([again.status, again.body.data.session_id]).toEqual([200, session!.id]);
    expect(await sessions('held-3')).toHaveLength(1);
  });

  async function untilNot409<Data>(send: () => Promise<Reply<Data>>): Promise<Reply<Data>> {
    let reply = await send();
    await eventually(async () => {
      if (reply.status === 409) reply = await send();
      return reply.status !== 409;
    }, 'the first request is over at Stripe');
    return reply;
  }

  it('each conflict is logged under its key, and the payment as created, once', async () => {
    await shop.checkout('plan-6', {}, 'logged-1');
    await shop.simulator.sim('faults/release', {});
    await shop.faults({ hold: { path: SESSIONS, method: 'POST', when: 'before', times: 1 } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, 'logged-2')).status).toBe(409);
    await finishAtStripe('logged-2');
    const { payment_id } = (await shop.create(consultation_id, 'logged-2')).body.data;
    await untilLogged(shop.api);
    const conflicts = linesSaying(shop.api, 'Idempotency conflict detected - returning 409 status');
    expect(conflicts.map(({ idempotency_key }) => idempotency_key)).toEqual(
      expect.arrayContaining(['logged-1', 'logged-2']),
    );
    const created = linesSaying(shop.api, 'Payment: New payment created').filter(
      (line) => line.payment_id === payment_id,
    );
    expect(created).toEqual([expect.objectContaining({ user_id: shop.patient.id, amount: 5_000, method: 'stripe' })]);
  });
});
