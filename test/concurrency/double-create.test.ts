import type { Schemas } from '../../libs/payment-client/src/wire.js';
import {
  type Held,
  heldAtBarrier,
  putGuardsBack,
  raiseBarrier,
  removeBarrier,
  takeOutIndex,
  takeOutLeases,
  takeOutRowLock,
} from '../support/guards.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { useStack } from '../support/use-stack.js';

describe('concurrent creates for one consultation, over two API processes', () => {
  const stack = useStack({ apis: 2 });

  /** Request `n` of a burst: its own key, and every second one to the other process. */
  function create(consultation_id: number, n: number): Promise<Reply<Schemas['NewPayment']>> {
    return ask<Schemas['NewPayment']>(stack.apis[n % stack.apis.length]!.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers: { 'x-idempotency-key': `click-${consultation_id}-${n}` },
      body: { consultation_id, amount: 5_000, payment_method: 'bank_transfer' },
    });
  }

  const paymentsOf = (consultation_id: number) =>
    stack.database.query<{ id: string; status: string }>('SELECT id, status FROM payments WHERE consultation_id = $1', [
      consultation_id,
    ]);

  it('fifty different keys: one 201, forty-nine 409 that name that payment', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const replies = await Promise.all(Array.from({ length: 50 }, (_, n) => create(consultation_id, n)));

    const created = replies.filter((reply) => reply.status === 201);
    const refused = replies.filter((reply) => reply.status === 409);
    expect([created.length, refused.length]).toEqual([1, 49]);
    const { payment_id } = created[0]!.body.data;
    for (const reply of refused) {
      expect(reply.body).toMatchObject({
        code: 'PAYMENT_EXISTS',
        data: { type: 'existing', payment_id, status: 'pending' },
      });
    }
    expect((await paymentsOf(consultation_id)).map((row) => Number(row.id))).toEqual([payment_id]);
    expect(await stack.database.query('SELECT id FROM invoices WHERE payment_id = $1', [payment_id])).toHaveLength(1);
    expect(await stack.database.query('SELECT id FROM tax_records WHERE payment_id = $1', [payment_id])).toHaveLength(
      1,
    );
  });

  describe('with guards removed, all requests meeting just before the insert', () => {
    beforeAll(() => raiseBarrier(stack.database));
    afterAll(() => removeBarrier(stack.database));
    // Guards that a test removed are restored, so that each test shows its own hazard only.
    afterEach(() => putGuardsBack(stack.database));

    /** Two tabs, held at the barrier until both are there (or until the guard visibly keeps the second one away). */
    const twoTabs = (consultation_id: number, metBy: (held: Held) => boolean) =>
      heldAtBarrier(stack.database, () => Promise.all([create(consultation_id, 0), create(consultation_id, 1)]), metBy);

    it.each([1, 2, 3, 4, 5])(
      'hazard, round %i: without lease, row lock and index there are two payments for one consultation',
      async () => {
        await takeOutLeases(stack.database);
        await takeOutIndex(stack.database);
        await takeOutRowLock(stack.database);
        const consultation_id = await createConsultation(stack.database, stack.patient);
        const replies = await twoTabs(consultation_id, (held) => held.atBarrier === 2);
        expect(replies.map((reply) => reply.status)).toEqual([201, 201]);
        expect(await paymentsOf(consultation_id)).toHaveLength(2);
      },
    );

    it.each([1, 2, 3, 4, 5])(
      'the index alone, round %i: one payment; the other request gets 409 existing',
      async () => {
        await takeOutLeases(stack.database);
        await takeOutRowLock(stack.database);
        const consultation_id = await createConsultation(stack.database, stack.patient);
        const replies = await twoTabs(consultation_id, (held) => held.atBarrier === 2);
        expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409]);
        const [row] = await paymentsOf(consultation_id);
        expect(replies.map((reply) => reply.body.data.payment_id)).toEqual([Number(row!.id), Number(row!.id)]);
        expect(await paymentsOf(consultation_id)).toHaveLength(1);
      },
    );

    it.each([1, 2, 3, 4, 5])(
      'the row lock alone, round %i: the second request waits for the row and never reaches the insert',
      async () => {
        await takeOutLeases(stack.database);
        await takeOutIndex(stack.database);
        const consultation_id = await createConsultation(stack.database, stack.patient);
        const replies = await twoTabs(consultation_id, (held) => held.atBarrier === 1 && held.atRowLock === 1);
        expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409]);
        expect(await paymentsOf(consultation_id)).toHaveLength(1);
      },
    );

    it.each([1, 2, 3, 4, 5])(
      'the lease alone, round %i: the second request waits for it, then finds the first payment',
      async () => {
        await takeOutRowLock(stack.database);
        await takeOutIndex(stack.database);
        const consultation_id = await createConsultation(stack.database, stack.patient);
        const bothAsked = () =>
          stack.apis.every((api) => api.output().includes(`"consultation_id":${consultation_id},`));
        const replies = await twoTabs(consultation_id, (held) => held.atBarrier === 1 && bothAsked());
        expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409]);
        expect(await paymentsOf(consultation_id)).toHaveLength(1);
      },
    );
  });
});
