import { eventually } from '../support/eventually.js';
import { FEE, openShop, type Shop } from './support/shop.js';

/** Money that is paid under our reference, and is not what was asked for: by one unit, or in another currency. */
describe('money that is almost the amount due', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  it.each([
    ['one unit too much', FEE + 1, 'idr'],
    ['one unit too little', FEE - 1, 'idr'],
    ['the same number in another currency', FEE, 'usd'],
  ])('%s: all of it is quarantined, none is refunded, and the payment stays pending', async (_, amount, currency) => {
    const { payment_id } = (await shop.create(await shop.consultation())).body.data;
    const [row] = await shop.database.query<{ ref: string }>('SELECT ref FROM payments WHERE id = $1', [payment_id]);
    const metadata = { purchaseId: String(payment_id), ref: row!.ref };
    const paid = { amount, currency, with_session: true, metadata };
    const { payment_intent } = await shop.simulator.sim<{ payment_intent: string }>('payments', paid);
    await eventually(async () => (await shop.payment(payment_id)).charges.length === 1, 'the money is booked');
    expect(await shop.payment(payment_id)).toMatchObject({
      status: 'pending',
      invoice: 'pending',
      charges: [`quarantined ${amount} 0`],
      refunds: [],
    });
    const [charge] = await shop.database.query(
      'SELECT currency, transaction_id FROM charges WHERE payment_id = $1 AND amount_received = $2',
      [payment_id, amount],
    );
    expect(charge).toEqual({ currency, transaction_id: payment_intent });
    expect((await shop.ledger()).refunds.filter((made) => made.payment_intent === payment_intent)).toEqual([]);
  });
});
