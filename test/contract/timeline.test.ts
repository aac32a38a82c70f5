import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson } from '../support/people.js';
import { insertPayment } from '../support/rows.js';
import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { useStack } from '../support/use-stack.js';

/** The barrier's lock key: a transaction that writes a refund waits here while a test holds it. */
const BARRIER = 6_161;

type Entry = Schemas['TimelineEntry'];

describe('the timeline of a payment', () => {
  const stack = useStack({ apis: 2 });

  const post = <Data>(path: string, body: unknown, token: string, key?: string, n = 0): Promise<Reply<Data>> =>
    ask<Data>(stack.apis[n]!.url, `/api/v1/payments${path}`, {
      token,
      body,
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  const create = (consultation_id: number, key: string) =>
    post<Schemas['NewPayment']>(
      '',
      { consultation_id, amount: 5_000, payment_method: 'gcash' },
      stack.patient.token,
      key,
    );
  const timeline = <Data = Schemas['Timeline']>(id: number, query = '', token = stack.staff.token) =>
    ask<Data>(stack.apis[0]!.url, `/api/v1/payments/${id}/timeline${query}`, { token });
  const entriesOf = async (id: number) => (await timeline(id)).body.data.entries;
  const paid = async () =>
    insertPayment(stack.database, {
      user_id: stack.patient.id,
      consultation_id: await createConsultation(stack.database, stack.patient),
      status: 'completed',
    });

  /** Created, refused to a second click, repeated by its key, confirmed, partly refunded. */
  async function story(): Promise<{ id: number; requests: string[] }> {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const first = `first-${consultation_id}`;
    const created = await create(consultation_id, first);
    const id: number = created.body.data.payment_id;
    const duplicate = await create(consultation_id, `second-${consultation_id}`);
    expect([duplicate.status, duplicate.body.code]).toEqual([409, 'PAYMENT_EXISTS']);
    const repeated = await create(consultation_id, first);
    expect(repeated.headers.get('idempotent-replayed')).toBe('true');
    await eventually(
      async () => (await entriesOf(id)).some(({ action }) => action === 'request.repeated'),
      'the repetition is remembered, beside its answer',
    );
    const confirmed = await post(`/${id}/confirm`, { transaction_id: `story-${id}` }, stack.staff.token);
    const refunded = await post(
      `/${id}/refund`,
      { amount: 1_000, reason: 'late', transaction_id: `story-back-${id}` },
      stack.staff.token,
    );
    expect([confirmed.status, refunded.status]).toEqual([200, 200]);
    return {
      id,
      requests: [created, duplicate, repeated, confirmed, refunded].map(({ headers }) => headers.get('x-request-id')!),
    };
  }

  it('shows why three clicks made one charge: lanes, oldest first, with milliseconds', async () => {
    const { id, requests } = await story();
    const { body } = await timeline(id);
    const { entries } = body.data;
    expect(entries.map(({ lane, action, actor }) => `${lane} ${action} ${actor}`)).toEqual([
      'request request.create owner',
      'lock lock.acquired owner',
      'database payment.created owner',
      // It needed no lock: it found the payment that the first click had just made.
      'request request.create owner',
      'database payment.duplicate_refused owner',
      'request request.repeated owner',
      'request request.confirm staff',
      'lock lock.acquired staff',
      'database payment.completed staff',
      'request request.refund staff',
      'lock lock.acquired staff',
      'database refund.reserved staff',
      'database refund.succeeded staff',
    ]);
    const [created, duplicate, repeated, confirmed, refunded] = requests as [string, string, string, string, string];
    expect(entries.map(({ request_id }) => request_id)).toEqual([
      ...Array(3).fill(created),
      ...Array(2).fill(duplicate),
      repeated,
      ...Array(3).fill(confirmed),
      ...Array(4).fill(refunded),
    ]);
    expect(entries[0]!.ms).toBe(0);
    for (const [n, entry] of entries.entries()) {
      if (n > 0) expect(entry.ms).toBeGreaterThanOrEqual(entries[n - 1]!.ms);
      // To the millisecond what the times say.
      expect(Math.abs(Date.parse(entry.at) - Date.parse(entries[0]!.at) - entry.ms)).toBeLessThanOrEqual(1);
    }
    expect(entries[1]!.detail).toEqual({
      lock_keys: [expect.stringMatching(/^payment:lock:\d+:\d+$/), `purchase:complete:${id}`],
      waited_ms: expect.any(Number),
    });
    expect(entries.at(-1)!.detail).toMatchObject({ amount: 1_000, status: 'partially_refunded' });
  });

  it('cancelled, settled, withdrawn: each with its request, lock and change', async () => {
    const pending = (await create(await createConsultation(stack.database, stack.patient), 'to-cancel')).body.data
      .payment_id;
    await post(`/${pending}/cancel`, {}, stack.patient.token);
    expect((await entriesOf(pending)).slice(3).map(({ action }) => action)).toEqual([
      'request.cancel',
      'lock.acquired',
      'payment.cancelled',
    ]);
    const id = await paid();
    const one = (
      await post<Schemas['RefundedPayment']>(`/${id}/refund`, { amount: 1, reason: 'one' }, stack.staff.token)
    ).body.data.refund_id;
    const two = (
      await post<Schemas['RefundedPayment']>(`/${id}/refund`, { amount: 2, reason: 'two' }, stack.staff.token)
    ).body.data.refund_id;
    await post(`/${id}/refunds/${one}/settle`, { transaction_id: `settled-${id}` }, stack.staff.token);
    await post(`/${id}/refunds/${two}/withdraw`, {}, stack.staff.token);
    const told = (await entriesOf(id)).filter(({ lane }) => lane !== 'lock');
    expect(told.map(({ action, detail }) => [action, detail.refund_id])).toEqual([
      ['request.refund', undefined],
      ['refund.reserved', one],
      ['request.refund', undefined],
      ['refund.reserved', two],
      ['request.settle_refund', undefined],
      ['refund.succeeded', one],
      ['request.withdraw_refund', undefined],
      ['refund.cancelled', two],
    ]);
  });

  it('shows which request waited for the lock', async () => {
    const id = await paid();
    await stack.database.query(`
      CREATE SEQUENCE asked;
      CREATE FUNCTION count_asking() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM nextval('asked'); RETURN NULL; END $$;
      CREATE TRIGGER count_asking AFTER INSERT ON concurrency_locks FOR EACH STATEMENT EXECUTE FUNCTION count_asking();
      CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(${BARRIER}); RETURN NEW; END $$;
      CREATE TRIGGER barrier BEFORE INSERT ON refunds FOR EACH ROW EXECUTE FUNCTION wait_at_barrier()`);
    const gate = await stack.database.connect();
    await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
    const first = post(`/${id}/refund`, { amount: 1, reason: 'holds the lock' }, stack.staff.token, undefined, 0);
    await eventually(async () => {
      const held = await stack.database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`,
      );
      return held.length === 1;
    }, 'the first holds the lock and stands at the barrier');
    const asked = async () =>
      Number((await stack.database.query<{ n: string }>('SELECT last_value AS n FROM asked'))[0]!.n);
    const before = await asked();
    const second = post(`/${id}/refund`, { amount: 2, reason: 'waits for it' }, stack.staff.token, undefined, 1);
    await eventually(async () => (await asked()) >= before + 3, 'the second has asked for the lock again and again');
    await gate.end();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);

    const entries = await entriesOf(id);
    const [held, waited] = entries.filter(({ action }) => action === 'lock.acquired') as [Entry, Entry];
    const firstDone = entries.find(({ action }) => action === 'refund.reserved')!;
    const waited_ms = waited.detail.waited_ms as number;
    // It asked before the first was done, and got the lock after it.
    expect(waited.ms).toBeGreaterThan(firstDone.ms);
    expect(waited.ms - waited_ms).toBeLessThan(firstDone.ms);
    expect(held.detail.waited_ms as number).toBeLessThan(waited_ms);
    await stack.database.query(`
      DROP TRIGGER barrier ON refunds; DROP FUNCTION wait_at_barrier;
      DROP TRIGGER count_asking ON concurrency_locks; DROP FUNCTION count_asking; DROP SEQUENCE asked`);
  });

  it.each([1, 2, 3, 7, 100])(
    'pages of %i list every entry once, in order, also entries of the same moment',
    async (limit) => {
      const { id } = await story();
      await stack.database.query(
        `INSERT INTO audit_log (at, action, payment_id, lane)
       SELECT (SELECT max(at) FROM audit_log WHERE payment_id = $1), 'worker.looked', $1, 'worker' FROM generate_series(1, 7)`,
        [id],
      );
      const whole = (await entriesOf(id)).map((entry) => entry.id);
      expect(whole).toHaveLength(20);
      const paged: number[] = [];
      let cursor: string | null = null;
      let pages = 0;
      do {
        const page: Reply<Schemas['Timeline']> = await timeline(
          id,
          `?limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`,
        );
        expect(page.body.data.entries.length).toBeLessThanOrEqual(limit);
        paged.push(...page.body.data.entries.map((entry) => entry.id));
        cursor = page.body.data.next_cursor;
      } while (cursor !== null && (pages += 1) < 50);
      expect(paged).toEqual(whole);
    },
  );

  it('the owner sees that staff acted, staff see who; other users get nothing', async () => {
    const { id } = await story();
    await stack.database.query(
      `INSERT INTO audit_log (action, payment_id, lane) VALUES ('worker.looked', $1, 'worker')`,
      [id],
    );
    const owner = await timeline(id, '', stack.patient.token);
    expect(owner.text).not.toContain('actor_user_id');
    expect(owner.text).not.toContain(stack.staff.subject);
    expect(new Set(owner.body.data.entries.map(({ actor }) => actor))).toEqual(new Set(['owner', 'staff', 'system']));
    const house = (await timeline(id)).body.data.entries;
    expect(new Set(house.map(({ actor, actor_user_id }) => `${actor} ${actor_user_id}`))).toEqual(
      new Set([`owner ${stack.patient.id}`, `staff ${stack.staff.id}`, 'system null']),
    );
    const stranger = await timeline(id, '', (await createPerson(stack.database)).token);
    expect([stranger.status, stranger.body.code, stranger.body.data]).toEqual([403, 'FORBIDDEN', undefined]);
    expect((await timeline(999_999)).body.code).toBe('PAYMENT_NOT_FOUND');
    for (const cursor of ['x', '1', '1.', '.1', '1.1.1', '-1.1', '1e3.1', `${'9'.repeat(18)}.1`]) {
      const reply = await timeline<Schemas['VALIDATION_FAILED']['data']>(id, `?cursor=${cursor}`);
      expect([cursor, reply.status, Object.keys(reply.body.data.fields)]).toEqual([cursor, 422, ['cursor']]);
    }
  });

  it('every step writes its audit entries in one statement', async () => {
    await stack.database.query(`
      CREATE SEQUENCE written;
      CREATE FUNCTION count_writing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM nextval('written'); RETURN NULL; END $$;
      CREATE TRIGGER count_writing AFTER INSERT ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION count_writing()`);
    const written = async () => {
      const [row] = await stack.database.query<{ n: string }>(
        'SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS n FROM written',
      );
      return Number(row!.n);
    };
    const counts: [string, number, number][] = [];
    async function step<Data>(name: string, status: number, work: () => Promise<Reply<Data>>): Promise<Reply<Data>> {
      const [before, [rows]] = [
        await written(),
        await stack.database.query<{ n: number }>('SELECT count(*)::int AS n FROM audit_log'),
      ];
      const reply = await work();
      expect([name, reply.status]).toEqual([name, status]);
      const [after] = await stack.database.query<{ n: number }>('SELECT count(*)::int AS n FROM audit_log');
      counts.push([name, (await written()) - before, after!.n - rows!.n]);
      return reply;
    }
    const consultation = await createConsultation(stack.database, stack.patient);
    const id = (await step('create', 201, () => create(consultation, 'steps-1'))).body.data.payment_id;
    await step('duplicate', 409, async () => {
      const refused = await create(consultation, 'steps-2');
      const written = () =>
        stack.database.query(`SELECT FROM audit_log WHERE payment_id = $1 AND action = 'payment.duplicate_refused'`, [
          id,
        ]);
      await eventually(async () => (await written()).length === 1, 'written soon after its answer');
      return refused;
    });
    await step('confirm', 200, () => post(`/${id}/confirm`, { transaction_id: `steps-${id}` }, stack.staff.token));
    await step('refund', 200, () =>
      post(`/${id}/refund`, { amount: 1, reason: 'r', transaction_id: `b-${id}` }, stack.staff.token),
    );
    const reserved = await step('reserve', 200, () =>
      post<Schemas['RefundedPayment']>(`/${id}/refund`, { amount: 2, reason: 'r' }, stack.staff.token),
    );
    const { refund_id } = reserved.body.data;
    await step('settle', 200, () =>
      post(`/${id}/refunds/${refund_id}/settle`, { transaction_id: `s-${id}` }, stack.staff.token),
    );
    await step('refused', 422, () => post(`/${id}/refund`, { amount: 9_999, reason: 'r' }, stack.staff.token));
    const other = (
      await step('create', 201, async () => create(await createConsultation(stack.database, stack.patient), 'steps-3'))
    ).body;
    await step('cancel', 200, () => post(`/${other.data.payment_id}/cancel`, {}, stack.patient.token));
    expect(counts).toEqual([
      ['create', 1, 3],
      ['duplicate', 1, 2],
      ['confirm', 1, 3],
      ['refund', 1, 4],
      ['reserve', 1, 3],
      ['settle', 1, 3],
      ['refused', 0, 0],
      ['create', 1, 3],
      ['cancel', 1, 3],
    ]);
  });
});
