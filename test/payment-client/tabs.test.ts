import type { Channel, PaymentClientError } from '#payment-client';
import { eventually } from '../support/eventually.js';
import { FakeBrowser, FakeStorage, type Missing } from './support/fake-browser.js';
import { settle } from './support/fake-clock.js';
import { type Behaviour, fetchOf, script, TruthfulServer } from './support/truthful-server.js';

const WISH = { consultation_id: 5, amount: 5_000, payment_method: 'stripe' as const };
const LOST: Behaviour[] = Array<Behaviour>(4).fill('lost-after');

function world(behaviours: Behaviour[] = [], missing: Missing[] = []) {
  const server = new TruthfulServer();
  const fetch = fetchOf(server, () => browser.clock.now(), script(...behaviours));
  const browser: FakeBrowser = new FakeBrowser({ fetch }, missing);
  return { server, browser, clock: browser.clock };
}
type Air = InstanceType<typeof BroadcastChannel>;
const failureOf = (promise: Promise<unknown>) => promise.catch((error: PaymentClientError) => error);

describe('two tabs share one intent', () => {
  test('hazard: without a shared key they would pay twice, as two browsers do', async () => {
    const { server, browser, clock } = world();
    const stranger = new FakeBrowser({ fetch: fetchOf(server, () => 0) });
    await clock.until(browser.open().client.createPayment(WISH));
    await stranger.clock.until(stranger.open().client.createPayment(WISH));
    expect(server.payments).toHaveLength(2);
  });

  test('both click at once: one request, one payment, and both get its answer', async () => {
    const { server, browser, clock } = world(['lost-after']);
    const tabs = [browser.open(), browser.open(), browser.open()];
    const answers = await clock.until(Promise.all(tabs.map(({ client }) => client.createPayment(WISH))));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(server.payments).toHaveLength(1);
    expect(server.asked).toHaveLength(2);
  });

  test('the lease is released with any answer', async () => {
    const { browser, clock } = world(LOST);
    const { client } = browser.open();
    const payment = failureOf(client.createPayment(WISH));
    await settle();
    expect(browser.locks.held.size).toBe(1);
    await clock.until(payment);
    await settle();
    expect(browser.locks.held.size).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  const degraded: Missing[][] = [
    ['locks'],
    ['channel'],
    ['sharedStorage'],
    ['storage'],
    ['locks', 'channel'],
    ['locks', 'sharedStorage'],
    ['locks', 'sharedStorage', 'storage'],
    ['channel', 'storage'],
  ];
  test.each(degraded.map((missing) => [missing.join(' and '), missing] as const))(
    'a browser without %s: two tabs at once, and a third later after lost answers, still make one payment',
    async (_, missing) => {
      const { server, browser, clock } = world([...LOST, ...LOST], [...missing]);
      const first = browser.open();
      const second = browser.open();
      await clock.until(Promise.all([first, second].map(({ client }) => failureOf(client.createPayment(WISH)))));
      const third = await clock.until(browser.open().client.createPayment(WISH));
      expect(third).toMatchObject({ type: 'new', payment_id: 1 });
      expect(server.payments).toHaveLength(1);
    },
  );

  test.each([
    ['locks', ['locks']],
    ['locks and channel', ['locks', 'channel']],
  ] as [string, Missing[]][])(
    'without %s, and with tabs in two processes that see each other’s storage late: still one payment',
    async (_, missing) => {
      const { server, browser, clock } = world(LOST, missing);
      const views = [new FakeStorage(), new FakeStorage()];
      // One order of writes for all, as on the disk below them.
      views.forEach((view) => {
        view.setItem = (name, value) => {
          view.items.set(name, value);
          setImmediate(() => views.forEach(({ items }) => items.set(name, value)));
        };
      });
      const tabs = views.map((sharedStorage) => browser.open(undefined, { sharedStorage }));
      await clock.until(Promise.all(tabs.map(({ client }) => failureOf(client.createPayment(WISH)))));
      await clock.until(failureOf(tabs[1]!.client.createPayment(WISH)));
      expect(new Set(server.asked.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
      expect(server.payments).toHaveLength(1);
    },
  );

  test('a frozen tab that holds the lease blocks others for eight seconds only; then the other tab asks under the same key', async () => {
    const { server, browser, clock } = world(['hang-after']);
    const frozen = browser.open();
    // Its own timers never run.
    const asleep = browser.open(frozen.session, {
      clock: { now: () => clock.now(), after: () => () => undefined },
      channel: null,
    });
    void asleep.client.createPayment(WISH);
    await settle();
    const before = clock.now();
    const answer = await clock.until(browser.open().client.createPayment(WISH));
    expect(clock.now() - before).toBe(8_000);
    expect(answer).toMatchObject({ type: 'new', payment_id: 1 });
    expect(server.payments).toHaveLength(1);
    expect(new Set(server.asked.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
  });

  test('an abort while another tab holds the lease ends at once', async () => {
    const { browser } = world(['hang-after']);
    void failureOf(browser.open().client.createPayment(WISH));
    await settle();
    const abort = new AbortController();
    const waiting = failureOf(browser.open().client.createPayment(WISH, { signal: abort.signal }));
    await settle();
    abort.abort();
    expect(await waiting).toMatchObject({ code: 'ABORTED' });
  });

  test('over Node’s own BroadcastChannel, without leases and shared storage: one key and one payment', async () => {
    const { server, browser, clock } = world(LOST, ['locks', 'sharedStorage', 'channel']);
    const name = `payonce-${process.pid}-${Math.random()}`;
    const channels = [1, 2, 3].map(() => new BroadcastChannel(name));
    // Channels deliver asynchronously: the fake clock waits until every tab has received a last message.
    let heard = 0;
    for (const channel of channels) {
      channel.addEventListener('message', (({ data }: { data: unknown }) => (heard += +(data === 'over'))) as never);
    }
    const quiet = async (by: Air) => {
      heard = 0;
      by.postMessage('over');
      await eventually(() => heard === channels.length - 1, 'the channel is quiet');
    };
    // The clients do not receive the last messages.
    const ears = (channel: Air): Channel => ({
      postMessage: (message) => channel.postMessage(message),
      addEventListener: (type, listener) =>
        channel.addEventListener(
          type,
          (({ data }: { data: unknown }) => data !== 'over' && listener({ data })) as never,
        ),
      close: () => channel.close(),
    });
    try {
      const [one, two, three] = channels.map((channel) => browser.open(undefined, { channel: ears(channel) }));
      const failing = failureOf(one!.client.createPayment(WISH));
      const failing2 = failureOf(two!.client.createPayment(WISH));
      await settle();
      for (const channel of channels) await quiet(channel);
      await clock.until(failing);
      for (const channel of channels) await quiet(channel);
      await clock.until(failing2);
      const paying = three!.client.createPayment(WISH);
      await settle();
      for (const channel of channels) await quiet(channel);
      await clock.until(paying);
      expect(server.payments).toHaveLength(1);
    } finally {
      for (const channel of channels) channel.close();
    }
  });
});
