import { eventually } from '../support/eventually.js';
import { held } from '../simulator/support/held.js';
import { countMoney, FEE, openShop, type Shop } from './support/shop.js';

const SESSIONS = '/v1/checkout/sessions';
const REFUNDS = '/v1/refunds';

describe('the traps of Stripe', () => {
  let shop: Shop;
  let products = 0;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());
  afterEach(() => shop.faults({}));

  const product = () => `plan-${(products += 1)}`;
  const sessionsOf = async (payment_id: number) => {
    const [row] = await shop.database.query<{ ref: string }>('SELECT ref FROM payments WHERE id = $1', [payment_id]);
    return (await shop.ledger()).sessions.filter((session) => session.client_reference_id === row!.ref);
  };

  /** A consultation paid on Stripe's page and confirmed. */
  async function paid(): Promise<{ payment_id: number; consultation_id: number; payment_intent: string }> {
    const consultation_id = await shop.consultation();
    const { payment_id, checkout } = (await shop.create(consultation_id)).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    await shop.post(`payments/${payment_id}/confirm`, shop.patient.token, { transaction_id: payment_intent });
    expect((await shop.payment(payment_id)).status).toBe('completed');
    return { payment_id, consultation_id, payment_intent };
  }

  const refund = (payment_id: number, more: Record<string, unknown> = {}, key?: string) =>
    shop.post(`payments/${payment_id}/refund`, shop.staff.token, { reason: 'asked for', ...more }, key);

  describe('complete and unpaid', () => {
    it('at create: the money is on its way, so the order is neither reused nor made again', async () => {
      const id = product();
      const first = (await shop.checkout(id)).body.data;
      await shop.faults({ webhooks: { lose: true } });
      await shop.pay(first.session_id, 'async_pending');
      const again = await shop.checkout(id);
      expect([again.status, again.body.code]).toEqual([409, 'PAYMENT_PROCESSING']);
      const other = await shop.checkout(id, { quantity: 2 });
      expect([other.status, other.body.code]).toEqual([409, 'PAYMENT_PROCESSING']);
      expect(await sessionsOf(first.payment.id)).toHaveLength(1);
    });

    it('at cancel: 409 PAYMENT_PROCESSING, and the money that comes later completes it', async () => {
      const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
      await shop.faults({ webhooks: { lose: true } });
      await shop.pay(checkout.session_id, 'async_pending');
      const cancelled = await shop.post(`payments/${payment_id}/cancel`, shop.patient.token);
      expect([cancelled.status, cancelled.body.code]).toEqual([409, 'PAYMENT_PROCESSING']);
      await shop.pay(checkout.session_id, 'async_succeeded');
      await shop.sweepUntil('it is completed', async () => (await shop.payment(payment_id)).status === 'completed');
    });

    it('whose money never comes is failed by a look-up, and what it was for is free', async () => {
      const consultation_id = await shop.consultation();
      const { payment_id, checkout } = (await shop.create(consultation_id)).body.data;
      await shop.faults({ webhooks: { lose: true } });
      await shop.pay(checkout.session_id, 'async_pending');
      expect((await shop.post(`payments/${payment_id}/cancel`, shop.patient.token)).status).toBe(409);
      await shop.pay(checkout.session_id, 'async_failed');
      await shop.sweepUntil('it has failed', async () => (await shop.payment(payment_id)).status === 'failed');
      expect((await shop.create(consultation_id)).status).toBe(201);
    });
  });

  it('a session that turns out complete when it is cancelled is a paid one', async () => {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    await shop.faults({ webhooks: { lose: true } });
    await shop.pay(checkout.session_id);
    const cancelled = await shop.post(`payments/${payment_id}/cancel`, shop.patient.token);
    expect([cancelled.status, cancelled.body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'completed', charges: [`accepted ${FEE} 0`] });
  });

  it('a stored 500 is not posted for ever: nothing was made, which two listings prove, and the next key makes one', async () => {
    await shop.faults({ error_500: { when: 'before', path: SESSIONS, method: 'POST', times: 1 } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, 'stored-500')).status).toBe(503);
    const reply = await eventually(async () => {
      const again = await shop.create(consultation_id, 'stored-500');
      return again.status === 201 && again;
    }, 'the same key is answered');
    expect(await sessionsOf(reply.body.data.payment_id)).toHaveLength(1);
    const posts = (await shop.requests()).filter((call) => call.method === 'POST' && call.path === SESSIONS);
    const keys = posts.slice(-3).map((call) => String(call.idempotency_key).split(':').at(-1));
    expect(keys.at(-1)).toBe('2');
  });

  it('a stored 500 that hid a session: the session is found and adopted, never made again', async () => {
    await shop.faults({ error_500: { when: 'after', path: SESSIONS, method: 'POST', times: 1 } });
    const consultation_id = await shop.consultation();
    const first = await shop.create(consultation_id, 'hidden-500');
    const reply = await eventually(async () => {
      const again = first.status === 201 ? first : await shop.create(consultation_id, 'hidden-500');
      return again.status === 201 && again;
    }, 'the same key is answered');
    const sessions = await sessionsOf(reply.body.data.payment_id);
    expect(sessions.map((session) => session.id)).toEqual([reply.body.data.checkout.session_id]);
  });

  it('an answer lost after the effect: 503, and the same key returns the very session', async () => {
    await shop.faults({ lose_answer: { path: SESSIONS, method: 'POST', times: 4 } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, 'lost-answer')).status).toBe(503);
    await shop.faults({});
    const reply = await shop.create(consultation_id, 'lost-answer');
    expect(reply.status).toBe(201);
    expect(await sessionsOf(reply.body.data.payment_id)).toHaveLength(1);
  });

  it('a key past its 20 hours is not posted again: the session of the lost answer is found by its reference', async () => {
    await shop.faults({ lose_answer: { path: SESSIONS, method: 'POST', times: 4 } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, 'old-key')).status).toBe(503);
    await shop.faults({});
    await shop.database.query(
      `UPDATE stripe_sessions SET first_sent_at = first_sent_at - interval '21 hours' WHERE state = 'unanswered'`,
    );
    const before = (await shop.ledger()).sessions.length;
    const reply = await shop.create(consultation_id, 'old-key');
    expect(reply.status).toBe(201);
    expect((await shop.ledger()).sessions).toHaveLength(before);
    expect(await sessionsOf(reply.body.data.payment_id)).toHaveLength(1);
  });

  it('idempotency_error after a deploy: the frozen request is sent, to the byte, so there is none', async () => {
    await shop.faults({ lose_answer: { path: SESSIONS, method: 'POST', times: 4 } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, 'deployed')).status).toBe(503);
    await shop.faults({});
    // What a deploy changes: the product's name, the pay page, the tax. What was asked before stays as it was.
    await shop.database.query('UPDATE consultations SET fee = fee + 1 WHERE id = $1', [consultation_id]);
    const reply = await shop.create(consultation_id, 'deployed');
    expect([reply.status, reply.body.data.payment.amount]).toEqual([201, FEE]);
    expect(await sessionsOf(reply.body.data.payment_id)).toHaveLength(1);
  });

  it('idempotency_error all the same (somebody changed the row): never posted under that key again, the session is found', async () => {
    await shop.faults({ lose_answer: { path: SESSIONS, method: 'POST', times: 4 } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, 'tampered')).status).toBe(503);
    await shop.faults({});
    await shop.database.query(
      `ALTER TABLE stripe_sessions DISABLE TRIGGER stripe_sessions_go_forward;
       UPDATE stripe_sessions SET request = replace(request, '"quantity":1', '"quantity":2') WHERE state = 'unanswered';
       ALTER TABLE stripe_sessions ENABLE TRIGGER stripe_sessions_go_forward`,
    );
    const reply = await shop.create(consultation_id, 'tampered');
    expect(reply.status).toBe(201);
    expect(await sessionsOf(reply.body.data.payment_id)).toHaveLength(1);
  });

  it('Stripe refuses for good: 502 STRIPE_REFUSED, the payment has failed, the consultation is free', async () => {
    // A request Stripe does not take, as after a mistake of ours: every row frozen with a currency there is not.
    await shop.database.query(`
      CREATE FUNCTION misspell() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.request := replace(NEW.request, '"currency":"idr"', '"currency":"zzz"'); RETURN NEW; END $$;
      CREATE TRIGGER misspell BEFORE INSERT ON stripe_sessions FOR EACH ROW EXECUTE FUNCTION misspell()`);
    const consultation_id = await shop.consultation();
    const reply = await shop.create(consultation_id, 'refused');
    await shop.database.query('DROP TRIGGER misspell ON stripe_sessions; DROP FUNCTION misspell');
    expect([reply.status, reply.body.code]).toEqual([502, 'STRIPE_REFUSED']);
    // No effect, so the same key is looked at afresh: another payment, and this one is made.
    const again = await shop.create(consultation_id, 'refused');
    expect(again.status).toBe(201);
    const rows = await shop.database.query<{ status: string }>(
      'SELECT status FROM payments WHERE consultation_id = $1 ORDER BY id',
      [consultation_id],
    );
    expect(rows.map((row) => row.status)).toEqual(['failed', 'pending']);
  });

  it('a caller with a stale fence never returns an address of its own', async () => {
    await shop.faults({ hold: { path: SESSIONS, method: 'POST', when: 'after', times: 1 } });
    const consultation_id = await shop.consultation();
    const slow = shop.create(consultation_id, 'stale-fence');
    await held(shop.simulator, 1);
    // Somebody else has begun to work on it meanwhile, as after a lease that ended.
    await shop.database.query('UPDATE stripe_sessions SET fence = fence + 1 WHERE state = $1', ['unanswered']);
    await shop.simulator.sim('faults/release', {});
    const reply = await slow;
    expect([reply.status, reply.body.code]).toEqual([503, 'STRIPE_UNAVAILABLE']);
    const again = await shop.create(consultation_id, 'stale-fence');
    expect(again.status).toBe(201);
    expect(await sessionsOf(again.body.data.payment_id)).toHaveLength(1);
  });

  it('late money for a payment that expired completes it, while the consultation is free', async () => {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    await shop.faults({ webhooks: { lose: true } });
    await shop.pay(checkout.session_id);
    await shop.database.query(
      `WITH i AS (UPDATE invoices SET status = 'void' WHERE payment_id = $1), t AS (UPDATE tax_records SET status = 'void' WHERE payment_id = $1)
       UPDATE payments SET status = 'expired' WHERE id = $1`,
      [payment_id],
    );
    const reply = await shop.post(`payments/${payment_id}/confirm`, shop.patient.token, {
      transaction_id: checkout.session_id,
    });
    expect([reply.status, (await shop.payment(payment_id)).status]).toEqual([200, 'completed']);
  });

  it('late money whose place is taken goes back once, by itself, and the other payment stands', async () => {
    const consultation_id = await shop.consultation();
    const { payment_id, checkout } = (await shop.create(consultation_id)).body.data;
    await shop.faults({ webhooks: { lose: true } });
    await shop.pay(checkout.session_id);
    await shop.database.query(
      `WITH i AS (UPDATE invoices SET status = 'void' WHERE payment_id = $1), t AS (UPDATE tax_records SET status = 'void' WHERE payment_id = $1)
       UPDATE payments SET status = 'expired' WHERE id = $1`,
      [payment_id],
    );
    const second = (await shop.create(consultation_id)).body.data;
    const confirm = () =>
      shop.post(`payments/${payment_id}/confirm`, shop.patient.token, { transaction_id: checkout.session_id });
    const reply = await confirm();
    expect([reply.status, reply.body.code, reply.body.data.payment_id]).toEqual([
      409,
      'PAYMENT_EXISTS',
      second.payment_id,
    ]);
    await confirm();
    expect(await shop.payment(payment_id)).toMatchObject({
      status: 'expired',
      charges: [`returned ${FEE} ${FEE}`],
      refunds: [`succeeded ${FEE} automatic`],
    });
    expect((await shop.payment(second.payment_id)).status).toBe('pending');
  });

  it('two methods: a bank transfer that waits keeps Stripe out; cancelled, Stripe takes its place, and its late confirmation is refused', async () => {
    const consultation_id = await shop.consultation();
    const bank = await shop.post('payments', shop.patient.token, {
      consultation_id,
      amount: FEE,
      payment_method: 'bank_transfer',
    });
    const refused = await shop.create(consultation_id);
    expect([refused.status, refused.body.data.payment_id]).toEqual([409, bank.body.data.payment_id]);
    await shop.post(`payments/${bank.body.data.payment_id}/cancel`, shop.patient.token);
    const { payment_id, checkout } = (await shop.create(consultation_id)).body.data;
    await shop.pay(checkout.session_id);
    await shop.post(`payments/${payment_id}/confirm`, shop.patient.token, { transaction_id: checkout.session_id });
    const late = await shop.post(`payments/${bank.body.data.payment_id}/confirm`, shop.staff.token, {
      transaction_id: `bank-${payment_id}`,
    });
    expect([late.status, late.body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
    expect((await shop.payment(payment_id)).charges).toEqual([`accepted ${FEE} 0`]);
  });

  describe('refunds', () => {
    it('are asked for once, settled by the answer, and the same key answers the same for ever', async () => {
      const { payment_id, payment_intent } = await paid();
      const reply = await refund(payment_id, { amount: 2_000 }, 'part');
      expect([reply.status, reply.body.data.refund.status, reply.body.data.payment.status]).toEqual([
        200,
        'succeeded',
        'partially_refunded',
      ]);
      expect((await refund(payment_id, { amount: 2_000 }, 'part')).text).toBe(reply.text);
      const { refunds } = await shop.ledger();
      expect(refunds.filter((made) => made.payment_intent === payment_intent).map((made) => made.amount)).toEqual([
        2_000,
      ]);
    });

    it('an answer lost: 503, the amount stays reserved, and the same key finds that it was paid back once', async () => {
      const { payment_id, payment_intent } = await paid();
      await shop.faults({ lose_answer: { path: REFUNDS, method: 'POST', times: 4 }, webhooks: { lose: true } });
      expect((await refund(payment_id, {}, 'lost')).status).toBe(503);
      expect((await refund(payment_id, {}, 'other')).body.code).toBe('NOTHING_LEFT_TO_REFUND');
      const reply = await refund(payment_id, {}, 'lost');
      expect([reply.status, reply.body.data.payment.status]).toEqual([200, 'refunded']);
      const { refunds } = await shop.ledger();
      expect(refunds.filter((made) => made.payment_intent === payment_intent)).toHaveLength(1);
    });

    it('a stored 500 that hid a refund: it is found by its reference', async () => {
      const { payment_id, payment_intent } = await paid();
      await shop.faults({ error_500: { when: 'after', path: REFUNDS, method: 'POST', times: 1 } });
      await refund(payment_id, {}, 'hidden');
      await shop.faults({});
      await eventually(async () => (await refund(payment_id, {}, 'hidden')).status === 200, 'the same key is answered');
      const { refunds } = await shop.ledger();
      expect(refunds.filter((made) => made.payment_intent === payment_intent)).toHaveLength(1);
    });

    it('pending at Stripe: reserved, then settled by the worker when all webhooks are lost', async () => {
      const { payment_id } = await paid();
      await shop.faults({ webhooks: { lose: true } });
      await shop.simulator.sim('refunds/next', { outcome: 'pending' });
      const reply = await refund(payment_id);
      expect([reply.status, reply.body.data.refund.status]).toEqual([200, 'pending']);
      await shop.simulator.sim(`refunds/${reply.body.data.refund.transaction_id}/settle`, { outcome: 'succeeded' });
      await shop.sweepUntil('it is refunded', async () => (await shop.payment(payment_id)).status === 'refunded');
    });

    it('of a disputed payment: 409 PAYMENT_DISPUTED when it is open, and Stripe is not asked', async () => {
      const { payment_id, payment_intent } = await paid();
      await shop.simulator.sim('disputes', { payment_intent });
      await eventually(
        async () => (await shop.get(`payments/${payment_id}`, shop.patient.token)).body.data.payment.dispute !== null,
        'the dispute is heard of',
      );
      const reply = await refund(payment_id);
      expect([reply.status, reply.body.code]).toEqual([409, 'PAYMENT_DISPUTED']);
      expect(await shop.payment(payment_id)).toMatchObject({ status: 'completed', refunds: [] });
    });
  });

  it('the ledger and the database agree to the unit, and every charge is accounted for', async () => {
    const { stripe, ours, unaccounted } = await countMoney(shop);
    expect(ours).toEqual(stripe);
    expect(unaccounted).toEqual([]);
  });
});
