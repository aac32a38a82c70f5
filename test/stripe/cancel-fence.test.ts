import type { Reply } from '../support/http.js';
import { held } from '../simulator/support/held.js';
import { openShop, type Shop } from './support/shop.js';

const EXPIRE = '/v1/checkout/sessions/*/expire';

/** Whoever closes a page holds the payment's lock. A process whose lease has ended must notice by its fence alone. */
describe('a cancellation whose process was suspended while its page closed', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  /** Cancels, and lets `meanwhile` happen while Stripe closes the page. */
  async function cancelled(meanwhile: (payment_id: number) => Promise<unknown>) {
    const { payment_id } = (await shop.create(await shop.consultation())).body.data;
    await shop.faults({ hold: { path: EXPIRE, when: 'after', times: 1 }, webhooks: { lose: true } });
    const running: Promise<Reply> = shop.post(`payments/${payment_id}/cancel`, shop.patient.token, {});
    await held(shop.simulator, 1);
    await meanwhile(payment_id);
    await shop.simulator.sim('faults/release', {});
    return { payment_id, reply: await running };
  }
  const sessionOf = async (payment_id: number) =>
    (await shop.database.query('SELECT state FROM stripe_sessions WHERE payment_id = $1', [payment_id]))[0];

  it('cancels nothing after another process has begun to work on the session', async () => {
    const { payment_id, reply } = await cancelled((id) =>
      shop.database.query('UPDATE stripe_sessions SET fence = fence + 1 WHERE payment_id = $1', [id]),
    );
    expect([reply.status, reply.body.code]).toEqual([503, 'LOCK_TIMEOUT']);
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'pending', invoice: 'pending' });
    expect(await sessionOf(payment_id)).toEqual({ state: 'open' });
    // Under its own fence, the next one cancels it.
    const again = await shop.post(`payments/${payment_id}/cancel`, shop.patient.token, {});
    expect([again.status, (await shop.payment(payment_id)).status]).toEqual([200, 'cancelled']);
  });

  it('cancels under its own fence', async () => {
    const { payment_id, reply } = await cancelled(async () => undefined);
    expect([reply.status, await sessionOf(payment_id)]).toEqual([200, { state: 'expired' }]);
    expect((await shop.payment(payment_id)).status).toBe('cancelled');
  });
});
