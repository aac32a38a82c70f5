import { type PaymentClientError, UnclearOutcomeError } from '#payment-client';
import { FakeBrowser, FakeStorage, type Missing } from './support/fake-browser.js';
import { settle } from './support/fake-clock.js';
import { type Behaviour, fetchOf, refusal, script, TruthfulServer } from './support/truthful-server.js';

const WISH = { consultation_id: 5, amount: 5_000, payment_method: 'stripe' as const };
const LOST: Behaviour[] = Array<Behaviour>(4).fill('lost-after');

function world(behaviours: Behaviour[] = [], missing: Missing[] = []) {
  const server = new TruthfulServer();
  const fetch = fetchOf(server, () => browser.clock.now(), script(...behaviours));
  const browser: FakeBrowser = new FakeBrowser({ fetch }, missing);
  return { server, browser, clock: browser.clock };
}
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => Promise.reject(new Error('It succeeded')),
    (error: PaymentClientError) => error,
  );
const token = (sub: string, more: object = {}) =>
  `x.${Buffer.from(JSON.stringify({ sub, ...more })).toString('base64url')}.y`;

describe('one key per intent, not per call', () => {
  test('four lost answers and a crashed tab: the restored tab continues with the same key, one payment', async () => {
    const { server, browser, clock } = world(LOST, ['sharedStorage', 'channel']);
    const tab = browser.open();
    expect(await clock.until(failureOf(tab.client.createPayment(WISH)))).toBeInstanceOf(UnclearOutcomeError);
    const again = await clock.until(browser.open(tab.session).client.createPayment(WISH));
    expect(again).toMatchObject({ type: 'new', payment_id: 1 });
    expect(server.payments).toHaveLength(1);
    expect(tab.session.length).toBe(0);
  });

  test('member order does not change the intent; another amount, method or consultation does', async () => {
    const { server, browser, clock } = world();
    const { client } = browser.open();
    const { consultation_id, amount, payment_method } = WISH;
    await clock.until(
      Promise.all([client.createPayment(WISH), client.createPayment({ payment_method, amount, consultation_id })]),
    );
    expect(server.payments).toHaveLength(1);
    for (const other of [{ amount: 6_000 }, { payment_method: 'gcash' as const }, { consultation_id: 6 }])
      await clock.until(client.createPayment({ ...WISH, ...other }));
    expect(server.keys.size).toBe(4);
  });

  test('a final answer drops the key: the same request later is a new intent', async () => {
    const { server, browser, clock } = world();
    const { client } = browser.open();
    await clock.until(client.createPayment(WISH));
    await clock.pass(1_000);
    await clock.until(client.createPayment(WISH));
    expect(server.keys.size).toBe(2);
  });

  test.each([
    [409, 'CONSULTATION_CLOSED', 2],
    [422, 'IDEMPOTENCY_KEY_REUSED', 2],
    [404, 'CONSULTATION_NOT_FOUND', 2],
    [502, 'STRIPE_REFUSED', 2],
    // These are answered before the key is checked, and prove nothing about an earlier try.
    [401, 'UNAUTHENTICATED', 1],
    [403, 'FORBIDDEN', 1],
    [404, 'ROUTE_NOT_FOUND', 1],
  ])('lost answers, then %i %s, then success: %i payments', async (status, code, payments) => {
    const { server, browser, clock } = world(LOST);
    const { client } = browser.open();
    await clock.until(failureOf(client.createPayment(WISH)));
    server.rule = () => refusal(status, code);
    await clock.until(failureOf(client.createPayment(WISH)));
    server.rule = undefined;
    await clock.pass(1_000);
    await clock.until(client.createPayment(WISH));
    expect(server.payments).toHaveLength(payments);
  });

  test('another user logs in on the same browser: another key; the same user with a renewed token: the same key', async () => {
    const { server, browser, clock } = world([...LOST, ...LOST]);
    let now = token('ann', { exp: 1 });
    const { client } = browser.open(undefined, { token: () => now });
    await clock.until(failureOf(client.createPayment(WISH)));
    now = token('bob');
    await clock.until(failureOf(client.createPayment(WISH)));
    now = token('ann', { exp: 2 });
    server.payments.length = 0;
    await clock.until(failureOf(client.createPayment(WISH)).catch(() => undefined));
    const keys = server.asked.map(({ headers }) => headers.get('idempotency-key'));
    expect(new Set(keys.slice(0, 4)).size).toBe(1);
    expect(new Set(keys.slice(4, 8)).size).toBe(1);
    expect(keys[4]).not.toBe(keys[0]);
    expect(keys[8]).toBe(keys[0]);
  });

  test('another user logs in between two tries: the first user’s payment is not made as theirs', async () => {
    const { server, browser, clock } = world(['500-before']);
    let now = token('ann');
    const { client } = browser.open(undefined, { token: () => now });
    const failure = failureOf(client.createPayment(WISH));
    await settle();
    now = token('bob');
    expect(await clock.until(failure)).toMatchObject({ code: 'PERSON_CHANGED', retryable: false });
    expect(server.payments).toHaveLength(0);
  });

  test('neither token nor name nor request body is stored', async () => {
    const { browser, clock } = world(LOST);
    const { client, session } = browser.open(undefined, { token: () => token('ann@example.com') });
    await clock.until(failureOf(client.createPayment(WISH)));
    const stored = JSON.stringify([...session.items, ...browser.localStorage.items]);
    expect(stored).toMatch(/payonce:/);
    expect(stored).not.toMatch(/ann|consultation|5000/);
  });

  test('a key the server may have deleted is never sent: not by a new call, not by a tab frozen for a day', async () => {
    const { server, browser, clock } = world(['500-before']);
    const { client } = browser.open();
    const failure = failureOf(client.refund(1, { reason: 'x' }));
    await settle();
    // Frozen: time passes and no timer runs.
    jest.spyOn(clock, 'now').mockReturnValue(clock.now() + 24 * 3_600_000);
    expect(await clock.until(failure)).toMatchObject({ code: 'INTENT_EXPIRED', retryable: false });
    await clock.until(client.refund(1, { reason: 'x' }));
    expect(new Set(server.asked.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(2);
  });

  test('storage that is full, forbidden or corrupt: the tab still pays once', async () => {
    const { server, browser, clock } = world(LOST);
    const broken = new FakeStorage();
    broken.getItem =
      broken.setItem =
      broken.removeItem =
        () => {
          throw new DOMException('No', 'SecurityError');
        };
    const { client } = browser.open(broken, { sharedStorage: broken });
    await clock.until(failureOf(client.createPayment(WISH)));
    await clock.until(client.createPayment(WISH));
    expect(server.payments).toHaveLength(1);

    const nonsense = new FakeStorage();
    nonsense.getItem = () => '{"key":';
    await clock.until(browser.open(nonsense, { sharedStorage: nonsense }).client.createPayment(WISH));
    expect(server.payments).toHaveLength(2);
  });

  test('expired records are removed when a page opens; records of other programs stay', async () => {
    const { browser, clock } = world(LOST);
    const { client, session } = browser.open();
    browser.localStorage.setItem('theirs', '{');
    await clock.until(failureOf(client.createPayment(WISH)));
    expect([session.length, browser.localStorage.length]).toEqual([1, 2]);
    await clock.pass(24 * 3_600_000);
    browser.open(session);
    expect([session.length, browser.localStorage.length]).toEqual([0, 1]);
  });
});

describe('a refund', () => {
  const REFUND = { amount: 2_500, reason: 'Customer requested partial refund' };

  test('clicked again within five minutes, in any tab, is the same refund; on purpose, or later, it is a new one', async () => {
    const { server, browser, clock } = world();
    const one = browser.open().client;
    const two = browser.open().client;
    await clock.until(one.refund(1, REFUND));
    await clock.pass(1_000);
    await clock.until(two.refund(1, REFUND));
    await clock.pass(4 * 60_000);
    await clock.until(one.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
    await clock.until(one.refund(1, REFUND, { again: true }));
    expect(server.payments).toHaveLength(2);
    await clock.pass(6 * 60_000);
    await clock.until(two.refund(1, REFUND));
    expect(server.payments).toHaveLength(3);
  });

  test('made again on purpose, its answer lost: still the second refund, not a third', async () => {
    const { server, browser, clock } = world(['well', ...LOST]);
    const { client } = browser.open();
    await clock.until(client.refund(1, REFUND));
    await clock.pass(1_000);
    await clock.until(failureOf(client.refund(1, REFUND, { again: true })));
    await clock.until(client.refund(1, REFUND, { again: true }));
    expect(server.payments).toHaveLength(2);
  });
});
