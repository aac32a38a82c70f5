import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { linesOf, type LogLine, untilLogged } from '../support/log-lines.js';
import { metricsOf } from '../support/metrics.js';
import { type Program, startWorker } from '../support/processes.js';
import { FEE, openShop, type Shop, untilAnswered } from './support/shop.js';
import { tell } from './support/webhooks.js';

const COMPLETED = 'Payment: Confirmed successfully';
const REFUNDED = 'Payment: Refund processed';
const COMPLETION_SECONDS = (payment_method: string) =>
  `payonce_payment_completion_seconds_count{payment_method="${payment_method}"}`;

describe('log lines and metrics of payments and refunds', () => {
  let shop: Shop;
  let worker: Program | undefined;
  /** What the API, which all tests share, had counted and logged when a test began. */
  let counts_before = new Map<string, number>();
  let lines_before = 0;

  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop?.close());
  beforeEach(async () => {
    await shop.faults({});
    await hear();
    await untilLogged(shop.api);
    counts_before = await metricsOf(shop.api);
    lines_before = linesOf(shop.api).length;
  });
  afterEach(async () => {
    await worker?.stop();
    worker = undefined;
  });

  /** Since the test began; of the API, all that it has logged by now. */
  const said = async (message: string, program: Program = shop.api): Promise<LogLine[]> => {
    if (program === shop.api) await untilLogged(program);
    return linesOf(program)
      .slice(program === shop.api ? lines_before : 0)
      .filter((line) => line.message === message);
  };
  /** By how much a count has grown since the test began. */
  const countOf = async (program: Program, series: string) =>
    (await metricsOf(program)).get(series)! - (program === shop.api ? counts_before.get(series)! : 0);
  const paymentsOf = (program: Program, outcome: string, payment_method = 'stripe') =>
    countOf(program, `payonce_payments_total{outcome="${outcome}",payment_method="${payment_method}"}`);
  const startSweeping = async () => (worker = await startWorker(shop.env({ WORKER_METRICS_PORT: '0' })));
  const hearNothing = () => shop.simulator.sim('endpoints', { urls: [] });
  const hear = () => shop.simulator.sim('endpoints', { urls: [`${shop.api.url}/api/v1/webhooks/stripe`] });
  const create = async () => {
    const reply = await untilAnswered(async () => shop.create(await shop.consultation()));
    return reply.body.data;
  };
  const statusIs = (payment_id: number, status: string) =>
    eventually(async () => (await shop.payment(payment_id)).status === status, `the payment is ${status}`);
  const paid = async () => {
    const { payment_id, checkout } = await create();
    const { payment_intent } = await shop.pay(checkout.session_id);
    await statusIs(payment_id, 'completed');
    return { payment_id, payment_intent };
  };
  const inboxIsEmpty = async () =>
    (await shop.database.query(`SELECT 1 FROM webhook_events WHERE status = 'pending'`)).length === 0;
  const delivered = () =>
    eventually(async () => {
      const all = await shop.simulator.deliveries();
      return all.length > 0 && all.every(({ state }) => state !== 'pending') && (await inboxIsEmpty());
    }, 'every event is delivered and applied');
  const refundAtStripe = async (payment_intent: string) =>
    (await shop.ledger()).refunds.find((one) => one.payment_intent === payment_intent)!.id;
  const refund = (payment_id: number, body: object = {}, key?: string) =>
    shop.post<Schemas['RefundedPayment']>(
      `payments/${payment_id}/refund`,
      shop.staff.token,
      { reason: 'asked', ...body },
      key,
    );

  it('a payment completed by a webhook: one line and one count, however often the event arrives', async () => {
    expect(await paymentsOf(shop.api, 'completed')).toBe(0);
    await shop.faults({ webhooks: { duplicate: 5, types: ['checkout.session.completed'] } });
    const { payment_id, payment_intent } = await paid();
    await delivered();
    expect(await said(COMPLETED)).toEqual([
      expect.objectContaining({
        level: 'info',
        payment_id,
        transaction_id: payment_intent,
        user_id: shop.patient.id,
        payment_method: 'stripe',
      }),
    ]);
    expect([await paymentsOf(shop.api, 'created'), await paymentsOf(shop.api, 'completed')]).toEqual([1, 1]);
    expect(await countOf(shop.api, COMPLETION_SECONDS('stripe'))).toBe(1);
    expect(await countOf(shop.api, COMPLETION_SECONDS('gcash'))).toBe(0);
  });

  it('completed by its owner’s confirm before the webhook: one line, of that request', async () => {
    await hearNothing();
    const { payment_id, checkout } = await create();
    const { payment_intent } = await shop.pay(checkout.session_id);
    const confirm = { transaction_id: checkout.session_id };
    const reply = await shop.post(`payments/${payment_id}/confirm`, shop.patient.token, confirm);
    expect(reply.status).toBe(200);
    await hear();
    await startSweeping();
    await eventually(async () => {
      const rows = await shop.database.query(
        `SELECT 1 FROM webhook_events
         WHERE status = 'applied' AND type = 'checkout.session.completed' AND payload::jsonb #>> '{data,object,id}' = $1`,
        [checkout.session_id],
      );
      return rows.length > 0;
    }, 'the event is found and applied, too');
    const { request_id } = reply.body;
    expect(await said(COMPLETED)).toEqual([
      expect.objectContaining({ payment_id, transaction_id: payment_intent, request_id }),
    ]);
    expect(await said(COMPLETED, worker)).toEqual([]);
  });

  it('completed by the worker: line and count are the worker’s', async () => {
    await hearNothing();
    const { payment_id, checkout } = await create();
    const { payment_intent } = await shop.pay(checkout.session_id);
    const sweeping = await startSweeping();
    await eventually(async () => {
      await shop.timePasses();
      return (await shop.payment(payment_id)).status === 'completed';
    }, 'the worker has found it');
    await eventually(async () => (await said(COMPLETED, sweeping)).length > 0, 'the worker says so');
    expect(await said(COMPLETED, sweeping)).toEqual([
      expect.objectContaining({ payment_id, transaction_id: payment_intent, user_id: shop.patient.id }),
    ]);
    expect(await said(COMPLETED)).toEqual([]);
    expect([await paymentsOf(sweeping, 'completed'), await paymentsOf(shop.api, 'completed')]).toEqual([1, 0]);
    // The API made it.
    expect([await paymentsOf(sweeping, 'created'), await paymentsOf(shop.api, 'created')]).toEqual([0, 1]);
  });

  it('a retried transaction is logged and counted once', async () => {
    await shop.database.query(`
      CREATE SEQUENCE tries;
      CREATE FUNCTION fail_twice() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('tries') <= 2 THEN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER fail_twice AFTER UPDATE OF status ON payments DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION fail_twice()`);
    await paid();
    const [row] = await shop.database.query<{ tries: string }>('SELECT last_value AS tries FROM tries');
    await shop.database.query('DROP FUNCTION fail_twice CASCADE');
    expect(Number(row!.tries)).toBeGreaterThanOrEqual(3);
    expect([(await said(COMPLETED)).length, await paymentsOf(shop.api, 'completed')]).toEqual([1, 1]);
  });

  it('a rolled back transaction is neither logged nor counted', async () => {
    await shop.database.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '23514'; END $$;
      CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE OF status ON payments DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const { payment_id, checkout } = await create();
    await shop.pay(checkout.session_id);
    await eventually(
      async () => (await said('Webhook: not applied, retried later')).length > 0,
      'the event could not be applied',
    );
    expect((await shop.payment(payment_id)).status).toBe('pending');
    expect([(await said(COMPLETED)).length, await paymentsOf(shop.api, 'completed')]).toEqual([0, 0]);
    await shop.database.query('DROP FUNCTION refuse CASCADE');
    await shop.sweepUntil('the event is applied', inboxIsEmpty);
    expect((await shop.payment(payment_id)).status).toBe('completed');
  });

  it('a refund that Stripe settles in its answer, and again in its webhook: one line', async () => {
    const { payment_id, payment_intent } = await paid();
    const reply = await refund(payment_id, { amount: 200 });
    expect(reply.status).toBe(200);
    await delivered();
    const { refund_id } = reply.body.data;
    expect(await said(REFUNDED)).toEqual([
      expect.objectContaining({
        level: 'info',
        payment_id,
        refund_id,
        amount: 200,
        currency: 'idr',
        transaction_id: await refundAtStripe(payment_intent),
        user_id: shop.patient.id,
        automatic: false,
      }),
    ]);
    expect(await paymentsOf(shop.api, 'partially_refunded')).toBe(1);
    // The rest of it: a second refund, and the payment is refunded.
    expect((await refund(payment_id, {}, 'the-rest')).status).toBe(200);
    expect((await said(REFUNDED)).map(({ amount }) => amount)).toEqual([200, FEE - 200]);
    expect([await paymentsOf(shop.api, 'refunded'), await paymentsOf(shop.api, 'partially_refunded')]).toEqual([1, 1]);
  });

  it('a refund that Stripe settles later, by a webhook: one line, when it is settled', async () => {
    const { payment_id, payment_intent } = await paid();
    await shop.simulator.sim('refunds/next', { outcome: 'pending' });
    const reply = await refund(payment_id);
    expect([reply.status, await said(REFUNDED)]).toEqual([200, []]);
    const transaction_id = await refundAtStripe(payment_intent);
    await shop.simulator.sim(`refunds/${transaction_id}/settle`, { outcome: 'succeeded' });
    await statusIs(payment_id, 'refunded');
    await delivered();
    expect(await said(REFUNDED)).toEqual([expect.objectContaining({ payment_id, amount: FEE, transaction_id })]);
  });

  it('a refund finished by the worker: the line is the worker’s', async () => {
    const { payment_id } = await paid();
    await hearNothing();
    await shop.faults({ reset: { path: '/v1/refunds', times: 100 } });
    expect((await refund(payment_id)).status).toBe(503);
    await shop.faults({});
    const sweeping = await startSweeping();
    await eventually(async () => {
      await shop.timePasses();
      return (await shop.payment(payment_id)).status === 'refunded';
    }, 'the worker has refunded it');
    await eventually(async () => (await said(REFUNDED, sweeping)).length > 0, 'the worker says so');
    expect(await said(REFUNDED, sweeping)).toEqual([expect.objectContaining({ payment_id, amount: FEE })]);
    expect([await said(REFUNDED), await paymentsOf(sweeping, 'refunded')]).toEqual([[], 1]);
  });

  it('by bank or GCash: one line for each confirmation, refund and settlement, none for an undone match', async () => {
    const make = async () => {
      const body = { consultation_id: await shop.consultation(), amount: FEE, payment_method: 'gcash' };
      return (await shop.post<Schemas['NewPayment']>('payments', shop.patient.token, body)).body.data.payment_id;
    };
    const confirm = (id: number, transaction_id: string, more: object = {}) =>
      shop.post<Schemas['ConfirmedPayment']>(`payments/${id}/confirm`, shop.staff.token, { transaction_id, ...more });
    const whole = await make();
    expect((await confirm(whole, 'part', { amount_received: FEE - 1 })).status).toBe(200);
    expect(await said(COMPLETED)).toEqual([]);
    expect((await confirm(whole, 'rest', { amount_received: 1 })).status).toBe(200);
    expect(await said(COMPLETED)).toEqual([expect.objectContaining({ payment_id: whole, transaction_id: 'rest' })]);

    const reserved = await refund(whole, { amount: 10 });
    expect([reserved.status, await said(REFUNDED)]).toEqual([200, []]);
    const settle = `payments/${whole}/refunds/${reserved.body.data.refund_id}/settle`;
    expect((await shop.post(settle, shop.staff.token, { transaction_id: 'back-1' })).status).toBe(200);
    expect((await refund(whole, { amount: 20, transaction_id: 'back-2' }, 'second')).status).toBe(200);
    expect(await said(REFUNDED)).toEqual([
      expect.objectContaining({ payment_id: whole, amount: 10, transaction_id: 'back-1', user_id: shop.patient.id }),
      expect.objectContaining({ payment_id: whole, amount: 20, transaction_id: 'back-2' }),
    ]);

    const wrong = await make();
    const confirmed = await confirm(wrong, 'wrong');
    const transfer_id = confirmed.body.data.transfer!.id;
    const undone = await shop.post(`transfers/${transfer_id}/unmatch`, shop.staff.token, {
      payment_id: wrong,
      reason: 'another one',
    });
    expect(undone.status).toBe(200);
    expect(await said(REFUNDED)).toHaveLength(2);
    // Money that no payment took has no payment, and so no payer of ours.
    const back = { reason: 'unknown payer', transaction_id: 'back-3' };
    expect((await shop.post(`transfers/${transfer_id}/refund`, shop.staff.token, back)).status).toBe(200);
    expect((await said(REFUNDED)).at(-1)).toMatchObject({ payment_id: null, transfer_id, amount: FEE, user_id: null });
  });

  it('payments that expire, are cancelled or fail are counted by outcome', async () => {
    const { payment_id } = await create();
    expect((await shop.post(`payments/${payment_id}/cancel`, shop.patient.token)).status).toBe(200);
    expect(await paymentsOf(shop.api, 'cancelled')).toBe(1);
    const { checkout, payment_id: late } = await create();
    await shop.pay(checkout.session_id, 'async_pending');
    await shop.pay(checkout.session_id, 'async_failed');
    await statusIs(late, 'failed');
    await eventually(async () => (await paymentsOf(shop.api, 'failed')) === 1, 'it is counted');
    const body = { consultation_id: await shop.consultation(), amount: FEE, payment_method: 'bank_transfer' };
    const manual = (await shop.post<Schemas['NewPayment']>('payments', shop.patient.token, body)).body.data.payment_id;
    await shop.database.query(`UPDATE payments SET expires_at = now() - interval '1 minute' WHERE id = $1`, [manual]);
    const sweeping = await startSweeping();
    await statusIs(manual, 'expired');
    await eventually(async () => (await paymentsOf(sweeping, 'expired', 'bank_transfer')) === 1, 'it is counted');
    expect(await paymentsOf(shop.api, 'expired', 'bank_transfer')).toBe(0);
  });

  const outcomesOf = async (payment_method: string) => ({
    completed: await paymentsOf(shop.api, 'completed', payment_method),
    partially_refunded: await paymentsOf(shop.api, 'partially_refunded', payment_method),
    refunded: await paymentsOf(shop.api, 'refunded', payment_method),
  });

  it('a lost dispute, then a refund of the same money: refunded once', async () => {
    await hearNothing();
    const stripe = shop.simulator.stripe();
    const { payment_id, checkout } = await create();
    const { payment_intent } = await shop.pay(checkout.session_id);
    await tell(shop, 'checkout.session.completed', await stripe.checkout.sessions.retrieve(checkout.session_id));
    const { id } = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent });
    await shop.simulator.sim(`disputes/${id}/close`, { status: 'lost' });
    await tell(shop, 'charge.dispute.closed', await stripe.disputes.retrieve(id));
    await shop.simulator.sim(`disputes/${id}/close`, { status: 'won' });
    const made = await shop.simulator.sim<{ id: string }>('refunds', { payment_intent });
    await tell(shop, 'refund.created', await stripe.refunds.retrieve(made.id));
    await statusIs(payment_id, 'refunded');
    expect(await said(REFUNDED)).toHaveLength(1);
    expect(await outcomesOf('stripe')).toEqual({ completed: 1, partially_refunded: 0, refunded: 1 });
  });

  it('a transfer that paid in two parts is unmatched: counted as refunded once, never as partial, and not as paid back', async () => {
    const consultation_id = await shop.consultation();
    const body = { consultation_id, amount: FEE, payment_method: 'gcash' };
    const { payment_id } = (await shop.post<Schemas['NewPayment']>('payments', shop.patient.token, body)).body.data;
    const received = { payment_method: 'gcash', transaction_id: 'two-parts', amount: FEE };
    const { id } = (await shop.post<Schemas['RecordedTransfer']>('transfers', shop.staff.token, received)).body.data
      .transfer;
    await shop.post(`transfers/${id}/match`, shop.staff.token, { payment_id, amount: 1_000 });
    await shop.post(`transfers/${id}/match`, shop.staff.token, { payment_id });
    const undone = await shop.post(`transfers/${id}/unmatch`, shop.staff.token, { payment_id, reason: 'wrong payer' });
    expect(undone.status).toBe(200);
    expect(await outcomesOf('gcash')).toEqual({ completed: 1, partially_refunded: 0, refunded: 1 });
    expect([(await said(COMPLETED)).length, await said(REFUNDED)]).toEqual([1, []]);
  });

  it('a worker without WORKER_METRICS_PORT does not listen; one whose port is taken says which setting to change', async () => {
    worker = await startWorker(shop.env());
    expect([worker.url, worker.output().includes('Metrics on')]).toEqual(['', false]);
    const port = new URL(shop.api.url).port;
    await expect(startWorker(shop.env({ WORKER_METRICS_PORT: port }))).rejects.toThrow(/WORKER_METRICS_PORT/);
  });
});
