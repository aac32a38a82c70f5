import type { StripePayment } from '../support/answers.js';
import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { once } from 'node:events';
import { eventually } from '../support/eventually.js';
import type { Reply } from '../support/http.js';
import { startApi } from '../support/processes.js';
import { FEE, openShop, type Shop, untilAnswered } from './support/shop.js';

const REFUNDS = { path: '/v1/refunds', method: 'POST' };
const SESSIONS = { path: '/v1/checkout/sessions', method: 'POST' };

/** When a key without an answer, or with a definite refusal, ends, depending on what its request had made. */
describe('the lifetime of a key', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());
  afterEach(() => shop.faults({}));

  const codeOf = ({ status, body }: Reply) => [status, body.code] as unknown;
  const replayed = (reply: Reply) => reply.headers.get('idempotent-replayed');

  async function paid(): Promise<{ payment_id: number; payment_intent: string }> {
    const { payment_id, checkout } = (await untilAnswered(async () => shop.create(await shop.consultation()))).body
      .data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    await eventually(async () => (await shop.payment(payment_id)).status === 'completed', 'it is completed');
    return { payment_id, payment_intent };
  }
  /** Quarantined money that waits for staff, of a payment that can no longer be paid. */
  async function quarantined(): Promise<{ charge_id: number; payment_id: number; payment_intent: string }> {
    await shop.faults({ webhooks: { lose: true } });
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    const [row] = await shop.database.query<{ id: number }>(
      `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
       VALUES ('stripe', $1, $2, ${FEE}, 'idr', 'quarantined') RETURNING id::int AS id`,
      [payment_intent, payment_id],
    );
    await shop.faults({});
    return { charge_id: row!.id, payment_id, payment_intent };
  }
  const refund = (id: number, more: Record<string, unknown> = {}, key?: string, on = shop.api) =>
    shop.post<Schemas['RefundedPayment']>(
      `payments/${id}/refund`,
      shop.staff.token,
      { reason: 'as asked', amount: 1_000, ...more },
      key,
      on,
    );
  const refundCharge = (id: number, more: Record<string, unknown> = {}, key?: string, on = shop.api) =>
    shop.post<Schemas['RefundedPayment']>(
      `ops/charges/${id}/refund`,
      shop.staff.token,
      { reason: 'odd', amount: 1_000, ...more },
      key,
      on,
    );
  const atStripe = async (payment_intent: string) =>
    (await shop.ledger()).refunds.filter((row) => row.payment_intent === payment_intent).length;
  const refundsOf = (payment_id: number) =>
    shop.database.query<{ id: number; status: string }>(
      'SELECT id::int AS id, status FROM refunds WHERE payment_id = $1 ORDER BY id',
      [payment_id],
    );
  /** The last refund was settled so long ago. */
  const minutesPass = (payment_id: number, minutes: number) =>
    shop.database.query(
      `UPDATE refunds SET settled_at = settled_at - make_interval(mins => $2)
       WHERE id = (SELECT max(id) FROM refunds WHERE payment_id = $1)`,
      [payment_id, minutes],
    );
  const settled = (payment_id: number, status = 'succeeded') =>
    shop.sweepUntil('the refund is settled', async () => (await refundsOf(payment_id)).at(-1)?.status === status);

  /** A server that kills itself at `point` while it is asked. */
  async function killedAt(point: string, send: (on: Shop['api']) => Promise<Reply>): Promise<void> {
    const victim = await startApi(shop.env({ CRASH_AT: point }));
    const died = once(victim.child, 'exit');
    await expect(send(victim)).rejects.toThrow();
    expect(await died).toEqual([null, 'SIGKILL']);
  }

  describe('a derived key of a refund whose answer was lost', () => {
    it.each(['refund.committed', 'stripe.refund-made'])(
      'killed at %s and settled by the worker: repeated for five minutes, then a second, real refund',
      async (point) => {
        const { payment_id, payment_intent } = await paid();
        await killedAt(point, (on) => refund(payment_id, {}, undefined, on));
        await settled(payment_id);
        const [first] = await refundsOf(payment_id);
        for (const minutes of [0, 4]) {
          await minutesPass(payment_id, minutes);
          const again = await untilAnswered(() => refund(payment_id));
          expect([again.status, again.body.message, replayed(again)]).toEqual([
            200,
            'This refund was already made',
            'true',
          ]);
          expect(again.body.data.refund_id).toBe(first!.id);
        }
        expect(await atStripe(payment_intent)).toBe(1);

        await minutesPass(payment_id, 1);
        const second = await refund(payment_id);
        expect([second.status, second.body.message, replayed(second)]).toEqual([
          200,
          'Refund processed successfully',
          null,
        ]);
        expect(await atStripe(payment_intent)).toBe(2);
        expect(await shop.payment(payment_id)).toMatchObject({
          status: 'partially_refunded',
          refunded: 2_000,
          refunds: ['succeeded 1000', 'succeeded 1000'],
        });
        // The second has its own five minutes, and is not the first.
        expect((await refund(payment_id)).body.data.refund_id).toBe(second.body.data.refund_id);
      },
    );

    it.each(['claim.committed', 'refund.before-commit'])(
      'killed at %s: the next request makes the refund',
      async (point) => {
        const { payment_id, payment_intent } = await paid();
        await killedAt(point, (on) => refund(payment_id, {}, undefined, on));
        expect(await refundsOf(payment_id)).toEqual([]);
        expect((await untilAnswered(() => refund(payment_id))).status).toBe(200);
        expect(await atStripe(payment_intent)).toBe(1);
      },
    );

    it('settled by a webhook a month ago: two concurrent requests make one more refund', async () => {
      const { payment_id, payment_intent } = await paid();
      await killedAt('stripe.refund-made', (on) => refund(payment_id, {}, undefined, on));
      await eventually(async () => (await refundsOf(payment_id))[0]?.status === 'succeeded', 'its webhook has come');
      await minutesPass(payment_id, 30 * 24 * 60);
      const replies = await Promise.all([1, 2, 3, 4].map(() => refund(payment_id)));
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(replies.filter((reply) => replayed(reply) === null)).toHaveLength(1);
      expect(await atStripe(payment_intent)).toBe(2);
    });

    it('without an answer from Stripe it stays the same refund, however long that takes', async () => {
      const { payment_id, payment_intent } = await paid();
      await shop.faults({ reset: { path: '/v1/refunds' } });
      const first = await refund(payment_id);
      expect(codeOf(first)).toEqual([503, 'STRIPE_UNAVAILABLE']);
      await shop.database.query(`UPDATE client_idempotency SET expires_at = now() - interval '30 days'
                                 WHERE finished_at IS NULL AND route LIKE '%(derived)'`);
      const again = await refund(payment_id);
      expect([again.status, again.body.data.refund_id]).toEqual([503, first.body.data.refund_id]);
      await shop.faults({});
      const later = await untilAnswered(() => refund(payment_id));
      expect([later.status, later.body.data.refund_id]).toEqual([200, first.body.data.refund_id]);
      expect(await atStripe(payment_intent)).toBe(1);
    });

    it('pending at Stripe it stays the same refund', async () => {
      const { payment_id, payment_intent } = await paid();
      await shop.simulator.sim('refunds/next', { outcome: 'pending' });
      await killedAt('stripe.refund-made', (on) => refund(payment_id, {}, undefined, on));
      await shop.sweepUntil('Stripe’s answer is known', async () => {
        const [row] = await shop.database.query<{ known: boolean }>(
          'SELECT transaction_id IS NOT NULL AS known FROM refunds WHERE payment_id = $1',
          [payment_id],
        );
        return row!.known;
      });
      await shop.database.query(`UPDATE client_idempotency SET expires_at = now() - interval '30 days'
                                 WHERE finished_at IS NULL AND route LIKE '%(derived)'`);
      const again = await untilAnswered(() => refund(payment_id));
      expect([again.status, again.body.data.refund.status]).toEqual([200, 'pending']);
      expect(await atStripe(payment_intent)).toBe(1);
    });

    it('withdrawn by staff: a repetition does not make it, and after five minutes it is a new refund', async () => {
      const { payment_id, payment_intent } = await paid();
      await shop.faults({ reset: REFUNDS });
      const { refund_id } = (await refund(payment_id)).body.data;
      await shop.faults({});
      const withdrawn = await shop.post(`payments/${payment_id}/refunds/${refund_id}/withdraw`, shop.staff.token);
      expect(withdrawn.status).toBe(200);
      for (let time = 0; time < 2; time++) {
        expect(codeOf(await untilAnswered(() => refund(payment_id)))).toEqual([409, 'REFUND_ALREADY_SETTLED']);
      }
      await minutesPass(payment_id, 5);
      expect((await refund(payment_id)).status).toBe(200);
      expect(await atStripe(payment_intent)).toBe(1);
    });

    it('an explicit key stands for its refund without a limit', async () => {
      const { payment_id, payment_intent } = await paid();
      await killedAt('stripe.refund-made', (on) => refund(payment_id, {}, `own-${payment_id}`, on));
      await settled(payment_id);
      await minutesPass(payment_id, 30 * 24 * 60);
      const again = await untilAnswered(() => refund(payment_id, {}, `own-${payment_id}`));
      expect(again.body.data.refund_id).toBe((await refundsOf(payment_id))[0]!.id);
      expect(await atStripe(payment_intent)).toBe(1);
    });
  });

  describe('a derived key of a refund of quarantined money', () => {
    it('a double click refunds once, and a second one is made on purpose', async () => {
      const { charge_id, payment_intent } = await quarantined();
      const [first, second] = [await refundCharge(charge_id), await refundCharge(charge_id)];
      expect([first.status, second.status, replayed(second)]).toEqual([200, 200, 'true']);
      expect(second.body.message).toBe('This refund was already made');
      expect(second.body.data.refund_id).toBe(first.body.data.refund_id);
      expect(await atStripe(payment_intent)).toBe(1);
      expect((await refundCharge(charge_id, {}, `on-purpose-${charge_id}`)).status).toBe(200);
      expect(await atStripe(payment_intent)).toBe(2);
    });

    it('killed after Stripe made it: repeated for five minutes, then a second, real refund', async () => {
      const { charge_id, payment_id, payment_intent } = await quarantined();
      await killedAt('stripe.refund-made', (on) => refundCharge(charge_id, {}, undefined, on));
      await settled(payment_id);
      expect(replayed(await untilAnswered(() => refundCharge(charge_id)))).toBe('true');
      await minutesPass(payment_id, 5);
      expect(replayed(await refundCharge(charge_id))).toBeNull();
      expect(await atStripe(payment_intent)).toBe(2);
    });
  });

  it('a derived key of a bank refund killed after its commit ends five minutes after its answer was stored', async () => {
    const consultation_id = await shop.consultation();
    const body = { consultation_id, amount: FEE, payment_method: 'bank_transfer' };
    const { payment_id } = (await shop.post<Schemas['NewPayment']>('payments', shop.patient.token, body)).body.data;
    await shop.post(`payments/${payment_id}/confirm`, shop.staff.token, { transaction_id: `in-${payment_id}` });
    await killedAt('refund.committed', (on) => refund(payment_id, {}, undefined, on));
    const again = await refund(payment_id);
    expect([again.status, replayed(again)]).toEqual([200, 'true']);
    await shop.database.query(
      `UPDATE client_idempotency SET expires_at = expires_at - interval '5 minutes' WHERE resource LIKE $1`,
      [`${payment_id}/%`],
    );
    expect(replayed(await refund(payment_id))).toBeNull();
    expect(await refundsOf(payment_id)).toHaveLength(2);
  });

  describe('a key whose request Stripe refused', () => {
    /** Stripe refuses every session that is made meanwhile: its request names a currency there is not. */
    async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
      await shop.database.query(`
        CREATE FUNCTION misspell() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.request := replace(NEW.request, '"currency":"idr"', '"currency":"zzz"'); RETURN NEW; END $$;
        CREATE TRIGGER misspell BEFORE INSERT ON stripe_sessions FOR EACH ROW EXECUTE FUNCTION misspell()`);
      try {
        return await work();
      } finally {
        await shop.database.query('DROP TRIGGER misspell ON stripe_sessions; DROP FUNCTION misspell');
      }
    }
    const create = (consultation_id: number, more: Record<string, unknown> = {}, key = `create-${consultation_id}`) =>
      shop.post<StripePayment>(
        'payments',
        shop.patient.token,
        { consultation_id, amount: FEE, payment_method: 'stripe', ...more },
        key,
      );
    const keys = (key: string) =>
      shop.database.query('SELECT resource FROM client_idempotency WHERE idempotency_key = $1', [key]);

    it('create: the key can be used with any body', async () => {
      const id = await shop.consultation();
      expect(codeOf(await refusing(() => create(id)))).toEqual([502, 'STRIPE_REFUSED']);
      expect(await keys(`create-${id}`)).toEqual([]);
      const other = await create(id, { metadata: { another: 'body' } });
      expect([other.status, other.body.data.payment.metadata]).toEqual([201, { another: 'body' }]);
    });

    it('create, refused when the worker asked, and on a killed server: the key can be used with any body', async () => {
      const id = await shop.consultation();
      await shop.faults({ reset: SESSIONS });
      expect(codeOf(await refusing(() => create(id)))).toEqual([503, 'STRIPE_UNAVAILABLE']);
      // Unclear: it may still be made, and nothing else is made under its key.
      expect(codeOf(await create(id, { metadata: { another: 'body' } }))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      await shop.faults({});
      const { payment_id } = (
        await shop.database.query<{ payment_id: number }>(
          'SELECT id::int AS payment_id FROM payments WHERE consultation_id = $1',
          [id],
        )
      )[0]!;
      await shop.sweepUntil('Stripe has refused', async () => (await shop.payment(payment_id)).status === 'failed');
      const other = await create(id, { metadata: { another: 'body' } });
      expect(other.status).toBe(201);
      expect(codeOf(await create(id))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    });

    it('create, unclear: the same body continues with it', async () => {
      const id = await shop.consultation();
      await shop.faults({ lose_answer: { ...SESSIONS, times: 3 } });
      expect(codeOf(await create(id))).toEqual([503, 'STRIPE_UNAVAILABLE']);
      expect(codeOf(await create(id, { metadata: { another: 'body' } }))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      await shop.faults({});
      const made = await untilAnswered(() => create(id));
      expect(made.status).toBe(201);
      expect(await shop.database.query('SELECT 1 FROM payments WHERE consultation_id = $1', [id])).toHaveLength(1);
    });

    it('checkout: the key can be used with any body, and is held while the outcome is unclear', async () => {
      const buy = (product: string, quantity?: number) =>
        shop.checkout(product, quantity ? { quantity } : {}, 'buy-key');
      await shop.faults({ reset: SESSIONS });
      expect(codeOf(await buy('plan-40'))).toEqual([503, 'STRIPE_UNAVAILABLE']);
      expect(codeOf(await buy('plan-40', 2))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      await shop.faults({});
      expect((await untilAnswered(() => buy('plan-40'))).status).toBe(200);

      const again = (product: string, quantity?: number) =>
        shop.checkout(product, quantity ? { quantity } : {}, 'buy-key-2');
      expect(codeOf(await refusing(() => again('plan-41')))).toEqual([502, 'STRIPE_REFUSED']);
      expect((await again('plan-41', 2)).status).toBe(200);
    });

    it.each<[string, (of: { payment_intent: string }) => Promise<unknown>, unknown]>([
      [
        'a refund that fails at once',
        () => shop.simulator.sim('refunds/next', { outcome: 'failed' }),
        [502, 'STRIPE_REFUSED'],
      ],
      [
        'a refund the money of which went back in the dashboard',
        (of) => shop.simulator.sim('refunds', { payment_intent: of.payment_intent, amount: 4_500 }),
        [422, 'REFUND_TOO_LARGE'],
      ],
    ])('%s: the key can be used with any body', async (_what, before, refusal) => {
      const of = await paid();
      const key = `refund-${of.payment_id}`;
      await shop.faults({ webhooks: { lose: true } });
      await before(of);
      expect(codeOf(await refund(of.payment_id, {}, key))).toEqual(refusal);
      expect(await keys(key)).toEqual([]);
      const other = await refund(of.payment_id, { amount: 400 }, key);
      expect([other.status, other.body.data.refund.amount]).toEqual([200, 400]);
    });

    it('a refund of a charge: the key can be used with any body, and is held while the outcome is unclear', async () => {
      const { charge_id, payment_intent } = await quarantined();
      const key = `charge-${charge_id}`;
      await shop.simulator.sim('refunds/next', { outcome: 'failed' });
      expect(codeOf(await refundCharge(charge_id, {}, key))).toEqual([502, 'STRIPE_REFUSED']);
      await shop.faults({ reset: REFUNDS });
      expect(codeOf(await refundCharge(charge_id, { amount: 700 }, key))).toEqual([503, 'STRIPE_UNAVAILABLE']);
      expect(codeOf(await refundCharge(charge_id, { amount: 800 }, key))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      await shop.faults({});
      const made = await untilAnswered(() => refundCharge(charge_id, { amount: 700 }, key));
      expect([made.status, made.body.data.refund.amount]).toEqual([200, 700]);
      expect(await atStripe(payment_intent)).toBe(2);
    });

    it('a refund withdrawn by staff: the same body does not make it, another body can use the key', async () => {
      const { payment_id, payment_intent } = await paid();
      const key = `withdrawn-${payment_id}`;
      await shop.faults({ reset: REFUNDS });
      const { refund_id } = (await refund(payment_id, {}, key)).body.data;
      await shop.faults({});
      await shop.post(`payments/${payment_id}/refunds/${refund_id}/withdraw`, shop.staff.token);
      for (let time = 0; time < 2; time++) {
        expect(codeOf(await untilAnswered(() => refund(payment_id, {}, key)))).toEqual([409, 'REFUND_ALREADY_SETTLED']);
      }
      expect((await refund(payment_id, { amount: 300 }, key)).status).toBe(200);
      expect(await atStripe(payment_intent)).toBe(1);
    });
  });
});
