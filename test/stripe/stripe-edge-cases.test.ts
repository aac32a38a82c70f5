import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { held } from '../simulator/support/held.js';
import { countMoney, FEE, openShop, type Shop, untilAnswered } from './support/shop.js';

const SESSIONS = '/v1/checkout/sessions';
const REFUNDS = '/v1/refunds';

describe('edge cases of Stripe', () => {
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

  const refund = <Data = Schemas['RefundedPayment']>(
    payment_id: number,
    more: Record<string, unknown> = {},
    key?: string,
  ) => shop.post<Data>(`payments/${payment_id}/refund`, shop.staff.token, { reason: 'asked for', ...more }, key);

  describe('complete and unpaid', () => {
    it('at create: the payment is processing, so the order is neither reused nor made again', async () => {
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

    it('at cancel: 409 PAYMENT_PROCESSING, and the later payment completes it', async () => {
      const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
      await shop.faults({ webhooks: { lose: true } });
      await shop.pay(checkout.session_id, 'async_pending');
      const cancelled = await shop.post(`payments/${payment_id}/cancel`, shop.patient.token);
      expect([cancelled.status, cancelled.body.code]).toEqual([409, 'PAYMENT_PROCESSING']);
      await shop.pay(checkout.session_id, 'async_succeeded');
      await shop.sweepUntil('it is completed', async () => (await shop.payment(payment_id)).status === 'completed');
    });

    it('whose debit fails is found by a look-up, and the product can be bought again', async () => {
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

  it('a session that turns out complete on cancel completes the payment', async () => {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    await shop.faults({ webhooks: { lose: true } });
    await shop.pay(checkout.session_id);
    const cancelled = await shop.post(`payments/${payment_id}/cancel`, shop.patient.token);
    expect([cancelled.status, cancelled.body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'completed', charges: [`accepted ${FEE} 0`] });
  });

  it('a stored 500 is not posted for ever: two listings prove that nothing was made, and the next key makes one', async () => {
    await shop.faults({ error_500: { when: 'before', path: SESSIONS, method: 'POST', times: 1 } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, 'stored-500')).status).toBe(503);
    const reply = await untilAnswered(() => shop.create(consultation_id, 'stored-500'));
    expect(reply.status).toBe(201);
    expect(await sessionsOf(reply.body.data.payment_id)).toHaveLength(1);
    const posts = (await shop.requests()).filter((call) => call.method === 'POST' && call.path === SESSIONS);
    const keys = posts.slice(-3).map((call) => String(call.idempotency_key).split(':').at(-1));
    expect(keys.at(-1)).toBe('2');
  });

  it('insufficient Stripe balance: the refund waits, and is made once when there is enough', async () => {
    const consultation_id = await shop.consultation();
    const { payment_id, checkout } = (await shop.create(consultation_id)).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    await shop.sweepUntil('it is paid', async () => (await shop.payment(payment_id)).status === 'completed');
    await shop.simulator.sim('refunds/next', { outcome: 'insufficient_balance_refused', times: 2 });
    const asked = await shop.post(`payments/${payment_id}/refund`, shop.staff.token, { reason: 'asked for' });
    expect([asked.status, asked.body.code]).toEqual([503, 'STRIPE_UNAVAILABLE']);
    const { refunds } = (await shop.get<Schemas['PageOfRefunds']>(`payments/${payment_id}/refunds`, shop.staff.token))
      .body.data;
    expect(refunds).toMatchObject([{ status: 'pending', amount: FEE }]);
    // Staff can read why, and fill it up.
    const { entries } = (
      await shop.get<Schemas['Timeline']>(`payments/${payment_id}/timeline?limit=500`, shop.staff.token)
    ).body.data;
    const unclear = entries.find(({ action }) => action === 'stripe.refund_unclear')!;
    expect(unclear.detail.reason).toMatch(/^insufficient balance/);
    await shop.sweepUntil('it is paid back', async () => (await shop.payment(payment_id)).status === 'refunded');
    const made = (await shop.ledger()).refunds.filter((refund) => refund.payment_intent === payment_intent);
    expect(made).toMatchObject([{ amount: FEE, status: 'succeeded' }]);
  });

  it('an intent unknown to Stripe is not paid: answered at once, not “try again” for ever', async () => {
    const { payment_id } = (await shop.create(await shop.consultation())).body.data;
    const confirmed = await shop.post(`payments/${payment_id}/confirm`, shop.patient.token, {
      transaction_id: 'pi_nobodyKnowsThis',
    });
    expect([confirmed.status, confirmed.body.code]).toEqual([402, 'TRANSACTION_NOT_PAID']);
  });

  it('a stored 500 that hid a session: the session is found and adopted, never made again', async () => {
    await shop.faults({ error_500: { when: 'after', path: SESSIONS, method: 'POST', times: 1 } });
    const consultation_id = await shop.consultation();
    const reply = await untilAnswered(() => shop.create(consultation_id, 'hidden-500'));
    expect(reply.status).toBe(201);
    const sessions = await sessionsOf(reply.body.data.payment_id);
    expect(sessions.map((session) => session.id)).toEqual([reply.body.data.checkout.session_id]);
  });

  it('an answer lost after the effect: 503, and the same key returns that session', async () => {
    await shop.faults({ lose_answer: { path: SESSIONS, method: 'POST', times: 4 } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, 'lost-answer')).status).toBe(503);
    await shop.faults({});
    const reply = await untilAnswered(() => shop.create(consultation_id, 'lost-answer'));
    expect(reply.status).toBe(201);
    expect(await sessionsOf(reply.body.data.payment_id)).toHaveLength(1);
  });

  it('a key past its 20 hours is not posted again: the unanswered session is found by its ref', async () => {
    await shop.faults({ lose_answer: { path: SESSIONS, method: 'POST', times: 4 } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, 'old-key')).status).toBe(503);
    await shop.faults({});
    await shop.database.query(
      `UPDATE stripe_sessions SET first_sent_at = first_sent_at - interval '21 hours' WHERE state = 'unanswered'`,
    );
    const before = (await shop.ledger()).sessions.length;
    const reply = await untilAnswered(() => shop.create(consultation_id, 'old-key'));
    expect(reply.status).toBe(201);
    expect((await shop.ledger()).sessions).toHaveLength(before);
    expect(await sessionsOf(reply.body.data.payment_id)).toHaveLength(1);
  });

  it('a changed fee after a lost answer: the frozen request is sent again unchanged, so there is no idempotency_error', async () => {
    await shop.faults({ lose_answer: { path: SESSIONS, method: 'POST', times: 4 } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, 'deployed')).status).toBe(503);
    await shop.faults({});
    // What a deploy changes: the product's name, the pay page, the tax. What was asked before stays as it was.
    await shop.database.query('UPDATE consultations SET fee = fee + 1 WHERE id = $1', [consultation_id]);
    const reply = await untilAnswered(() => shop.create(consultation_id, 'deployed'));
    expect([reply.status, reply.body.data.payment.amount]).toEqual([201, FEE]);
    expect(await sessionsOf(reply.body.data.payment_id)).toHaveLength(1);
  });

  it('idempotency_error, after the stored request was altered: not posted under that key again, the session is found', async () => {
    await shop.faults({ lose_answer: { path: SESSIONS, method: 'POST', times: 4 } });
    const consultation_id = await shop.consultation();
    expect((await shop.create(consultation_id, 'tampered')).status).toBe(503);
    await shop.faults({});
    await shop.database.query(
      `ALTER TABLE stripe_sessions DISABLE TRIGGER stripe_sessions_go_forward;
       UPDATE stripe_sessions SET request = replace(request, '"quantity":1', '"quantity":2') WHERE state = 'unanswered';
       ALTER TABLE stripe_sessions ENABLE TRIGGER stripe_sessions_go_forward`,
    );
    const reply = await untilAnswered(() => shop.create(consultation_id, 'tampered'));
    expect(reply.status).toBe(201);
    expect(await sessionsOf(reply.body.data.payment_id)).toHaveLength(1);
  });

  it('Stripe refuses: 502 STRIPE_REFUSED, the payment has failed, the consultation is free', async () => {
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
    const again = await untilAnswered(() => shop.create(consultation_id, 'refused'));
    expect(again.status).toBe(201);
    const rows = await shop.database.query<{ status: string }>(
      'SELECT status FROM payments WHERE consultation_id = $1 ORDER BY id',
      [consultation_id],
    );
    expect(rows.map((row) => row.status)).toEqual(['failed', 'pending']);
  });

  it('a caller with a stale fence never returns a page URL', async () => {
    await shop.faults({ hold: { path: SESSIONS, method: 'POST', when: 'after', times: 1 } });
    const consultation_id = await shop.consultation();
    const slow = shop.create(consultation_id, 'stale-fence');
    await held(shop.simulator, 1);
    // Another process has taken it over meanwhile, as after a lease that ended.
    await shop.database.query('UPDATE stripe_sessions SET fence = fence + 1 WHERE state = $1', ['unanswered']);
    await shop.simulator.sim('faults/release', {});
    const reply = await slow;
    expect([reply.status, reply.body.code]).toEqual([503, 'STRIPE_UNAVAILABLE']);
    const again = await untilAnswered(() => shop.create(consultation_id, 'stale-fence'));
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

  it('late money after another payment took the place is refunded once, automatically, and the other payment is unchanged', async () => {
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
      shop.post<Schemas['ExistingPayment']>(`payments/${payment_id}/confirm`, shop.patient.token, {
        transaction_id: checkout.session_id,
      });
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

  it('two methods: a pending bank transfer blocks Stripe; once cancelled, Stripe pays, and the late confirmation is refused', async () => {
    const consultation_id = await shop.consultation();
    const bank = await shop.post<Schemas['NewPayment']>('payments', shop.patient.token, {
      consultation_id,
      amount: FEE,
      payment_method: 'bank_transfer',
    });
    const refused = await shop.create<Schemas['ExistingPayment']>(consultation_id);
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

  it('a restored database whose ids are assigned again: money from before is shown to staff, and never refunded', async () => {
    const consultation_id = await shop.consultation();
    const { payment_id } = (await untilAnswered(() => shop.create(consultation_id))).body.data;
    const { payment_intent } = await shop.simulator.sim<{ payment_intent: string }>('payments', {
      amount: FEE,
      with_session: true,
      metadata: { purchaseId: String(payment_id), ref: '00000000-0000-4000-8000-000000000000' },
    });
    const verdict = await eventually(async () => {
      const [row] = await shop.database.query<{ status: string }>(
        `SELECT status FROM webhook_events WHERE type = 'checkout.session.completed' AND payload LIKE $1 AND status <> 'pending'`,
        [`%${payment_intent}%`],
      );
      return row?.status;
    }, 'the event is judged');
    expect(verdict).toBe('quarantined');
    const { discrepancies } = (
      await shop.get<Schemas['PageOfDiscrepancies']>('ops/discrepancies?state=open', shop.staff.token)
    ).body.data;
    expect(discrepancies).toEqual([
      expect.objectContaining({ kind: 'unknown_payment', payment_id: null, amount: FEE, currency: 'idr' }),
    ]);
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'pending', charges: [] });
    const { refunds } = await shop.ledger();
    expect(refunds.filter((made) => made.payment_intent === payment_intent)).toEqual([]);
  });

  it('foreign money on the account, without our ref: stored as foreign, never refunded', async () => {
    const { payment_intent } = await shop.simulator.sim<{ payment_intent: string }>('payments', {
      amount: 777,
      with_session: true,
    });
    const verdict = await eventually(async () => {
      const [row] = await shop.database.query<{ status: string }>(
        `SELECT status FROM webhook_events WHERE type = 'checkout.session.completed' AND payload LIKE $1 AND status <> 'pending'`,
        [`%${payment_intent}%`],
      );
      return row?.status;
    }, 'the event is judged');
    expect(verdict).toBe('foreign');
    expect((await shop.ledger()).refunds.filter((made) => made.payment_intent === payment_intent)).toEqual([]);
  });

  it('a wrong amount is quarantined: shown to staff, and nothing completes', async () => {
    const quarantined = await shop.consultation();
    const { payment_id } = (await untilAnswered(() => shop.create(quarantined))).body.data;
    const [row] = await shop.database.query<{ ref: string; session_id: string }>(
      'SELECT p.ref, s.session_id FROM payments p JOIN stripe_sessions s ON s.payment_id = p.id WHERE p.id = $1',
      [payment_id],
    );
    expect(row!.session_id).toMatch(/^cs_/);
    const { payment_intent } = await shop.simulator.sim<{ payment_intent: string }>('payments', {
      amount: FEE - 1,
      with_session: true,
      metadata: { purchaseId: String(payment_id), ref: row!.ref },
    });
    await eventually(async () => (await shop.payment(payment_id)).charges.length === 1, 'the money is written down');
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'pending', charges: [`quarantined ${FEE - 1} 0`] });
    expect((await shop.ledger()).refunds.filter((made) => made.payment_intent === payment_intent)).toEqual([]);
  });

  describe('refunds', () => {
    it('are sent once, settled by the answer, and the same key always replays it', async () => {
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

    it('with the answer lost: 503, the amount stays reserved, and the same key finds the one refund', async () => {
      const { payment_id, payment_intent } = await paid();
      await shop.faults({ lose_answer: { path: REFUNDS, method: 'POST', times: 4 }, webhooks: { lose: true } });
      expect((await refund(payment_id, {}, 'lost')).status).toBe(503);
      // The one that waits is named, not that nothing is left beside it.
      const other = await refund<Schemas['STRIPE_UNAVAILABLE']['data']>(payment_id, {}, 'other');
      expect([other.body.code, other.body.data!.status]).toEqual(['STRIPE_UNAVAILABLE', 'pending']);
      const reply = await untilAnswered(() => refund(payment_id, {}, 'lost'));
      expect([reply.status, reply.body.data.payment.status]).toEqual([200, 'refunded']);
      const { refunds } = await shop.ledger();
      expect(refunds.filter((made) => made.payment_intent === payment_intent)).toHaveLength(1);
    });

    it('hidden by a stored 500 are found by their ref', async () => {
      const { payment_id, payment_intent } = await paid();
      await shop.faults({ error_500: { when: 'after', path: REFUNDS, method: 'POST', times: 1 } });
      expect((await untilAnswered(() => refund(payment_id, {}, 'hidden'))).status).toBe(200);
      const { refunds } = await shop.ledger();
      expect(refunds.filter((made) => made.payment_intent === payment_intent)).toHaveLength(1);
    });

    it('pending at Stripe are reserved, then settled by the worker when all webhooks are lost', async () => {
      const { payment_id } = await paid();
      await shop.faults({ webhooks: { lose: true } });
      await shop.simulator.sim('refunds/next', { outcome: 'pending' });
      const reply = await refund(payment_id);
      expect([reply.status, reply.body.data.refund.status]).toEqual([200, 'pending']);
      await shop.simulator.sim(`refunds/${reply.body.data.refund.transaction_id}/settle`, { outcome: 'succeeded' });
      await shop.sweepUntil('it is refunded', async () => (await shop.payment(payment_id)).status === 'refunded');
    });

    it('that fail after they succeeded put the payment back, with a reversing credit note, exact to the unit', async () => {
      const { payment_id } = await paid();
      const made = await untilAnswered(() => refund(payment_id, { amount: 1_999 }));
      expect((await shop.payment(payment_id)).status).toBe('partially_refunded');
      await shop.simulator.sim(`refunds/${made.body.data.refund.transaction_id}/settle`, { outcome: 'failed' });
      await eventually(async () => (await shop.payment(payment_id)).status === 'completed', 'it is completed again');
      expect(await shop.payment(payment_id)).toMatchObject({ refunded: 0, owed: 0, refunds: ['failed 1999'] });
      const notes = await shop.database.query(
        `SELECT n.kind, n.amount::int FROM credit_notes n JOIN invoices i ON i.id = n.invoice_id WHERE i.payment_id = $1 ORDER BY n.id`,
        [payment_id],
      );
      expect(notes).toEqual([
        { kind: 'credit', amount: 1_999 },
        { kind: 'reversal', amount: -1_999 },
      ]);
    });

    it('that fail after another payment took the place: it stays refunded, the amount is owed, and staff refund it again', async () => {
      const { payment_id, consultation_id } = await paid();
      const made = await untilAnswered(() => refund(payment_id));
      const second = await untilAnswered(() => shop.create(consultation_id));
      expect(second.status).toBe(201);
      await shop.simulator.sim(`refunds/${made.body.data.refund.transaction_id}/settle`, { outcome: 'failed' });
      await eventually(async () => (await shop.payment(payment_id)).owed === FEE, 'it is owed');
      expect((await shop.payment(payment_id)).status).toBe('refunded');
      const anew = await untilAnswered(() => refund(payment_id, {}, 'anew'));
      expect([anew.status, anew.body.data.payment.status]).toEqual([200, 'refunded']);
      expect(await shop.payment(payment_id)).toMatchObject({
        owed: 0,
        refunds: [`failed ${FEE}`, `succeeded ${FEE}`],
        charges: [`accepted ${FEE} ${FEE}`],
      });
    });

    it('made in the dashboard reduce what is refundable to what Stripe has left', async () => {
      const { payment_id, payment_intent } = await paid();
      await shop.simulator.sim('refunds', { payment_intent, amount: 3_000 });
      await eventually(async () => (await shop.payment(payment_id)).refunded === 3_000, 'it is heard of');
      expect((await refund(payment_id, { amount: 2_001 })).body.code).toBe('REFUND_TOO_LARGE');
      const rest = await untilAnswered(() => refund(payment_id, { amount: 2_000 }));
      expect([rest.status, rest.body.data.payment.status]).toEqual([200, 'refunded']);
    });

    it('made in the dashboard while ours is in flight: ours gets its answer, then the dashboard’s counts', async () => {
      const { payment_id, payment_intent } = await paid();
      await shop.faults({ hold: { path: REFUNDS, method: 'POST', when: 'before', times: 1 } });
      const ours = refund<Schemas['REFUND_TOO_LARGE']['data']>(payment_id, {}, 'in-flight');
      await held(shop.simulator, 1);
      await shop.simulator.sim('refunds', { payment_intent, amount: 4_000 });
      const waiting = await eventually(async () => {
        const [row] = await shop.database.query<{ note: string }>(
          `SELECT note FROM webhook_events WHERE status = 'pending' AND payload LIKE $1 ORDER BY id DESC`,
          [`%${payment_intent}%`],
        );
        return row;
      }, 'the dashboard refund waits in the inbox');
      expect(waiting).toBeDefined();
      await shop.simulator.sim('faults/release', {});
      const reply = await ours;
      // Refused since Stripe has less left; the dashboard's refund is booked with the refusal.
      expect([reply.status, reply.body.code, reply.body.data.refundable_amount]).toEqual([
        422,
        'REFUND_TOO_LARGE',
        1_000,
      ]);
      await shop.sweepUntil(
        'the dashboard refund counts',
        async () => (await shop.payment(payment_id)).refunded === 4_000,
      );
      expect(await shop.payment(payment_id)).toMatchObject({
        status: 'partially_refunded',
        charges: [`accepted ${FEE} 4000`],
      });
    });

    it('are refused for a lost dispute, which counts as refunded; a won one and an inquiry block nothing', async () => {
      const lost = await paid();
      const { id } = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent: lost.payment_intent });
      await shop.simulator.sim(`disputes/${id}/close`, { status: 'lost' });
      await eventually(async () => (await shop.payment(lost.payment_id)).status === 'refunded', 'the loss counts');
      expect((await refund(lost.payment_id)).status).toBe(409);

      const inquiry = await paid();
      await shop.simulator.sim('disputes', { payment_intent: inquiry.payment_intent, kind: 'inquiry' });
      await eventually(
        async () =>
          (await shop.get<Schemas['WholePayment']>(`payments/${inquiry.payment_id}`, shop.patient.token)).body.data
            .payment.dispute?.state === 'inquiry',
        'the inquiry is heard of',
      );
      expect((await untilAnswered(() => refund(inquiry.payment_id))).status).toBe(200);
    });

    it('of a disputed payment: 409 PAYMENT_DISPUTED while it is open, and Stripe is not asked', async () => {
      const { payment_id, payment_intent } = await paid();
      await shop.simulator.sim('disputes', { payment_intent });
      await eventually(
        async () =>
          (await shop.get<Schemas['WholePayment']>(`payments/${payment_id}`, shop.patient.token)).body.data.payment
            .dispute !== null,
        'the dispute is heard of',
      );
      for (const path of [`payments/${payment_id}`, `payments/${payment_id}/refunds`]) {
        expect(
          (await shop.get<{ readonly refundable_amount: number }>(path, shop.staff.token)).body.data.refundable_amount,
        ).toBe(0);
      }
      const reply = await refund(payment_id);
      expect([reply.status, reply.body.code]).toEqual([409, 'PAYMENT_DISPUTED']);
      expect(await shop.payment(payment_id)).toMatchObject({ status: 'completed', refunds: [] });
    });
  });

  it('ledger and database agree to the unit; only quarantined and foreign money is listed apart', async () => {
    await shop.sweepUntil('nothing is left undone', async () => {
      const [left] = await shop.database.query<{ left: number }>(
        `SELECT (SELECT count(*) FROM webhook_events WHERE status = 'pending')::int
              + (SELECT count(*) FROM refunds WHERE status = 'pending')::int AS left`,
      );
      return left!.left === 0;
    });
    const { stripe, ours, unaccounted } = await countMoney(shop);
    // Two payments of another program, which are no charges of ours.
    expect([ours[0]! + FEE + 777, ours[1]]).toEqual(stripe);
    expect(unaccounted).toEqual([expect.objectContaining({ disposition: 'quarantined' })]);
  });
});
