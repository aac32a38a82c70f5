import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { heldAtBarrier, raiseBarrier, removeBarrier } from '../support/guards.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { keepDeadlocks } from '../support/database.js';
import { useStack } from '../support/use-stack.js';

const FEE = 7_000;

describe('transfers, concurrent with other changes of the same payment', () => {
  const stack = useStack({
    apis: 2,
    worker: true,
    beforeStart: keepDeadlocks,
    settings: { WORKER_SWEEP_SECONDS: '1' },
  });
  let count = 0;

  afterEach(() => removeBarrier(stack.database));

  const post = <Data>(path: string, body: object, { n = 0, token = stack.staff.token } = {}): Promise<Reply<Data>> =>
    ask<Data>(stack.apis[n]!.url, `/api/v1/${path}`, { token, body });
  const newReference = () => `race-${(count += 1)}`;
  const confirm = <Data = Schemas['ConfirmedPayment']>(id: number, amount_received: number) =>
    post<Data>(`payments/${id}/confirm`, { transaction_id: newReference(), amount_received });
  const payment = async (id: number) =>
    (await ask<Schemas['WholePayment']>(stack.apis[0]!.url, `/api/v1/payments/${id}`, { token: stack.patient.token }))
      .body.data;

  async function pending(consultation_id?: number): Promise<number> {
    const of = consultation_id ?? (await createConsultation(stack.database, stack.patient, FEE));
    const body = { consultation_id: of, amount: FEE, payment_method: 'bank_transfer' };
    return (await post<Schemas['NewPayment']>('payments', body, { token: stack.patient.token })).body.data.payment_id;
  }
  const lapse = (id: number) =>
    stack.database.query(`UPDATE payments SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
  const untilExpired = (id: number) =>
    eventually(async () => (await payment(id)).payment.status === 'expired', 'the worker expires it');

  it('a payment is cancelled while the rest of its transfer is matched with an expired one: neither waits for the other', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient, FEE);
    const expired = await pending(consultation_id);
    await lapse(expired);
    await untilExpired(expired);
    const taken = await pending(consultation_id);
    const body = { payment_method: 'bank_transfer', transaction_id: newReference(), amount: FEE + 3_000 };
    const { id } = (await post<Schemas['RecordedTransfer']>('transfers', body)).body.data.transfer;
    await post(`transfers/${id}/match`, { payment_id: taken, amount: 3_000 });

    await raiseBarrier(stack.database, { on: 'AFTER UPDATE', table: 'payments', when: `NEW.status = 'cancelled'` });
    const [cancelled, matched] = await heldAtBarrier(
      stack.database,
      async () => {
        const cancelling = post(`payments/${taken}/cancel`, {}, { token: stack.patient.token });
        await eventually(
          async () => (await atBarrier('payonce-api')) === 1,
          'the cancellation has changed its payment',
        );
        return Promise.all([cancelling, post(`transfers/${id}/match`, { payment_id: expired, amount: FEE }, { n: 1 })]);
      },
      (held) => held.atBarrier === 1 && held.atRowLock === 1,
    );
    expect([cancelled.status, matched.status]).toEqual([200, 200]);
    expect((await payment(expired)).payment.status).toBe('completed');
    expect((await payment(taken)).payment.status).toBe('cancelled');
  });

  /** How many statements of one of our programs wait at the barrier. */
  async function atBarrier(program: 'payonce-api' | 'payonce-worker'): Promise<number> {
    const [row] = await stack.database.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event = 'advisory' AND application_name = $1`,
      [program],
    );
    return row!.waiting;
  }

  it('a partial transfer arrives before the expiry job locks the payment: it stays pending without an expiry time', async () => {
    const [id, other] = [await pending(), await pending()];
    stack.worker.child.kill('SIGSTOP');
    await lapse(id);
    await raiseBarrier(stack.database, { on: 'BEFORE INSERT', table: 'charges', when: `NEW.payment_id = ${id}` });
    const reply = await heldAtBarrier(
      stack.database,
      () => confirm(id, 3_000),
      (held) => held.atBarrier === 1,
      // The worker has processed all lapsed payments.
      async () => {
        stack.worker.child.kill('SIGCONT');
        await lapse(other);
        await untilExpired(other);
      },
    );
    expect([reply.status, reply.body.data.amount_due]).toEqual([200, 4_000]);
    expect((await payment(id)).payment).toMatchObject({ status: 'pending', expires_at: null });
  });

  it('the payment expires first: the partial transfer arriving meanwhile is refused and stays unmatched', async () => {
    const id = await pending();
    await raiseBarrier(stack.database, { on: 'AFTER UPDATE', table: 'payments', when: `NEW.status = 'expired'` });
    const reply = await heldAtBarrier(
      stack.database,
      async () => {
        await lapse(id);
        await eventually(async () => (await atBarrier('payonce-worker')) === 1, 'the worker is at it');
        return confirm<Schemas['TRANSITION_NOT_ALLOWED']['data']>(id, 3_000);
      },
      (held) => held.atBarrier === 1 && held.atRowLock === 1,
    );
    expect([reply.status, reply.body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
    expect(await payment(id)).toMatchObject({
      payment: { status: 'expired' },
      unmatched_transfers: [{ transfer_id: reply.body.data.transfer_id, unmatched_amount: 3_000 }],
    });
  });
});
