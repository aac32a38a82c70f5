import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { OpenCheckout } from '../support/answers.js';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { held } from '../simulator/support/held.js';
import { eventually } from '../support/eventually.js';
import type { Reply } from '../support/http.js';
import { createPerson } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { countMoney, FEE, openShop, PRICE, type Shop, untilAnswered } from './support/shop.js';

const SESSIONS = '/v1/checkout/sessions';
const REASON = 'The account at Stripe was closed';

/** Staff can always end payments that are stuck because Stripe no longer answers, and no money is lost. */
describe('abandoning a payment', () => {
  let shop: Shop;
  /** An API whose key was revoked: every call of it is 401. */
  let revoked: Program;
  let gone: Server;
  beforeAll(async () => {
    shop = await openShop();
    gone = createServer((_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } }));
    }).listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    revoked = await startApi(shop.env({ STRIPE_API_URL: url }));
  });
  afterAll(async () => {
    await revoked.stop();
    gone.close();
    await shop.close();
  });
  afterEach(() => shop.faults({}));

  const abandon = (id: number, { by = shop.staff, on = revoked, key }: How = {}) =>
    shop.post<Schemas['AbandonedPayment']>(`payments/${id}/abandon`, by.token, { reason: REASON }, key, on);
  interface How {
    by?: { token: string };
    on?: Program;
    key?: string;
  }
  const code = ({ status, body }: Reply) => [status, body.code];
  const entries = (id: number) =>
    shop.database.query<{ action: string; detail: unknown; actor: string }>(
      `SELECT action, detail, actor_user_id AS actor FROM audit_log
       WHERE payment_id = $1 AND action IN ('payment.abandoned', 'payment.cancelled') ORDER BY id`,
      [id],
    );
  const accounted = async () => {
    const money = await countMoney(shop);
    expect(money.unaccounted).toEqual([]);
    expect(money.ours).toEqual(money.stripe);
  };
  async function open() {
    const consultation_id = await shop.consultation();
    const { payment_id, checkout } = (await untilAnswered(() => shop.create(consultation_id))).body.data;
    return { consultation_id, payment_id, page: checkout.session_id };
  }
  async function processing() {
    const opened = await open();
    await shop.pay(opened.page, 'async_pending');
    await eventually(async () => (await shop.payment(opened.payment_id)).processing, 'it is on its way');
    return opened;
  }
  const cancel = (id: number, on = revoked) => shop.post(`payments/${id}/cancel`, shop.staff.token, {}, undefined, on);
  const UNREACHABLE = (id: number) =>
    `Payment ${id} is cancelled without Stripe’s confirmation: Stripe did not answer. If money still arrives, it is refunded automatically once Stripe answers again.`;

  it('a processing payment whose key was revoked: staff abandon it, its money is refunded once, a new payment completes', async () => {
    const { consultation_id, payment_id, page } = await processing();
    expect(code(await cancel(payment_id))).toEqual([409, 'PAYMENT_PROCESSING']);
    const reply = await abandon(payment_id);
    expect([reply.status, reply.body.message]).toEqual([200, UNREACHABLE(payment_id)]);
    expect(reply.body.data).toMatchObject({
      payment: { status: 'cancelled', processing: false },
      invoice: { status: 'void' },
      tax: { status: 'void' },
      provider: 'unreachable',
    });
    expect(await entries(payment_id)).toEqual([
      {
        action: 'payment.abandoned',
        detail: {
          from: 'pending',
          to: 'cancelled',
          reason: REASON,
          provider: 'unreachable',
          provider_detail: expect.stringContaining('status 401'),
        },
        actor: String(shop.staff.id),
      },
    ]);
    const again = await untilAnswered(() => shop.create(consultation_id));
    expect(again.status).toBe(201);

    const { payment_intent } = await shop.pay(page, 'async_succeeded');
    await shop.pay(again.body.data.checkout.session_id);
    await shop.sweepUntil('both are through', async () => {
      const [old, now] = [await shop.payment(payment_id), await shop.payment(again.body.data.payment_id)];
      return old.refunds.includes(`succeeded ${FEE} automatic`) && now.status === 'completed';
    });
    expect(await shop.payment(payment_id)).toMatchObject({
      status: 'cancelled',
      charges: [`returned ${FEE} ${FEE}`],
      refunds: [`succeeded ${FEE} automatic`],
    });
    const { refunds } = await shop.ledger();
    expect(refunds.filter((refund) => refund.payment_intent === payment_intent)).toHaveLength(1);
    await accounted();
  });

  it('a create without any answer from Stripe: abandoned, the consultation is free, and Stripe is no longer asked', async () => {
    const consultation_id = await shop.consultation();
    await shop.faults({ reset: { path: SESSIONS, method: 'POST' } });
    expect((await shop.create(consultation_id, 'lost')).status).toBe(503);
    const [{ id, ref }] = (await shop.database.query<{ id: string; ref: string }>(
      'SELECT id, ref FROM payments WHERE consultation_id = $1',
      [consultation_id],
    )) as [{ id: string; ref: string }];
    expect((await cancel(Number(id))).status).toBe(503);
    const reply = await abandon(Number(id));
    expect([reply.status, reply.body.message]).toEqual([200, UNREACHABLE(Number(id))]);
    await shop.faults({});
    const calls = async () =>
      (await shop.requests()).filter(({ idempotency_key }) => idempotency_key?.includes(ref)).length;
    const before = await calls();
    const other = await untilAnswered(() => shop.create(consultation_id, 'anew'));
    expect(other.status).toBe(201);
    await shop.pay(other.body.data.checkout.session_id);
    const sweeps = await shop.consultation();
    await shop.faults({ lose_answer: { path: SESSIONS, method: 'POST', times: 2 } });
    expect((await shop.create(sweeps)).status).toBe(503);
    await shop.faults({});
    await shop.sweepUntil('the worker has been through', async () => {
      const rows = await shop.database.query(
        `SELECT 1 FROM stripe_sessions s JOIN payments p ON p.id = s.payment_id
         WHERE p.consultation_id = $1 AND s.state = 'open'`,
        [sweeps],
      );
      return rows.length === 1;
    });
    expect(await calls()).toBe(before);
    expect((await shop.payment(Number(id))).status).toBe('cancelled');
    await accounted();
  });

  it('an unanswered checkout of a product: abandoned, and the product can be bought again', async () => {
    await shop.faults({ reset: { path: SESSIONS, method: 'POST' } });
    expect((await shop.checkout('plan-1')).status).toBe(503);
    const [row] = await shop.database.query<{ id: string }>(`SELECT id FROM payments WHERE product_id = 'plan-1'`);
    expect((await abandon(Number(row!.id))).status).toBe(200);
    await shop.faults({});
    const again = await untilAnswered(() => shop.checkout('plan-1'));
    expect([again.status, again.body.data.reused]).toEqual([200, false]);
    await shop.pay(again.body.data.session_id);
    await shop.sweepUntil(
      'it is paid',
      async () => (await shop.payment(again.body.data.payment.id)).charges[0] === `accepted ${PRICE} 0`,
    );
    await accounted();
  });

  it('an open page whose key was revoked: abandoned; money paid on it later is refunded once', async () => {
    const { payment_id, page } = await open();
    expect((await cancel(payment_id)).status).toBe(503);
    expect((await abandon(payment_id)).status).toBe(200);
    await shop.faults({ webhooks: { duplicate: 2 } });
    await shop.pay(page);
    await shop.sweepUntil('it is refunded', async () =>
      (await shop.payment(payment_id)).refunds.includes(`succeeded ${FEE} automatic`),
    );
    expect(await shop.payment(payment_id)).toMatchObject({
      status: 'cancelled',
      refunds: [`succeeded ${FEE} automatic`],
    });
    await accounted();
  });

  describe('when Stripe answers', () => {
    it('the session is paid: 409, and the payment completes', async () => {
      const { payment_id, page } = await processing();
      await shop.faults({ webhooks: { lose: true } });
      await shop.pay(page, 'async_succeeded');
      const reply = await abandon(payment_id, { on: shop.api });
      expect([...code(reply), reply.body.message]).toEqual([
        409,
        'TRANSITION_NOT_ALLOWED',
        `Payment ${payment_id} is completed and cannot become cancelled.`,
      ]);
      expect((await shop.payment(payment_id)).status).toBe('completed');
      await accounted();
    });

    it('the session is processing: 409 PAYMENT_PROCESSING, and nothing changes', async () => {
      const { payment_id, page } = await processing();
      const reply = await abandon(payment_id, { on: shop.api });
      expect([...code(reply), reply.body.message]).toEqual([
        409,
        'PAYMENT_PROCESSING',
        `Payment ${payment_id} is processing. Please wait until the money arrives.`,
      ]);
      expect(await shop.payment(payment_id)).toMatchObject({ status: 'pending', processing: true });
      expect(await entries(payment_id)).toEqual([]);
      await shop.pay(page, 'async_failed');
      await shop.sweepUntil('it has failed', async () => (await shop.payment(payment_id)).status === 'failed');
    });

    it('the session is complete and its intent cannot be read: counts as processing', async () => {
      const { payment_id } = await processing();
      await shop.faults({ reset: { path: '/v1/payment_intents/*' } });
      expect(code(await abandon(payment_id, { on: shop.api }))).toEqual([409, 'PAYMENT_PROCESSING']);
    });

    it('the debit failed: the payment becomes failed', async () => {
      const { payment_id, page } = await processing();
      await shop.faults({ webhooks: { lose: true } });
      await shop.pay(page, 'async_failed');
      expect(code(await untilAnswered(() => abandon(payment_id, { on: shop.api })))).toEqual([
        409,
        'TRANSITION_NOT_ALLOWED',
      ]);
      expect((await shop.payment(payment_id)).status).toBe('failed');
    });

    it('the page is open: it is expired at Stripe, and the payment ends without risk', async () => {
      const { payment_id, page } = await open();
      const reply = await untilAnswered(() => abandon(payment_id, { on: shop.api }));
      expect([reply.status, reply.body.message, reply.body.data.provider]).toEqual([
        200,
        'Payment cancelled successfully',
        'closed',
      ]);
      expect((await shop.simulator.stripe().checkout.sessions.retrieve(page)).status).toBe('expired');
      expect(await entries(payment_id)).toMatchObject([{ action: 'payment.cancelled', detail: { reason: REASON } }]);
    });

    it('paid during the request: exactly one of the two happens', async () => {
      const { payment_id, page } = await open();
      await shop.faults({ hold: { path: `${SESSIONS}/*/expire` }, webhooks: { lose: true } });
      const abandoning = abandon(payment_id, { on: shop.api });
      await held(shop.simulator, 1);
      await shop.pay(page);
      await shop.simulator.sim('faults/release', {});
      expect(code(await abandoning)).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
      expect((await shop.payment(payment_id)).status).toBe('completed');
      await accounted();
    });
  });

  it('twenty requests at once, over two processes: one abandons, the others are refused; its key replays the answer', async () => {
    const { payment_id } = await processing();
    const first = await Promise.all(
      Array.from({ length: 20 }, (_, n) => abandon(payment_id, { key: n < 10 ? 'one-key' : `key-${n}` })),
    );
    const done = first.filter(({ status }) => status === 200);
    expect(done.length).toBeGreaterThanOrEqual(1);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    expect(await entries(payment_id)).toHaveLength(1);
    const late = await abandon(payment_id);
    expect([...code(late), late.body.message]).toEqual([
      409,
      'TRANSITION_NOT_ALLOWED',
      `Payment ${payment_id} is already cancelled.`,
    ]);
  });

  it('staff only, never their own payment, and with a reason', async () => {
    const { payment_id } = await processing();
    expect(code(await abandon(payment_id, { by: shop.patient }))).toEqual([403, 'FORBIDDEN']);
    const [row] = await shop.database.query<{ user_id: string }>('SELECT user_id FROM payments WHERE id = $1', [
      payment_id,
    ]);
    expect(Number(row!.user_id)).toBe(shop.patient.id);
    const owner = await createPerson(shop.database, 'staff');
    const product = await untilAnswered(() =>
      shop.post<OpenCheckout>('checkout', owner.token, { product_id: 'plan-2' }),
    );
    expect(code(await abandon(product.body.data.payment.id, { by: owner }))).toEqual([403, 'FORBIDDEN']);
    expect(code(await abandon(999_999))).toEqual([404, 'PAYMENT_NOT_FOUND']);
    const silent = await shop.post<Schemas['VALIDATION_FAILED']['data']>(
      `payments/${payment_id}/abandon`,
      shop.staff.token,
      {},
    );
    expect([silent.status, Object.keys(silent.body.data.fields)]).toEqual([422, ['reason']]);
    expect((await shop.payment(payment_id)).status).toBe('pending');
  });

  it('a session unknown to Stripe: the processing payment is abandoned, and the answer states the risk', async () => {
    const { consultation_id, payment_id } = await processing();
    await shop.simulator.sim('reset', {});
    expect(code(await cancel(payment_id, shop.api))).toEqual([409, 'PAYMENT_PROCESSING']);
    const reply = await untilAnswered(() => abandon(payment_id, { on: shop.api }));
    expect([reply.status, reply.body.message]).toEqual([
      200,
      `Payment ${payment_id} is cancelled without Stripe’s confirmation: Stripe does not know its session. If money still arrives, it is refunded automatically once Stripe reports it.`,
    ]);
    expect(await entries(payment_id)).toMatchObject([
      { action: 'payment.abandoned', detail: { provider: 'unknown', provider_detail: 'resource_missing' } },
    ]);
    expect((await untilAnswered(() => shop.create(consultation_id))).status).toBe(201);
  });
});
