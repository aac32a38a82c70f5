import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { startWorker } from '../support/processes.js';
import { insertPayment } from '../support/rows.js';
import { useStack } from '../support/use-stack.js';

/** The barrier's lock key: any number that nothing else locks. */
const BARRIER = 4_712;
const ROUNDS = [1, 2, 3, 4, 5];

describe('concurrent refunds, over two API processes', () => {
  const stack = useStack({ apis: 2 });

  /** 5000 that arrived; `partially_refunded`: one unit of it went back. */
  const payment = async (status: string, change: Record<string, unknown> = {}) =>
    insertPayment(stack.database, {
      user_id: stack.patient.id,
      consultation_id: await createConsultation(stack.database, stack.patient),
      status,
      ...change,
    });

  let count = 0;
  function post<Data>(path: string, body: unknown, { n = 0, token = stack.staff.token } = {}): Promise<Reply<Data>> {
    return ask<Data>(stack.apis[n % 2]!.url, `/api/v1/payments/${path}`, {
      token,
      body,
      headers: { 'idempotency-key': `race-${(count += 1)}` },
    });
  }
  /** With a key of its own; paid back at once, or only reserved. */
  const refund = (id: number, amount: number, n = 0, settled = true) =>
    post<Schemas['RefundedPayment']>(
      `${id}/refund`,
      { amount, reason: `click ${n}`, ...(settled ? { transaction_id: `back-${(count += 1)}` } : {}) },
      { n },
    );

  /** What arrived, what went back and what is promised: by the charge, and counted from the refunds themselves. */
  async function moneyOf(id: number) {
    const [row] = await stack.database.query<Record<string, number>>(
      `SELECT c.amount_received::int AS received, c.amount_returned::int AS returned, c.amount_reserved::int AS reserved,
              p.refunded_amount::int AS refunded, i.credited_amount::int AS credited,
              (SELECT coalesce(sum(amount), 0)::int FROM credit_notes n WHERE n.invoice_id = i.id) AS notes,
              (SELECT coalesce(sum(amount), 0)::int FROM refunds r WHERE r.payment_id = p.id AND r.status = 'succeeded') AS refunds_done,
              (SELECT coalesce(sum(amount), 0)::int FROM refunds r WHERE r.payment_id = p.id AND r.status = 'pending') AS refunds_in_flight
       FROM payments p JOIN charges c ON c.payment_id = p.id JOIN invoices i ON i.payment_id = p.id WHERE p.id = $1`,
      [id],
    );
    return row!;
  }
  async function addsUp(id: number, { returned, reserved }: { returned: number; reserved: number }): Promise<void> {
    expect(await moneyOf(id)).toEqual({
      received: 5_000,
      returned,
      reserved,
      refunded: returned,
      credited: returned,
      notes: returned,
      refunds_done: returned,
      refunds_in_flight: reserved,
    });
  }
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
  const codesOf = (replies: Reply[]) => replies.map(({ status, body }) => `${status} ${body.code ?? ''}`.trim()).sort();

  it('two refunds at once that exceed the amount together: one is made, the other is refused with what is left', async () => {
    for (const settled of [true, false]) {
      const id = await payment('completed');
      const replies = await Promise.all([0, 1].map((n) => refund(id, 3_000, n, settled)));
      expect(codesOf(replies)).toEqual(['200', '422 REFUND_TOO_LARGE']);
      expect(replies.find(({ status }) => status === 422)!.body.data).toEqual({
        refundable_amount: 2_000,
        currency: 'idr',
      });
      await addsUp(id, settled ? { returned: 3_000, reserved: 0 } : { returned: 0, reserved: 3_000 });
    }
  });

  it('two refunds at once that fit together: both are made', async () => {
    const id = await payment('completed');
    expect(codesOf(await Promise.all([0, 1].map((n) => refund(id, 2_500, n))))).toEqual(['200', '200']);
    await addsUp(id, { returned: 5_000, reserved: 0 });
  });

  it('twenty refunds at once, of which seven fit: seven are made or reserved, thirteen are refused', async () => {
    const id = await payment('completed');
    const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => refund(id, 700, n, n % 4 < 2)));
    expect(codesOf(replies)).toEqual([...Array(7).fill('200'), ...Array(13).fill('422 REFUND_TOO_LARGE')]);
    const made = replies.filter(({ status }) => status === 200).map(({ body }) => body.data.refund);
    const of = (status: string) => sum(made.filter((one) => one.status === status).map(({ amount }) => amount));
    expect(of('succeeded') + of('pending')).toBe(4_900);
    await addsUp(id, { returned: of('succeeded'), reserved: of('pending') });
  });

  const seed = Date.now() % 2 ** 31;
  it(`twenty refunds at once of random amounts, some reserved before: all that fit are made, never more (seed ${seed})`, async () => {
    const random = randomOf(seed);
    const id = await payment('completed');
    expect((await refund(id, 1_500, 0, false)).status).toBe(200);
    const amounts = Array.from({ length: 20 }, () => 1 + Math.floor(random() * 1_200));
    const replies = await Promise.all(amounts.map((amount, n) => refund(id, amount, n)));
    const returned = sum(amounts.filter((_, n) => replies[n]!.status === 200));
    const refused = amounts.filter((_, n) => replies[n]!.status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    // What is left only shrinks: a refused refund would not fit now either.
    for (const amount of refused) expect(amount).toBeGreaterThan(3_500 - returned);
    await addsUp(id, { returned, reserved: 1_500 });
  });

  it('refunds in flight count: a reserved 4000 leaves 1000, and withdrawing it frees the amount', async () => {
    const id = await payment('completed');
    const { refund_id } = (await refund(id, 4_000, 0, false)).body.data;
    expect(codesOf(await Promise.all([0, 1].map((n) => refund(id, 1_001, n))))).toEqual(
      Array(2).fill('422 REFUND_TOO_LARGE'),
    );
    await post(`${id}/refunds/${refund_id}/withdraw`, {});
    expect((await refund(id, 5_000)).status).toBe(200);
    await addsUp(id, { returned: 5_000, reserved: 0 });
  });

  describe('with guards removed, two refunds of 3000 meeting just before the first updates the charge', () => {
    beforeAll(() => raiseBarrier(stack.database));
    afterAll(() => removeBarrier(stack.database));
    afterEach(() => putGuardsBack(stack.database));

    /** Of 4999 that are left, so that the payment's state is the same before and after: nothing else notices. */
    async function twoRefunds(
      takenOut: (keyof typeof TAKE_OUT)[],
      metBy: (held: { atBarrier: number; atRowLock: number; claimed: number }) => boolean,
    ): Promise<{ id: number; replies: Reply[] }> {
      const id = await payment('partially_refunded');
      for (const guard of takenOut) await TAKE_OUT[guard](stack.database);
      const gate = await stack.database.connect();
      try {
        await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
        const claimedBefore = await claims(stack.database);
        const replies = Promise.all([refund(id, 3_000, 0), refund(id, 3_000, 1)]);
        await eventually(async () => {
          const claimed = (await claims(stack.database)) - claimedBefore;
          return metBy({ ...(await waitingNow(stack.database)), claimed });
        }, 'both refunds stand where the guards let them');
        await gate.query('SELECT pg_advisory_unlock($1)', [BARRIER]);
        return { id, replies: await replies };
      } finally {
        await gate.end();
      }
    }

    it.each(ROUNDS)(
      'hazard, round %i: without lease, row lock, CHECK and commit checks 6001 of 5000 are refunded',
      async () => {
        const { id, replies } = await twoRefunds(
          ['leases', 'check', 'story', 'rowLocks'],
          ({ atBarrier }) => atBarrier === 2,
        );
        expect(codesOf(replies)).toEqual(['200', '200']);
        const money = await moneyOf(id);
        expect([money.received, money.returned, money.refunds_done]).toEqual([5_000, 6_001, 6_001]);
        // And the payment believes that it gave back less.
        expect(money.refunded).toBe(3_001);
      },
    );

    it.each(ROUNDS)('the CHECK alone, round %i: the second refund is refused by it, with nothing left', async () => {
      const { id, replies } = await twoRefunds(['leases', 'story', 'rowLocks'], ({ atBarrier }) => atBarrier === 2);
      expect(codesOf(replies)).toEqual(['200', '409 NOTHING_LEFT_TO_REFUND']);
      await addsUp(id, { returned: 3_001, reserved: 0 });
    });

    it.each(ROUNDS)(
      'the commit checks alone, round %i: the second refund fails at commit; a less helpful error, but as safe',
      async () => {
        const { id, replies } = await twoRefunds(['leases', 'check', 'rowLocks'], ({ atBarrier }) => atBarrier === 2);
        expect(codesOf(replies)).toEqual(['200', '500 INTERNAL_ERROR']);
        await addsUp(id, { returned: 3_001, reserved: 0 });
      },
    );

    it.each(ROUNDS)(
      'the row lock alone, round %i: the second refund waits for it, then sees what is left',
      async () => {
        const { id, replies } = await twoRefunds(
          ['leases', 'check', 'story'],
          (held) => held.atBarrier === 1 && held.atRowLock === 1,
        );
        expect(codesOf(replies)).toEqual(['200', '422 REFUND_TOO_LARGE']);
        await addsUp(id, { returned: 3_001, reserved: 0 });
      },
    );

    it.each(ROUNDS)('the lease alone, round %i: the second refund waits for it, then sees what is left', async () => {
      const { id, replies } = await twoRefunds(
        ['check', 'story', 'rowLocks'],
        (held) => held.atBarrier === 1 && held.claimed === 2,
      );
      expect(codesOf(replies)).toEqual(['200', '422 REFUND_TOO_LARGE']);
      await addsUp(id, { returned: 3_001, reserved: 0 });
    });
  });

  describe('sums written from a stale read, by SQL that bypasses the program', () => {
    /** Two sessions read that nothing is reserved, and each writes its own 3000 as the new sum. */
    async function twoScripts(): Promise<{ id: number; outcomes: string[] }> {
      const id = await payment('completed');
      const sessions = await Promise.all([stack.database.connect(), stack.database.connect()]);
      const outcomes: string[] = [];
      for (const session of sessions) {
        await session.query('BEGIN');
        await session.query('SELECT amount_reserved FROM charges WHERE payment_id = $1', [id]);
      }
      for (const session of sessions) {
        try {
          await session.query('UPDATE charges SET amount_reserved = 3000 WHERE payment_id = $1', [id]);
          await session.query(
            `INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, reason)
             SELECT id, payment_id, payment_method, 3000, currency, 'script' FROM charges WHERE payment_id = $1`,
            [id],
          );
          await session.query('COMMIT');
          outcomes.push('committed');
        } catch (error) {
          outcomes.push((error as { constraint: string }).constraint);
        }
      }
      await Promise.all(sessions.map((session) => session.end()));
      return { id, outcomes };
    }
    const SUMS = [
      ['charges', 'charges_sums_match_refunds'],
      ['refunds', 'refunds_match_charge_sums'],
    ] as const;

    it('hazard: without the trigger over the sums, 6000 of 5000 are reserved', async () => {
      for (const [table, trigger] of SUMS)
        await stack.database.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
      const { id, outcomes } = await twoScripts();
      for (const [table, trigger] of SUMS)
        await stack.database.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger}`);
      expect(outcomes).toEqual(['committed', 'committed']);
      expect((await moneyOf(id)).refunds_in_flight).toBe(6_000);
    });

    it('with the trigger, the second transaction is not committed', async () => {
      const { id, outcomes } = await twoScripts();
      expect(outcomes).toEqual(['committed', 'charges_sums_match_refunds']);
      await addsUp(id, { returned: 0, reserved: 3_000 });
    });
  });

  describe('two different changes of one payment at once, without any lease: the first one takes effect', () => {
    beforeAll(() => takeOutLeases(stack.database));
    afterAll(() => putGuardsBack(stack.database));

    /** Both wait for the payment's row, in this order; then it is released. */
    async function inOrder(id: number, first: () => Promise<Reply>, second: () => Promise<Reply>): Promise<Reply[]> {
      const gate = await stack.database.connect();
      try {
        await gate.query('BEGIN');
        await gate.query('SELECT 1 FROM payments WHERE id = $1 FOR UPDATE', [id]);
        const waiting = (most: number) =>
          eventually(async () => (await waitingNow(stack.database)).atRowLock === most, `${most} wait for the row`);
        const one = first();
        await waiting(1);
        const two = second();
        await waiting(2);
        await gate.query('COMMIT');
        return await Promise.all([one, two]);
      } finally {
        await gate.end();
      }
    }
    /** Every status of a payment so far, and its documents in the end. */
    async function storyOf(id: number): Promise<string[]> {
      const steps = await stack.database.query<{ action: string }>(
        `SELECT action FROM audit_log WHERE payment_id = $1 AND lane IN ('database', 'worker') ORDER BY id`,
        [id],
      );
      const [state] = await stack.database.query<{ state: string }>(
        `SELECT concat_ws(' ', p.status, i.status, t.status) AS state
         FROM payments p JOIN invoices i ON i.payment_id = p.id JOIN tax_records t ON t.payment_id = p.id WHERE p.id = $1`,
        [id],
      );
      return [...steps.map(({ action }) => action), state!.state];
    }
    const confirm = (id: number) => post(`${id}/confirm`, { transaction_id: `in-${(count += 1)}` }, { n: 0 });
    const cancel = (id: number) => post(`${id}/cancel`, {}, { n: 1, token: stack.patient.token });
    const settle = (id: number, refund_id: number) =>
      post(`${id}/refunds/${refund_id}/settle`, { transaction_id: `out-${(count += 1)}` }, { n: 0 });
    const withdraw = (id: number, refund_id: number) => post(`${id}/refunds/${refund_id}/withdraw`, {}, { n: 1 });

    it.each(ROUNDS)('confirm, then cancel, round %i: the payment is completed, the cancellation refused', async () => {
      const id = await payment('pending');
      const replies = await inOrder(
        id,
        () => confirm(id),
        () => cancel(id),
      );
      expect(codesOf(replies)).toEqual(['200', '409 TRANSITION_NOT_ALLOWED']);
      expect(await storyOf(id)).toEqual(['payment.completed', 'completed paid due']);
      await addsUp(id, { returned: 0, reserved: 0 });
    });

    it.each(ROUNDS)('cancel, then confirm, round %i: the payment is cancelled, no charge is booked', async () => {
      const id = await payment('pending');
      const replies = await inOrder(
        id,
        () => cancel(id),
        () => confirm(id),
      );
      expect(codesOf(replies)).toEqual(['200', '409 TRANSITION_NOT_ALLOWED']);
      expect(await storyOf(id)).toEqual(['payment.cancelled', 'transfer.left_unmatched', 'cancelled void void']);
      expect(await stack.database.query('SELECT 1 FROM charges WHERE payment_id = $1', [id])).toEqual([]);
      const unmatched = 'SELECT amount_allocated::int AS allocated FROM transfers WHERE payment_id = $1';
      expect(await stack.database.query(unmatched, [id])).toEqual([{ allocated: 0 }]);
    });

    it.each(ROUNDS)('confirm, then refund, round %i: the payment is completed and refunded', async () => {
      const id = await payment('pending');
      const replies = await inOrder(
        id,
        () => confirm(id),
        () => refund(id, 5_000, 1),
      );
      expect(codesOf(replies)).toEqual(['200', '200']);
      expect(await storyOf(id)).toEqual([
        'payment.completed',
        'refund.reserved',
        'refund.succeeded',
        'refunded refunded credited',
      ]);
      await addsUp(id, { returned: 5_000, reserved: 0 });
    });

    it.each(ROUNDS)(
      'refund, then confirm, round %i: the refund is refused as nothing was paid yet, then the payment is completed',
      async () => {
        const id = await payment('pending');
        const replies = await inOrder(
          id,
          () => refund(id, 5_000, 1),
          () => confirm(id),
        );
        expect(codesOf(replies)).toEqual(['200', '409 TRANSITION_NOT_ALLOWED']);
        expect(await storyOf(id)).toEqual(['payment.completed', 'completed paid due']);
        await addsUp(id, { returned: 0, reserved: 0 });
      },
    );

    it.each(ROUNDS)('settle and withdraw, round %i: the first one takes effect, in either order', async () => {
      for (const settledFirst of [true, false]) {
        const id = await payment('completed');
        const { refund_id } = (await refund(id, 2_000, 0, false)).body.data;
        const both = [() => settle(id, refund_id), () => withdraw(id, refund_id)] as const;
        const replies = settledFirst ? await inOrder(id, both[0], both[1]) : await inOrder(id, both[1], both[0]);
        expect(codesOf(replies)).toEqual(['200', '409 REFUND_ALREADY_SETTLED']);
        expect(await storyOf(id)).toEqual([
          'refund.reserved',
          ...(settledFirst
            ? ['refund.succeeded', 'partially_refunded partially_refunded partially_credited']
            : ['refund.cancelled', 'completed paid due']),
        ]);
        await addsUp(id, { returned: settledFirst ? 2_000 : 0, reserved: 0 });
      }
    });

    describe('the expiry job of the worker and a cancellation', () => {
      /** The first to change this payment waits at the barrier, with its row in hand. */
      async function heldWhileChanging(id: number, work: (letGo: () => Promise<void>) => Promise<void>): Promise<void> {
        await stack.database.query(`
          CREATE FUNCTION hold_change() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN PERFORM pg_advisory_xact_lock_shared(${BARRIER}); RETURN NEW; END $$;
          CREATE TRIGGER hold_change BEFORE UPDATE ON payments FOR EACH ROW WHEN (OLD.id = ${id}) EXECUTE FUNCTION hold_change()`);
        const gate = await stack.database.connect();
        await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
        try {
          await work(() => gate.end());
        } finally {
          await gate.end().catch(() => undefined);
          await stack.database.query('DROP TRIGGER hold_change ON payments; DROP FUNCTION hold_change');
        }
      }
      const lapsed = () => payment('pending', { expires_at: new Date(Date.now() - 60_000) });
      const worker = () => startWorker({ DATABASE_URL: stack.database.url, WORKER_SWEEP_SECONDS: '3600' });
      const atBarrier = (program: string) =>
        eventually(
          async () => (await waitingNow(stack.database, program)).atBarrier === 1,
          `${program} stands at the barrier`,
        );

      it('worker first: the payment expires, and the cancellation is refused as expired', async () => {
        const id = await lapsed();
        await heldWhileChanging(id, async (letGo) => {
          const sweeping = await worker();
          await atBarrier('payonce-worker');
          const cancelled = cancel(id);
          await eventually(
            async () => (await waitingNow(stack.database)).atRowLock === 1,
            'the cancellation waits for the row',
          );
          await letGo();
          expect(codesOf([await cancelled])).toEqual(['409 TRANSITION_NOT_ALLOWED']);
          expect(await sweeping.stop()).toBe(0);
        });
        expect(await storyOf(id)).toEqual(['payment.expired', 'expired void void']);
      });

      it('cancellation first: the payment is cancelled, and the worker skips it', async () => {
        const [id, beside] = [await lapsed(), await lapsed()];
        await heldWhileChanging(id, async (letGo) => {
          const cancelled = cancel(id);
          await atBarrier('payonce-api');
          const sweeping = await worker();
          await eventually(async () => (await storyOf(beside)).includes('payment.expired'), 'the worker has come by');
          await letGo();
          expect(codesOf([await cancelled])).toEqual(['200']);
          expect(await sweeping.stop()).toBe(0);
        });
        expect(await storyOf(id)).toEqual(['payment.cancelled', 'cancelled void void']);
      });
    });
  });
});

/** A small generator that a printed seed repeats (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function claims(database: TestDatabase): Promise<number> {
  const [row] = await database.query<{ n: number }>('SELECT count(*)::int AS n FROM client_idempotency');
  return row!.n;
}

async function waitingNow(
  database: TestDatabase,
  program = 'payonce-api',
): Promise<{ atBarrier: number; atRowLock: number }> {
  const [held] = await database.query<{ barrier: number; row: number }>(
    `SELECT count(*) FILTER (WHERE wait_event = 'advisory')::int AS barrier,
            count(*) FILTER (WHERE wait_event IN ('transactionid', 'tuple'))::int AS row
     FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 AND wait_event_type = 'Lock'`,
    [program],
  );
  return { atBarrier: held!.barrier, atRowLock: held!.row };
}

/** Before a statement that changes charges has locked any row: so that two can meet. */
async function raiseBarrier(database: TestDatabase): Promise<void> {
  await database.query(`
    CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(${BARRIER}); RETURN NULL; END $$;
    CREATE TRIGGER barrier BEFORE UPDATE ON charges FOR EACH STATEMENT EXECUTE FUNCTION wait_at_barrier()`);
}

async function removeBarrier(database: TestDatabase): Promise<void> {
  await database.query('DROP TRIGGER barrier ON charges; DROP FUNCTION wait_at_barrier');
}

async function takeOutLeases(database: TestDatabase): Promise<void> {
  await database.query(`
    CREATE FUNCTION lock_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.lock_key := NEW.lock_key || gen_random_uuid(); RETURN NEW; END $$;
    CREATE TRIGGER lock_nothing BEFORE INSERT ON concurrency_locks FOR EACH ROW EXECUTE FUNCTION lock_nothing()`);
}

async function takeOutCheck(database: TestDatabase): Promise<void> {
  await database.query('ALTER TABLE charges DROP CONSTRAINT charges_returned_within_received');
}

const STORY = [
  ['payments', 'payments_are_whole'],
  ['charges', 'charges_are_whole'],
  ['invoices', 'invoices_are_whole'],
  ['tax_records', 'tax_records_are_whole'],
  ['credit_notes', 'credit_notes_match_refunds'],
] as const;

async function takeOutStory(database: TestDatabase): Promise<void> {
  for (const [table, trigger] of STORY) await database.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
}

/**
 * FOR UPDATE does not reach through a set-returning function (https://www.postgresql.org/docs/18/sql-select.html): behind
 * a view over one, the unchanged program reads the same rows and locks nothing. The tables keep their names, by which their
 * triggers know them, in a schema aside. Writes are passed on as they are meant:
 * sums are added to, and a state moves only from the state that was seen.
 */
async function takeOutRowLocks(database: TestDatabase): Promise<void> {
  await database.query(`
    CREATE SCHEMA locked;
    ALTER TABLE payments SET SCHEMA locked;
    CREATE FUNCTION read_payments() RETURNS SETOF locked.payments LANGUAGE sql VOLATILE AS 'SELECT * FROM locked.payments';
    CREATE VIEW payments AS SELECT * FROM read_payments();
    CREATE FUNCTION write_payment() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE locked.payments SET status = NEW.status, processing = NEW.processing, refunded_amount = NEW.refunded_amount,
        completed_at = NEW.completed_at, updated_at = NEW.updated_at WHERE id = OLD.id AND status = OLD.status;
      IF NOT FOUND THEN RETURN NULL; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER write INSTEAD OF UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION write_payment();

    ALTER TABLE charges SET SCHEMA locked;
    CREATE FUNCTION read_charges() RETURNS SETOF locked.charges LANGUAGE sql VOLATILE AS 'SELECT * FROM locked.charges';
    CREATE VIEW charges AS SELECT * FROM read_charges();
    CREATE FUNCTION write_charge() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE locked.charges SET amount_reserved = amount_reserved + NEW.amount_reserved - OLD.amount_reserved,
        amount_returned = amount_returned + NEW.amount_returned - OLD.amount_returned WHERE id = OLD.id;
      RETURN NEW;
    END $$;
    CREATE TRIGGER write INSTEAD OF UPDATE ON charges FOR EACH ROW EXECUTE FUNCTION write_charge()`);
}

/** Row locks come last: what a view stands in for cannot be altered. */
const TAKE_OUT = { leases: takeOutLeases, check: takeOutCheck, story: takeOutStory, rowLocks: takeOutRowLocks };

async function putGuardsBack(database: TestDatabase): Promise<void> {
  await database.query(
    'DROP TRIGGER IF EXISTS lock_nothing ON concurrency_locks; DROP FUNCTION IF EXISTS lock_nothing',
  );
  const [view] = await database.query(`SELECT 1 FROM pg_views WHERE viewname = 'charges'`);
  if (view) {
    await database.query(`
      DROP VIEW payments, charges;
      DROP FUNCTION read_payments, write_payment, read_charges, write_charge;
      ALTER TABLE locked.payments SET SCHEMA public;
      ALTER TABLE locked.charges SET SCHEMA public;
      DROP SCHEMA locked`);
  }
  for (const [table, trigger] of STORY) await database.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger}`);
  const [check] = await database.query(
    `SELECT 1 FROM pg_constraint WHERE conname = 'charges_returned_within_received'`,
  );
  // NOT VALID: rows that a hazard spoilt stay; every new one is checked.
  if (!check) {
    await database.query(`ALTER TABLE charges ADD CONSTRAINT charges_returned_within_received CHECK
      (amount_returned >= 0 AND amount_returned + amount_reserved <= amount_received) NOT VALID`);
  }
}
