import type { StripePayment } from '../support/answers.js';
import { ask } from '../support/http.js';
import { type Program, startApi } from '../support/processes.js';
import { type Backup, takeBackup } from '../support/restore.js';
import { FEE, openShop, type Shop } from './support/shop.js';

/**
 * The database is restored to a backup, and Stripe is not: what was paid, refunded and disputed since is read from Stripe's
 * lists and booked; money of payments that the backup does not have is shown to staff. Nothing is charged or refunded anew.
 */
describe('a restore to before money moved', () => {
  let shop: Shop;
  let api: Program;
  let backup: Backup | undefined;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(async () => {
    await api.stop();
    await shop.close();
    await backup?.drop();
  });

  const post = <Data>(path: string, token: string, body: unknown) =>
    ask<Data>(api.url, `/api/v1/${path}`, { token, body });
  const create = async () => {
    const reply = await post<StripePayment>('payments', shop.patient.token, {
      consultation_id: await shop.consultation(),
      amount: FEE,
      payment_method: 'stripe',
    });
    const { payment_id, checkout } = reply.body.data;
    return { payment_id, session_id: checkout.session_id };
  };
  const becomes = (payment_id: number, what: object) =>
    shop.sweepUntil(`payment ${payment_id} is ${JSON.stringify(what)}`, async () => {
      const now = await shop.payment(payment_id);
      return Object.entries(what).every(([name, value]) => now[name as keyof typeof now] === value);
    });
  async function startWhereStripeTells(): Promise<void> {
    api = await startApi(shop.env());
    await shop.simulator.sim('endpoints', { urls: [`${api.url}/api/v1/webhooks/stripe`] });
  }

  it('books what Stripe has, once, and shows staff what the backup lacks', async () => {
    await shop.api.stop();
    await startWhereStripeTells();
    const open = await create();
    const paid = await create();
    const { payment_intent } = await shop.pay(paid.session_id);
    await becomes(paid.payment_id, { status: 'completed' });
    await api.stop();
    backup = await takeBackup(shop.database);

    // The life that is lost: one is paid and charged back, one refunded here and on the dashboard, one made and paid.
    await startWhereStripeTells();
    const { payment_intent: disputed } = await shop.pay(open.session_id);
    await becomes(open.payment_id, { status: 'completed' });
    const { id } = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent: disputed });
    await shop.simulator.sim(`disputes/${id}/close`, { status: 'lost' });
    const refund = await post(`payments/${paid.payment_id}/refund`, shop.staff.token, {
      amount: 1_000,
      reason: 'here',
    });
    expect(refund.status).toBe(200);
    await shop.simulator.sim('refunds', { payment_intent, amount: 500 });
    const lost = await create();
    await shop.pay(lost.session_id);
    await becomes(lost.payment_id, { status: 'completed' });
    const before = await shop.ledger();

    await backup.restore((restored) => restored.query('SELECT start_new_epoch()'));
    expect(await shop.payment(open.payment_id)).toMatchObject({ status: 'pending', charges: [] });
    expect(await shop.payment(paid.payment_id)).toMatchObject({ status: 'completed', refunds: [] });
    expect(await shop.payment(lost.payment_id)).toBeUndefined();

    await becomes(open.payment_id, { status: 'refunded', refunded: FEE });
    await becomes(paid.payment_id, { status: 'partially_refunded', refunded: 1_500 });
    expect((await shop.payment(paid.payment_id)).refunds.toSorted()).toEqual(['succeeded 1000', 'succeeded 500']);
    const [found] = await shop.database.query<Record<string, unknown>>(
      `SELECT kind, stripe_id, payment_id, amount::int AS amount FROM stripe_discrepancies`,
    );
    expect(found).toEqual({ kind: 'unknown_payment', stripe_id: lost.session_id, payment_id: null, amount: FEE });
    // Its id is assigned to another user's payment, which has nothing to do with that money.
    const again = await create();
    expect(again.payment_id).toBe(lost.payment_id);
    expect(await shop.payment(again.payment_id)).toMatchObject({ status: 'pending', charges: [] });
    const after = await shop.ledger();
    expect([after.charges, after.refunds]).toEqual([before.charges, before.refunds]);
  });
});
