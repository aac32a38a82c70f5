import { eventually } from '../support/eventually.js';
import { FEE, openShop, type Shop } from './support/shop.js';
import { tell } from './support/webhooks.js';

describe('a lost dispute in the audit log', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
    await shop.faults({ webhooks: { lose: true } });
  });
  afterAll(() => shop.close());

  const counted = (payment_id: number) =>
    shop.database.query(
      `SELECT detail->>'dispute_id' AS dispute_id, (detail->>'counted_amount')::int AS amount, detail->>'disposition' AS disposition
       FROM audit_log WHERE payment_id = $1 AND action = 'dispute.counted' ORDER BY id`,
      [payment_id],
    );

  it('is counted with its amount, and uncounted with the same when it is won after all', async () => {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    await shop.post(`payments/${payment_id}/confirm`, shop.patient.token, { transaction_id: checkout.session_id });
    await eventually(async () => (await shop.payment(payment_id)).status === 'completed', 'it is paid');
    const { id: dispute_id } = await shop.simulator.sim<{ id: string }>('disputes', { payment_intent });
    const hear = async (type: string) => tell(shop, type, await shop.simulator.stripe().disputes.retrieve(dispute_id));
    await hear('charge.dispute.created');
    expect(await counted(payment_id)).toEqual([]);
    await shop.simulator.sim(`disputes/${dispute_id}/close`, { status: 'lost' });
    await hear('charge.dispute.closed');
    const loss = { dispute_id, amount: FEE, disposition: null };
    expect([await counted(payment_id), (await shop.payment(payment_id)).refunded]).toEqual([[loss], FEE]);
    // The same news again is no news.
    await hear('charge.dispute.closed');
    expect(await counted(payment_id)).toEqual([loss]);
    await shop.simulator.sim(`disputes/${dispute_id}/close`, { status: 'won' });
    await hear('charge.dispute.closed');
    expect(await counted(payment_id)).toEqual([loss, { ...loss, amount: -FEE }]);
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'completed', refunded: 0 });
  });
});
