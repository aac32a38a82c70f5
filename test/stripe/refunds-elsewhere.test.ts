import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type Stripe from 'stripe';
import { eventually } from '../support/eventually.js';
import type { Reply } from '../support/http.js';
import { startApi } from '../support/processes.js';
import { FEE, openShop, type Shop, untilAnswered } from './support/shop.js';
import { tell, verdictOf } from './support/webhooks.js';

/**
 * Refunds and disputes that were made at Stripe and whose webhooks were lost: a refund request here books them and answers
 * truthfully, and no money is refunded twice. Every webhook is lost.
 */
/** A refund that Stripe has not answered. */
type Waiting = NonNullable<Schemas['STRIPE_UNAVAILABLE']['data']>;

describe('refunds and disputes made at Stripe, with lost events', () => {
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
    readonly payment_intent: string;
  }
  async function paid(): Promise<Paid> {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    const confirmed = await shop.post(`payments/${payment_id}/confirm`, shop.patient.token, {
      transaction_id: payment_intent,
    });
    expect(confirmed.status).toBe(200);
    return { payment_id, payment_intent };
  }
  const refund = <Data = Schemas['RefundedPayment']>(of: Paid, more: Record<string, unknown> = {}, key?: string) =>
    shop.post<Data>(`payments/${of.payment_id}/refund`, shop.staff.token, { reason: 'as asked', ...more }, key);
  const withdraw = (of: Paid, refund_id: number, body: Record<string, unknown> = {}) =>
    shop.post<Schemas['SettledRefund']>(
      `payments/${of.payment_id}/refunds/${refund_id}/withdraw`,
      shop.staff.token,
      body,
    );
  const inDashboard = ({ payment_intent }: Paid, more: Record<string, unknown> = {}) =>
    shop.simulator.sim<{ id: string }>('refunds', { payment_intent, ...more });
  const shown = async ({ payment_id }: Paid) => {
    const { data } = (await shop.get<Schemas['WholePayment']>(`payments/${payment_id}`, shop.staff.token)).body;
    const { refunded_amount, status } = data.payment;
    return { status, refunded_amount, refundable_amount: data.refundable_amount, refund_failed: data.refund_failed };
  };
  const atStripe = async ({ payment_intent }: Paid) =>
    (await shop.ledger()).refunds
      .filter((row) => row.payment_intent === payment_intent)
      .map(({ amount, status }) => `${status} ${amount}`);
  const actions = async ({ payment_id }: Paid) => {
    const { entries } = (await shop.get<Schemas['Timeline']>(`payments/${payment_id}/timeline`, shop.staff.token)).body
      .data;
    return entries.map((entry) => entry.action);
  };
  const codeOf = ({ status, body }: Reply) => [status, body.code] as unknown;

  describe('a refund request finds', () => {
    it('a full dashboard refund: nothing is left, and nothing is reported as failed', async () => {
      const of = await paid();
      await inDashboard(of);
      const reply = await refund(of);
      expect(codeOf(reply)).toEqual([409, 'NOTHING_LEFT_TO_REFUND']);
      expect(reply.body.message).toBe(
        `Payment ${of.payment_id} has nothing left to refund: all of it was refunded or is being refunded.`,
      );
      expect(await shown(of)).toEqual({
        status: 'refunded',
        refunded_amount: FEE,
        refundable_amount: 0,
        refund_failed: false,
      });
      expect((await shop.payment(of.payment_id)).refunds).toEqual([`cancelled ${FEE}`, `succeeded ${FEE}`]);
    });

    it('a partial dashboard refund: the rest is stated, and can be refunded', async () => {
      const of = await paid();
      await inDashboard(of, { amount: 2_000 });
      const reply = await refund(of);
      expect(codeOf(reply)).toEqual([422, 'REFUND_TOO_LARGE']);
      expect(reply.body.message).toBe('At most 3000 idr, in minor units, can still be refunded.');
      expect(await shown(of)).toEqual({
        status: 'partially_refunded',
        refunded_amount: 2_000,
        refundable_amount: 3_000,
        refund_failed: false,
      });
      expect((await refund(of, { amount: 3_000 })).status).toBe(200);
      expect(await atStripe(of)).toEqual(['succeeded 2000', 'succeeded 3000']);
      expect((await shown(of)).refunded_amount).toBe(FEE);
    });

    it('a pending dashboard refund: reserved, and settled when Stripe says so', async () => {
      const of = await paid();
      const { id } = await inDashboard(of, { outcome: 'pending' });
      expect(codeOf(await refund(of))).toEqual([409, 'NOTHING_LEFT_TO_REFUND']);
      expect((await shop.payment(of.payment_id)).refunds).toEqual([`cancelled ${FEE}`, `pending ${FEE}`]);
      await shop.simulator.sim(`refunds/${id}/settle`, { outcome: 'failed' });
      await shop.sweepUntil('it has failed', async () => (await shown(of)).refundable_amount === FEE);
      expect(await shown(of)).toMatchObject({ status: 'completed', refunded_amount: 0, refund_failed: true });
    });

    it('a dispute: refused by Stripe, booked, and the bank decides', async () => {
      const of = await paid();
      const { id } = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent: of.payment_intent });
      const reply = await refund<Schemas['PAYMENT_DISPUTED']['data']>(of);
      expect(codeOf(reply)).toEqual([409, 'PAYMENT_DISPUTED']);
      expect(reply.body.message).toBe(`Payment ${of.payment_id} is disputed; the bank decides the outcome.`);
      expect(reply.body.data.dispute).toMatchObject({ dispute_id: id, state: 'open' });
      expect(await shown(of)).toMatchObject({ status: 'completed', refundable_amount: 0, refund_failed: false });
    });

    it('a lost dispute: counted as refunded', async () => {
      const of = await paid();
      const { id } = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent: of.payment_intent });
      await shop.simulator.sim(`disputes/${id}/close`, { status: 'lost' });
      expect(codeOf(await refund(of))).toEqual([409, 'PAYMENT_DISPUTED']);
      expect(await shown(of)).toMatchObject({ status: 'refunded', refunded_amount: FEE, refund_failed: false });
    });

    it('a refund booked already, when its event arrives later: nothing changes', async () => {
      const of = await paid();
      await inDashboard(of, { amount: 2_000 });
      await refund(of);
      const { data } = await stripe.events.list({ type: 'refund.created', limit: 1 });
      expect(await verdictOf(shop, await tell(shop, 'refund.created', data[0]!.data.object))).toBe('applied');
      expect(await shown(of)).toMatchObject({ refunded_amount: 2_000, refundable_amount: 3_000 });
    });

    it('nothing, while Stripe refuses and cannot be read: no amount is stated, and the same key finds out later', async () => {
      const of = await paid();
      await inDashboard(of);
      await shop.faults({
        webhooks: { lose: true },
        error_500: { when: 'before', path: '/v1/refunds', method: 'GET', times: 99 },
      });
      const reply = await refund(of, {}, 'unreadable');
      expect(codeOf(reply)).toEqual([503, 'STRIPE_UNAVAILABLE']);
      expect(await shown(of)).toMatchObject({ refundable_amount: 0, refund_failed: false });
      await shop.faults({ webhooks: { lose: true } });
      expect(codeOf(await untilAnswered(() => refund(of, {}, 'unreadable')))).toEqual([409, 'NOTHING_LEFT_TO_REFUND']);
      expect((await shown(of)).refunded_amount).toBe(FEE);
    });
  });

  describe('a dashboard refund while ours has no answer', () => {
    /** Stripe stored a 500 under our key, and made nothing. */
    async function unanswered(of: Paid, amount: number, key: string): Promise<number> {
      await shop.faults({
        webhooks: { lose: true },
        error_500: { when: 'before', path: '/v1/refunds', method: 'POST', times: 1 },
      });
      expect((await refund(of, { amount }, key)).status).toBe(503);
      await shop.faults({ webhooks: { lose: true } });
      const [row] = await shop.database.query<{ id: number }>(
        'SELECT id::int AS id FROM refunds WHERE payment_id = $1 ORDER BY id DESC',
        [of.payment_id],
      );
      return row!.id;
    }
    /** A killed process leaves its locks for as long as their leases. */
    const untilUnlocked = (send: () => Promise<Reply>) =>
      eventually(async () => {
        const reply = await send();
        return reply.body.code === 'LOCK_TIMEOUT' ? undefined : reply;
      }, 'the lock of the dead is over');
    /** Until the worker has swept often enough that an earlier version would have sent it again. */
    const sweepOften = async (refund_id: number) => {
      const looks = async () =>
        (
          await shop.database.query<{ looks: number }>('SELECT looks FROM stripe_refunds WHERE refund_id = $1', [
            refund_id,
          ])
        )[0]!.looks;
      const before = await looks();
      await shop.sweepUntil('it was looked at', async () => (await looks()) >= before + 4);
    };

    /** Sweeps until the worker has sent a refund again that has no other beside it: by then it would have sent this one, too. */
    const untilAnotherIsSentAgain = async () => {
      const other = await paid();
      await unanswered(other, 1_000, `again-${other.payment_id}`);
      await shop.sweepUntil('another one is sent again', async () => (await atStripe(other)).length === 1);
    };

    it('ours is not sent again: Stripe refunds once, and staff must decide', async () => {
      const of = await paid();
      const refund_id = await unanswered(of, 1_000, 'unanswered-1');
      const { id: other } = await inDashboard(of, { amount: 1_000 });
      await sweepOften(refund_id);
      expect(await atStripe(of)).toEqual(['succeeded 1000']);
      const again = await refund(of, { amount: 1_000 }, 'unanswered-1');
      expect(codeOf(again)).toEqual([409, 'REFUND_NEEDS_DECISION']);
      expect(again.body.data).toEqual({
        payment_id: of.payment_id,
        refund_id,
        status: 'pending',
        amount: 1_000,
        currency: 'idr',
        conflicting_refunds: [other],
      });
      expect(again.body.message).toBe(
        `Stripe never answered refund ${refund_id} of 1000 idr, in minor units, and Stripe has another refund of this payment that Payonce did not know of when it sent this one (${other}). Payonce does not send it again. If the other refund replaces it, withdraw it; if you want both, withdraw it and refund again.`,
      );
      expect(codeOf(await refund(of, { amount: 500 }, 'another'))).toEqual([409, 'REFUND_NEEDS_DECISION']);
      const { refunds } = (
        await shop.get<Schemas['PageOfRefunds']>(`payments/${of.payment_id}/refunds`, shop.staff.token)
      ).body.data;
      const ours = refunds.find((row) => row.id === refund_id);
      expect(ours).toMatchObject({ status: 'pending', awaiting: 'staff_decision' });
      // Recorded once, however often it is read.
      expect((await actions(of)).filter((action) => action === 'refund.needs_decision')).toHaveLength(1);

      const withdrawn = await withdraw(of, refund_id);
      expect([withdrawn.status, withdrawn.body.data.payment.refunded_amount]).toEqual([200, 1_000]);
      expect(withdrawn.body.message).toBe(
        'Refund withdrawn. Payonce will not send it again. If Stripe makes it after all, it is booked as a refund.',
      );
      await untilAnotherIsSentAgain();
      expect(await atStripe(of)).toEqual(['succeeded 1000']);
      expect(await shown(of)).toMatchObject({
        status: 'partially_refunded',
        refunded_amount: 1_000,
        refundable_amount: 4_000,
      });
      expect((await refund(of, {}, 'the rest')).body.data.refund.amount).toBe(4_000);
    });

    it('ours withdrawn, then repeated: refused under its own key, made under a new one', async () => {
      const of = await paid();
      const refund_id = await unanswered(of, 1_000, 'withdrawn-key');
      await inDashboard(of, { amount: 1_000 });
      expect((await withdraw(of, refund_id)).status).toBe(200);
      const again = await refund(of, { amount: 1_000 }, 'withdrawn-key');
      expect(codeOf(again)).toEqual([409, 'REFUND_ALREADY_SETTLED']);
      expect(again.body.message).toBe(
        `Refund ${refund_id} was withdrawn. To refund again, send the request with a new Idempotency-Key.`,
      );
      expect(await atStripe(of)).toEqual(['succeeded 1000']);
      expect((await refund(of, { amount: 1_000 }, 'a-new-key')).status).toBe(200);
      expect(await atStripe(of)).toEqual(['succeeded 1000', 'succeeded 1000']);
    });

    it('another request or amount names the waiting refund, not what is left beside it', async () => {
      const of = await paid();
      const refund_id = await unanswered(of, 3_000, 'holds-3000');
      for (const amount of [undefined, 3_000, 100]) {
        const reply = await refund<Waiting>(of, amount === undefined ? {} : { amount }, `other-${amount}`);
        expect([...(codeOf(reply) as unknown[]), reply.body.data.refund_id]).toEqual([
          503,
          'STRIPE_UNAVAILABLE',
          refund_id,
        ]);
      }
      await inDashboard(of, { amount: 1_500 });
      await sweepOften(refund_id);
      for (const amount of [undefined, 3_000, 100]) {
        const reply = await refund<Schemas['REFUND_NEEDS_DECISION']['data']>(
          of,
          amount === undefined ? {} : { amount },
          `another-${amount}`,
        );
        expect([...(codeOf(reply) as unknown[]), reply.body.data.refund_id]).toEqual([
          409,
          'REFUND_NEEDS_DECISION',
          refund_id,
        ]);
      }
    });

    it('the whole charge was refunded in the dashboard: no room for ours, and no decision needed', async () => {
      const of = await paid();
      await unanswered(of, 5_000, 'no-room');
      await inDashboard(of);
      await untilAnotherIsSentAgain();
      await shop.sweepUntil('it is booked', async () => (await shown(of)).status === 'refunded');
      expect(await shown(of)).toEqual({
        status: 'refunded',
        refunded_amount: FEE,
        refundable_amount: 0,
        refund_failed: false,
      });
      expect((await shop.payment(of.payment_id)).refunds.toSorted()).toEqual([`cancelled ${FEE}`, `succeeded ${FEE}`]);
      expect(await atStripe(of)).toEqual([`succeeded ${FEE}`]);
    });

    it('ours reserved by an API killed before the request to Stripe: the worker checks before it sends', async () => {
      const of = await paid();
      const dying = await startApi(shop.env({ CRASH_AT: 'refund.committed' }));
      await expect(
        shop.post(
          `payments/${of.payment_id}/refund`,
          shop.staff.token,
          { amount: 1_000, reason: 'dies' },
          'dies',
          dying,
        ),
      ).rejects.toThrow();
      const [row] = await shop.database.query<{ id: number }>(
        'SELECT id::int AS id FROM refunds WHERE payment_id = $1',
        [of.payment_id],
      );
      await inDashboard(of, { amount: 1_000 });
      await sweepOften(row!.id);
      expect(await atStripe(of)).toEqual(['succeeded 1000']);
      expect(codeOf(await untilUnlocked(() => refund(of, { amount: 1_000 }, 'other')))).toEqual([
        409,
        'REFUND_NEEDS_DECISION',
      ]);
      await dying.stop();
    });

    it('ours lost before it reached Stripe: not sent under the same key either', async () => {
      const of = await paid();
      await shop.faults({ webhooks: { lose: true }, reset: { path: '/v1/refunds', method: 'POST', times: 4 } });
      expect((await refund(of, { amount: 1_000 }, 'dropped')).status).toBe(503);
      await shop.faults({ webhooks: { lose: true } });
      await inDashboard(of, { amount: 700 });
      expect(codeOf(await refund(of, { amount: 1_000 }, 'dropped'))).toEqual([409, 'REFUND_NEEDS_DECISION']);
      expect(await atStripe(of)).toEqual(['succeeded 700']);
    });

    it('the dashboard’s refund fails: ours is sent automatically', async () => {
      const of = await paid();
      const refund_id = await unanswered(of, 1_000, 'goes-on');
      const { id } = await inDashboard(of, { amount: 1_000, outcome: 'pending' });
      await sweepOften(refund_id);
      await shop.simulator.sim(`refunds/${id}/settle`, { outcome: 'failed' });
      await shop.sweepUntil('ours is made', async () => (await shown(of)).refunded_amount === 1_000);
      expect(await atStripe(of)).toEqual(['failed 1000', 'succeeded 1000']);
    });

    it('ours withdrawn, then made by Stripe: adopted, and counted once', async () => {
      const of = await paid();
      await shop.faults({
        webhooks: { lose: true },
        error_500: { when: 'later', seconds: 3_600, path: '/v1/refunds', method: 'POST', times: 1 },
      });
      expect((await refund(of, { amount: 1_000 }, 'late')).status).toBe(503);
      await shop.faults({ webhooks: { lose: true } });
      const [row] = await shop.database.query<{ id: number }>('SELECT id FROM refunds WHERE payment_id = $1', [
        of.payment_id,
      ]);
      expect((await withdraw(of, row!.id)).status).toBe(200);
      expect(await shown(of)).toMatchObject({ refunded_amount: 0, refundable_amount: FEE, refund_failed: false });
      await shop.simulator.sim('clock', { advance_seconds: 2 * 3_600 });
      const [made] = (await stripe.refunds.list({ payment_intent: of.payment_intent })).data;
      expect(await verdictOf(shop, await tell(shop, 'refund.created', made))).toBe('applied');
      expect(await shop.payment(of.payment_id)).toMatchObject({
        refunded: 1_000,
        refunds: ['cancelled 1000', 'succeeded 1000'],
      });
    });

    it('ours withdrawn although Stripe made it: detected, and it counts', async () => {
      const of = await paid();
      await shop.faults({
        webhooks: { lose: true },
        lose_answer: { path: '/v1/refunds', method: 'POST', times: 9 },
      });
      expect((await refund(of, { amount: 1_000 }, 'made')).status).toBe(503);
      await shop.faults({ webhooks: { lose: true } });
      const [row] = await shop.database.query<{ id: number }>('SELECT id FROM refunds WHERE payment_id = $1', [
        of.payment_id,
      ]);
      expect(codeOf(await withdraw(of, row!.id))).toEqual([409, 'REFUND_ALREADY_SETTLED']);
      expect((await shop.payment(of.payment_id)).refunds).toEqual(['succeeded 1000']);
    });

    it('ours withdrawn while Stripe is unavailable: only with staff’s confirmation', async () => {
      const of = await paid();
      const refund_id = await unanswered(of, 1_000, 'unreachable');
      const down = () =>
        shop.faults({
          webhooks: { lose: true },
          error_500: { when: 'before', path: '/v1/refunds', method: 'GET', times: 99 },
        });
      await down();
      expect(codeOf(await withdraw(of, refund_id))).toEqual([503, 'STRIPE_UNAVAILABLE']);
      await down();
      const unasked = await withdraw(of, refund_id);
      expect(unasked.body.message).toBe(
        `Stripe cannot be reached, so it is not known whether refund ${refund_id} was made. To withdraw it anyway, send if_stripe_is_unreachable: withdraw.`,
      );
      const reply = await eventually(async () => {
        const tried = await withdraw(of, refund_id, { if_stripe_is_unreachable: 'withdraw' });
        return tried.status === 503 ? undefined : tried;
      }, 'it is withdrawn');
      expect([reply.status, reply.body.data.refund.status, reply.body.message]).toEqual([
        200,
        'cancelled',
        'Refund withdrawn without asking Stripe: it may have been made. Check the Stripe dashboard before you refund again.',
      ]);
      const { entries } = (await shop.get<Schemas['Timeline']>(`payments/${of.payment_id}/timeline`, shop.staff.token))
        .body.data;
      const looked = entries.find((entry) => entry.action === 'stripe.refund_looked_for')!;
      expect(looked.detail).toEqual({ refund_id, asked: false });
      await shop.faults({ webhooks: { lose: true } });
    });

    it('Stripe’s balance is too low: staff are told to top it up', async () => {
      const of = await paid();
      await shop.simulator.sim('refunds/next', { outcome: 'insufficient_balance_refused' });
      const reply = await refund<Waiting>(of, { amount: 1_000 }, 'empty');
      expect([...(codeOf(reply) as unknown[]), reply.body.message]).toEqual([
        503,
        'STRIPE_UNAVAILABLE',
        `Stripe refused refund ${reply.body.data.refund_id} of 1000 idr, in minor units, for now: your Stripe balance is too low. Top it up; Payonce sends it again later. You can withdraw it.`,
      ]);
    });

    it('a refund that Stripe answered cannot be withdrawn', async () => {
      const of = await paid();
      await shop.simulator.sim('refunds/next', { outcome: 'pending' });
      const { refund_id } = (await refund(of, { amount: 1_000 })).body.data;
      const reply = await withdraw(of, refund_id);
      expect(codeOf(reply)).toEqual([403, 'FORBIDDEN']);
      expect(reply.body.message).toBe(
        'Only Stripe settles this refund. Staff can withdraw one that Stripe has not answered.',
      );
      expect((await shop.payment(of.payment_id)).refunds).toEqual(['pending 1000']);
    });

    it('an event waiting for our answer is requeued when it arrives, also when ours succeeded', async () => {
      const of = await paid();
      await shop.faults({
        webhooks: { lose: true },
        lose_answer: { path: '/v1/refunds', method: 'POST', times: 9 },
      });
      expect((await refund(of, { amount: 3_000 }, 'holds')).status).toBe(503);
      await shop.faults({ webhooks: { lose: true } });
      const { id } = await inDashboard(of, { amount: 2_000 });
      // More than is left beside ours, were ours still unanswered and the dashboard's 3000.
      const told = { ...(await stripe.refunds.retrieve(id)), amount: 2_500, id: 're_unknown_to_stripe' };
      const waits = await tell(shop, 'refund.created', told);
      expect(await verdictOf(shop, waits)).toBe('pending');
      await shop.database.query(
        `UPDATE webhook_events SET next_try_at = now() + interval '1 day', tries = 5 WHERE event_id = $1`,
        [waits],
      );
      expect((await untilAnswered(() => refund(of, { amount: 3_000 }, 'holds'))).status).toBe(200);
      const [row] = await shop.database.query<{ due: boolean; tries: number }>(
        'SELECT next_try_at <= now() AS due, tries FROM webhook_events WHERE event_id = $1',
        [waits],
      );
      expect(row).toEqual({ due: true, tries: 0 });
    });
  });
});
