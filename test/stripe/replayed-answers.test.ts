import { openShop, type Shop, untilAnswered } from './support/shop.js';

const SESSIONS = { path: '/v1/checkout/sessions', method: 'POST' };
const REFUNDS = { path: '/v1/refunds', method: 'POST' };
const ALL_TRIES = 4;

/**
 * Stripe answers a repeated key with the status and body of the first answer, even if the object has changed since
 * (https://docs.stripe.com/api/idempotent_requests). The current state has to be read.
 */
describe('an object whose first answer was lost, and which changed at Stripe before the retry', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());
  beforeEach(() => shop.faults({ webhooks: { lose: true } }));

  /** A create whose session was made at Stripe, with the answer lost. */
  async function withoutAnswer(key: string): Promise<{ consultation_id: number; session_id: string }> {
    const known = new Set((await shop.ledger()).sessions.map(({ id }) => id));
    await shop.faults({ webhooks: { lose: true }, lose_answer: { ...SESSIONS, times: ALL_TRIES } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, key)).status).toBe(503);
    await shop.faults({ webhooks: { lose: true } });
    const made = (await shop.ledger()).sessions.filter(({ id }) => !known.has(id));
    expect(made.map(({ status }) => status)).toEqual(['open']);
    return { consultation_id, session_id: made[0]!.id };
  }

  it.each(['the same key', 'another key'])('a session that has expired is never returned, to %s', async (which) => {
    const key = which.replace(' ', '-');
    const { consultation_id, session_id } = await withoutAnswer(key);
    await shop.simulator.stripe().checkout.sessions.expire(session_id);
    const reply = await untilAnswered(() => shop.create(consultation_id, which === 'the same key' ? key : `${key}-2`));
    expect([reply.status, reply.body.data.payment.status]).toEqual([201, 'pending']);
    expect(reply.body.data.checkout.session_id).not.toBe(session_id);
    const { sessions } = await shop.ledger();
    expect(sessions.find(({ id }) => id === reply.body.data.checkout.session_id)!.status).toBe('open');
  });

  it('a session that was paid completes its payment at once', async () => {
    const { consultation_id, session_id } = await withoutAnswer('paid');
    await shop.pay(session_id);
    const reply = await untilAnswered(() => shop.create(consultation_id, 'paid'));
    expect([reply.status, reply.body.data.payment.status, reply.body.data.checkout]).toEqual([201, 'completed', null]);
  });

  it('a session that cannot be read is unclear: 503, and the same session once it can', async () => {
    const { consultation_id, session_id } = await withoutAnswer('unreadable');
    const broken = { path: `/v1/checkout/sessions/${session_id}`, method: 'GET', when: 'before', times: 10 };
    await shop.faults({ webhooks: { lose: true }, error_500: broken });
    const refused = await shop.create(consultation_id, 'unreadable');
    expect([refused.status, refused.body.code]).toEqual([503, 'STRIPE_UNAVAILABLE']);
    await shop.faults({ webhooks: { lose: true } });
    const reply = await untilAnswered(() => shop.create(consultation_id, 'unreadable'));
    expect([reply.status, reply.body.data.checkout.session_id]).toEqual([201, session_id]);
    const unclear = await shop.database.query<{ reason: string }>(
      `SELECT detail->>'reason' AS reason FROM audit_log WHERE payment_id = $1 AND action = 'stripe.session_unclear'`,
      [reply.body.data.payment_id],
    );
    expect(unclear.map(({ reason }) => reason)).toContain('made, and not readable now');
  });

  it.each([
    ['expired', 'TRANSITION_NOT_ALLOWED'],
    ['completed', 'TRANSITION_NOT_ALLOWED'],
  ])('a cancel of a payment whose session has ended (%s) is answered at once: 409 %s', async (status, code) => {
    const { consultation_id, session_id } = await withoutAnswer(`cancel-${status}`);
    await (status === 'expired' ? shop.simulator.stripe().checkout.sessions.expire(session_id) : shop.pay(session_id));
    const [row] = await shop.database.query<{ id: number }>(
      'SELECT id::int AS id FROM payments WHERE consultation_id = $1',
      [consultation_id],
    );
    // The lost answers may have opened the circuit breaker, which would be another 503.
    await untilAnswered(async () => shop.create(await shop.consultation()));
    const reply = await shop.post(`payments/${row!.id}/cancel`, shop.patient.token);
    expect([reply.status, reply.body.code]).toEqual([409, code]);
    expect((await shop.payment(row!.id)).status).toBe(status);
  });

  it('a refund that has failed is not reported as pending', async () => {
    await shop.faults({});
    const { payment_id, checkout } = (await shop.create(await shop.consultation(), 'refunded')).body.data;
    await shop.pay(checkout.session_id);
    await shop.sweepUntil('it is completed', async () => (await shop.payment(payment_id)).status === 'completed');
    const refund = () => shop.post(`payments/${payment_id}/refund`, shop.staff.token, { reason: 'as asked' }, 'refund');

    await shop.faults({ webhooks: { lose: true }, lose_answer: { ...REFUNDS, times: ALL_TRIES } });
    await shop.simulator.sim('refunds/next', { outcome: 'pending' });
    expect((await refund()).status).toBe(503);
    await shop.faults({ webhooks: { lose: true } });
    const made = (await shop.ledger()).refunds.at(-1)!;
    await shop.simulator.sim(`refunds/${made.id}/settle`, { outcome: 'failed' });

    const reply = await untilAnswered(refund);
    expect([reply.status, reply.body.code]).toEqual([502, 'STRIPE_REFUSED']);
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'completed', refunded: 0 });
  });
});
