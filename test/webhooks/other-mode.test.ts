import { FEE, openShop, type Shop } from '../stripe/support/shop.js';
import { signedEvent, verdictOf } from '../stripe/support/webhooks.js';

describe('an event of the other mode', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
    await shop.faults({ webhooks: { lose: true } });
  });
  afterAll(() => shop.close());

  it('completes no payment, although it is signed, and its session is ours and paid', async () => {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    await shop.pay(checkout.session_id);
    const session = await shop.simulator.stripe().checkout.sessions.retrieve(checkout.session_id);
    const hear = async (livemode: boolean) => {
      const { id, send } = signedEvent('checkout.session.completed', session, { livemode });
      expect((await send(shop.api.url)).status).toBe(200);
      return verdictOf(shop, id);
    };
    expect(await hear(true)).toBe('foreign');
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'pending', charges: [] });
    // The mode was all that kept it away.
    expect(await hear(false)).toBe('applied');
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'completed', charges: [`accepted ${FEE} 0`] });
  });
});
