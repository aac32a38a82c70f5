import { type PaymentClientError } from '#payment-client';
import { FakeBrowser, FakeStorage, type Missing } from './support/fake-browser.js';
import { settle } from './support/fake-clock.js';
import { type Behaviour, fetchOf, refusal, script, TruthfulServer } from './support/truthful-server.js';

const REFUND = { amount: 2_500, reason: 'wish' };
const LOST: Behaviour[] = Array<Behaviour>(4).fill('lost-after');
const HOUR_MS = 3_600_000;

function world(behaviours: Behaviour[] = [], missing: Missing[] = []) {
  const server = new TruthfulServer();
  const fetch = fetchOf(server, () => browser.clock.now(), script(...behaviours));
  const browser: FakeBrowser = new FakeBrowser({ fetch }, missing);
  return { server, browser, clock: browser.clock };
}
const failureOf = (promise: Promise<unknown>) => promise.catch((error: PaymentClientError) => error);

/** A storage that takes so many values and then no more, as when its quota is used up. */
function fullAfter(values: number): FakeStorage {
  const storage = new FakeStorage();
  const set = storage.setItem.bind(storage);
  storage.setItem = (name, value) => {
    if (values-- <= 0) throw new DOMException('full', 'QuotaExceededError');
    set(name, value);
  };
  return storage;
}

describe('a key that ended in another tab', () => {
  test.each<[string, Missing[], number]>([
    ['by channel and storage', [], HOUR_MS],
    ['by the channel alone', ['sharedStorage'], HOUR_MS],
    // Without a channel message, storage keeps it for ten minutes.
    ['by storage alone', ['channel'], 60_000],
  ])('is not used for the next intent (%s)', async (_, missing, later_ms) => {
    const { server, browser, clock } = world(LOST, missing);
    const [a, b] = [browser.open(), browser.open()];
    await clock.until(failureOf(a.client.refund(1, REFUND)));
    await clock.until(b.client.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
    await clock.pass(later_ms);
    await clock.until(a.client.refund(1, REFUND, { again: true }));
    expect(server.payments).toHaveLength(2);
  });

  test('is not used by the tab that held the lease while a waiting tab timed out and was answered first', async () => {
    const { server, browser, clock } = world(['hang-after']);
    const [a, b] = [browser.open(), browser.open()];
    const first = a.client.refund(1, REFUND);
    await settle();
    await clock.until(Promise.all([first, b.client.refund(1, REFUND)]));
    expect(server.payments).toHaveLength(1);
    await clock.pass(HOUR_MS);
    await clock.until(a.client.refund(1, REFUND, { again: true }));
    expect(server.payments).toHaveLength(2);
  });

  test('is not used by a duplicated tab: a new checkout gets a new page', async () => {
    const { browser, clock } = world(LOST);
    const a = browser.open();
    await clock.until(failureOf(a.client.createCheckout({ product_id: 'p' })));
    const copy = new FakeStorage();
    for (const [name, value] of a.session.items) copy.setItem(name, value);
    const one = await clock.until(browser.open(copy).client.createCheckout({ product_id: 'p' }));
    await clock.pass(HOUR_MS);
    const two = await clock.until(a.client.createCheckout({ product_id: 'p' }));
    expect(two.checkout_url).not.toBe(one.checkout_url);
  });
});

describe('a full localStorage', () => {
  test('from the start: two tabs still share one intent', async () => {
    const { server, browser, clock } = world(LOST);
    const sharedStorage = fullAfter(0);
    const [a, b] = [browser.open(undefined, { sharedStorage }), browser.open(undefined, { sharedStorage })];
    await clock.until(failureOf(a.client.refund(1, REFUND)));
    await clock.until(b.client.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
  });

  test('from the middle of an intent on: leftover records do not affect later intents', async () => {
    const { server, browser, clock } = world();
    const { client } = browser.open(undefined, { sharedStorage: fullAfter(1) });
    for (let time = 1; time <= 4; time += 1) {
      await clock.until(client.refund(1, REFUND, { again: true }));
      await clock.pass(HOUR_MS);
    }
    expect(server.payments).toHaveLength(4);
  });
});

describe('a refund clicked again within five minutes of having been made', () => {
  test('is the same refund, also when it had been refused some minutes earlier', async () => {
    const { server, browser, clock } = world();
    const { client } = browser.open();
    server.rule = () => refusal(502, 'STRIPE_REFUSED');
    await clock.until(failureOf(client.refund(1, REFUND)));
    server.rule = undefined;
    await clock.pass(290_000);
    await clock.until(client.refund(1, REFUND));
    await clock.pass(15_000);
    await clock.until(client.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
  });

  test.each(['in another tab', 'after a reload'])('without localStorage, %s, is the same refund', async (where) => {
    const { server, browser, clock } = world([], ['sharedStorage']);
    const [a, b] = [browser.open(), browser.open()];
    await clock.until(a.client.refund(1, REFUND));
    await clock.pass(1_000);
    const again = where === 'in another tab' ? b : browser.open(a.session);
    await clock.until(again.client.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
  });
});

test('a second refund on purpose in the millisecond in which the first was made is a second one', async () => {
  const { server, browser, clock } = world();
  const { client } = browser.open();
  const both = client.refund(1, REFUND).then(() => client.refund(1, REFUND, { again: true }));
  await clock.until(both);
  expect(server.payments).toHaveLength(2);
});

describe('a refusal', () => {
  test('that one tab received does not let another tab refund twice', async () => {
    const { server, browser, clock } = world(Array<Behaviour>(4).fill('reset-before'));
    const [a, b] = [browser.open(), browser.open()];
    await clock.until(failureOf(b.client.refund(1, REFUND)));
    await clock.pass(1_000);
    server.rule = () => refusal(402, 'STRIPE_REFUSED');
    await clock.until(failureOf(a.client.refund(1, REFUND)));
    server.rule = undefined;
    await clock.pass(1_000);
    await clock.until(a.client.refund(1, REFUND));
    await clock.pass(1_000);
    await clock.until(b.client.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
  });

  test('of a second refund on purpose keeps the first one’s key', async () => {
    const { server, browser, clock } = world();
    const { client } = browser.open();
    await clock.until(client.refund(1, REFUND));
    await clock.pass(1_000);
    server.rule = () => refusal(402, 'STRIPE_REFUSED');
    await clock.until(failureOf(client.refund(1, REFUND, { again: true })));
    server.rule = undefined;
    await clock.pass(1_000);
    await clock.until(client.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
  });
});

test('without localStorage, after a second refund on purpose and a reload, the plain refund is still the first one', async () => {
  const { server, browser, clock } = world([], ['sharedStorage']);
  const a = browser.open();
  await clock.until(a.client.refund(1, REFUND));
  await clock.pass(1_000);
  await clock.until(a.client.refund(1, REFUND, { again: true }));
  await clock.pass(1_000);
  a.client.close();
  await clock.until(browser.open(a.session).client.refund(1, REFUND));
  expect(server.payments).toHaveLength(2);
});

test('without locks, the key that two closed tabs agreed on is used by a third tab', async () => {
  for (let time = 1; time <= 12; time += 1) {
    const { server, browser, clock } = world([...LOST, ...LOST], ['locks']);
    const views = [new FakeStorage(), new FakeStorage()];
    for (const view of views) {
      view.setItem = (name, value) => {
        view.items.set(name, value);
        setImmediate(() => views.forEach(({ items }) => items.set(name, value)));
      };
    }
    const tabs = views.map((sharedStorage) => browser.open(undefined, { sharedStorage }));
    await clock.until(Promise.all(tabs.map(({ client }) => failureOf(client.refund(1, REFUND)))));
    for (const { client } of tabs) client.close();
    await clock.pass(1_000);
    await clock.until(browser.open(undefined, { sharedStorage: views[0]! }).client.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
  }
});

test('PAYMENT_EXISTS resolves createPayment and createCheckout, and rejects confirm', async () => {
  const { server, browser, clock } = world();
  const { client } = browser.open();
  const data = { type: 'existing', payment_id: 9, status: 'completed', payment: { id: 9 }, checkout: null };
  server.rule = () => refusal(409, 'PAYMENT_EXISTS', { data });
  const wish = { consultation_id: 5, amount: 5_000, payment_method: 'stripe' as const };
  expect(await clock.until(client.createPayment(wish))).toMatchObject({ payment_id: 9 });
  expect(await clock.until(client.createCheckout({ product_id: 'p' }))).toMatchObject({ payment_id: 9 });
  for (const call of [
    client.confirm(8, { transaction_id: 'BCA-1' }),
    client.refund(8, REFUND),
    client.cancel(8),
    client.send('/payments/8/refunds/1/settle', { transaction_id: 'T' }),
  ]) {
    expect(await clock.until(failureOf(call))).toMatchObject({ code: 'PAYMENT_EXISTS', status: 409, data });
  }
});

test('a client closed while a payment is in flight still reports it as made', async () => {
  const channel = new BroadcastChannel('closed-in-flight');
  const { browser, clock } = world([], ['channel']);
  const { client } = browser.open(undefined, { channel: channel as never });
  const paying = client.refund(1, REFUND);
  client.close();
  expect(await clock.until(paying)).toMatchObject({ payment_id: 1 });
});
