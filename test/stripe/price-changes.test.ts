import type { StripePayment } from '../support/answers.js';
import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { held } from '../simulator/support/held.js';
import { ask, type Reply } from '../support/http.js';
import { countMoney, FEE, openShop, type Shop, untilAnswered } from './support/shop.js';

const SESSIONS = '/v1/checkout/sessions';
const EXPIRE = '/v1/checkout/sessions/*/expire';
const LOWER = 4_000;

/** The amount due may change while a page at Stripe is open: nobody pays an amount they did not agree to. */
describe('a price that changes while a page is open', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());
  afterEach(() => shop.faults({}));

  const patch = (path: string, body: unknown): Promise<Reply> =>
    ask(shop.api.url, `/api/v1/${path}`, { method: 'PATCH', token: shop.staff.token, body });
  const create = <Data = StripePayment>(consultation_id: number, more: Record<string, unknown> = {}, key?: string) =>
    shop.post<Data>(
      'payments',
      shop.patient.token,
      { consultation_id, amount: LOWER, payment_method: 'stripe', ...more },
      key,
    );
  const session = (id: string) => shop.simulator.stripe().checkout.sessions.retrieve(id);
  const code = ({ status, body }: Reply<{ readonly type?: string } | undefined>) => [
    status,
    body.data?.type ?? body.code,
  ];
  const accounted = async () => {
    const money = await countMoney(shop);
    expect(money.unaccounted).toEqual([]);
    expect(money.ours).toEqual(money.stripe);
  };

  /** An open page of the old fee, and the fee changed since. */
  async function outdated(change: Record<string, unknown> = { fee: LOWER }) {
    const consultation_id = await shop.consultation();
    const { payment_id, checkout } = (await untilAnswered(() => shop.create(consultation_id))).body.data;
    expect((await patch(`consultations/${consultation_id}`, change)).status).toBe(200);
    return { consultation_id, payment_id, page: checkout.session_id };
  }

  it.each([
    ['lower', { fee: LOWER }, { amount: LOWER }, [LOWER, 'idr']],
    ['higher', { fee: 7_500 }, { amount: 7_500 }, [7_500, 'idr']],
    ['in another currency', { currency: 'usd' }, { amount: FEE, currency: 'usd' }, [FEE, 'usd']],
  ])('%s: the old page is closed, and the new one charges the agreed amount', async (_, change, agreed, asked) => {
    const old = await outdated(change);
    const made = await create(old.consultation_id, agreed);
    expect(made.status).toBe(201);
    const { amount_total, currency } = await session(made.body.data.checkout.session_id);
    expect([amount_total, currency]).toEqual(asked);
    expect((await session(old.page)).status).toBe('expired');
    expect(await shop.payment(old.payment_id)).toMatchObject({ status: 'cancelled', invoice: 'void', charges: [] });
    await expect(shop.pay(old.page)).rejects.toThrow('409');
    const [why] = await shop.database.query(
      `SELECT detail FROM audit_log WHERE payment_id = $1 AND action = 'payment.cancelled'`,
      [old.payment_id],
    );
    expect(why).toEqual({ detail: { from: 'pending', to: 'cancelled', because: 'price_changed' } });
    await shop.pay(made.body.data.checkout.session_id);
    await shop.sweepUntil(
      'it is paid',
      async () => (await shop.payment(made.body.data.payment_id)).status === 'completed',
    );
    await accounted();
  });

  it('a create with the old amount gets the new amount, and never the old page', async () => {
    const old = await outdated();
    for (let time = 0; time < 2; time++) {
      const refused = await create(old.consultation_id, { amount: FEE });
      expect([...code(refused), refused.body.data]).toEqual([
        422,
        'AMOUNT_MISMATCH',
        { expected: { amount: LOWER, currency: 'idr' } },
      ]);
      expect(refused.body.message).toBe('The amount must be 4000 idr, in minor units.');
    }
    const { data } = (await shop.get<Schemas['WholePayment']>(`payments/${old.payment_id}`, shop.patient.token)).body;
    expect([data.payment.status, data.checkout]).toEqual(['cancelled', null]);
    // Nor is the page of the new amount returned to a client that shows the old one.
    const made = await create(old.consultation_id);
    expect(made.status).toBe(201);
    expect(code(await create(old.consultation_id, { amount: FEE }))).toEqual([422, 'AMOUNT_MISMATCH']);
    expect(code(await create(old.consultation_id))).toEqual([409, 'existing']);
  });

  it('until the next create the payment is marked outdated and returns no page', async () => {
    const old = await outdated();
    const { data } = (await shop.get<Schemas['WholePayment']>(`payments/${old.payment_id}`, shop.patient.token)).body;
    expect([data.payment.status, data.checkout, data.outdated]).toEqual([
      'pending',
      null,
      { reason: 'price_changed', amount: LOWER, currency: 'idr' },
    ]);
    // Changed back, it is right again, and so is its page.
    await patch(`consultations/${old.consultation_id}`, { fee: FEE });
    const right = (await shop.get<Schemas['WholePayment']>(`payments/${old.payment_id}`, shop.patient.token)).body.data;
    expect([right.checkout!.session_id, right.outdated]).toEqual([old.page, undefined]);
    const again = await create<Schemas['ExistingPayment']>(old.consultation_id, { amount: FEE });
    expect([...code(again), again.body.data.checkout!.session_id]).toEqual([409, 'existing', old.page]);
  });

  it.each([
    ['paid', 'completed', false],
    ['async_pending', 'pending', true],
  ])(
    'a page that turns out %s stays, and is the answer to another amount, too',
    async (outcome, status, processing) => {
      const old = await outdated();
      await shop.faults({ webhooks: { lose: true } });
      await shop.pay(old.page, outcome);
      for (const amount of [LOWER, FEE]) {
        const { body, ...reply } = await create<Schemas['ExistingPayment']>(old.consultation_id, { amount });
        expect([reply.status, body.data.type, body.data.payment_id]).toEqual([409, 'existing', old.payment_id]);
        expect(body.data.payment).toMatchObject({ status, processing, amount: FEE });
        expect(body.data.checkout).toBeNull();
      }
      if (processing) await shop.pay(old.page, 'async_succeeded');
      await shop.sweepUntil('it is paid', async () => (await shop.payment(old.payment_id)).status === 'completed');
      await accounted();
    },
  );

  it('declined attempts on the old page leave it open: it is closed all the same', async () => {
    const old = await outdated();
    await shop.pay(old.page, 'declined').catch(() => undefined);
    expect((await create(old.consultation_id)).status).toBe(201);
    expect((await session(old.page)).status).toBe('expired');
  });

  it.each(['before', 'after'])('the old page is paid %s it is closed: exactly one is paid', async (moment) => {
    const old = await outdated();
    await shop.faults({ hold: { path: EXPIRE, when: moment }, webhooks: { lose: true } });
    const creating = create(old.consultation_id);
    await held(shop.simulator, 1);
    const payer = await shop.pay(old.page).then(
      () => 'paid',
      () => 'refused',
    );
    await shop.simulator.sim('faults/release', {});
    const reply = await creating;
    if (moment === 'before') {
      expect([payer, ...code(reply), reply.body.data.payment_id]).toEqual(['paid', 409, 'existing', old.payment_id]);
      expect(await shop.payment(old.payment_id)).toMatchObject({ status: 'completed', charges: [`accepted ${FEE} 0`] });
    } else {
      expect([payer, reply.status]).toEqual(['refused', 201]);
      await shop.pay(reply.body.data.checkout.session_id);
      await shop.faults({});
      const { payment_id } = reply.body.data;
      await shop.sweepUntil('it is paid', async () => (await shop.payment(payment_id)).status === 'completed');
    }
    const paid = await shop.database.query(
      `SELECT status FROM payments WHERE consultation_id = $1 AND status = 'completed'`,
      [old.consultation_id],
    );
    expect(paid).toHaveLength(1);
    await accounted();
  });

  it('the webhook of the old page and the next create at once: one goes first, one payment, no deadlock', async () => {
    const old = await outdated();
    await shop.faults({ hold: { path: EXPIRE, when: 'before' } });
    const creating = create(old.consultation_id);
    await held(shop.simulator, 1);
    // Its event now waits for the lock that the create holds.
    await shop.pay(old.page);
    const cancelling = shop.post(`payments/${old.payment_id}/cancel`, shop.patient.token);
    await shop.simulator.sim('faults/release', {});
    expect(code(await creating)).toEqual([409, 'existing']);
    expect(await cancelling).toMatchObject({ status: 409, body: { code: 'TRANSITION_NOT_ALLOWED' } });
    expect((await shop.payment(old.payment_id)).status).toBe('completed');
    await accounted();
  });

  it('two devices at once, with the old and the new amount, five each: one new page, and the old one is never returned', async () => {
    const old = await outdated();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, n) => create(old.consultation_id, { amount: n % 2 ? FEE : LOWER })),
    );
    const made = replies.filter(({ status }) => status === 201);
    expect(made).toHaveLength(1);
    const pages = new Set(replies.flatMap(({ body }) => (body.data?.checkout ? [body.data.checkout.session_id] : [])));
    expect([...pages]).toEqual([made[0]!.body.data.checkout.session_id]);
    for (const [n, reply] of replies.entries()) {
      if (reply.status === 201) continue;
      expect(code(reply)).toEqual(n % 2 ? [422, 'AMOUNT_MISMATCH'] : [409, 'existing']);
    }
    const { sessions } = await shop.ledger();
    const open = sessions.filter(({ id, status }) => status === 'open' && [old.page, ...pages].includes(id));
    expect(open.map(({ id }) => id)).toEqual([...pages]);
  });

  it('while Stripe is unavailable: 503 for the new amount, the new amount for the old one, the old page for neither', async () => {
    const old = await outdated();
    await shop.faults({ reset: { path: EXPIRE } });
    const unclear = await create(old.consultation_id, {}, 'waits');
    expect([...code(unclear), unclear.headers.has('retry-after')]).toEqual([503, 'STRIPE_UNAVAILABLE', true]);
    expect(code(await untilNoBreaker(() => create(old.consultation_id, { amount: FEE })))).toEqual([
      422,
      'AMOUNT_MISMATCH',
    ]);
    const byBank = await create<Schemas['ExistingPayment']>(old.consultation_id, { payment_method: 'bank_transfer' });
    expect([...code(byBank), byBank.body.data.checkout]).toEqual([409, 'existing', null]);
    await shop.faults({});
    const made = await untilAnswered(() => create(old.consultation_id, {}, 'waits'));
    expect(made.status).toBe(201);
    expect((await session(made.body.data.checkout.session_id)).amount_total).toBe(LOWER);
    expect((await session(old.page)).status).toBe('expired');
  });

  /** The breaker answers for Stripe for a moment. */
  const untilNoBreaker = async <Data>(send: () => Promise<Reply<Data>>): Promise<Reply<Data>> => {
    const reply = await send();
    return reply.status === 503 ? untilAnswered(send) : reply;
  };

  it('a create without Stripe’s answer continues under its key with its own amount; the next create closes that page', async () => {
    const consultation_id = await shop.consultation();
    await shop.faults({ lose_answer: { path: SESSIONS, method: 'POST', times: 2 } });
    const first = await create(consultation_id, { amount: FEE }, 'broken-off');
    expect(first.status).toBe(503);
    await patch(`consultations/${consultation_id}`, { fee: LOWER });
    // Its key finishes what it began: the amount this patient agreed to, and no other.
    const own = await untilAnswered(() => create(consultation_id, { amount: FEE }, 'broken-off'));
    const page = await session(own.body.data.checkout.session_id);
    expect([own.status, own.body.data.payment.amount, page.amount_total]).toEqual([201, FEE, FEE]);
    const made = await untilAnswered(() => create(consultation_id));
    expect(made.status).toBe(201);
    expect((await session(page.id)).status).toBe('expired');
    const rows = await shop.database.query(
      'SELECT status, amount::int FROM payments WHERE consultation_id = $1 ORDER BY id',
      [consultation_id],
    );
    expect(rows).toEqual([
      { status: 'cancelled', amount: FEE },
      { status: 'pending', amount: LOWER },
    ]);
  });

  it('an unanswered create of the old amount is found and closed by the next create; its key then gets the new amount', async () => {
    const consultation_id = await shop.consultation();
    await shop.faults({ lose_answer: { path: SESSIONS, method: 'POST', times: 2 } });
    expect((await create(consultation_id, { amount: FEE }, 'given-up')).status).toBe(503);
    await patch(`consultations/${consultation_id}`, { fee: LOWER });
    const made = await untilAnswered(() => create(consultation_id));
    expect(made.status).toBe(201);
    expect((await session(made.body.data.checkout.session_id)).amount_total).toBe(LOWER);
    expect(code(await create(consultation_id, { amount: FEE }, 'given-up'))).toEqual([422, 'AMOUNT_MISMATCH']);
    const open = (await shop.ledger()).sessions.filter(({ status }) => status === 'open').map(({ id }) => id);
    const [old] = await shop.database.query<{ session_id: string }>(
      `SELECT s.session_id FROM stripe_sessions s JOIN payments p ON p.id = s.payment_id
       WHERE p.consultation_id = $1 AND p.status = 'cancelled'`,
      [consultation_id],
    );
    expect(open).not.toContain(old!.session_id);
  });

  it('a body key that was answered with the old page is evaluated anew', async () => {
    const consultation_id = await shop.consultation();
    const body = { amount: FEE, idempotency_key: 'of-the-old-fee' };
    expect((await create(consultation_id, body)).status).toBe(201);
    expect(code(await create(consultation_id, body))).toEqual([409, 'existing']);
    await patch(`consultations/${consultation_id}`, { fee: LOWER });
    expect(code(await create(consultation_id, body))).toEqual([422, 'AMOUNT_MISMATCH']);
    expect((await create(consultation_id)).status).toBe(201);
  });

  it.each(['bank_transfer', 'gcash'])('a pending payment by %s keeps its amount and stays the answer', async (how) => {
    const consultation_id = await shop.consultation();
    const first = await create(consultation_id, { amount: FEE, payment_method: how });
    await patch(`consultations/${consultation_id}`, { fee: LOWER });
    for (const payment_method of ['stripe', how]) {
      const reply = await create<Schemas['ExistingPayment']>(consultation_id, { payment_method });
      expect([...code(reply), reply.body.data.payment.amount]).toEqual([409, 'existing', FEE]);
      expect(reply.body.data.payment_id).toBe(first.body.data.payment_id);
    }
  });

  it('a create by bank instead: the old page is closed first', async () => {
    const old = await outdated();
    const made = await create(old.consultation_id, { payment_method: 'bank_transfer' });
    expect([made.status, made.body.data.payment.amount]).toEqual([201, LOWER]);
    expect((await session(old.page)).status).toBe('expired');
  });
});
