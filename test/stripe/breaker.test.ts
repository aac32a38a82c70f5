import { eventually } from '../support/eventually.js';
import { openShop, type Shop, untilAnswered } from './support/shop.js';

describe('when Stripe is unavailable', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ STRIPE_BREAKER_RESET_MS: '3000' });
  });
  afterAll(() => shop.close());

  it('a create is refused at once, before a row is written; bank transfers work; once Stripe is back, creates succeed', async () => {
    await shop.faults({ reset: { path: '*', method: 'POST' } });
    const rows = async () =>
      (await shop.database.query<{ n: number }>('SELECT count(*)::int AS n FROM payments'))[0]!.n;
    // The breaker opens by what it sees; until then each create leaves a row that its key, or the worker, goes on with.
    const breakerIsOpen = async () =>
      /^payonce_stripe_breaker_open 1$/m.test(await (await fetch(`${shop.api.url}/metrics`)).text());
    await eventually(async () => {
      await shop.create(await shop.consultation());
      return breakerIsOpen();
    }, 'the breaker is open');

    const before = { rows: await rows(), calls: (await shop.requests()).length };
    const consultation_id = await shop.consultation();
    const began = performance.now();
    const refused = await shop.create(consultation_id, 'while-away');
    const ms = performance.now() - began;
    expect([refused.status, refused.body.code, Number(refused.headers.get('retry-after')) > 0]).toEqual([
      503,
      'STRIPE_UNAVAILABLE',
      true,
    ]);
    expect({ rows: await rows(), calls: (await shop.requests()).length }).toEqual(before);
    // Our timeout is 1.5 s a try; the request did not wait for it.
    expect(ms).toBeLessThan(1_000);
    const bank = await shop.post('payments', shop.patient.token, {
      consultation_id: await shop.consultation(),
      amount: 5_000,
      payment_method: 'bank_transfer',
    });
    expect(bank.status).toBe(201);

    await shop.faults({});
    expect((await untilAnswered(() => shop.create(consultation_id, 'while-away'))).status).toBe(201);
    expect(await breakerIsOpen()).toBe(false);
  });
});
