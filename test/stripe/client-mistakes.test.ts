import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { openShop, type Shop, untilAnswered } from './support/shop.js';

/** Mistakes of clients with Stripe payments, and the errors they get. */
/** A refund that Stripe has not answered. */
type Waiting = NonNullable<Schemas['STRIPE_UNAVAILABLE']['data']>;

describe('client mistakes with Stripe payments', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());
  afterEach(() => shop.faults({}));

  const create = async () => {
    const consultation_id = await shop.consultation();
    return { consultation_id, ...(await untilAnswered(() => shop.create(consultation_id))).body.data };
  };
  const confirm = <Data>(payment_id: number, transaction_id: string) =>
    shop.post<Data>(`payments/${payment_id}/confirm`, shop.patient.token, { transaction_id });

  it('a product no longer sold cannot be paid: its open page is closed', async () => {
    const { payment, session_id } = (await shop.checkout('plan-1')).body.data;
    const close = await fetch(`${shop.api.url}/api/v1/products/plan-1`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${shop.staff.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'closed' }),
    });
    expect(close.status).toBe(200);
    const again = await shop.checkout('plan-1');
    expect([again.status, again.body.code]).toEqual([409, 'PRODUCT_CLOSED']);
    expect((await shop.payment(payment.id)).status).toBe('cancelled');
    const session = (await shop.ledger()).sessions.find(({ id }) => id === session_id);
    expect(session!.status).toBe('expired');
  });

  it('repeated without a key while Stripe is unavailable: 503 with retry, not “existing” without a page', async () => {
    const consultation_id = await shop.consultation();
    await shop.faults({ reset: { path: '*', times: 100 } });
    for (let asked = 0; asked < 2; asked++) {
      const reply = await shop.create(consultation_id);
      expect([reply.status, reply.body.code, reply.headers.has('retry-after')]).toEqual([
        503,
        'STRIPE_UNAVAILABLE',
        true,
      ]);
    }
  });

  it('confirming with an id that is not Stripe’s names the field', async () => {
    const { payment_id } = await create();
    for (const nonsense of ['banana', 'pi_', 'ch_123', 'stripe_banana', 'pi_1/../2']) {
      const reply = await confirm<Schemas['VALIDATION_FAILED']['data']>(payment_id, nonsense);
      expect([reply.status, reply.body.code, Object.keys(reply.body.data.fields)]).toEqual([
        422,
        'VALIDATION_FAILED',
        ['transaction_id'],
      ]);
    }
    const unknown = await untilAnswered(() =>
      confirm<Schemas['TRANSACTION_NOT_PAID']['data']>(payment_id, 'pi_unknown'),
    );
    expect([unknown.body.code, unknown.body.data.known, unknown.body.message]).toEqual([
      'TRANSACTION_NOT_PAID',
      false,
      'Stripe has no payment pi_unknown. Check the id.',
    ]);
  });

  it('confirming a cancelled payment is 409, not “not paid yet”', async () => {
    const { payment_id, checkout } = await create();
    await shop.post(`payments/${payment_id}/cancel`, shop.patient.token, {});
    const reply = await untilAnswered(() => confirm(payment_id, checkout.session_id));
    expect([reply.status, reply.body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
  });

  it('a refund without an answer from Stripe is reported as reserved, and no second one is made', async () => {
    const { payment_id, checkout } = await create();
    const { payment_intent } = await shop.pay(checkout.session_id);
    await confirm(payment_id, payment_intent);
    const refund = <Data = Waiting>(reason: string, key?: string) =>
      shop.post<Data>(`payments/${payment_id}/refund`, shop.staff.token, { amount: 200, reason }, key);
    await shop.faults({ reset: { path: '/v1/refunds', times: 100 } });
    const first = await refund('in these words');
    const { refund_id } = first.body.data;
    expect([first.status, first.body.data, first.headers.has('retry-after')]).toEqual([
      503,
      { payment_id, refund_id: expect.any(Number), status: 'pending', amount: 200, currency: 'idr' },
      true,
    ]);
    expect(first.body.message).toBe(
      `Stripe has not answered refund ${refund_id} of 200 idr, in minor units. It stays reserved and Payonce keeps asking Stripe; do not request it again another way. You can withdraw it.`,
    );
    for (const reply of [await refund('in other words'), await refund('in these words', 'with-a-key')]) {
      expect([reply.status, reply.body.data.refund_id]).toEqual([503, refund_id]);
    }
    await shop.faults({});
    await shop.sweepUntil('it is paid back', async () => (await shop.payment(payment_id)).refunded === 200);
    expect((await shop.payment(payment_id)).refunds).toEqual(['succeeded 200']);
    const deliberate = await untilAnswered(() => refund<Schemas['RefundedPayment']>('a second one', 'deliberate'));
    expect([deliberate.status, deliberate.body.data.payment.refunded_amount]).toEqual([200, 400]);
  });

  it('paying by bank while Stripe’s page cannot be checked: the answer names the existing payment', async () => {
    const consultation_id = await shop.consultation();
    await shop.faults({ reset: { path: '*', times: 100 } });
    expect((await shop.create(consultation_id)).status).toBe(503);
    const reply = await shop.post<Schemas['ExistingPayment']>('payments', shop.patient.token, {
      consultation_id,
      amount: 5_000,
      payment_method: 'bank_transfer',
    });
    expect([reply.status, reply.body.code, reply.body.data.payment.payment_method]).toEqual([
      409,
      'PAYMENT_EXISTS',
      'stripe',
    ]);
  });

  it('settling a Stripe refund by hand is refused, saying that Stripe settles it', async () => {
    const { payment_id, checkout } = await create();
    const { payment_intent } = await shop.pay(checkout.session_id);
    await confirm(payment_id, payment_intent);
    await shop.simulator.sim('refunds/next', { outcome: 'pending' });
    const made = await shop.post<Schemas['RefundedPayment']>(`payments/${payment_id}/refund`, shop.staff.token, {
      reason: 'slip',
    });
    for (const [how, body] of [
      ['settle', { transaction_id: 'by-hand' }],
      ['withdraw', {}],
    ] as const) {
      const path_ = `payments/${payment_id}/refunds/${made.body.data.refund_id}/${how}`;
      const reply = await shop.post(path_, shop.staff.token, body);
      expect([reply.status, reply.body.message]).toEqual([
        403,
        'Only Stripe settles this refund. Staff can withdraw one that Stripe has not answered.',
      ]);
    }
  });
});
