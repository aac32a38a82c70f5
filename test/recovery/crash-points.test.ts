import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { killedAt as killed } from '../support/crash.js';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { type Program, startApi, startWorker } from '../support/processes.js';
import { insertPayment } from '../support/rows.js';
import { useStack } from '../support/use-stack.js';

/** Short, so that the test need not wait as long as a client would after a real crash. */
const LEASE_MS = '400';

/** A payment by transfer stores its key together with itself; `claim.committed` is in stripe-crash-points.test.ts. */
const CREATE_POINTS = [
  'locks.acquired',
  'payment.before-commit',
  'payment.committed',
  'locks.released',
  'answer.cached',
];
const REFUND_POINTS = ['refund.before-commit', 'refund.committed'];
const CANCEL_POINTS = ['cancel.before-commit', 'cancel.committed'];
const CONFIRM_POINTS = ['claim.committed', 'confirm.before-commit', 'confirm.committed', 'answer.cached'];

describe('SIGKILL at a named crash point', () => {
  const stack = useStack({
    redis: true,
    settings: {
      IDEMPOTENCY_LEASE_MS: LEASE_MS,
      // The locks of a dead server are free sooner than after the default five seconds.
      LOCK_LEASE_MS: '600',
    },
  });

  /** Sends one request to a process that kills itself at `point`, and sees that it did, by that signal. */
  async function killedAt(point: string, send: (api: Program) => Promise<Reply>): Promise<void> {
    await killed(
      point,
      (crash) => startApi(stack.env(crash)),
      (victim) => expect(send(victim)).rejects.toThrow(),
    );
  }

  const create = (api: Program, consultation_id: number, key: string, spelling = 'idempotency-key') =>
    ask<Schemas['NewPayment']>(api.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers: { [spelling]: key },
      body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
    });
  const confirm = (api: Program, payment_id: number, transaction_id: string) =>
    ask<Schemas['ConfirmedPayment']>(api.url, `/api/v1/payments/${payment_id}/confirm`, {
      token: stack.staff.token,
      headers: { 'idempotency-key': transaction_id },
      body: { transaction_id },
    });

  /** As a client does: retries while the answer says that the first attempt is running. */
  const untilAnswered = <Data>(send: () => Promise<Reply<Data>>) =>
    eventually(async () => {
      const reply = await send();
      return reply.body.code === 'PAYMENT_IN_PROGRESS' || reply.body.code === 'LOCK_TIMEOUT' ? undefined : reply;
    }, 'the key is answered');

  /** Every payment of this consultation, with whether invoice, tax record and audit row are there. */
  const wholePayments = (consultation_id: number) =>
    stack.database.query<{ id: string; whole: boolean }>(
      `SELECT p.id, (EXISTS (SELECT 1 FROM invoices WHERE payment_id = p.id)
                 AND EXISTS (SELECT 1 FROM tax_records WHERE payment_id = p.id)
                 AND (SELECT count(*) FROM audit_log WHERE payment_id = p.id AND action = 'payment.created') = 1) AS whole
       FROM payments p WHERE consultation_id = $1`,
      [consultation_id],
    );

  it.each(CREATE_POINTS)(
    'create, at %s: the same key gets one whole payment, and one answer from then on',
    async (point) => {
      const consultation_id = await createConsultation(stack.database, stack.patient);
      await killedAt(point, (api) => create(api, consultation_id, `same-${point}`));
      const answer = await untilAnswered(() => create(stack.api, consultation_id, `same-${point}`));
      expect(answer.status).toBe(201);
      expect((await create(stack.api, consultation_id, `same-${point}`)).text).toBe(answer.text);
      const payments = await wholePayments(consultation_id);
      expect(payments).toEqual([{ id: String(answer.body.data.payment_id), whole: true }]);
    },
  );

  it.each(CREATE_POINTS)('create, at %s: the legacy contract names one payment', async (point) => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    await killedAt(point, (api) => create(api, consultation_id, `legacy-${point}`, 'x-idempotency-key'));
    const answer = await untilAnswered(() =>
      create(stack.api, consultation_id, `legacy-${point}`, 'x-idempotency-key'),
    );
    expect([201, 409]).toContain(answer.status);
    expect(await wholePayments(consultation_id)).toEqual([{ id: String(answer.body.data.payment_id), whole: true }]);
  });

  it.each(CREATE_POINTS)('create, at %s: another key finds the payment, or creates the only one', async (point) => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    await killedAt(point, (api) => create(api, consultation_id, `first-${point}`));
    const answer = await untilAnswered(() => create(stack.api, consultation_id, `second-${point}`));
    expect([201, 409]).toContain(answer.status);
    expect(await wholePayments(consultation_id)).toEqual([{ id: String(answer.body.data.payment_id), whole: true }]);
  });

  it.each(CREATE_POINTS)(
    'create, at %s: with only the worker running there is one whole payment or none',
    async (point) => {
      const consultation_id = await createConsultation(stack.database, stack.patient);
      await killedAt(point, (api) => create(api, consultation_id, `worker-${point}`));
      const worker = await startWorker(stack.env({ WORKER_SWEEP_SECONDS: '1' }));
      expect(await worker.stop()).toBe(0);
      const committed = !['locks.acquired', 'payment.before-commit'].includes(point);
      expect((await wholePayments(consultation_id)).map(({ whole }) => whole)).toEqual(committed ? [true] : []);
    },
  );

  it.each(CONFIRM_POINTS)(
    'confirm, at %s: the same key completes it once, with one charge and one answer from then on',
    async (point) => {
      const consultation_id = await createConsultation(stack.database, stack.patient);
      const { payment_id } = (await create(stack.api, consultation_id, `to-confirm-${point}`)).body.data;
      await killedAt(point, (api) => confirm(api, payment_id, `confirm-${point}`));
      const answer = await untilAnswered(() => confirm(stack.api, payment_id, `confirm-${point}`));
      expect([answer.status, answer.body.data.payment.status]).toEqual([200, 'completed']);
      expect((await confirm(stack.api, payment_id, `confirm-${point}`)).text).toBe(answer.text);
      const [counts] = await stack.database.query(
        `SELECT (SELECT count(*)::int FROM charges WHERE payment_id = $1) AS charges,
              (SELECT count(*)::int FROM audit_log WHERE payment_id = $1 AND action = 'payment.completed') AS audited`,
        [payment_id],
      );
      expect(counts).toEqual({ charges: 1, audited: 1 });
    },
  );

  describe('during a refund', () => {
    const reference = (() => {
      let count = 0;
      return () => `crash-back-${(count += 1)}`;
    })();
    const paid = async () =>
      insertPayment(stack.database, {
        user_id: stack.patient.id,
        consultation_id: await createConsultation(stack.database, stack.patient),
        status: 'completed',
      });
    /** A part, so that a second one would find room: only the key keeps it from going back twice. */
    const refund = (api: Program, id: number, { key, transaction_id }: { key?: string; transaction_id?: string }) =>
      ask<Schemas['RefundedPayment']>(api.url, `/api/v1/payments/${id}/refund`, {
        token: stack.staff.token,
        headers: key === undefined ? {} : { 'idempotency-key': key },
        body: { amount: 2_000, reason: 'crash', ...(transaction_id === undefined ? {} : { transaction_id }) },
      });
    const settle = (api: Program, id: number, refund_id: number, transaction_id: string, key: string) =>
      ask<Schemas['SettledRefund']>(api.url, `/api/v1/payments/${id}/refunds/${refund_id}/settle`, {
        token: stack.staff.token,
        headers: { 'idempotency-key': key },
        body: { transaction_id },
      });

    async function moneyOf(id: number) {
      const [row] = await stack.database.query(
        `SELECT c.amount_returned::int AS returned, c.amount_reserved::int AS reserved, p.refunded_amount::int AS refunded,
                i.credited_amount::int AS credited,
                (SELECT coalesce(sum(n.amount), 0)::int FROM credit_notes n WHERE n.invoice_id = i.id) AS notes,
                (SELECT coalesce(sum(r.amount), 0)::int FROM refunds r WHERE r.payment_id = p.id AND r.status = 'succeeded') AS done,
                (SELECT count(*)::int FROM refunds r WHERE r.payment_id = p.id) AS refunds,
                (SELECT count(*)::int FROM audit_log a WHERE a.payment_id = p.id AND a.action = 'refund.succeeded') AS audited
         FROM payments p JOIN charges c ON c.payment_id = p.id JOIN invoices i ON i.payment_id = p.id WHERE p.id = $1`,
        [id],
      );
      return row;
    }
    const times = (n: number) => ({
      returned: n * 2_000,
      reserved: 0,
      refunded: n * 2_000,
      credited: n * 2_000,
      notes: n * 2_000,
      done: n * 2_000,
      refunds: n,
      audited: n,
    });
    const isCommitted = (point: string) => point === 'refund.committed';

    async function sameKey(point: string): Promise<void> {
      const [id, transaction_id, key] = [await paid(), reference(), `refund-${point}`];
      await killedAt(point, (api) => refund(api, id, { key, transaction_id }));
      expect(await moneyOf(id)).toEqual(times(isCommitted(point) ? 1 : 0));
      const answer = await untilAnswered(() => refund(stack.api, id, { key, transaction_id }));
      expect([answer.status, answer.body.data.payment.refunded_amount]).toEqual([200, 2_000]);
      expect((await refund(stack.api, id, { key, transaction_id })).text).toBe(answer.text);
      expect(await moneyOf(id)).toEqual(times(1));
    }

    async function noKey(point: string): Promise<void> {
      const [id, transaction_id] = [await paid(), reference()];
      await killedAt(point, (api) => refund(api, id, { transaction_id }));
      const answer = await untilAnswered(() => refund(stack.api, id, { transaction_id }));
      expect([answer.status, answer.body.message]).toEqual([
        200,
        isCommitted(point) ? 'This refund was already made' : 'Refund processed successfully',
      ]);
      expect(await moneyOf(id)).toEqual(times(1));
    }

    async function anotherKey(point: string): Promise<void> {
      const [id, transaction_id] = [await paid(), reference()];
      await killedAt(point, (api) => refund(api, id, { key: `first-${point}`, transaction_id }));
      const same = await untilAnswered(() => refund(stack.api, id, { key: `same-${point}`, transaction_id }));
      expect(same.body.code ?? same.status).toBe(isCommitted(point) ? 'TRANSACTION_ALREADY_USED' : 200);
      expect(await moneyOf(id)).toEqual(times(1));
      const other = await untilAnswered(() =>
        refund(stack.api, id, { key: `other-${point}`, transaction_id: reference() }),
      );
      expect(other.status).toBe(200);
      expect(await moneyOf(id)).toEqual(times(2));
    }

    async function onlyTheWorker(point: string): Promise<void> {
      const id = await paid();
      await killedAt(point, (api) => refund(api, id, { key: `worker-${point}`, transaction_id: reference() }));
      const worker = await startWorker(stack.env({ WORKER_SWEEP_SECONDS: '1' }));
      expect(await worker.stop()).toBe(0);
      expect(await moneyOf(id)).toEqual(times(isCommitted(point) ? 1 : 0));
    }

    async function settling(point: string): Promise<void> {
      const id = await paid();
      const { refund_id } = (await refund(stack.api, id, {})).body.data;
      const [key, transaction_id] = [`settle-${point}`, reference()];
      await killedAt(point, (api) => settle(api, id, refund_id, transaction_id, key));
      expect(await moneyOf(id)).toEqual(isCommitted(point) ? times(1) : { ...times(0), reserved: 2_000, refunds: 1 });
      const answer = await untilAnswered(() => settle(stack.api, id, refund_id, transaction_id, key));
      expect([answer.status, answer.body.data.refund.status]).toEqual([200, 'succeeded']);
      expect((await settle(stack.api, id, refund_id, transaction_id, `${key}-2`)).body.code).toBe(
        'REFUND_ALREADY_SETTLED',
      );
      expect(await moneyOf(id)).toEqual(times(1));
    }

    // All at once, since each must wait until the dead one's lock is over.
    it.each(REFUND_POINTS)(
      'refund, at %s: retried by the same key, without one, by another, settled, or by the worker alone: refunded once, to the unit',
      async (point) => {
        await Promise.all([sameKey, noKey, anotherKey, settling, onlyTheWorker].map((road) => road(point)));
      },
    );
  });

  describe('during a cancellation', () => {
    const pending = async (key: string) => {
      const consultation_id = await createConsultation(stack.database, stack.patient);
      const { payment_id } = (await create(stack.api, consultation_id, key)).body.data;
      return { consultation_id, payment_id };
    };
    const cancel = (api: Program, id: number, key?: string) =>
      ask<Schemas['CancelledPayment']>(api.url, `/api/v1/payments/${id}/cancel`, {
        method: 'POST',
        token: stack.patient.token,
        headers: key === undefined ? {} : { 'idempotency-key': key },
      });
    const storyOf = async (id: number) => {
      const [row] = await stack.database.query<{ state: string; audited: number }>(
        `SELECT concat_ws(' ', p.status, i.status, t.status) AS state,
                (SELECT count(*)::int FROM audit_log WHERE payment_id = p.id AND action = 'payment.cancelled') AS audited
         FROM payments p JOIN invoices i ON i.payment_id = p.id JOIN tax_records t ON t.payment_id = p.id WHERE p.id = $1`,
        [id],
      );
      return row;
    };
    const CANCELLED = { state: 'cancelled void void', audited: 1 };
    const PENDING = { state: 'pending pending pending', audited: 0 };
    const isCommitted = (point: string) => point === 'cancel.committed';

    async function sameKey(point: string): Promise<void> {
      const { payment_id } = await pending(`to-cancel-${point}`);
      await killedAt(point, (api) => cancel(api, payment_id, `cancel-${point}`));
      expect(await storyOf(payment_id)).toEqual(isCommitted(point) ? CANCELLED : PENDING);
      const answer = await untilAnswered(() => cancel(stack.api, payment_id, `cancel-${point}`));
      expect([answer.status, answer.body.data.payment.status]).toEqual([200, 'cancelled']);
      expect((await cancel(stack.api, payment_id, `cancel-${point}`)).text).toBe(answer.text);
      expect(await storyOf(payment_id)).toEqual(CANCELLED);
    }

    async function noKey(point: string): Promise<void> {
      const { payment_id, consultation_id } = await pending(`to-cancel-blind-${point}`);
      await killedAt(point, (api) => cancel(api, payment_id));
      const answer = await untilAnswered(() => cancel(stack.api, payment_id));
      expect(answer.body.code ?? answer.status).toBe(isCommitted(point) ? 'TRANSITION_NOT_ALLOWED' : 200);
      expect(await storyOf(payment_id)).toEqual(CANCELLED);
      expect((await create(stack.api, consultation_id, `anew-${point}`)).status).toBe(201);
    }

    async function onlyTheWorker(point: string): Promise<void> {
      const { payment_id } = await pending(`to-cancel-worker-${point}`);
      await killedAt(point, (api) => cancel(api, payment_id, `cancel-worker-${point}`));
      const worker = await startWorker(stack.env({ WORKER_SWEEP_SECONDS: '1' }));
      expect(await worker.stop()).toBe(0);
      expect(await storyOf(payment_id)).toEqual(isCommitted(point) ? CANCELLED : PENDING);
    }

    it.each(CANCEL_POINTS)(
      'cancel, at %s: retried by the same key, without one, or by the worker alone: cancelled once, with its documents',
      async (point) => {
        await Promise.all([sameKey, noKey, onlyTheWorker].map((road) => road(point)));
      },
    );
  });
});
