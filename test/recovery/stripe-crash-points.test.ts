import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { killedAt as killed } from '../support/crash.js';
import { eventually } from '../support/eventually.js';
import type { Reply } from '../support/http.js';
import { type Program, startApi, startWorker } from '../support/processes.js';
import { countMoney, FEE, openShop, type Shop, untilAnswered } from '../stripe/support/shop.js';

/** In the order in which a create passes them; from the third on there is a payment whose session may exist. */
const CREATE_POINTS = [
  'claim.committed',
  'locks.acquired',
  'payment.before-commit',
  'payment.committed',
  'stripe.session-made',
  'session.before-commit',
  'session.attached',
  'locks.released',
  'answer.cached',
];
const NOTHING_COMMITTED = ['claim.committed', 'locks.acquired', 'payment.before-commit'];
const REFUND_POINTS = ['refund.before-commit', 'refund.committed', 'stripe.refund-made', 'answer.cached'];
const CANCEL_POINTS = ['cancel.fenced', 'stripe.session-expired', 'cancel.before-commit', 'cancel.committed'];
const WEBHOOK_POINTS = ['webhook.stored', 'money.before-commit', 'money.committed'];
const SWEEP_POINTS = ['stripe.session-made', 'session.before-commit', 'session.attached'];

describe('SIGKILL during a request to Stripe', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    await shop.faults({});
    await shop.simulator.sim('endpoints', { urls: [`${shop.api.url}/api/v1/webhooks/stripe`] });
  });

  const killedAt = (
    point: string,
    start: (env: NodeJS.ProcessEnv) => Promise<Program>,
    act: (victim: Program) => Promise<unknown>,
  ) => killed(point, (crash) => start(shop.env(crash)), act);
  const byRequest = (point: string, send: (victim: Program) => Promise<Reply>) =>
    killedAt(point, startApi, (victim) => expect(send(victim)).rejects.toThrow());

  const sessionsOf = async (consultation_id: number) => {
    const rows = await shop.database.query<{ ref: string }>('SELECT ref FROM payments WHERE consultation_id = $1', [
      consultation_id,
    ]);
    const { sessions } = await shop.ledger();
    return sessions.filter((session) => rows.some((row) => row.ref === session.client_reference_id));
  };
  const paymentsOf = (consultation_id: number) =>
    shop.database.query<{ id: string; status: string }>(
      'SELECT id, status FROM payments WHERE consultation_id = $1 ORDER BY id',
      [consultation_id],
    );
  /** One payment, one session, and it can be paid to the end. */
  async function isWhole(consultation_id: number, session_id: string): Promise<void> {
    expect((await sessionsOf(consultation_id)).map((session) => session.id)).toEqual([session_id]);
    const payments = await paymentsOf(consultation_id);
    expect(payments).toEqual([{ id: expect.any(String), status: 'pending' }]);
    await shop.pay(session_id);
    await eventually(
      async () => (await shop.payment(Number(payments[0]!.id))).status === 'completed',
      'it is completed by its webhook',
    );
  }

  async function paid(): Promise<{ payment_id: number; payment_intent: string }> {
    const { payment_id, checkout } = (await untilAnswered(async () => shop.create(await shop.consultation()))).body
      .data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    await eventually(async () => (await shop.payment(payment_id)).status === 'completed', 'it is completed');
    return { payment_id, payment_intent };
  }

  it.each(CREATE_POINTS)(
    'create, at %s, then the same key: one session, one payment, one answer from then on',
    async (point) => {
      const consultation_id = await shop.consultation();
      await byRequest(point, (victim) => shop.create(consultation_id, `same-${point}`, victim));
      const reply = await untilAnswered(() => shop.create(consultation_id, `same-${point}`));
      expect(reply.status).toBe(201);
      expect((await shop.create(consultation_id, `same-${point}`)).text).toBe(reply.text);
      await isWhole(consultation_id, reply.body.data.checkout.session_id);
    },
  );

  it.each(CREATE_POINTS)(
    'create, at %s, then another key: the existing payment, or the only new one',
    async (point) => {
      const consultation_id = await shop.consultation();
      await byRequest(point, (victim) => shop.create(consultation_id, `first-${point}`, victim));
      const reply = await eventually(async () => {
        const asked = await shop.create(consultation_id, `second-${point}`);
        return asked.body.data?.checkout ? asked : undefined;
      }, 'it is answered with a page to pay on');
      expect([201, 409]).toContain(reply.status);
      await isWhole(consultation_id, reply.body.data.checkout.session_id);
    },
  );

  it.each(CREATE_POINTS)('create, at %s, then only the worker: one whole payment, or none', async (point) => {
    const consultation_id = await shop.consultation();
    await byRequest(point, (victim) => shop.create(consultation_id, `worker-${point}`, victim));
    if (NOTHING_COMMITTED.includes(point)) {
      expect(await paymentsOf(consultation_id)).toEqual([]);
      return;
    }
    const attached = async () => {
      const [row] = await shop.database.query<{ session_id: string | null }>(
        'SELECT session_id FROM stripe_sessions JOIN payments p ON p.id = payment_id WHERE consultation_id = $1',
        [consultation_id],
      );
      return row!.session_id;
    };
    await shop.sweepUntil('the worker has brought it to its page', async () => (await attached()) !== null);
    await isWhole(consultation_id, (await attached())!);
  });

  it.each(WEBHOOK_POINTS)('webhook, at %s: the event is stored, and completes the payment once', async (point) => {
    const { payment_id, checkout } = (await untilAnswered(async () => shop.create(await shop.consultation()))).body
      .data;
    await killedAt(point, startApi, async (victim) => {
      await shop.simulator.sim('endpoints', { urls: [`${victim.url}/api/v1/webhooks/stripe`] });
      await shop.pay(checkout.session_id);
    });
    await shop.sweepUntil('it is completed', async () => (await shop.payment(payment_id)).status === 'completed');
    expect((await shop.payment(payment_id)).charges).toEqual([`accepted ${FEE} 0`]);
    const [row] = await shop.database.query(
      `SELECT count(*)::int AS n FROM audit_log WHERE payment_id = $1 AND action = 'payment.completed'`,
      [payment_id],
    );
    expect(row).toEqual({ n: 1 });
  });

  describe.each(['the same key', 'another key', 'only the worker'])('refund, then %s', (then) => {
    it.each(REFUND_POINTS)('at %s: refunded once, and the sums are right', async (point) => {
      const { payment_id, payment_intent } = await paid();
      // Only answers and the worker: a webhook would settle it.
      await shop.faults({ webhooks: { lose: true } });
      const refund = <Data>(key: string, on?: Program) =>
        shop.post<Data>(
          `payments/${payment_id}/refund`,
          shop.staff.token,
          { reason: 'asked for' },
          `${payment_id}-${key}`,
          on,
        );
      await byRequest(point, (victim) => refund('first', victim));
      const nothingMade = point === 'refund.before-commit';
      if (then === 'the same key') {
        expect((await untilAnswered(() => refund('first'))).status).toBe(200);
      } else if (then === 'another key') {
        const reply = await refund<Schemas['STRIPE_UNAVAILABLE']['data']>('other');
        if (point === 'refund.committed' || point === 'stripe.refund-made') {
          // Only the worker, or the first key, goes on with a refund that has no answer; no second one begins beside it.
          expect([reply.status, reply.body.data?.status, reply.headers.has('retry-after')]).toEqual([
            503,
            'pending',
            true,
          ]);
        } else if (nothingMade) {
          expect(reply.status).toBe(200);
        } else {
          expect(reply.status).toBe(409);
        }
      }
      if (then === 'only the worker' && nothingMade) {
        expect((await shop.payment(payment_id)).refunds).toEqual([]);
        return;
      }
      await shop.sweepUntil('it is refunded', async () => (await shop.payment(payment_id)).status === 'refunded');
      expect(await shop.payment(payment_id)).toMatchObject({
        refunds: [`succeeded ${FEE}`],
        charges: [`accepted ${FEE} ${FEE}`],
      });
      if (then === 'another key') expect((await refund('a third')).status).toBe(409);
      const { refunds } = await shop.ledger();
      expect(refunds.filter((made) => made.payment_intent === payment_intent)).toHaveLength(1);
    });
  });

  it.each(CANCEL_POINTS)(
    'cancel, at %s, then the same key: cancelled, and its page can no longer be paid',
    async (point) => {
      const { payment_id, checkout } = (await untilAnswered(async () => shop.create(await shop.consultation()))).body
        .data;
      await shop.faults({ webhooks: { lose: true } });
      const cancel = (on?: Program) =>
        shop.post<Schemas['CancelledPayment']>(
          `payments/${payment_id}/cancel`,
          shop.patient.token,
          undefined,
          `cancel-${point}`,
          on,
        );
      await byRequest(point, cancel);
      const reply = await untilAnswered(() => cancel());
      expect([reply.status, reply.body.data.payment.status]).toEqual([200, 'cancelled']);
      await expect(shop.pay(checkout.session_id)).rejects.toThrow();
    },
  );

  it.each(SWEEP_POINTS)('the worker, at %s: the next worker continues, with one session', async (point) => {
    const consultation_id = await shop.consultation();
    await byRequest('payment.committed', (victim) => shop.create(consultation_id, `swept-${point}`, victim));
    await shop.timePasses();
    await killedAt(point, startWorker, async () => undefined);
    const reply = await untilAnswered(() => shop.create(consultation_id, `swept-${point}`));
    expect(reply.status).toBe(201);
    await isWhole(consultation_id, reply.body.data.checkout.session_id);
  });

  it('afterwards Stripe’s ledger and the database are equal', async () => {
    const { stripe, ours, unaccounted } = await countMoney(shop);
    expect(ours).toEqual(stripe);
    expect(unaccounted).toEqual([]);
  });
});
