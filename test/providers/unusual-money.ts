import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { ask } from '../support/http.js';
import { FEE, type ProviderScene } from './scene.js';

/** Money that cannot complete its payment, payments that staff end, and refunds that they withdraw. */
export function describeUnusualMoney(scene: ProviderScene): void {
  if (scene.can.hosted) describe('unusual money', () => describePages(scene));
  if (scene.can.refunds) describe('withdrawing a refund', () => describeWithdrawals(scene));
}

function describePages(scene: ProviderScene): void {
  const { can, key, post, consultation, create, confirm, paymentsOf, booksOf } = scene;
  const abandon = (id: number) =>
    post<Schemas['AbandonedPayment']>(`payments/${id}/abandon`, scene.staff, { reason: 'stuck' }, key());

  it('that arrives for an abandoned payment goes back once, and the payment in its place stands', async () => {
    const consultation_id = await consultation();
    const { payment_id, checkout } = (await create(consultation_id)).body.data;
    await scene.provider.faults('down');
    const abandoned = await abandon(payment_id);
    expect([abandoned.status, abandoned.body.data.provider]).toEqual([200, 'unreachable']);
    await scene.provider.faults('none');
    const before = (await scene.provider.books())!;
    await scene.provider.pay(checkout);
    const other = (await create(consultation_id)).body.data;
    expect((await confirm(other.payment_id, await scene.provider.pay(other.checkout))).status).toBe(200);

    const returned = { status: 'cancelled', received: 0, returned: FEE, refunds: [`succeeded ${FEE}`] };
    await scene.untilSwept('it went back', async () => (await booksOf(payment_id)).returned === FEE);
    await sweepOnce(scene);
    expect(await booksOf(payment_id)).toMatchObject(returned);
    expect(await booksOf(other.payment_id)).toMatchObject({ status: 'completed', received: FEE, returned: 0 });
    const after = (await scene.provider.books())!;
    // Beside the two payments of this consultation, `sweepOnce` pays one.
    expect([after.charged - before.charged, after.refunded - before.refunded]).toEqual([3 * FEE, FEE]);
  });

  it('a page that staff abandon is closed first, and cannot be paid any more', async () => {
    const { payment_id, checkout } = (await create(await consultation())).body.data;
    const reply = await abandon(payment_id);
    expect([reply.status, reply.body.data.provider]).toEqual([200, 'closed']);
    expect(await booksOf(payment_id)).toMatchObject({ status: 'cancelled', invoice: 'void', tax: 'void' });
    await expect(scene.provider.pay(checkout)).rejects.toThrow();
  });

  it('a page that was paid is not abandoned: the payment completes', async () => {
    const { payment_id, checkout } = (await create(await consultation())).body.data;
    await scene.provider.pay(checkout);
    expect((await abandon(payment_id)).body.code).toBe('TRANSITION_NOT_ALLOWED');
    expect(await booksOf(payment_id)).toMatchObject({ status: 'completed', received: FEE });
  });

  it('a page with an outdated price is closed before another one is opened', async () => {
    const consultation_id = await consultation();
    const { payment_id, checkout } = (await create(consultation_id)).body.data;
    const amount = FEE + 1_000;
    await scene.provider.database.query('UPDATE consultations SET fee = $2 WHERE id = $1', [consultation_id, amount]);
    const body = { consultation_id, amount, payment_method: scene.method };
    const reply = await post<Schemas['NewPayment']>('payments', scene.patient, body, key());
    expect([reply.status, reply.body.data.payment.amount]).toEqual([201, amount]);
    expect(await paymentsOf(consultation_id)).toHaveLength(2);
    expect(await booksOf(payment_id)).toMatchObject({ status: 'cancelled', invoice: 'void' });
    await expect(scene.provider.pay(checkout)).rejects.toThrow();
  });

  if (can.paysAnyAmount) {
    it('of another amount is quarantined; nobody is sent to pay again, and staff refund it', async () => {
      const { payment_id, checkout } = (await create(await consultation())).body.data;
      const paid = FEE - 1_000;
      const before = (await scene.provider.books())!;
      const reply = await confirm(payment_id, await scene.provider.pay(checkout, paid));
      expect([reply.status, reply.body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
      expect(await booksOf(payment_id)).toMatchObject({ status: 'pending', invoice: 'pending', received: 0 });
      const shown = await ask<Schemas['WholePayment']>(scene.provider.apis[0].url, `/api/v1/payments/${payment_id}`, {
        token: scene.patient.token,
      });
      expect([shown.body.data.checkout, shown.body.data.unmatched_money!.amount_received]).toEqual([null, paid]);

      const charge = `ops/charges/${shown.body.data.unmatched_money!.charge_id}`;
      const accepted = await post(`${charge}/accept`, scene.staff, {}, key());
      expect([accepted.status, accepted.body.code]).toEqual([409, 'CHARGE_NOT_ACCEPTABLE']);
      // Of a provider that cannot be asked about money: that is the reason.
      expect(accepted.body.message).toMatch(/cannot be asked what charge|expected are/);
      const refunded = await post<Schemas['RefundedPayment']>(
        `${charge}/refund`,
        scene.staff,
        { reason: 'not what was due' },
        key(),
      );
      expect([refunded.status, refunded.body.data.refund.status]).toEqual([200, 'succeeded']);
      expect((await scene.provider.books())!.refunded - before.refunded).toBe(paid);
    });
  }
}

function describeWithdrawals(scene: ProviderScene): void {
  const { key, post, refund, paid, booksOf } = scene;
  /** A refund whose answer is not known. @returns the path of it */
  const unanswered = async (fault: 'down' | 'lose') => {
    const payment_id = await paid();
    await scene.provider.faults(fault);
    const { status, body } = await refund(payment_id, FEE);
    expect(status).toBe(503);
    return { payment_id, path: `payments/${payment_id}/refunds/${body.data.refund_id}` };
  };
  const withdraw = (path: string) => post<Schemas['SettledRefund']>(`${path}/withdraw`, scene.staff, {}, key());

  it('that was never made: it is not made later, and its amount can be refunded again', async () => {
    const { payment_id, path } = await unanswered('down');
    const before = (await scene.provider.books())!;
    const settled = await post(`${path}/settle`, scene.staff, { transaction_id: 'by-hand' }, key());
    expect([settled.status, settled.body.code]).toEqual([403, 'FORBIDDEN']);
    expect((await withdraw(path)).status).toBe(503);
    await scene.provider.faults('none');
    const reply = await withdraw(path);
    expect([reply.status, reply.body.data.refund.status]).toEqual([200, 'cancelled']);
    await sweepOnce(scene);
    expect((await scene.provider.books())!.refunded).toBe(before.refunded);
    expect((await refund(payment_id, FEE)).status).toBe(200);
    expect((await booksOf(payment_id)).refunds).toEqual([`cancelled ${FEE}`, `succeeded ${FEE}`]);
  });

  it('that was made, and its answer lost, is refused: the refund stands', async () => {
    const { payment_id, path } = await unanswered('lose');
    await scene.provider.faults('none');
    expect((await withdraw(path)).body.code).toBe('REFUND_ALREADY_SETTLED');
    expect(await booksOf(payment_id)).toMatchObject({ status: 'refunded', refunds: [`succeeded ${FEE}`] });
  });
}

/** Until a worker has completed another payment, so that it has looked at everything else that was due, too. */
async function sweepOnce(scene: ProviderScene): Promise<void> {
  if (!scene.can.hosted) return;
  const { payment_id, checkout } = (await scene.create(await scene.consultation())).body.data;
  await scene.provider.pay(checkout);
  await scene.untilSwept('another one completes', async () => (await scene.booksOf(payment_id)).status === 'completed');
}
