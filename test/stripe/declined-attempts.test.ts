import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type Stripe from 'stripe';
import { eventually } from '../support/eventually.js';
import { putGuardsBack, takeOutLeases } from '../support/guards.js';
import { type Program, startApi } from '../support/processes.js';
import { countMoney, openShop, type Shop } from './support/shop.js';
import { signedEvent, tell, verdictOf } from './support/webhooks.js';

/** The barrier's lock key: a transaction that stores an attempt waits here while a test holds it. */
const BARRIER = 9_009;

interface AttemptRow {
  charge_id: string | null;
  payment_intent: string;
  is_card: boolean;
  payment_method_type: string | null;
  failure_code: string | null;
  decline_code: string | null;
  message: string | null;
  card_brand: string | null;
  card_last4: string | null;
  attempted_at: Date;
}

describe('declined attempts', () => {
  let shop: Shop;
  let stripe: Stripe;
  beforeAll(async () => {
    shop = await openShop();
    stripe = shop.simulator.stripe();
  });
  afterAll(() => shop.close());
  afterEach(() => shop.faults({}));

  const open = async (): Promise<{ payment_id: number; session_id: string }> => {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    return { payment_id, session_id: checkout.session_id };
  };
  const lost = () => shop.faults({ webhooks: { lose: true } });
  const attemptsOf = (payment_id: number) =>
    shop.database.query<AttemptRow>('SELECT * FROM payment_attempts WHERE payment_id = $1 ORDER BY id', [payment_id]);
  const answerTo = async (payment_id: number, token = shop.staff.token) =>
    (await shop.get<Schemas['WholePayment']>(`payments/${payment_id}`, token)).body.data;
  const stepsOf = async (payment_id: number, action: string, token = shop.staff.token) => {
    const { entries } = (await shop.get<Schemas['Timeline']>(`payments/${payment_id}/timeline`, token)).body.data;
    return entries.filter((entry) => entry.action === action);
  };
  /** One card is declined, and Stripe's events about it are lost: only events delivered by a test arrive. */
  async function declined(session_id: string): Promise<{ intent: Stripe.PaymentIntent; charge: Stripe.Charge }> {
    await lost();
    const { payment_intent } = await shop.pay(session_id, 'declined');
    const intent = await stripe.paymentIntents.retrieve(payment_intent);
    return { intent, charge: await stripe.charges.retrieve(intent.latest_charge as string) };
  }

  it('are stored once, though two events report one; change neither state nor money; appear in answer and timeline', async () => {
    const { payment_id, session_id } = await open();
    const { payment_intent } = await shop.pay(session_id, 'declined');
    await eventually(async () => {
      const rows = await shop.database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM webhook_events WHERE payment_id = $1 AND status = 'applied'`,
        [payment_id],
      );
      return rows[0]!.n === 2;
    }, 'both events are applied');
    const charge = await stripe.charges.list({ payment_intent }).then(({ data }) => data[0]!);
    expect(await attemptsOf(payment_id)).toEqual([
      expect.objectContaining({
        charge_id: charge.id,
        payment_intent,
        is_card: true,
        payment_method_type: 'card',
        failure_code: 'card_declined',
        decline_code: 'generic_decline',
        message: 'Your card was declined.',
        card_brand: 'visa',
        card_last4: '0002',
        attempted_at: new Date(charge.created * 1_000),
      }),
    ]);
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'pending', charges: [], refunds: [] });
    const shown = {
      count: 1,
      latest: [
        {
          at: new Date(charge.created * 1_000).toISOString(),
          code: 'card_declined',
          decline_code: 'generic_decline',
          message: 'Your card was declined.',
          card: { brand: 'visa', last4: '0002' },
        },
      ],
    };
    expect((await answerTo(payment_id)).declined_attempts).toEqual(shown);
    expect((await answerTo(payment_id, shop.patient.token)).declined_attempts).toEqual(shown);
    expect(await stepsOf(payment_id, 'payment.attempt_declined')).toEqual([
      expect.objectContaining({
        lane: 'webhook',
        detail: { code: 'card_declined', decline_code: 'generic_decline', last4: '0002' },
      }),
    ]);
    await shop.pay(session_id);
    await eventually(async () => (await shop.payment(payment_id)).status === 'completed', 'it is completed');
    expect((await answerTo(payment_id)).declined_attempts).toEqual(shown);
  });

  it.each([
    ['the charge first', ['charge.failed', 'payment_intent.payment_failed']],
    ['the intent first', ['payment_intent.payment_failed', 'charge.failed']],
  ] as const)('%s, duplicated, and after the payment was paid: one row, nothing else changed', async (_, order) => {
    const { payment_id, session_id } = await open();
    const { intent, charge } = await declined(session_id);
    const { payment_intent } = await shop.pay(session_id);
    await shop.post(`payments/${payment_id}/confirm`, shop.patient.token, { transaction_id: payment_intent });
    const before = await shop.payment(payment_id);
    expect(before.status).toBe('completed');
    const ids: string[] = [];
    for (const type of [...order, ...order, ...[...order].reverse()]) {
      ids.push(await tell(shop, type, type === 'charge.failed' ? charge : intent));
    }
    for (const id of ids) expect(await verdictOf(shop, id)).toBe('applied');
    expect(await attemptsOf(payment_id)).toEqual([
      expect.objectContaining({ charge_id: charge.id, decline_code: 'generic_decline', card_last4: '0002' }),
    ]);
    expect(await stepsOf(payment_id, 'payment.attempt_declined')).toHaveLength(1);
    expect(await shop.payment(payment_id)).toEqual(before);
    const { stripe: theirs, ours } = await countMoney(shop);
    expect(ours).toEqual(theirs);
  });

  describe('reported by two concurrent deliveries, held at the insert', () => {
    // A process lets one of its own callers at a time have a lock: the hazard needs two.
    let second: Program;
    beforeAll(async () => {
      second = await startApi(shop.env());
    });
    afterAll(() => second.stop());
    const raiseBarrier = `
      CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(${BARRIER}); RETURN NEW; END $$;
      CREATE TRIGGER a_barrier BEFORE INSERT ON payment_attempts FOR EACH ROW EXECUTE FUNCTION wait_at_barrier()`;
    const dropUnique = 'ALTER TABLE payment_attempts DROP CONSTRAINT payment_attempts_charge_unique';
    const restoreUnique = (payment_id: number) => `
      ALTER TABLE payment_attempts DISABLE TRIGGER payment_attempts_refuse_change;
      DELETE FROM payment_attempts WHERE payment_id = ${payment_id};
      ALTER TABLE payment_attempts ENABLE ALWAYS TRIGGER payment_attempts_refuse_change;
      ALTER TABLE payment_attempts ADD CONSTRAINT payment_attempts_charge_unique UNIQUE (charge_id)`;

    /** @returns the rows, and the number of their timeline entries. */
    async function race(payment_id: number, session_id: string, atBarrier: number): Promise<[AttemptRow[], number]> {
      const { intent, charge } = await declined(session_id);
      const events = [signedEvent('charge.failed', charge), signedEvent('payment_intent.payment_failed', intent)];
      const gate = await shop.database.connect();
      await shop.database.query(raiseBarrier);
      try {
        await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
        const deliveries = Promise.all(events.map(({ send }, n) => send([shop.api, second][n]!.url)));
        await eventually(async () => {
          const waiting = await shop.database.query(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`,
          );
          return waiting.length === atBarrier;
        }, `${atBarrier} stand at the barrier`);
        await gate.query('SELECT pg_advisory_unlock($1)', [BARRIER]);
        for (const { status } of await deliveries) expect(status).toBe(200);
      } finally {
        await gate.end();
        await shop.database.query('DROP TRIGGER a_barrier ON payment_attempts; DROP FUNCTION wait_at_barrier()');
      }
      for (const { id } of events) {
        await shop.sweepUntil(`${id} is applied`, async () => (await verdictOf(shop, id)) === 'applied');
      }
      return [await attemptsOf(payment_id), (await stepsOf(payment_id, 'payment.attempt_declined')).length];
    }

    it('hazard: without the lock and the unique charge, one attempt is stored twice', async () => {
      const { payment_id, session_id } = await open();
      await takeOutLeases(shop.database);
      await shop.database.query(dropUnique);
      try {
        const [rows, steps] = await race(payment_id, session_id, 2);
        expect([rows.length, steps]).toEqual([2, 2]);
      } finally {
        await putGuardsBack(shop.database);
        await shop.database.query(restoreUnique(payment_id));
      }
    });

    it('without the lock, the unique charge alone: one row and one timeline entry', async () => {
      const { payment_id, session_id } = await open();
      await takeOutLeases(shop.database);
      try {
        const [rows, steps] = await race(payment_id, session_id, 2);
        expect([rows.length, steps]).toEqual([1, 1]);
      } finally {
        await putGuardsBack(shop.database);
      }
    });

    it('with both: the second waits for the lock; one row and one timeline entry', async () => {
      const { payment_id, session_id } = await open();
      const [rows, steps] = await race(payment_id, session_id, 1);
      expect([rows.length, steps]).toEqual([1, 1]);
    });
  });

  it('are protected by Postgres: no second row for one charge, no update, no delete', async () => {
    const { payment_id, session_id } = await open();
    const { charge } = await declined(session_id);
    await tell(shop, 'charge.failed', charge);
    const before = await attemptsOf(payment_id);
    const refusedBy = (sql: string) =>
      shop.database.query(sql).then(
        () => 'nobody',
        (error: { constraint?: string; message: string }) => error.constraint ?? error.message,
      );
    const again = `INSERT INTO payment_attempts (payment_id, charge_id, payment_intent, is_card, attempted_at)
                   VALUES (${payment_id}, '${charge.id}', 'pi_1', true, now())`;
    expect(await refusedBy(again)).toBe('payment_attempts_charge_unique');
    expect(await refusedBy(`UPDATE payment_attempts SET message = 'other' WHERE payment_id = ${payment_id}`)).toBe(
      'payment_attempts_are_kept',
    );
    expect(await refusedBy(`DELETE FROM payment_attempts WHERE payment_id = ${payment_id}`)).toBe(
      'payment_attempts_are_kept',
    );
    expect(await refusedBy('TRUNCATE payment_attempts')).toBe('payment_attempts_are_kept');
    const full = `INSERT INTO payment_attempts (payment_id, charge_id, payment_intent, is_card, card_last4, attempted_at)
                  VALUES (${payment_id}, 'ch_full', 'pi_1', true, '4242424242424242', now())`;
    expect(await refusedBy(full)).toBe('payment_attempts_last4_only');
    expect(await attemptsOf(payment_id)).toEqual(before);
  });

  it('without a webhook are found in Stripe’s undelivered events', async () => {
    const { payment_id, session_id } = await open();
    const { charge } = await declined(session_id);
    await shop.sweepUntil('it is stored', async () => (await attemptsOf(payment_id)).length > 0);
    expect(await attemptsOf(payment_id)).toEqual([expect.objectContaining({ charge_id: charge.id })]);
  });

  it('a failed bank debit is stored as such, not as a declined card', async () => {
    const { payment_id, session_id } = await open();
    await shop.pay(session_id, 'async_pending');
    await shop.pay(session_id, 'async_failed');
    await eventually(async () => (await attemptsOf(payment_id)).length > 0, 'it is stored');
    expect(await attemptsOf(payment_id)).toEqual([
      expect.objectContaining({
        is_card: false,
        payment_method_type: 'customer_balance',
        failure_code: 'payment_intent_payment_attempt_failed',
        decline_code: null,
        card_brand: null,
        card_last4: null,
      }),
    ]);
    expect((await answerTo(payment_id)).declined_attempts).toEqual({ count: 0, latest: [] });
    expect(await stepsOf(payment_id, 'payment.attempt_declined')).toEqual([]);
    expect(await stepsOf(payment_id, 'payment.attempt_failed')).toEqual([
      expect.objectContaining({
        lane: 'webhook',
        detail: { code: 'payment_intent_payment_attempt_failed', payment_method_type: 'customer_balance' },
      }),
    ]);
  });

  it('a failed authentication before any charge is an attempt of its own', async () => {
    const { payment_id, session_id } = await open();
    const { intent } = await declined(session_id);
    await tell(shop, 'payment_intent.payment_failed', intent);
    const unauthenticated = {
      ...intent,
      last_payment_error: {
        type: 'invalid_request_error',
        code: 'payment_intent_authentication_failure',
        message: 'We are unable to authenticate your payment method.',
        payment_method: { type: 'card', card: { brand: 'mastercard', last4: '3220' } },
      },
    };
    const { id, send } = signedEvent('payment_intent.payment_failed', unauthenticated);
    for (let n = 0; n < 2; n++) expect((await send(shop.api.url)).status).toBe(200);
    expect(await verdictOf(shop, id)).toBe('applied');
    expect((await attemptsOf(payment_id))[1]).toMatchObject({
      charge_id: null,
      event_id: id,
      is_card: true,
      failure_code: 'payment_intent_authentication_failure',
      card_last4: '3220',
    });
    const { count, latest } = (await answerTo(payment_id)).declined_attempts;
    expect([count, latest[0]!.card]).toEqual([2, { brand: 'mastercard', last4: '3220' }]);
  });

  it('an unreliable event is checked at Stripe: a charge that succeeded is no declined attempt', async () => {
    const { payment_id, session_id } = await open();
    const { intent } = await declined(session_id);
    const { payment_intent } = await shop.pay(session_id);
    const paid = await stripe.charges.list({ payment_intent }).then(({ data }) => data[0]!);
    expect(paid.status).toBe('succeeded');
    const wrong = { ...intent, last_payment_error: { ...intent.last_payment_error, charge: paid.id } };
    expect(await verdictOf(shop, await tell(shop, 'payment_intent.payment_failed', wrong))).toBe('ignored');
    expect(await attemptsOf(payment_id)).toEqual([]);
  });

  it('of another API version are read again in ours', async () => {
    const { payment_id, session_id } = await open();
    const { charge } = await declined(session_id);
    const old = { ...charge, failure_code: undefined, failure_message: undefined, outcome: undefined };
    const { id, send } = signedEvent('charge.failed', old, { api_version: '2019-12-03' });
    await send(shop.api.url);
    expect(await verdictOf(shop, id)).toBe('applied');
    expect(await attemptsOf(payment_id)).toEqual([
      expect.objectContaining({ failure_code: 'card_declined', decline_code: 'generic_decline' }),
    ]);
  });

  it.each([
    ['no payment of ours', { metadata: {}, payment_intent: 'pi_of_another_shop' }],
    ['our id with another reference', { ref: '00000000-0000-4000-8000-000000000000' }],
  ])('%s: foreign, and nothing is stored', async (_, change) => {
    const { payment_id, session_id } = await open();
    const { charge } = await declined(session_id);
    const { ref, ...rest } = { ref: undefined, ...change };
    const foreign = { ...charge, ...(ref ? { metadata: { ...charge.metadata, ref } } : {}), ...rest };
    expect(await verdictOf(shop, await tell(shop, 'charge.failed', foreign))).toBe('foreign');
    expect(await attemptsOf(payment_id)).toEqual([]);
  });

  it('without our metadata are matched by their charge once that is booked', async () => {
    const { payment_id, session_id } = await open();
    const { charge } = await declined(session_id);
    await shop.faults({});
    await shop.pay(session_id);
    await eventually(async () => (await shop.payment(payment_id)).status === 'completed', 'it is completed');
    const event = await tell(shop, 'charge.failed', { ...charge, metadata: {} });
    expect(await verdictOf(shop, event)).toBe('applied');
    expect(await attemptsOf(payment_id)).toEqual([expect.objectContaining({ charge_id: charge.id })]);
  });

  it('five failed charges of another program on the account are foreign without a call to Stripe’s API', async () => {
    const { session_id } = await open();
    const { charge } = await declined(session_id);
    const before = (await shop.requests()).length;
    for (let n = 1; n <= 5; n++) {
      const foreign = { ...charge, id: `ch_foreign_${n}`, payment_intent: `pi_foreign_${n}`, metadata: {} };
      expect(await verdictOf(shop, await tell(shop, 'charge.failed', foreign))).toBe('foreign');
    }
    expect((await shop.requests()).slice(before)).toEqual([]);
  });

  it('of one payment, for eight reasons: each once, newest first, with reason, card and Stripe’s message', async () => {
    const { payment_id, session_id } = await open();
    const reasons = [
      ['insufficient_funds', 'card_declined', '9995'],
      ['expired_card', 'expired_card', '0069'],
      ['incorrect_cvc', 'incorrect_cvc', '0127'],
      ['processing_error', 'processing_error', '0119'],
      ['card_velocity_exceeded', 'card_declined', '6975'],
      ['lost_card', 'card_declined', '9987'],
      ['stolen_card', 'card_declined', '9979'],
      ['insufficient_funds', 'card_declined', '9995'],
    ];
    for (const [n, [decline_code]] of reasons.entries()) {
      await shop.simulator.sim(`sessions/${session_id}/pay`, { outcome: 'declined', decline_code });
      await eventually(async () => (await attemptsOf(payment_id)).length === n + 1, `attempt ${n + 1} is stored`);
    }
    const { count, latest } = (await answerTo(payment_id)).declined_attempts;
    expect(count).toBe(8);
    expect(latest.map((one) => [one.decline_code, one.code, one.card!.last4])).toEqual([...reasons].reverse());
    expect([latest[0]!.message, latest[6]!.message]).toEqual([
      'Your card has insufficient funds.',
      'Your card has expired.',
    ]);
    const shown = (await answerTo(payment_id, shop.patient.token)).declined_attempts.latest;
    expect(shown.slice(1, 3).map((one) => one.decline_code)).toEqual(['generic_decline', 'generic_decline']);
    expect(await stepsOf(payment_id, 'payment.attempt_declined')).toHaveLength(8);
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'pending', charges: [] });
  });

  it('of twelve all are counted, and the newest ten are shown, newest first, with bounded texts', async () => {
    const { payment_id, session_id } = await open();
    const { charge } = await declined(session_id);
    for (let n = 1; n <= 12; n++) {
      const one = {
        ...charge,
        id: `ch_${payment_id}_${n}`,
        created: charge.created + n,
        failure_message: `${n} ${'x'.repeat(2_000)}`,
      };
      expect(await verdictOf(shop, await tell(shop, 'charge.failed', one))).toBe('applied');
    }
    const { count, latest } = (await answerTo(payment_id)).declined_attempts;
    expect(count).toBe(12);
    expect(latest.map(({ message }) => Number.parseInt(message!))).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(latest[0]!.message).toHaveLength(500);
  });

  it.each(['lost_card', 'stolen_card', 'fraudulent', 'merchant_blacklist', 'pickup_card', 'highest_risk_level'])(
    '%s is shown to staff, and to the payer as a generic decline',
    async (decline_code) => {
      const { payment_id, session_id } = await open();
      const { charge } = await declined(session_id);
      const outcome = { ...charge.outcome, reason: decline_code };
      await tell(shop, 'charge.failed', { ...charge, outcome });
      const shownTo = async (token: string) => [
        (await answerTo(payment_id, token)).declined_attempts.latest[0]!.decline_code,
        (await stepsOf(payment_id, 'payment.attempt_declined', token))[0]!.detail,
      ];
      const detail = { code: 'card_declined', last4: '0002' };
      expect(await shownTo(shop.staff.token)).toEqual([decline_code, { ...detail, decline_code }]);
      expect(await shownTo(shop.patient.token)).toEqual([
        'generic_decline',
        { ...detail, decline_code: 'generic_decline' },
      ]);
    },
  );

  it('are shown for an order as for its payment', async () => {
    const { order_id, session_id } = (await shop.checkout('plan-1')).body.data;
    const { charge } = await declined(session_id);
    await tell(shop, 'charge.failed', charge);
    const { declined_attempts } = (await shop.get<Schemas['Order']>(`orders/${order_id}`, shop.patient.token)).body
      .data;
    expect(declined_attempts).toMatchObject({ count: 1, latest: [{ card: { last4: '0002' } }] });
  });
});
