import type { Reply } from '../support/http.js';
import type { StripePayment } from '../support/answers.js';
import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type Stripe from 'stripe';
import { eventually } from '../support/eventually.js';
import { FEE, openShop, type Shop, untilAnswered } from './support/shop.js';
import { tell, verdictOf } from './support/webhooks.js';

/**
 * Ways in which money could get lost. Every webhook of the simulator is lost; a test delivers the events it needs,
 * in the order that does most harm.
 */
const LINE = { price_data: { currency: 'idr', unit_amount: 100, product_data: { name: 'x' } }, quantity: 1 };

describe('money that could get lost', () => {
  let shop: Shop;
  let stripe: Stripe;
  beforeAll(async () => {
    shop = await openShop();
    stripe = shop.simulator.stripe({ maxNetworkRetries: 3 });
  });
  afterAll(() => shop.close());
  beforeEach(() => shop.faults({ webhooks: { lose: true } }));

  interface Paid {
    readonly payment_id: number;
    readonly consultation_id: number;
    readonly payment_intent: string;
    readonly session_id: string;
  }

  /** Paid on Stripe's page, with its webhook lost. */
  async function paidUnheard(): Promise<Paid> {
    const consultation_id = await shop.consultation();
    const { payment_id, checkout } = (await shop.create(consultation_id)).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    return { payment_id, consultation_id, payment_intent, session_id: checkout.session_id };
  }
  const hear = async ({ session_id }: Paid) =>
    tell(shop, 'checkout.session.completed', await stripe.checkout.sessions.retrieve(session_id));
  async function paid(): Promise<Paid> {
    const unheard = await paidUnheard();
    await hear(unheard);
    expect((await shop.payment(unheard.payment_id)).status).toBe('completed');
    return unheard;
  }
  const refund = (payment_id: number, more: Record<string, unknown> = {}, key?: string) =>
    shop.post<Schemas['RefundedPayment']>(
      `payments/${payment_id}/refund`,
      shop.staff.token,
      { reason: 'asked for', ...more },
      key,
    );
  const inDashboard = async ({ payment_intent }: Paid, more: Record<string, unknown> = {}) =>
    stripe.refunds.retrieve((await shop.simulator.sim<{ id: string }>('refunds', { payment_intent, ...more })).id);
  const end = async (refund_id: string, outcome: string) => {
    await shop.simulator.sim(`refunds/${refund_id}/settle`, { outcome });
    return stripe.refunds.retrieve(refund_id);
  };
  const disputed = async ({ payment_intent }: Paid, status?: 'won' | 'lost') => {
    const { id } = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent });
    if (status) await shop.simulator.sim(`disputes/${id}/close`, { status });
    return stripe.disputes.retrieve(id);
  };
  /** As Stripe would word it, where the simulator refuses to dispute what has been returned. */
  const lostDispute = ({ payment_intent }: Paid) => ({
    id: `dp_${payment_intent}`,
    object: 'dispute',
    payment_intent,
    amount: FEE,
    currency: 'idr',
    status: 'lost',
    reason: 'general',
    created: Math.floor(Date.now() / 1_000),
  });
  /** What the bank took, what has left twice by that, and whether money is here that a refund was to give back. */
  const toldOf = async (payment_id: number) => {
    const { data } = (await shop.get<Schemas['WholePayment']>(`payments/${payment_id}`, shop.staff.token)).body;
    return [data.charged_back_amount, data.returned_twice_amount, data.refund_failed] as unknown;
  };
  /** The payment's credit notes, one by one. */
  const notesOf = (payment_id: number) =>
    shop.database
      .query<{ note: string }>(
        `SELECT n.kind || ' ' || n.amount AS note FROM credit_notes n JOIN invoices i ON i.id = n.invoice_id
         WHERE i.payment_id = $1 ORDER BY n.id`,
        [payment_id],
      )
      .then((rows) => rows.map((row) => row.note));

  describe('reported before its charge is booked', () => {
    it('a refund event waits for the charge, and then counts', async () => {
      const unheard = await paidUnheard();
      const event = await tell(shop, 'refund.created', await inDashboard(unheard, { amount: 3_000 }));
      expect(await verdictOf(shop, event)).toBe('pending');
      await hear(unheard);
      await shop.sweepUntil('the refund counts', async () => (await verdictOf(shop, event)) === 'applied');
      expect(await shop.payment(unheard.payment_id)).toMatchObject({ status: 'partially_refunded', refunded: 3_000 });
    });

    it('a lost dispute waits, too', async () => {
      const unheard = await paidUnheard();
      const event = await tell(shop, 'charge.dispute.closed', await disputed(unheard, 'lost'));
      expect(await verdictOf(shop, event)).toBe('pending');
      await hear(unheard);
      await shop.sweepUntil('the loss counts', async () => (await verdictOf(shop, event)) === 'applied');
      expect(await shop.payment(unheard.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE });
    });

    it('a refund of a foreign charge stays foreign', async () => {
      const { payment_intent } = await shop.simulator.sim<{ payment_intent: string }>('payments', { amount: 7_000 });
      const { id } = await shop.simulator.sim<{ id: string }>('refunds', { payment_intent });
      expect(await verdictOf(shop, await tell(shop, 'refund.created', await stripe.refunds.retrieve(id)))).toBe(
        'foreign',
      );
    });
  });

  describe('refunds made in the dashboard', () => {
    it('refund.failed before refund.created: nothing is counted as refunded', async () => {
      const of = await paid();
      const created = await inDashboard(of, { amount: 3_000, outcome: 'pending' });
      const failed = await end(created.id, 'failed');
      await tell(shop, 'refund.failed', failed);
      await tell(shop, 'refund.created', created);
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'completed', refunded: 0, refunds: [] });
    });

    it('pending, without a final event: the worker reads it', async () => {
      const of = await paid();
      const created = await inDashboard(of, { amount: 3_000, outcome: 'pending' });
      await tell(shop, 'refund.created', created);
      expect((await shop.payment(of.payment_id)).refunds).toEqual(['pending 3000']);
      await end(created.id, 'succeeded');
      await shop.sweepUntil('it counts', async () => (await shop.payment(of.payment_id)).refunded === 3_000);
    });
  });

  describe('two Stripe refunds with one ref of ours', () => {
    const withRef = async (of: Paid, refund_id: number, amount: number) => {
      const [row] = await shop.database.query<{ ref: string }>('SELECT ref FROM refunds WHERE id = $1', [refund_id]);
      return stripe.refunds.create({ payment_intent: of.payment_intent, amount, metadata: { ref: row!.ref } });
    };

    it('both count, and the failure of one does not change the other', async () => {
      const of = await paid();
      const ours = (await refund(of.payment_id, { amount: 2_000 })).body.data.refund;
      const other = await withRef(of, ours.id, 1_000);
      await tell(shop, 'refund.created', other);
      expect((await shop.payment(of.payment_id)).refunded).toBe(3_000);
      await tell(shop, 'refund.created', other);
      expect((await shop.payment(of.payment_id)).refunded).toBe(3_000);
      await tell(shop, 'refund.failed', await end(other.id, 'failed'));
      expect(await shop.payment(of.payment_id)).toMatchObject({
        refunded: 2_000,
        refunds: ['succeeded 2000', 'failed 1000'],
      });
    });

    it('one of another amount is separate, even while ours has no answer: each counts with its amount', async () => {
      const of = await paid();
      await shop.faults({
        webhooks: { lose: true },
        lose_answer: { path: '/v1/refunds', method: 'POST', times: 9 },
      });
      expect((await refund(of.payment_id, { amount: 2_000 }, 'unanswered')).status).toBe(503);
      await shop.faults({ webhooks: { lose: true } });
      const [row] = await shop.database.query<{ id: number }>('SELECT id FROM refunds WHERE payment_id = $1', [
        of.payment_id,
      ]);
      await tell(shop, 'refund.created', await withRef(of, row!.id, 1_000));
      const { data } = await stripe.refunds.list({ payment_intent: of.payment_intent });
      for (const one of data) await tell(shop, 'refund.updated', one);
      expect((await shop.payment(of.payment_id)).refunded).toBe(3_000);
      const reply = await untilAnswered(() => refund(of.payment_id, { amount: 2_000 }, 'unanswered'));
      expect([reply.status, reply.body.data.refund.amount]).toEqual([200, 2_000]);
      expect((await shop.payment(of.payment_id)).refunded).toBe(3_000);
    });

    it('our ref on another payment’s charge counts for that charge', async () => {
      const [a, b] = [await paid(), await paid()];
      const ours = (await refund(a.payment_id, { amount: 2_000 })).body.data.refund;
      await tell(shop, 'refund.created', await withRef(b, ours.id, 1_000));
      expect((await shop.payment(a.payment_id)).refunded).toBe(2_000);
      expect((await shop.payment(b.payment_id)).refunded).toBe(1_000);
    });

    it('one that Stripe refused and then made counts', async () => {
      const of = await paid();
      const dashboard = await inDashboard(of, { amount: 4_000 });
      const refused = await refund(of.payment_id);
      expect([refused.status, refused.body.code, refused.body.data]).toEqual([
        422,
        'REFUND_TOO_LARGE',
        { refundable_amount: 1_000, currency: 'idr' },
      ]);
      const [row] = await shop.database.query<{ id: number }>('SELECT id FROM refunds WHERE payment_id = $1', [
        of.payment_id,
      ]);
      await tell(shop, 'refund.created', await withRef(of, row!.id, 1_000));
      await tell(shop, 'refund.created', dashboard);
      expect(await shop.payment(of.payment_id)).toMatchObject({
        status: 'refunded',
        refunds: [`cancelled ${FEE}`, 'succeeded 4000', 'succeeded 1000'],
      });
    });
  });

  it.each(['pending', 'succeeded'])(
    'a dashboard refund reported before the failure of ours (%s): it counts once that failure is known',
    async (outcome) => {
      const of = await paid();
      await shop.simulator.sim('refunds/next', { outcome });
      const ours = (await refund(of.payment_id)).body.data.refund;
      const failed = await end(ours.transaction_id!, 'failed');
      const event = await tell(shop, 'refund.created', await inDashboard(of));
      expect(await verdictOf(shop, event)).toBe('quarantined');
      await tell(shop, 'refund.failed', failed);
      await shop.sweepUntil('it counts', async () => (await verdictOf(shop, event)) === 'applied');
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE });
    },
  );

  it('a dispute lost on automatically refunded money counts once that refund has failed', async () => {
    const late = await paidUnheard();
    await shop.database.query(
      `WITH i AS (UPDATE invoices SET status = 'void' WHERE payment_id = $1), t AS (UPDATE tax_records SET status = 'void' WHERE payment_id = $1)
       UPDATE payments SET status = 'expired' WHERE id = $1`,
      [late.payment_id],
    );
    expect((await shop.create(late.consultation_id)).status).toBe(201);
    await hear(late);
    const [made] = (await stripe.refunds.list({ payment_intent: late.payment_intent })).data;
    const lost = await disputed(late, 'lost').catch(() => undefined);
    await tell(shop, 'charge.dispute.closed', { ...(lost ?? lostDispute(late)), amount: FEE });
    expect((await shop.payment(late.payment_id)).charges).toEqual([`returned ${FEE} ${FEE}`]);
    await tell(shop, 'refund.failed', await end(made!.id, 'failed'));
    // Nothing of it is left, so no decision is needed.
    expect((await shop.payment(late.payment_id)).charges).toEqual([`returned ${FEE} ${FEE}`]);
    const [counted] = await shop.database.query<{ counted: number }>(
      'SELECT counted_amount::int AS counted FROM disputes WHERE payment_id = $1',
      [late.payment_id],
    );
    expect(counted).toEqual({ counted: FEE });
    // It was never this payment's money, and its payer has it back.
    expect(await toldOf(late.payment_id)).toEqual([0, 0, false]);
  });

  it('a refund answered 500, which Stripe completes hours later, is not posted a second time before', async () => {
    const patient = await openShop({ STRIPE_REFUND_LISTING_PAUSE_MS: undefined });
    try {
      const consultation_id = await patient.consultation();
      const { payment_id, checkout } = (await patient.create(consultation_id)).body.data;
      const { payment_intent } = await patient.pay(checkout.session_id);
      await eventually(async () => (await patient.payment(payment_id)).status === 'completed', 'it is paid');
      await patient.faults({
        error_500: { when: 'later', seconds: 3 * 3_600, path: '/v1/refunds', method: 'POST', times: 1 },
      });
      const ask = () =>
        patient.post<Schemas['RefundedPayment']>(
          `payments/${payment_id}/refund`,
          patient.staff.token,
          { amount: 1_000, reason: 'partly' },
          'broken-off',
        );
      /** The worker may be looking at it just then: 409, and soon over. */
      const again = () =>
        eventually(async () => {
          const reply = await ask();
          return reply.status === 409 ? undefined : reply;
        }, 'the worker is done with it');
      const hoursPass = async (hours: number) => {
        await patient.simulator.sim('clock', { advance_seconds: hours * 3_600 });
        await patient.database.query(
          `UPDATE stripe_refunds SET first_sent_at = first_sent_at - make_interval(hours => $1),
                  last_listed_at = last_listed_at - make_interval(hours => $1)`,
          [hours],
        );
      };
      expect((await again()).status).toBe(503);
      expect((await again()).status).toBe(503);
      // Longer than an hour, within which nothing was to be seen of it.
      await hoursPass(2);
      expect((await again()).status).toBe(503);
      await hoursPass(2);
      const reply = await untilAnswered(again);
      expect([reply.status, reply.body.data.refund.status]).toEqual([200, 'succeeded']);
      const { refunds } = await patient.ledger();
      expect(refunds.map(({ amount, payment_intent: of }) => [amount, of])).toEqual([[1_000, payment_intent]]);
      expect(await patient.payment(payment_id)).toMatchObject({ refunded: 1_000, refunds: ['succeeded 1000'] });
    } finally {
      await patient.close();
    }
  }, 30_000);

  describe('duplicate and late events', () => {
    it.each([
      ['charge.dispute.closed', async (of: Paid) => void (await disputed(of, 'lost'))],
      ['refund.created', async (of: Paid) => void (await inDashboard(of, { amount: 3_000 }))],
    ])('%s under two event ids counts once', async (type, happen) => {
      const of = await paid();
      await happen(of);
      const { data } = await stripe.events.list({ type, limit: 1 });
      await shop.faults({});
      for (let time = 1; time <= 2; time += 1) {
        await shop.simulator.sim('webhooks/resend', { event: data[0]!.id, as_new: true });
      }
      const { refunded, charges } = await shop.payment(of.payment_id);
      const expected = type === 'refund.created' ? 3_000 : FEE;
      expect([refunded, charges]).toEqual([expected, [`accepted ${FEE} ${expected}`]]);
    });

    it('a payment under two event ids is one charge', async () => {
      const of = await paidUnheard();
      const { data } = await stripe.events.list({ type: 'checkout.session.completed', limit: 1 });
      await shop.faults({});
      await Promise.all(
        [1, 2, 3].map(() => shop.simulator.sim('webhooks/resend', { event: data[0]!.id, as_new: true })),
      );
      expect((await shop.payment(of.payment_id)).charges).toEqual([`accepted ${FEE} 0`]);
    });

    it('an update with the bank’s reference, or an old success after the failure, changes nothing', async () => {
      const of = await paid();
      const { transaction_id } = (await refund(of.payment_id, { amount: 2_000 })).body.data.refund;
      await shop.simulator.sim(`refunds/${transaction_id}/refer`, {});
      const succeeded = await stripe.refunds.retrieve(transaction_id!);
      expect(await verdictOf(shop, await tell(shop, 'refund.updated', succeeded))).toBe('applied');
      await tell(shop, 'refund.failed', await end(transaction_id!, 'failed'));
      expect(await verdictOf(shop, await tell(shop, 'refund.updated', succeeded))).toBe('applied');
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'completed', refunds: ['failed 2000'] });
    });

    it('cancelled in the dashboard after it succeeded: nothing counts as refunded, and it can be refunded again', async () => {
      const of = await paid();
      const { transaction_id } = (await refund(of.payment_id)).body.data.refund;
      await tell(shop, 'refund.updated', await end(transaction_id!, 'canceled'));
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'completed', refunded: 0 });
      expect(await toldOf(of.payment_id)).toEqual([0, 0, true]);
      expect((await refund(of.payment_id, {}, 'anew')).status).toBe(200);
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE });
      expect(await toldOf(of.payment_id)).toEqual([0, 0, false]);
    });
  });

  it('a failed refund is shown until the same amount was refunded in its place, not by unrelated refunds', async () => {
    const of = await paid();
    const pending = async (amount: number, key: string) => {
      await shop.simulator.sim('refunds/next', { outcome: 'pending' });
      return (await refund(of.payment_id, { amount }, key)).body.data.refund.transaction_id!;
    };
    const [first, beside] = [await pending(1_000, 'first'), await pending(1_000, 'beside')];
    await tell(shop, 'refund.failed', await end(first, 'failed'));
    expect(await toldOf(of.payment_id)).toEqual([0, 0, true]);
    await tell(shop, 'refund.updated', await end(beside, 'succeeded'));
    expect(await toldOf(of.payment_id)).toEqual([0, 0, true]);
    expect((await refund(of.payment_id, { amount: 999 }, 'too little')).status).toBe(200);
    expect(await toldOf(of.payment_id)).toEqual([0, 0, true]);
    // A cancelled one made no refund either, and replaces none.
    await tell(shop, 'refund.updated', await end(await pending(700, 'cancelled'), 'canceled'));
    expect(await toldOf(of.payment_id)).toEqual([0, 0, true]);
    expect((await refund(of.payment_id, { amount: 1 }, 'the rest')).status).toBe(200);
    expect(await toldOf(of.payment_id)).toEqual([0, 0, false]);
  });

  it('Stripe answers with a failed refund: 502, not stored as refunded, and the same key refunds it', async () => {
    const of = await paid();
    await shop.simulator.sim('refunds/next', { outcome: 'failed' });
    const first = await refund(of.payment_id, {}, 'failed-at-once');
    expect([first.status, first.body.code]).toEqual([502, 'STRIPE_REFUSED']);
    expect(first.body.message).toBe(
      'Stripe could not send this refund. The money is still here; you can refund it again.',
    );
    expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'completed', refunded: 0 });
    const second = await refund(of.payment_id, {}, 'failed-at-once');
    expect([second.status, second.body.data.payment.status]).toEqual([200, 'refunded']);
    expect((await refund(of.payment_id, {}, 'failed-at-once')).text).toBe(second.text);
    expect((await shop.payment(of.payment_id)).refunds).toEqual([`failed ${FEE}`, `succeeded ${FEE}`]);
  });

  describe('disputes', () => {
    it('lost on a payment with a refund owed: the debt is settled', async () => {
      const of = await paid();
      const { transaction_id } = (await refund(of.payment_id)).body.data.refund;
      expect((await shop.create(of.consultation_id)).status).toBe(201);
      await tell(shop, 'refund.failed', await end(transaction_id!, 'failed'));
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', owed: FEE });
      const event = await tell(shop, 'charge.dispute.closed', await disputed(of, 'lost'));
      expect(await verdictOf(shop, event)).toBe('applied');
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', owed: 0, refunded: FEE });
      expect(await notesOf(of.payment_id)).toEqual([`credit ${FEE}`]);
    });

    it('lost while a refund is pending: the rest counts, and the refund’s part once that fails', async () => {
      const of = await paid();
      await shop.simulator.sim('refunds/next', { outcome: 'pending' });
      const { transaction_id } = (await refund(of.payment_id, { amount: 2_000 })).body.data.refund;
      await tell(shop, 'charge.dispute.closed', await disputed(of, 'lost'));
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'partially_refunded', refunded: 3_000 });
      // What is still on its way has not left twice.
      expect(await toldOf(of.payment_id)).toEqual([3_000, 0, false]);
      const failed = await stripe.refunds.retrieve(transaction_id!);
      expect(failed.failure_reason).toBe('charge_for_pending_refund_disputed');
      await tell(shop, 'refund.failed', failed);
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE });
      expect(await toldOf(of.payment_id)).toEqual([FEE, 0, false]);
      expect(await notesOf(of.payment_id)).toEqual(['credit 3000', 'credit 2000']);
    });

    it('lost beside a succeeded and a pending refund: no part is counted twice', async () => {
      const of = await paid();
      expect((await refund(of.payment_id, { amount: 2_000 }, 'went')).status).toBe(200);
      await shop.simulator.sim('refunds/next', { outcome: 'pending' });
      expect((await refund(of.payment_id, { amount: 3_000 }, 'on its way')).status).toBe(200);
      const { id, currency, created, reason } = { ...lostDispute(of) };
      const told = { ...lostDispute(of), id, currency, created, reason, amount: 3_000 };
      await tell(shop, 'charge.dispute.closed', told);
      expect(await toldOf(of.payment_id)).toEqual([0, 0, false]);
    });

    it('lost beside a refund that fails after it succeeded: counted in full, exact to the unit', async () => {
      const of = await paid();
      const { transaction_id } = (await refund(of.payment_id, { amount: 2_000 })).body.data.refund;
      const lost = await disputed(of, 'lost');
      await tell(shop, 'charge.dispute.closed', { ...lost, amount: FEE });
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE });
      expect(await toldOf(of.payment_id)).toEqual([3_000, 2_000, false]);
      await tell(shop, 'refund.failed', await end(transaction_id!, 'failed'));
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE, owed: 0 });
      expect(await toldOf(of.payment_id)).toEqual([FEE, 0, false]);
      expect(await notesOf(of.payment_id)).toEqual(['credit 2000', 'credit 3000', 'reversal -2000', 'credit 2000']);
    });

    it('lost, then won when the customer withdraws: the loss and its credit note are reversed', async () => {
      const of = await paid();
      const lost = await disputed(of, 'lost');
      await tell(shop, 'charge.dispute.closed', lost);
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE });
      await shop.simulator.sim(`disputes/${lost.id}/close`, { status: 'won' });
      const won = await tell(shop, 'charge.dispute.closed', await stripe.disputes.retrieve(lost.id));
      expect(await verdictOf(shop, won)).toBe('applied');
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'completed', refunded: 0, invoice: 'paid' });
      expect(await notesOf(of.payment_id)).toEqual([`credit ${FEE}`, `reversal ${-FEE}`]);
      // The event of the loss arrives once more, late.
      const late = await tell(shop, 'charge.dispute.updated', lost);
      expect(await verdictOf(shop, late)).toBe('applied');
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'completed', refunded: 0 });
      // Nothing keeps it from being refunded now, once.
      expect((await refund(of.payment_id)).status).toBe(200);
      expect((await shop.ledger()).refunds.filter((row) => row.payment_intent === of.payment_intent)).toHaveLength(1);
    });

    it('a dashboard refund made after the win and reported before it replaces the dispute, and the win changes nothing', async () => {
      const of = await paid();
      const lost = await disputed(of, 'lost');
      await tell(shop, 'charge.dispute.closed', lost);
      await shop.simulator.sim(`disputes/${lost.id}/close`, { status: 'won' });
      const made = await tell(shop, 'refund.created', await inDashboard(of));
      expect(await verdictOf(shop, made)).toBe('applied');
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE });
      await tell(shop, 'charge.dispute.closed', await stripe.disputes.retrieve(lost.id));
      expect(await shop.payment(of.payment_id)).toMatchObject({
        status: 'refunded',
        refunded: FEE,
        refunds: [`succeeded ${FEE}`],
      });
      expect(await toldOf(of.payment_id)).toEqual([0, 0, false]);
    });

    it('won, reported before the loss: the current state at Stripe counts', async () => {
      const of = await paid();
      const lost = await disputed(of, 'lost');
      await shop.simulator.sim(`disputes/${lost.id}/close`, { status: 'won' });
      await tell(shop, 'charge.dispute.closed', await stripe.disputes.retrieve(lost.id));
      const late = await tell(shop, 'charge.dispute.closed', lost);
      expect(await verdictOf(shop, late)).toBe('applied');
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'completed', refunded: 0 });
    });

    it('won after the consultation was sold again: the first payment stays refunded, with a refund owed', async () => {
      const of = await paid();
      const lost = await disputed(of, 'lost');
      await tell(shop, 'charge.dispute.closed', lost);
      expect((await shop.create(of.consultation_id)).status).toBe(201);
      await shop.simulator.sim(`disputes/${lost.id}/close`, { status: 'won' });
      await tell(shop, 'charge.dispute.closed', await stripe.disputes.retrieve(lost.id));
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE, owed: FEE });
      expect(await notesOf(of.payment_id)).toEqual([`credit ${FEE}`]);
    });

    it('several on one charge that exceed it: the whole charge counts as refunded, and no more', async () => {
      const of = await paid();
      const first = await shop.simulator.sim<{ id: string }>('disputes', {
        payment_intent: of.payment_intent,
        amount: 2_000,
      });
      const second = await shop.simulator.sim<{ id: string }>('disputes', {
        payment_intent: of.payment_intent,
        amount: FEE + 250,
      });
      for (const { id } of [first, second]) {
        await shop.simulator.sim(`disputes/${id}/close`, { status: 'lost' });
        await tell(shop, 'charge.dispute.closed', await stripe.disputes.retrieve(id));
      }
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE, owed: 0 });
      expect(await notesOf(of.payment_id)).toEqual(['credit 2000', 'credit 3000']);
      // We refunded none of it: it was not paid out twice, whatever the disputes' amounts.
      expect(await toldOf(of.payment_id)).toEqual([FEE, 0, false]);
      // One of them is won after all: what the other has not counted yet, it counts now.
      await shop.simulator.sim(`disputes/${first.id}/close`, { status: 'won' });
      await tell(shop, 'charge.dispute.closed', await stripe.disputes.retrieve(first.id));
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE, owed: 0 });
    });

    it('a prevented one counts as lost if its money left, and as won if it did not, or came back', async () => {
      const moved = (...amounts: number[]) =>
        amounts.map((amount, n) => ({ id: `txn_${n}`, object: 'balance_transaction', amount, currency: 'idr' }));
      for (const [transactions, counted] of [
        [moved(-FEE), 'refunded'],
        [moved(), 'completed'],
        [moved(-FEE, FEE), 'completed'],
      ] as const) {
        const of = await paid();
        const told = { ...lostDispute(of), amount: FEE, status: 'prevented', balance_transactions: transactions };
        const event = await tell(shop, 'charge.dispute.created', told);
        const { status, dispute } = (
          await shop.get<Schemas['WholePayment']>(`payments/${of.payment_id}`, shop.staff.token)
        ).body.data.payment;
        expect([await verdictOf(shop, event), status, dispute!.state]).toEqual([
          'applied',
          counted,
          counted === 'refunded' ? 'lost' : 'won',
        ]);
      }
    });

    it('an inquiry that was closed and then escalated counts when lost', async () => {
      const of = await paid();
      const { payment_intent } = of;
      const { id } = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent, kind: 'inquiry' });
      const inquiry = await stripe.disputes.retrieve(id);
      const disputeOf = async () =>
        (await shop.get<Schemas['WholePayment']>(`payments/${of.payment_id}`, shop.patient.token)).body.data.payment
          .dispute!.state;
      await tell(shop, 'charge.dispute.created', inquiry);
      expect(await disputeOf()).toBe('inquiry');
      await shop.simulator.sim(`disputes/${id}/close`, { status: 'won' });
      await tell(shop, 'charge.dispute.closed', await stripe.disputes.retrieve(id));
      expect(await disputeOf()).toBe('inquiry_closed');
      // An old event changes nothing: Stripe's API says that it is closed.
      await tell(shop, 'charge.dispute.updated', inquiry);
      expect(await disputeOf()).toBe('inquiry_closed');
      // The simulator does not escalate a closed inquiry, as Stripe may: one that only the event knows plays it.
      const escalated = { ...lostDispute(of), id: `dp_escalated_${payment_intent}`, amount: FEE };
      await tell(shop, 'charge.dispute.updated', { ...escalated, status: 'warning_closed' });
      await tell(shop, 'charge.dispute.updated', { ...escalated, status: 'needs_response' });
      expect(await disputeOf()).toBe('open');
      await tell(shop, 'charge.dispute.closed', { ...escalated, status: 'lost' });
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE });
    });

    it('lost, with an event that says won while Stripe still says lost: stays lost', async () => {
      const of = await paid();
      const dispute = await disputed(of, 'lost');
      await tell(shop, 'charge.dispute.closed', dispute);
      const event = await tell(shop, 'charge.dispute.closed', { ...dispute, status: 'won' });
      expect(await verdictOf(shop, event)).toBe('applied');
      expect((await shop.payment(of.payment_id)).refunded).toBe(FEE);
    });

    it('won by an event and lost by Stripe’s API: the API’s answer counts, at once', async () => {
      const of = await paid();
      const dispute = await disputed(of, 'lost');
      const event = await tell(shop, 'charge.dispute.closed', { ...dispute, status: 'won' });
      expect(await verdictOf(shop, event)).toBe('applied');
      expect((await shop.payment(of.payment_id)).refunded).toBe(FEE);
    });

    it.each([
      ['the refund first', ['refund', 'dispute']],
      ['the dispute first', ['dispute', 'refund']],
    ] as const)('lost beside a dashboard refund, %s: the same is booked', async (_what, order) => {
      const of = await paid();
      const made = await inDashboard(of, { amount: 1_000 });
      const lost = await disputed(of, 'lost');
      const tellOf = {
        refund: () => tell(shop, 'refund.created', made),
        dispute: () => tell(shop, 'charge.dispute.closed', lost),
      };
      for (const which of order) expect(await verdictOf(shop, await tellOf[which]())).toBe('applied');
      expect(await shop.payment(of.payment_id)).toMatchObject({
        status: 'refunded',
        refunded: FEE,
        owed: 0,
        refunds: ['succeeded 1000'],
      });
      // 1000 by the refund, 5000 by the bank: 1000 of it has left twice.
      expect(await toldOf(of.payment_id)).toEqual([4_000, 1_000, false]);
      const sum = (await notesOf(of.payment_id)).reduce((total, note) => total + Number(note.split(' ')[1]), 0);
      expect(sum).toBe(FEE);
    });

    it('with a growing amount counts with its last amount', async () => {
      const of = await paid();
      // One that only the events know: the simulator's disputes do not grow.
      const dispute = { ...lostDispute(of), status: 'needs_response' };
      await tell(shop, 'charge.dispute.created', { ...dispute, amount: 1_000 });
      await tell(shop, 'charge.dispute.updated', { ...dispute, amount: 3_000 });
      const { dispute: seen } = (await shop.get<Schemas['WholePayment']>(`payments/${of.payment_id}`, shop.staff.token))
        .body.data.payment;
      expect(seen).toMatchObject({ state: 'open', amount: 3_000 });
      const event = await tell(shop, 'charge.dispute.closed', { ...dispute, status: 'lost', amount: FEE });
      expect(await verdictOf(shop, event)).toBe('applied');
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'refunded', refunded: FEE });
    });
  });

  describe('a key whose answer was lost', () => {
    const ended = async (session_id: string) => {
      await stripe.checkout.sessions.expire(session_id);
      return stripe.checkout.sessions.retrieve(session_id);
    };
    /** The payment is made, its page too, and the client got 503. */
    async function unanswered(
      key: string,
    ): Promise<{ consultation_id: number; session_id: string; again: () => Promise<Reply<StripePayment>> }> {
      const consultation_id = await shop.consultation();
      await shop.faults({
        webhooks: { lose: true },
        lose_answer: { path: '/v1/checkout/sessions', method: 'POST', times: 4 },
      });
      expect((await shop.create(consultation_id, key)).status).toBe(503);
      await shop.faults({ webhooks: { lose: true } });
      const [row] = await shop.database.query<{ ref: string }>('SELECT ref FROM payments WHERE consultation_id = $1', [
        consultation_id,
      ]);
      const session = (await shop.ledger()).sessions.find(
        ({ client_reference_id }) => client_reference_id === row!.ref,
      );
      return {
        consultation_id,
        session_id: session!.id,
        again: () => untilAnswered(() => shop.create(consultation_id, key)),
      };
    }

    it('25 hours later by Stripe’s clock, when Stripe has deleted the key: the old session is expired and a new one made', async () => {
      const params = { mode: 'payment', success_url: 'http://127.0.0.1/', line_items: [LINE] } as const;
      const post = () =>
        stripe.checkout.sessions.create({ ...params, line_items: [LINE] }, { idempotencyKey: 'forgotten' });
      const first = await post();
      expect((await post()).id).toBe(first.id);
      const { session_id, again } = await unanswered('a-day-later');
      const [row] = await shop.database.query<{ ref: string }>(
        `UPDATE stripe_sessions s SET first_sent_at = first_sent_at - interval '25 hours' FROM payments p
         WHERE p.id = s.payment_id AND s.state = 'unanswered' RETURNING p.ref`,
      );
      await shop.simulator.sim('clock', { advance_seconds: 25 * 3_600 });
      expect((await post()).id).not.toBe(first.id);

      const reply = await again();
      expect([reply.status, reply.body.data.payment.status]).toEqual([201, 'pending']);
      const { sessions } = await shop.ledger();
      const ofRow = sessions.filter((session) => session.client_reference_id === row!.ref);
      expect(ofRow.map(({ id, status }) => [id, status])).toEqual([[session_id, 'expired']]);
      expect(reply.body.data.checkout.session_id).not.toBe(session_id);
      await shop.simulator.sim('reset', {});
    });

    it('with its page closed meanwhile, as an event says: it makes a new one that can be paid', async () => {
      const { session_id, again } = await unanswered('closed-and-told');
      await tell(shop, 'checkout.session.expired', await ended(session_id));
      const reply = await again();
      expect([reply.status, reply.body.data.payment.status]).toEqual([201, 'pending']);
      expect(reply.body.data.checkout.session_id).not.toBe(session_id);
    });

    it('with its page expired by our clock: Stripe is asked first, and a new page is returned', async () => {
      const { session_id, consultation_id, again } = await unanswered('lapsed');
      // Another request was answered with the page; only this key's answer is still missing.
      await untilAnswered(() => shop.create(consultation_id, 'another-key'));
      await shop.database.query(
        `UPDATE stripe_sessions SET session_expires_at = now() - interval '1 minute' WHERE session_id = $1`,
        [session_id],
      );
      await ended(session_id);
      const reply = await again();
      expect([reply.status, reply.body.data.payment.status]).toEqual([201, 'pending']);
      expect(reply.body.data.checkout.session_id).not.toBe(session_id);
    });
  });

  it('among more sessions than one list of Stripe’s, the unanswered one is found: one page, never two', async () => {
    await shop.simulator.sim('reset', {});
    const crowd = { mode: 'payment', success_url: 'http://127.0.0.1/' } as const;
    for (let made = 0; made < 2_100; made += 100) {
      await Promise.all(
        Array.from({ length: 100 }, () => stripe.checkout.sessions.create({ ...crowd, line_items: [LINE] })),
      );
    }
    await shop.faults({
      webhooks: { lose: true },
      error_500: { when: 'after', path: '/v1/checkout/sessions', method: 'POST', times: 1 },
    });
    const consultation_id = await shop.consultation();
    const reply = await untilAnswered(() => shop.create(consultation_id, 'in-a-crowd'));
    expect(reply.status).toBe(201);
    const [row] = await shop.database.query<{ ref: string }>('SELECT ref FROM payments WHERE id = $1', [
      reply.body.data.payment_id,
    ]);
    const ours = (await shop.ledger()).sessions.filter((session) => session.client_reference_id === row!.ref);
    expect(ours.map((session) => session.id)).toEqual([reply.body.data.checkout.session_id]);
  }, 60_000);

  describe('a session unknown to Stripe', () => {
    it('is not returned again: its order is closed, and a new page opened', async () => {
      const first = (await shop.checkout('plan-9')).body.data;
      await shop.simulator.sim('reset', {});
      const second = (await untilAnswered(() => shop.checkout('plan-9'))).body.data;
      expect([second.reused, second.session_id === first.session_id]).toEqual([false, false]);
      expect((await shop.payment(first.payment.id)).status).toBe('cancelled');
      expect((await stripe.checkout.sessions.retrieve(second.session_id)).status).toBe('open');
    });

    async function forgotten(): Promise<{ payment_id: number; consultation_id: number }> {
      const consultation_id = await shop.consultation();
      const { payment_id } = (await shop.create(consultation_id)).body.data;
      await shop.simulator.sim('reset', {});
      return { payment_id, consultation_id };
    }

    it('does not prevent cancelling its payment', async () => {
      const { payment_id, consultation_id } = await forgotten();
      const reply = await shop.post<Schemas['CancelledPayment']>(`payments/${payment_id}/cancel`, shop.staff.token, {});
      expect([reply.status, reply.body.data.payment.status]).toEqual([200, 'cancelled']);
      expect((await shop.create(consultation_id)).status).toBe(201);
    });

    it('expires with its payment long after its time, and the timeline says why', async () => {
      const { payment_id, consultation_id } = await forgotten();
      await shop.database.query(
        `UPDATE stripe_sessions SET session_expires_at = now() - interval '2 hours' WHERE payment_id = $1`,
        [payment_id],
      );
      await shop.sweepUntil('it expires', async () => (await shop.payment(payment_id)).status === 'expired');
      const { entries } = (await shop.get<Schemas['Timeline']>(`payments/${payment_id}/timeline`, shop.staff.token))
        .body.data;
      expect(entries.map((entry) => entry.action)).toContain('stripe.session_unknown');
      expect((await shop.create(consultation_id)).status).toBe(201);
    });
  });
});
