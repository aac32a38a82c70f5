import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { killedAt } from '../support/crash.js';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { useStack } from '../support/use-stack.js';

const FEE = 5_000;

/** What staff send, and what must be so once it was answered. */
interface Case {
  readonly name: string;
  readonly points: readonly string[];
  /** @returns path and body of the request, once what it needs is there */
  prepare(): Promise<{ path: string; body: object }>;
  /** Of the transfer: [matched, unmatched, reserved], after it has happened. */
  readonly places: readonly [number, number, number];
  readonly status: number;
}

describe('SIGKILL while a transfer is recorded, matched, unmatched or paid back', () => {
  const stack = useStack({ redis: true, settings: { IDEMPOTENCY_LEASE_MS: '400', LOCK_LEASE_MS: '600' } });
  let count = 0;

  const post = <Data>(api: Program, path: string, body: object, { token = stack.staff.token, key = '' } = {}) =>
    ask<Data>(api.url, `/api/v1/${path}`, { token, body, headers: key ? { 'idempotency-key': key } : {} });
  const untilAnswered = (send: () => Promise<Reply>) =>
    eventually(async () => {
      const reply = await send();
      return reply.headers.has('retry-after') ? undefined : reply;
    }, 'the key is answered');

  const newReference = () => `crash-${(count += 1)}`;
  async function pending(): Promise<number> {
    const consultation_id = await createConsultation(stack.database, stack.patient, FEE);
    const body = { consultation_id, amount: FEE, payment_method: 'bank_transfer' };
    return (await post<Schemas['NewPayment']>(stack.api, 'payments', body, { token: stack.patient.token })).body.data
      .payment_id;
  }
  async function recorded(): Promise<number> {
    const body = { payment_method: 'bank_transfer', transaction_id: newReference(), amount: FEE };
    return (await post<Schemas['RecordedTransfer']>(stack.api, 'transfers', body)).body.data.transfer.id;
  }

  /** Of the last transfer: where its money is, and how often something was done with it. */
  async function state() {
    const [row] = await stack.database.query<{ id: number }>(
      `SELECT t.id::int, count(*) OVER ()::int AS transfers, t.amount::int AS amount, t.amount_allocated::int AS allocated,
              (SELECT coalesce(jsonb_agg(concat_ws(' ', disposition, amount_received, amount_returned, amount_reserved) ORDER BY id), '[]')
               FROM charges WHERE transfer_id = t.id) AS charges,
              (SELECT count(*)::int FROM audit_log WHERE detail->>'transfer_id' = t.id::text
                 AND action IN ('payment.completed', 'transfer.unmatched', 'transfer.refund_reserved')) AS audited
       FROM transfers t ORDER BY t.id DESC LIMIT 1`,
    );
    return row!;
  }

  const MATCHING = ['confirm.before-commit', 'answer.cached'];
  const cases: Case[] = [
    {
      name: 'a confirmation',
      points: ['claim.committed', 'confirm.before-commit', 'confirm.committed', 'answer.cached'],
      prepare: async () => ({ path: `payments/${await pending()}/confirm`, body: { transaction_id: newReference() } }),
      places: [FEE, 0, 0],
      status: 200,
    },
    {
      name: 'a confirmation of a cancelled payment',
      points: ['confirm.committed'],
      prepare: async () => {
        const id = await pending();
        await post(stack.api, `payments/${id}/cancel`, {}, { token: stack.patient.token });
        return { path: `payments/${id}/confirm`, body: { transaction_id: newReference() } };
      },
      places: [0, FEE, 0],
      status: 409,
    },
    {
      name: 'a record for a payment',
      points: MATCHING,
      prepare: async () => ({
        path: 'transfers',
        body: {
          payment_method: 'bank_transfer',
          transaction_id: newReference(),
          amount: FEE,
          payment_id: await pending(),
        },
      }),
      places: [FEE, 0, 0],
      status: 201,
    },
    {
      name: 'a match',
      points: MATCHING,
      prepare: async () => ({
        path: `transfers/${await recorded()}/match`,
        body: { payment_id: await pending() },
      }),
      places: [FEE, 0, 0],
      status: 200,
    },
    {
      name: 'a match undone',
      points: ['refund.before-commit', 'answer.cached'],
      prepare: async () => {
        const [payment_id, id] = [await pending(), await recorded()];
        await post(stack.api, `transfers/${id}/match`, { payment_id });
        return { path: `transfers/${id}/unmatch`, body: { payment_id, reason: 'wrong' } };
      },
      places: [0, FEE, 0],
      status: 200,
    },
    {
      name: 'unmatched money paid back',
      points: ['refund.before-commit', 'refund.committed', 'answer.cached'],
      prepare: async () => ({ path: `transfers/${await recorded()}/refund`, body: { amount: 2_000, reason: 'crash' } }),
      places: [0, 3_000, 2_000],
      status: 200,
    },
  ];

  async function agrees(api: Program, { places, status }: Case, reply: Reply): Promise<void> {
    expect([reply.status, reply.body.code]).toEqual([status, status === 409 ? 'TRANSITION_NOT_ALLOWED' : undefined]);
    const { id } = await state();
    const { transfer } = (
      await ask<Schemas['WholeTransfer']>(api.url, `/api/v1/transfers/${id}`, { token: stack.staff.token })
    ).body.data;
    const { matched_amount, unmatched_amount, refund_pending_amount } = transfer;
    expect([matched_amount, unmatched_amount, refund_pending_amount]).toEqual(places);
  }

  it.each(cases.flatMap((one) => one.points.map((point) => ({ ...one, point }))))(
    '$name, at $point: the same key takes effect once, and gets the same answer from then on',
    async ({ point, ...one }) => {
      const { path, body } = await one.prepare();
      const key = `${path}-${point}`.slice(0, 200);
      await killedAt(
        point,
        (crash) => startApi(stack.env(crash)),
        (victim) => expect(post(victim, path, body, { key })).rejects.toThrow(),
      );
      const answer = await untilAnswered(() => post(stack.api, path, body, { key }));
      await agrees(stack.api, one, answer);
      const once = await state();
      const again = await untilAnswered(() => post(stack.api, path, body, { key }));
      expect([again.status, again.body.data]).toEqual([answer.status, answer.body.data]);
      expect(await state()).toEqual(once);
    },
  );

  it('unmatched money paid back without a key: a retry after the crash reserves nothing more', async () => {
    const { path, body } = await cases.at(-1)!.prepare();
    await killedAt(
      'refund.committed',
      (crash) => startApi(stack.env(crash)),
      (victim) => expect(post(victim, path, body)).rejects.toThrow(),
    );
    await agrees(stack.api, cases.at(-1)!, await untilAnswered(() => post(stack.api, path, body)));
  });
});
