import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import type Stripe from 'stripe';
import type { Reply } from '../support/http.js';
import { FEE, openShop, type Shop } from './support/shop.js';
import { signedEvent, tell, verdictOf } from './support/webhooks.js';

/** What an event says is a hint; what Stripe's API answers is the fact. And money that does not match has ways out. */
describe('money that does not match the amount due', () => {
  let shop: Shop;
  let stripe: Stripe;
  beforeAll(async () => {
    shop = await openShop();
    stripe = shop.simulator.stripe({ maxNetworkRetries: 3 });
  });
  afterAll(() => shop.close());
  beforeEach(() => shop.faults({ webhooks: { lose: true } }));

  interface Unheard {
    readonly payment_id: number;
    readonly consultation_id: number;
    readonly payment_intent: string;
    readonly session: Stripe.Checkout.Session;
  }
  async function paidUnheard(): Promise<Unheard> {
    const consultation_id = await shop.consultation();
    const { payment_id, checkout } = (await shop.create(consultation_id)).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    const session = await stripe.checkout.sessions.retrieve(checkout.session_id);
    return { payment_id, consultation_id, payment_intent, session };
  }
  const ODD = { amount_total: 32, amount_subtotal: 32, currency: 'usd' };
  const decide = <Data>(charge_id: number, how: string, body: unknown = {}, key?: string) =>
    shop.post<Data>(`ops/charges/${charge_id}/${how}`, shop.staff.token, body, key);
  const codeOf = ({ status, body }: Reply) => [status, body.code] as unknown;

  /**
   * Quarantined by an earlier version, which relied on the event: the row that an upgrade finds.
   * @param received what the event said
   */
  async function quarantined(
    { payment_id, payment_intent }: Unheard,
    received = 32,
    currency = 'usd',
  ): Promise<number> {
    const [row] = await shop.database.query<{ id: number }>(
      `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
       VALUES ('stripe', $1, $2, $3, $4, 'quarantined') RETURNING id::int AS id`,
      [payment_intent, payment_id, received, currency],
    );
    return row!.id;
  }
  /** Money that truly does not match: what is asked for was changed by hand at Stripe. */
  async function trulyOdd(): Promise<Unheard & { charge_id: number }> {
    const of = await paidUnheard();
    return { ...of, charge_id: await quarantined(of, 4_400, 'idr') };
  }

  describe('an event that differs from Stripe’s API', () => {
    it('another amount and currency: the session is read again, and the payment completes', async () => {
      const of = await paidUnheard();
      const event = await tell(shop, 'checkout.session.completed', { ...of.session, ...ODD });
      expect(await verdictOf(shop, event)).toBe('applied');
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'completed', charges: [`accepted ${FEE} 0`] });
    });

    it('of another API version: read again in ours, whatever it contains', async () => {
      const of = await paidUnheard();
      const { id, send } = signedEvent(
        'checkout.session.completed',
        { ...of.session, payment_status: 'unpaid', status: 'open' },
        { api_version: '2024-06-20' },
      );
      expect((await send(shop.api.url)).status).toBe(200);
      expect(await verdictOf(shop, id)).toBe('applied');
      expect((await shop.payment(of.payment_id)).status).toBe('completed');
    });

    it('Stripe is unavailable: nothing is quarantined, and the event is retried', async () => {
      const of = await paidUnheard();
      await shop.faults({
        webhooks: { lose: true },
        error_500: { when: 'before', path: '/v1/checkout/sessions/*', method: 'GET', times: 99 },
      });
      const event = await tell(shop, 'checkout.session.completed', { ...of.session, ...ODD });
      expect(await verdictOf(shop, event)).toBe('pending');
      expect((await shop.payment(of.payment_id)).charges).toEqual([]);
      await shop.faults({ webhooks: { lose: true } });
      await shop.sweepUntil('it completes', async () => (await shop.payment(of.payment_id)).status === 'completed');
    });
  });

  describe('quarantined money', () => {
    it('is shown to the patient as money received that does not match', async () => {
      const of = await trulyOdd();
      const { data } = (await shop.get<Schemas['WholePayment']>(`payments/${of.payment_id}`, shop.patient.token)).body;
      expect(data.unmatched_money).toEqual({
        charge_id: of.charge_id,
        amount_received: 4_400,
        amount_returned: 0,
        currency: 'idr',
        received_at: expect.any(String),
      });
      expect(data.unused_money).toBe('here');
    });

    it('is accepted by staff when Stripe states that it matches', async () => {
      // So that the ids of payment and charge differ.
      await shop.create(await shop.consultation());
      const of = await paidUnheard();
      const charge_id = await quarantined(of);
      const reply = await decide(charge_id, 'accept', {}, 'accept-1');
      expect([reply.status, reply.body.message]).toEqual([200, 'Money accepted; the payment is completed']);
      expect(reply.body.data).toMatchObject({
        charge: { disposition: 'accepted', amount_received: FEE, currency: 'idr' },
        payment: { status: 'completed' },
        invoice: { status: 'paid' },
        tax: { status: 'due' },
      });
      expect((await decide(charge_id, 'accept', {}, 'accept-1')).text).toBe(reply.text);
      // The timeline of its payment shows the repetition, and no other payment's does.
      const repeated = () =>
        shop.database.query(`SELECT payment_id::int AS id FROM audit_log WHERE action = 'request.repeated'`);
      await eventually(async () => (await repeated()).length > 0, 'the repetition is logged');
      expect(await repeated()).toEqual([{ id: of.payment_id }]);
      expect(codeOf(await decide(charge_id, 'accept', {}, 'accept-2'))).toEqual([409, 'CHARGE_NOT_QUARANTINED']);
      expect((await shop.payment(of.payment_id)).charges).toEqual([`accepted ${FEE} 0`]);
    });

    it('is accepted by the worker, too, when it reads a matching amount', async () => {
      const of = await paidUnheard();
      await quarantined(of);
      await shop.sweepUntil('it completes', async () => (await shop.payment(of.payment_id)).status === 'completed');
      expect((await shop.payment(of.payment_id)).charges).toEqual([`accepted ${FEE} 0`]);
    });

    it('hides its payment’s page from the patient, who would pay twice', async () => {
      const of = await trulyOdd();
      const { data } = (await shop.get<Schemas['WholePayment']>(`payments/${of.payment_id}`, shop.patient.token)).body;
      expect([data.payment.status, data.checkout]).toEqual(['pending', null]);
      const again = await shop.create<Schemas['ExistingPayment']>(of.consultation_id);
      expect([...(codeOf(again) as unknown[]), again.body.data.checkout]).toEqual([409, 'PAYMENT_EXISTS', null]);
      const refused = await shop.post(`payments/${of.payment_id}/refund`, shop.staff.token, {
        reason: 'where it is not',
      });
      expect(refused.body.message).toBe(
        `Payment ${of.payment_id} is pending. Money that arrived for it does not match and waits for a decision: POST /ops/charges/${of.charge_id}/refund.`,
      );
    });

    it('is not accepted once it was refunded in Stripe’s dashboard, without an event', async () => {
      const of = await paidUnheard();
      const charge_id = await quarantined(of, FEE, 'idr');
      await shop.simulator.sim('refunds', { payment_intent: of.payment_intent });
      const reply = await decide(charge_id, 'accept');
      expect(codeOf(reply)).toEqual([409, 'CHARGE_NOT_QUARANTINED']);
      expect(await shop.payment(of.payment_id)).toMatchObject({
        status: 'pending',
        charges: [`returned ${FEE} ${FEE}`],
        refunds: [`succeeded ${FEE}`],
      });
    });

    it('whose automatic refund failed is never accepted by the worker', async () => {
      const of = await paidUnheard();
      await shop.database.query(
        `WITH i AS (UPDATE invoices SET status = 'void' WHERE payment_id = $1),
              t AS (UPDATE tax_records SET status = 'void' WHERE payment_id = $1)
         UPDATE payments SET status = 'expired' WHERE id = $1`,
        [of.payment_id],
      );
      const other = (await shop.create(of.consultation_id)).body.data.payment_id;
      await shop.simulator.sim('refunds/next', { outcome: 'failed' });
      await tell(shop, 'checkout.session.completed', of.session);
      expect((await shop.payment(of.payment_id)).charges).toEqual([`quarantined ${FEE} 0`]);
      expect((await shop.post(`payments/${other}/cancel`, shop.patient.token, {})).status).toBe(200);
      const reviews = async () =>
        (
          await shop.database.query<{ reviews: number }>('SELECT reviews FROM charges WHERE payment_id = $1', [
            of.payment_id,
          ])
        )[0]!.reviews;
      await shop.sweepUntil('it was reviewed', async () => {
        await shop.database.query(`UPDATE charges SET review_at = now() WHERE payment_id = $1`, [of.payment_id]);
        return (await reviews()) >= 2;
      });
      expect(await shop.payment(of.payment_id)).toMatchObject({ status: 'expired', charges: [`quarantined ${FEE} 0`] });
    });

    it('is not accepted for a cancelled payment, nor beside another live one', async () => {
      const of = await paidUnheard();
      const charge_id = await quarantined(of);
      await shop.database.query(
        `WITH i AS (UPDATE invoices SET status = 'void' WHERE payment_id = $1),
              t AS (UPDATE tax_records SET status = 'void' WHERE payment_id = $1)
         UPDATE payments SET status = 'expired' WHERE id = $1`,
        [of.payment_id],
      );
      expect((await shop.create(of.consultation_id)).status).toBe(201);
      const reply = await decide(charge_id, 'accept');
      expect(codeOf(reply)).toEqual([409, 'CHARGE_NOT_ACCEPTABLE']);
      expect(reply.body.message).toBe(
        `Charge ${charge_id} cannot pay payment ${of.payment_id}, which is expired: Stripe received 5000 idr, expected are 5000 idr, in minor units. Refund it, or settle it elsewhere.`,
      );
      expect((await shop.payment(of.payment_id)).charges).toEqual(['quarantined 32 0']);
    });

    it('is refunded by staff, in part and then in full, and is released when nothing is left', async () => {
      const of = await trulyOdd();
      const part = await decide<Schemas['RefundedPayment']>(
        of.charge_id,
        'refund',
        { amount: 400, reason: 'a part' },
        'part',
      );
      expect([part.status, part.body.data.refund.status, part.body.data.refund.amount]).toEqual([
        200,
        'succeeded',
        400,
      ]);
      expect((await shop.payment(of.payment_id)).charges).toEqual(['quarantined 4400 400']);
      const rest = await decide<Schemas['RefundedPayment']>(of.charge_id, 'refund', { reason: 'the rest' }, 'rest');
      expect([rest.status, rest.body.data.refund.amount]).toEqual([200, 4_000]);
      expect((await decide(of.charge_id, 'refund', { reason: 'the rest' }, 'rest')).text).toBe(rest.text);
      expect(await shop.payment(of.payment_id)).toMatchObject({
        status: 'pending',
        charges: ['returned 4400 4400'],
        refunds: ['succeeded 400', 'succeeded 4000'],
      });
      expect(codeOf(await decide(of.charge_id, 'refund', { reason: 'again' }))).toEqual([
        409,
        'CHARGE_NOT_QUARANTINED',
      ]);
      const sent = (await shop.ledger()).refunds.filter((row) => row.payment_intent === of.payment_intent);
      expect(sent.map(({ amount, status }) => [amount, status])).toEqual([
        [400, 'succeeded'],
        [4_000, 'succeeded'],
      ]);
    });

    it('is refunded once by two staff members at the same moment', async () => {
      const of = await trulyOdd();
      const both = await Promise.all([1, 2].map(() => decide(of.charge_id, 'refund', { reason: 'at once' })));
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      expect((await shop.payment(of.payment_id)).charges).toEqual(['returned 4400 4400']);
    });

    it('is released by a dashboard refund, also without an event', async () => {
      const of = await paidUnheard();
      await quarantined(of, FEE, 'idr');
      await shop.database.query(
        `WITH i AS (UPDATE invoices SET status = 'void' WHERE payment_id = $1),
              t AS (UPDATE tax_records SET status = 'void' WHERE payment_id = $1)
         UPDATE payments SET status = 'cancelled' WHERE id = $1`,
        [of.payment_id],
      );
      await shop.simulator.sim('refunds', { payment_intent: of.payment_intent });
      await shop.sweepUntil(
        'it is released',
        async () => (await shop.payment(of.payment_id)).charges[0] === `returned ${FEE} ${FEE}`,
      );
      expect((await shop.payment(of.payment_id)).refunds).toEqual([`succeeded ${FEE}`]);
    });

    it('is marked as settled elsewhere, with a note that stays', async () => {
      const of = await trulyOdd();
      const note = 'Paid back in cash at the desk, receipt 17';
      const reply = await decide<Schemas['DecidedCharge']>(of.charge_id, 'settle-elsewhere', { note }, 'elsewhere');
      expect([reply.status, reply.body.data.charge.disposition]).toEqual([200, 'settled_elsewhere']);
      const { entries } = (await shop.get<Schemas['Timeline']>(`payments/${of.payment_id}/timeline`, shop.staff.token))
        .body.data;
      const settled = entries.find((entry) => entry.action === 'money.settled_elsewhere')!;
      expect(settled.detail).toEqual({ charge_id: of.charge_id, amount: 4_400, currency: 'idr', note });
      expect(codeOf(await decide(of.charge_id, 'refund', { reason: 'too late' }))).toEqual([
        409,
        'CHARGE_NOT_QUARANTINED',
      ]);
      const { data } = (await shop.get<Schemas['WholePayment']>(`payments/${of.payment_id}`, shop.patient.token)).body;
      expect([data.unmatched_money, data.unused_money]).toEqual([null, null]);
    });

    it('can be decided by staff only', async () => {
      const of = await trulyOdd();
      for (const [how, body] of [
        ['accept', {}],
        ['refund', { reason: 'mine' }],
        ['settle-elsewhere', { note: 'mine' }],
      ] as const) {
        const reply = await shop.post(`ops/charges/${of.charge_id}/${how}`, shop.patient.token, body);
        expect(codeOf(reply)).toEqual([403, 'FORBIDDEN']);
      }
      expect(codeOf(await decide(987_654, 'accept'))).toEqual([404, 'CHARGE_NOT_FOUND']);
      expect((await shop.payment(of.payment_id)).charges).toEqual(['quarantined 4400 0']);
    });
  });

  describe('is dated by the time of the charge', () => {
    const DAYS = 5 * 86_400;
    const datesOf = async (payment_id: number) => {
      const [row] = await shop.database.query<Record<string, Date>>(
        `SELECT p.completed_at, i.paid_at, c.received_at, c.recorded_at
         FROM payments p JOIN invoices i ON i.payment_id = p.id JOIN charges c ON c.payment_id = p.id WHERE p.id = $1`,
        [payment_id],
      );
      return row!;
    };
    const seconds = (date: Date) => Math.floor(date.getTime() / 1_000);

    it('not by the delivery of the event, days later', async () => {
      const of = await paidUnheard();
      const { data } = await stripe.events.list({ type: 'checkout.session.completed', limit: 1 });
      const taken = data[0]!.created - DAYS;
      const { send } = signedEvent('checkout.session.completed', of.session, { created: taken });
      expect((await send(shop.api.url)).status).toBe(200);
      const dates = await datesOf(of.payment_id);
      expect([dates.completed_at, dates.paid_at, dates.received_at].map((date) => seconds(date!))).toEqual([
        taken,
        taken,
        taken,
      ]);
      expect(seconds(dates.recorded_at!)).toBeGreaterThan(taken + DAYS - 60);
      const { charge, payment } = (
        await shop.get<Schemas['WholePayment']>(`payments/${of.payment_id}`, shop.staff.token)
      ).body.data;
      expect([charge!.received_at, payment.completed_at]).toEqual(Array(2).fill(new Date(taken * 1_000).toISOString()));
      expect(Date.parse(charge!.recorded_at)).toBe(dates.recorded_at!.getTime());
    });

    it('not by an earlier event that did not say that it was paid', async () => {
      const consultation_id = await shop.consultation();
      const { payment_id, checkout } = (await shop.create(consultation_id)).body.data;
      await shop.pay(checkout.session_id, 'async_pending');
      const unpaid = await stripe.checkout.sessions.retrieve(checkout.session_id);
      await shop.pay(checkout.session_id, 'async_succeeded');
      const { data } = await stripe.events.list({ type: 'checkout.session.async_payment_succeeded', limit: 1 });
      const arrived = data[0]!.created;
      // Of another version of the API, so that the session is read again: by then it is paid.
      const { id, send } = signedEvent('checkout.session.completed', unpaid, {
        created: arrived - DAYS,
        api_version: '2024-06-20',
      });
      await send(shop.api.url);
      expect(await verdictOf(shop, id)).toBe('applied');
      expect(seconds((await datesOf(payment_id)).completed_at!)).toBeGreaterThanOrEqual(arrived - 5);
    });

    it('asked about by confirm: the balance transaction gives the time', async () => {
      const of = await paidUnheard();
      const intent = await stripe.paymentIntents.retrieve(of.payment_intent, {
        expand: ['latest_charge.balance_transaction'],
      });
      const charge = intent.latest_charge as Stripe.Charge;
      const taken = (charge.balance_transaction as Stripe.BalanceTransaction).created;
      const reply = await shop.post(`payments/${of.payment_id}/confirm`, shop.patient.token, {
        transaction_id: of.payment_intent,
      });
      expect(reply.status).toBe(200);
      const dates = await datesOf(of.payment_id);
      expect([dates.completed_at, dates.paid_at, dates.received_at].map((date) => seconds(date!))).toEqual([
        taken,
        taken,
        taken,
      ]);
    });

    it('a dashboard refund and its credit note are dated by Stripe’s time', async () => {
      const of = await paidUnheard();
      await tell(shop, 'checkout.session.completed', of.session);
      const { id } = await shop.simulator.sim<{ id: string }>('refunds', {
        payment_intent: of.payment_intent,
        amount: 1_000,
      });
      const made = await stripe.refunds.retrieve(id);
      // As it was made five days ago; the simulator knows no refund of this name, so its event is all there is.
      const old = { ...made, id: `re_old_${of.payment_id}`, created: made.created - DAYS };
      await tell(shop, 'refund.created', old);
      const [row] = await shop.database.query<Record<string, Date>>(
        `SELECT r.refunded_at, r.settled_at, n.effective_at, n.created_at FROM refunds r
         JOIN credit_notes n ON n.refund_id = r.id WHERE r.payment_id = $1`,
        [of.payment_id],
      );
      expect([row!.refunded_at, row!.effective_at].map((date) => seconds(date!))).toEqual([old.created, old.created]);
      expect([row!.settled_at, row!.created_at].every((date) => seconds(date!) > old.created + DAYS - 60)).toBe(true);
    });
  });
});
