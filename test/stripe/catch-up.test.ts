import type { StripePayment } from '../support/answers.js';
import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { createPerson } from '../support/people.js';
import { type Program, startWorker } from '../support/processes.js';
import { countMoney, FEE, openShop, type Shop } from './support/shop.js';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** No event of Stripe's arrives here, and time passes there. */
const UNREACHED = { webhooks: { lose: true } };

describe('catching up with Stripe', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.close());

  const advance = (seconds: number) => shop.simulator.sim('clock', { advance_seconds: seconds });

  /** A payment that is paid and booked. */
  const bought = async () => {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    await eventually(async () => (await shop.payment(payment_id)).status === 'completed', 'it is paid');
    return { payment_id, payment_intent, session_id: checkout.session_id };
  };

  const withWorker = async (isSo: () => Promise<boolean>, what: string) => {
    const worker = await startWorker(shop.env());
    try {
      await eventually(isSo, what, 60_000);
    } finally {
      await worker.stop();
    }
  };
  const cursors = () =>
    shop.database.query<{ list: string; behind: number; in_pass: boolean; pages: number; found: number }>(
      `SELECT list, extract(epoch FROM now() - complete_until)::float8 AS behind, pass_until IS NOT NULL AS in_pass,
              pages_done::int AS pages, found::int AS found FROM stripe_cursors ORDER BY list`,
    );
  /** From here on the worker has read the lists up to now. */
  const caughtUp = () =>
    withWorker(async () => {
      const rows = await cursors();
      return rows.length === 4 && rows.every((row) => !row.in_pass && row.behind < 60);
    }, 'all lists are read');

  const caughtUpTo = (seconds: number) =>
    withWorker(
      async () => (await cursors()).every((row) => !row.in_pass && row.behind < 60 - seconds),
      'all lists are read',
    );

  const outage = async (during: () => Promise<void>, seconds: number) => {
    await shop.faults(UNREACHED);
    await during();
    await advance(seconds);
    // Stripe has stopped retrying: from here on only its lists report changes.
    await shop.faults({});
  };

  it('after an outage of 80 hours: new and lost chargebacks, dashboard refunds and failed refunds are all booked', async () => {
    const [disputed, lost, refunded, failed] = [await bought(), await bought(), await bought(), await bought()];
    const { id: refund } = await shop.simulator.sim<{ id: string }>('refunds', {
      payment_intent: failed.payment_intent,
    });
    await eventually(async () => (await shop.payment(failed.payment_id)).status === 'refunded', 'it is refunded');
    const { id: dispute } = await shop.simulator.sim<{ id: string }>('disputes', {
      payment_intent: lost.payment_intent,
    });
    await eventually(
      async () => (await shop.database.query('SELECT 1 FROM disputes WHERE dispute_id = $1', [dispute])).length > 0,
      'the dispute is known',
    );
    await caughtUp();

    await outage(async () => {
      await shop.simulator.sim('disputes', { payment_intent: disputed.payment_intent });
      await shop.simulator.sim(`disputes/${dispute}/close`, { status: 'lost' });
      await shop.simulator.sim('refunds', { payment_intent: refunded.payment_intent, amount: 2_000 });
      await shop.simulator.sim(`refunds/${refund}/settle`, { outcome: 'failed' });
    }, 80 * HOUR);

    await withWorker(async () => {
      const rows = await Promise.all([lost, refunded, failed].map((one) => shop.payment(one.payment_id)));
      return rows[0]!.status === 'refunded' && rows[1]!.refunded === 2_000 && rows[2]!.refunds[0] === 'failed 5000';
    }, 'all of it is learned');
    expect(await shop.payment(lost.payment_id)).toMatchObject({ refunded: FEE, charges: ['accepted 5000 5000'] });
    expect(await shop.payment(refunded.payment_id)).toMatchObject({
      status: 'partially_refunded',
      refunds: ['succeeded 2000'],
    });
    expect(await shop.payment(failed.payment_id)).toMatchObject({ status: 'completed', charges: ['accepted 5000 0'] });
    expect(
      await shop.database.query('SELECT state FROM disputes WHERE payment_id = $1', [disputed.payment_id]),
    ).toEqual([{ state: 'open' }]);
    const { stripe, ours } = await countMoney(shop);
    expect(ours).toEqual(stripe);
  });

  it('an endpoint removed, or enabled for few types: events without a subscriber are found and applied', async () => {
    const paid = await bought();
    await caughtUp();
    await shop.simulator.sim('endpoints', { urls: [] });
    await shop.simulator.sim('refunds', { payment_intent: paid.payment_intent, amount: 1_000 });
    const urls = [`${shop.api.url}/api/v1/webhooks/stripe`];
    await shop.simulator.sim('endpoints', { urls, enabled_events: ['checkout.session.completed'] });
    await shop.simulator.sim('refunds', { payment_intent: paid.payment_intent, amount: 500 });
    await advance(20 * HOUR);
    await withWorker(async () => (await shop.payment(paid.payment_id)).refunded === 1_500, 'both refunds are learned');
    expect(await shop.payment(paid.payment_id)).toMatchObject({ charges: ['accepted 5000 1500'] });
  });

  it('40 days without an endpoint, events deleted: the lists of objects and re-reads find everything', async () => {
    const [refunded, disputed, failed] = [await bought(), await bought(), await bought()];
    const { id: refund } = await shop.simulator.sim<{ id: string }>('refunds', {
      payment_intent: failed.payment_intent,
    });
    await eventually(async () => (await shop.payment(failed.payment_id)).status === 'refunded', 'it is refunded');
    await caughtUp();
    await outage(async () => {
      await shop.simulator.sim('refunds', { payment_intent: refunded.payment_intent });
      const { id } = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent: disputed.payment_intent });
      await shop.simulator.sim(`disputes/${id}/close`, { status: 'lost' });
      await shop.simulator.sim(`refunds/${refund}/settle`, { outcome: 'failed' });
    }, 40 * DAY);
    const events = await shop.simulator.stripe().events.list({ limit: 100 });
    expect(events.data).toEqual([]);
    await withWorker(async () => {
      const rows = await Promise.all([refunded, disputed, failed].map((one) => shop.payment(one.payment_id)));
      return rows.map(({ status }) => status).join() === 'refunded,refunded,completed';
    }, 'all of it is learned');
    const { stripe, ours } = await countMoney(shop);
    // What the lost dispute took is no refund; the count of ours has none of it either.
    expect(ours).toEqual(stripe);
    expect(await shop.payment(disputed.payment_id)).toMatchObject({ charges: ['accepted 5000 5000'], refunds: [] });
  });

  it('a dispute lost after 70 days is found by re-reading an old object', async () => {
    const paid = await bought();
    const { id } = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent: paid.payment_intent });
    const state = async () =>
      (await shop.database.query<{ state: string }>('SELECT state FROM disputes WHERE dispute_id = $1', [id]))[0]
        ?.state;
    await eventually(async () => (await state()) === 'open', 'the dispute is known');
    await caughtUp();
    await advance(70 * DAY);
    await withWorker(async () => (await cursors()).every((row) => row.behind < -69 * DAY), 'nothing new is listed');
    expect(await state()).toBe('open');
    await shop.faults(UNREACHED);
    await shop.simulator.sim(`disputes/${id}/close`, { status: 'lost' });
    await advance(31 * DAY);
    await withWorker(async () => (await state()) === 'lost', 'it is lost');
    expect(await shop.payment(paid.payment_id)).toMatchObject({ status: 'refunded', charges: ['accepted 5000 5000'] });
  });

  it('a paid session whose payment a restore removed is shown to staff, once, until they resolve it', async () => {
    await bought();
    await caughtUp();
    const lost = {
      amount: 7_000,
      currency: 'idr',
      with_session: true,
      metadata: { purchaseId: '4711', ref: '0b9c1b8e-3f0a-4a57-9a53-5b1f6f0f7a01' },
    };
    await shop.simulator.sim('payments', lost);
    // Foreign: without our ref, or without a payment's id.
    await shop.simulator.sim('payments', { ...lost, metadata: { purchaseId: '4711' } });
    await shop.simulator.sim('payments', { ...lost, metadata: { ref: lost.metadata.ref } });
    await advance(2 * HOUR);
    const list = async () =>
      (await shop.get<Schemas['PageOfDiscrepancies']>('ops/discrepancies?state=open', shop.staff.token)).body.data
        .discrepancies;
    await withWorker(async () => (await list()).length > 0, 'it is shown');
    await advance(2 * HOUR);
    await caughtUpTo(4 * HOUR);
    const found = await list();
    expect(found).toEqual([
      expect.objectContaining({
        kind: 'unknown_payment',
        payment_id: null,
        amount: 7_000,
        currency: 'idr',
        resolved_at: null,
        detail: expect.objectContaining({ metadata: expect.objectContaining({ purchaseId: '4711' }) }),
      }),
    ]);
    const resolve = (note: unknown) =>
      shop.post<Schemas['ResolvedDiscrepancy']>(`ops/discrepancies/${found[0]!.id}/resolve`, shop.staff.token, {
        note,
      });
    expect((await resolve('')).status).toBe(422);
    const reply = await resolve('Refunded in the dashboard.');
    expect([reply.status, reply.body.message]).toEqual([200, 'The discrepancy is resolved']);
    expect(reply.body.data.discrepancy).toMatchObject({
      note: 'Refunded in the dashboard.',
      resolved_by: shop.staff.id,
    });
    expect([(await resolve('Again.')).status, await list()]).toEqual([409, []]);
    expect((await shop.post('ops/discrepancies/99/resolve', shop.staff.token, { note: 'x' })).status).toBe(404);
  });

  it('staff cannot resolve a discrepancy of their own payment', async () => {
    const consultation_id = await shop.consultation(shop.staff);
    const own = await shop.post<StripePayment>('payments', shop.staff.token, {
      consultation_id,
      amount: FEE,
      payment_method: 'stripe',
    });
    expect(own.status).toBe(201);
    const [row] = await shop.database.query<{ id: string }>(
      `INSERT INTO stripe_discrepancies (kind, stripe_id, payment_id, amount, currency)
       VALUES ('paid_twice', 'cs_second', $1, ${FEE}, 'idr') RETURNING id`,
      [own.body.data.payment_id],
    );
    const resolve = (by: { token: string }) =>
      shop.post(`ops/discrepancies/${row!.id}/resolve`, by.token, { note: 'Refunded in the dashboard.' });
    const refused = await resolve(shop.staff);
    expect([refused.status, refused.body.code]).toEqual([403, 'FORBIDDEN']);
    expect(await shop.database.query('SELECT 1 FROM stripe_discrepancies WHERE resolved_at IS NOT NULL')).toEqual([]);
    expect((await resolve(await createPerson(shop.database, 'staff'))).status).toBe(200);
  });

  it('a second paid session of one payment is refunded automatically, and shown to staff as paid twice', async () => {
    const paid = await bought();
    const [row] = await shop.database.query<{ ref: string }>('SELECT ref FROM payments WHERE id = $1', [
      paid.payment_id,
    ]);
    await caughtUp();
    await shop.faults(UNREACHED);
    const metadata = { purchaseId: String(paid.payment_id), ref: row!.ref };
    await shop.simulator.sim('payments', { amount: FEE, currency: 'idr', with_session: true, metadata });
    await advance(2 * HOUR);
    const list = async () =>
      (await shop.get<Schemas['PageOfDiscrepancies']>('ops/discrepancies?state=open', shop.staff.token)).body.data
        .discrepancies;
    await withWorker(
      async () =>
        (await list()).length > 0 && (await shop.payment(paid.payment_id)).refunds.includes('succeeded 5000 automatic'),
      'it is shown and goes back',
    );
    expect(await list()).toMatchObject([{ kind: 'paid_twice', payment_id: paid.payment_id, amount: FEE }]);
    expect(await shop.payment(paid.payment_id)).toMatchObject({
      status: 'completed',
      charges: ['accepted 5000 0', 'returned 5000 5000'],
    });
  });

  it('paid sessions whose events are deleted are booked, with their refunds', async () => {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    await caughtUp();
    await shop.faults(UNREACHED);
    const { payment_intent } = await shop.pay(checkout.session_id);
    await shop.simulator.sim('refunds', { payment_intent, amount: 1_500 });
    // No job reads this session by its id: its row no longer names it.
    await shop.database.query(`UPDATE stripe_sessions SET look_at = now() + interval '10 years'`);
    await advance(40 * DAY);
    await withWorker(async () => (await shop.payment(payment_id)).refunded === 1_500, 'it is booked and refunded');
    expect(await shop.payment(payment_id)).toMatchObject({
      status: 'partially_refunded',
      charges: ['accepted 5000 1500'],
      refunds: ['succeeded 1500'],
    });
  });

  describe('requests that Stripe refuses', () => {
    const readiness = async () => {
      const { lists } = (await shop.get<Schemas['Health']>('health/ready', shop.staff.token)).body.data.checks
        .stripe_catch_up;
      return Object.fromEntries(lists.map(({ list, status }) => [list, status]));
    };
    const failuresOf = async (job: string) =>
      (await shop.database.query<{ failures: string }>('SELECT failures FROM job_failures WHERE job = $1', [job]))[0];

    it.each([['error_500'], ['rate_limit']])(
      'only the list of events (%s): the other lists are read, and health and job_failures name the failing one',
      async (fault) => {
        const paid = await bought();
        await caughtUp();
        await shop.database.query(`UPDATE stripe_cursors SET complete_until = complete_until - interval '2 hours'`);
        const refused = fault === 'error_500' ? { path: '/v1/events', when: 'before' } : { path: '/v1/events' };
        await shop.faults({ ...UNREACHED, [fault]: refused });
        await shop.simulator.sim('refunds', { payment_intent: paid.payment_intent, amount: 1_000 });
        await withWorker(async () => (await shop.payment(paid.payment_id)).refunded === 1_000, 'the refund is learned');
        expect(await readiness()).toEqual({ events: 'warning', sessions: 'ok', refunds: 'ok', disputes: 'ok' });
        expect(Number((await failuresOf('catch-up-events'))?.failures)).toBeGreaterThan(0);
      },
    );

    it('the list of events since the first start: its position exists, and is overdue', async () => {
      await bought();
      await shop.faults({ ...UNREACHED, error_500: { path: '/v1/events', when: 'before' } });
      await withWorker(
        async () => (await cursors()).filter(({ pages }) => pages > 0).length === 3,
        'the other three are read',
      );
      expect((await cursors()).map(({ list }) => list)).toEqual(['disputes', 'events', 'refunds', 'sessions']);
      await shop.database.query(
        `UPDATE stripe_cursors SET complete_until = complete_until - interval '2 hours' WHERE list = 'events'`,
      );
      expect(await readiness()).toEqual({ events: 'warning', sessions: 'ok', refunds: 'ok', disputes: 'ok' });
    });

    it('the re-read of one refund: the others are read', async () => {
      const [first, second] = [await bought(), await bought()];
      const made = [];
      for (const { payment_id, payment_intent } of [first, second]) {
        made.push((await shop.simulator.sim<{ id: string }>('refunds', { payment_intent })).id);
        await eventually(async () => (await shop.payment(payment_id)).status === 'refunded', 'it is refunded');
      }
      await caughtUp();
      await shop.faults({ ...UNREACHED, error_500: { path: `/v1/refunds/${made[0]}`, when: 'before' } });
      await shop.simulator.sim(`refunds/${made[1]}/settle`, { outcome: 'failed' });
      // Due, the refused one first; lists of long ago do not show it.
      await shop.database.query(`UPDATE stripe_cursors SET complete_until = now() + interval '30 days'`);
      await advance(30 * DAY);
      await shop.database.query(
        `UPDATE stripe_refunds k SET reread_at = now() - (CASE r.transaction_id WHEN $1 THEN 2 ELSE 1 END) * interval '1 hour'
         FROM refunds r WHERE r.id = k.refund_id`,
        [made[0]],
      );
      await withWorker(
        async () => (await shop.payment(second.payment_id)).status === 'completed',
        'the second one’s failure is learned',
      );
      expect(Number((await failuresOf('reread-refunds'))?.failures)).toBeGreaterThan(0);
    });
  });

  it('a finding that an earlier version gave up is applied when a re-read finds it again', async () => {
    const paid = await bought();
    const { id } = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent: paid.payment_intent });
    const stateOf = async () =>
      (await shop.database.query<{ state: string }>('SELECT state FROM disputes WHERE dispute_id = $1', [id]))[0]
        ?.state;
    await eventually(async () => (await stateOf()) === 'open', 'the dispute is known');
    await caughtUp();
    await shop.faults(UNREACHED);
    await shop.simulator.sim(`disputes/${id}/close`, { status: 'lost' });
    // No list shows it any more, and this version cannot apply what the re-read finds.
    await advance(31 * DAY);
    await shop.database.query(`UPDATE stripe_cursors SET complete_until = now() + interval '31 days'`);
    await shop.database.query(REFUSE_LOST_DISPUTES);
    const due = () => shop.database.query(`UPDATE disputes SET reread_at = now()`);
    const finding = async () =>
      (
        await shop.database.query<{ status: string; failures: number }>(
          'SELECT status, failures FROM webhook_events WHERE event_id = $1',
          [`listed_${id}_lost_5000`],
        )
      )[0];
    await due();
    await withWorker(async () => (await finding())?.failures === 1, 'it is found and fails');
    await shop.database.query(
      `UPDATE webhook_events SET failures = 11, tries = 11, next_try_at = now() WHERE status = 'pending'`,
    );
    await withWorker(async () => (await finding())?.status === 'dead', 'it is given up');
    expect(await stateOf()).toBe('open');

    // The upgrade.
    await shop.database.query('DROP TRIGGER refuse_lost ON disputes');
    await due();
    await withWorker(async () => (await stateOf()) === 'lost', 'it is applied');
    expect(await finding()).toEqual({ status: 'applied', failures: 0 });
    expect(await shop.payment(paid.payment_id)).toMatchObject({ status: 'refunded', charges: ['accepted 5000 5000'] });
  });

  it('objects that cannot change are not read again: a refused refund, an inquiry closed two years ago', async () => {
    const [disputed, asked] = [await bought(), await bought()];
    await shop.faults(UNREACHED);
    await shop.simulator.sim('disputes', { payment_intent: disputed.payment_intent });
    const refused = await shop.post(
      `payments/${disputed.payment_id}/refund`,
      shop.staff.token,
      { reason: 'asked for' },
      'refused-by-stripe',
    );
    expect(refused.status).toBe(409);
    await shop.faults({});
    const { id } = await shop.simulator.sim<{ id: string }>('disputes', {
      payment_intent: asked.payment_intent,
      kind: 'inquiry',
    });
    await shop.simulator.sim(`disputes/${id}/close`, { status: 'lost' });
    const rereads = () =>
      shop.database.query<{ what: string; over: boolean }>(
        `SELECT r.status AS what, k.reread_at IS NULL AS over FROM stripe_refunds k JOIN refunds r ON r.id = k.refund_id
         UNION ALL SELECT stripe_status, reread_at IS NULL FROM disputes WHERE dispute_id = $1`,
        [id],
      );
    await eventually(
      async () => JSON.stringify(await rereads()).includes('warning_closed'),
      'the closed inquiry is known',
    );
    await caughtUp();
    // The worker reads single objects again after the lists.
    await withWorker(async () => (await rereads())[0]?.over === true, 'the refused refund is not read again');
    expect(await rereads()).toEqual([
      { what: 'cancelled', over: true },
      { what: 'warning_closed', over: false },
    ]);
    await advance(731 * DAY);
    await withWorker(async () => JSON.stringify(await rereads()).split('true').length === 3, 'neither is read again');
  });

  describe('more objects than one page of a list', () => {
    const MORE_THAN_A_PAGE = 120;
    const refundsOf = async (payment_intent: string) => {
      for (let n = 0; n < MORE_THAN_A_PAGE; n++) await shop.simulator.sim('refunds', { payment_intent, amount: 1 });
    };
    const found = async () => (await shop.database.query(`SELECT 1 FROM refunds`)).length;

    it('a worker killed during a pass loses nothing, and the next one continues after its last page', async () => {
      const paid = await bought();
      await caughtUp();
      await shop.faults(UNREACHED);
      await refundsOf(paid.payment_intent);
      await advance(31 * DAY);
      const killed = await startWorker(shop.env({ CRASH_AT: 'catch-up.page-applied' }));
      await eventually(() => killed.child.signalCode === 'SIGKILL', 'it is killed', 60_000);
      // Its page is applied, and not yet recorded; its lease passes.
      expect((await cursors()).filter((row) => row.in_pass)).toHaveLength(1);
      await shop.database.query(`UPDATE stripe_cursors SET leased_until = now()`);
      await withWorker(async () => (await found()) === MORE_THAN_A_PAGE, 'all refunds are learned');
      expect(await shop.payment(paid.payment_id)).toMatchObject({
        refunded: MORE_THAN_A_PAGE,
        charges: [`accepted 5000 ${MORE_THAN_A_PAGE}`],
      });
      expect((await cursors()).filter((row) => row.in_pass)).toEqual([]);
    }, 120_000);

    it('two workers at once do the work once', async () => {
      const paid = await bought();
      await caughtUp();
      await shop.faults(UNREACHED);
      await refundsOf(paid.payment_intent);
      await advance(31 * DAY);
      const before = (await shop.requests()).length;
      const workers: Program[] = await Promise.all([startWorker(shop.env()), startWorker(shop.env())]);
      try {
        await eventually(async () => (await found()) === MORE_THAN_A_PAGE, 'all refunds are learned', 60_000);
        await eventually(async () => (await cursors()).every((row) => !row.in_pass), 'all lists are read');
      } finally {
        await Promise.all(workers.map((worker) => worker.stop()));
      }
      const pages = (await shop.requests())
        .slice(before)
        .filter(({ method, path, query }) => method === 'GET' && path === '/v1/refunds' && !query.payment_intent);
      const positions = pages.map(({ query }) => JSON.stringify([query.starting_after ?? null]));
      expect(new Set(positions).size).toBe(positions.length);
      const tried = await shop.database.query(
        `SELECT tries, count(*)::int FROM webhook_events WHERE event_id LIKE 'listed_re_%' GROUP BY 1`,
      );
      expect(tried).toEqual([{ tries: 1, count: MORE_THAN_A_PAGE }]);
    }, 120_000);

    it('a deleted position: the pass begins again and misses nothing', async () => {
      const paid = await bought();
      await caughtUp();
      await shop.faults(UNREACHED);
      await refundsOf(paid.payment_intent);
      await advance(31 * DAY);
      await shop.database.query(
        `UPDATE stripe_cursors SET pass_from = complete_until - interval '1 hour', pass_until = now() + interval '31 days',
                starting_after = 're_that_is_gone' WHERE list = 'refunds'`,
      );
      await withWorker(async () => (await found()) === MORE_THAN_A_PAGE, 'all refunds are learned');
      expect(await shop.payment(paid.payment_id)).toMatchObject({ refunded: MORE_THAN_A_PAGE });
    }, 60_000);
  });
});

/** As a version that does not know this event: its row of the dispute stays unchanged. */
const REFUSE_LOST_DISPUTES = `
  CREATE FUNCTION refuse_lost() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION 'refused by the test'; END $$;
  CREATE TRIGGER refuse_lost BEFORE UPDATE OF state ON disputes FOR EACH ROW EXECUTE FUNCTION refuse_lost()`;
