import { openShop, type Shop } from './support/shop.js';

const PAUSE_MS = 3_600_000;
const SESSIONS = '/v1/checkout/sessions';
const REFUNDS = '/v1/refunds';

/** Every other test makes the pause ten milliseconds, and so does not notice when there is none. */
describe('the pause between two listings without the object', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({
      STRIPE_SESSION_LISTING_PAUSE_MS: String(PAUSE_MS),
      STRIPE_REFUND_LISTING_PAUSE_MS: String(PAUSE_MS),
    });
  });
  afterAll(() => shop.close());

  const posts = async (path: string) =>
    (await shop.requests())
      .filter((call) => call.method === 'POST' && call.path === path)
      .map((call) => Number(String(call.idempotency_key).split(':').at(-1)));
  const listed = async (table: string, key: string, id: number) =>
    (
      await shop.database.query(
        `SELECT attempt, empty_listings, post_again FROM ${table} WHERE ${key} = $1 AND state = 'unanswered'`,
        [id],
      )
    )[0];

  it('of a session: the next key is sent after an hour, never before', async () => {
    await shop.faults({ error_500: { when: 'before', path: SESSIONS, method: 'POST', times: 1 } });
    const consultation_id = await shop.consultation();
    const create = () => shop.create(consultation_id, 'an hour');
    expect((await create()).status).toBe(503);
    const [row] = await shop.database.query<{ id: number }>(
      'SELECT id::int AS id FROM payments WHERE consultation_id = $1',
      [consultation_id],
    );
    const before = (await posts(SESSIONS)).length;
    const once = { attempt: 1, empty_listings: 1, post_again: false };
    expect(await listed('stripe_sessions', 'payment_id', row!.id)).toEqual(once);
    for (const seconds of [0, PAUSE_MS / 1_000 - 60]) {
      await shop.database.query(
        'UPDATE stripe_sessions SET last_listed_at = clock_timestamp() - make_interval(secs => $2) WHERE payment_id = $1',
        [row!.id, seconds],
      );
      expect((await create()).status).toBe(503);
      expect(await listed('stripe_sessions', 'payment_id', row!.id)).toEqual(once);
    }
    expect((await posts(SESSIONS)).slice(before)).toEqual([]);
    await shop.database.query(
      'UPDATE stripe_sessions SET last_listed_at = clock_timestamp() - make_interval(secs => $2) WHERE payment_id = $1',
      [row!.id, PAUSE_MS / 1_000],
    );
    expect((await create()).status).toBe(201);
    expect((await posts(SESSIONS)).slice(before)).toEqual([2]);
  });

  it('of a refund: the next key is sent after an hour, never before', async () => {
    await shop.faults({});
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    await shop.pay(checkout.session_id);
    await shop.post(`payments/${payment_id}/confirm`, shop.patient.token, { transaction_id: checkout.session_id });
    await shop.faults({ error_500: { when: 'before', path: REFUNDS, method: 'POST', times: 1 } });
    const refund = () =>
      shop.post(`payments/${payment_id}/refund`, shop.staff.token, { amount: 1_000, reason: 'partly' }, 'an hour');
    expect((await refund()).status).toBe(503);
    const [row] = await shop.database.query<{ id: number }>('SELECT id::int AS id FROM refunds WHERE payment_id = $1', [
      payment_id,
    ]);
    const before = (await posts(REFUNDS)).length;
    const once = { attempt: 1, empty_listings: 1, post_again: false };
    expect(await listed('stripe_refunds', 'refund_id', row!.id)).toEqual(once);
    for (const seconds of [0, PAUSE_MS / 1_000 - 60]) {
      await shop.database.query(
        'UPDATE stripe_refunds SET last_listed_at = clock_timestamp() - make_interval(secs => $2) WHERE refund_id = $1',
        [row!.id, seconds],
      );
      expect((await refund()).status).toBe(503);
      expect(await listed('stripe_refunds', 'refund_id', row!.id)).toEqual(once);
    }
    expect((await posts(REFUNDS)).slice(before)).toEqual([]);
    await shop.database.query(
      'UPDATE stripe_refunds SET last_listed_at = clock_timestamp() - make_interval(secs => $2) WHERE refund_id = $1',
      [row!.id, PAUSE_MS / 1_000],
    );
    expect((await refund()).status).toBe(200);
    expect((await posts(REFUNDS)).slice(before)).toEqual([2]);
  });
});
