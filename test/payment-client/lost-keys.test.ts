import { type PaymentClientError } from '#payment-client';
import { FakeBrowser, FakeStorage, type Missing, type Tab } from './support/fake-browser.js';
import { type Behaviour, fetchOf, MISBEHAVIOURS, refusal, script, TruthfulServer } from './support/truthful-server.js';

const REFUND = { amount: 2_500, reason: 'wish' };
const LOST: Behaviour[] = Array<Behaviour>(4).fill('lost-after');
const NEVER_SENT: Behaviour[] = Array<Behaviour>(4).fill('reset-before');

function world(behaviours: Behaviour[] = [], missing: Missing[] = []) {
  const server = new TruthfulServer();
  const fetch = fetchOf(server, () => browser.clock.now(), script(...behaviours));
  const browser: FakeBrowser = new FakeBrowser({ fetch }, missing);
  return { server, browser, clock: browser.clock };
}
const failureOf = (promise: Promise<unknown>) => promise.catch((error: PaymentClientError) => error);
const refuse = () => refusal(402, 'STRIPE_REFUSED');

/** A storage whose quota is used up. */
function full(): FakeStorage {
  const storage = new FakeStorage();
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  return storage;
}

/** A server that knows nothing but keys: what the client sends under a second key is a second refund. */
describe('repeating a refund within minutes makes no second one', () => {
  test('without localStorage, after the tab that sent it closed before its answer', async () => {
    const { server, browser, clock } = world(LOST, ['sharedStorage']);
    const [a, b] = [browser.open(), browser.open()];
    await clock.until(failureOf(a.client.refund(1, REFUND)));
    a.client.close();
    await clock.pass(1_000);
    await clock.until(b.client.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
  });

  test('without localStorage, after a second refund on purpose was refused, and a reload', async () => {
    const { server, browser, clock } = world([], ['sharedStorage']);
    const a = browser.open();
    await clock.until(a.client.refund(1, REFUND));
    await clock.pass(1_000);
    server.rule = refuse;
    await clock.until(failureOf(a.client.refund(1, REFUND, { again: true })));
    server.rule = undefined;
    await clock.pass(1_000);
    a.client.close();
    await clock.until(browser.open(a.session).client.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
  });

  test('without leases, after localStorage was cleared: the other tab passes on the key that was sent', async () => {
    const { server, browser, clock } = world(LOST, ['locks']);
    const [a, b] = [browser.open(), browser.open()];
    await clock.until(failureOf(a.client.refund(1, REFUND)));
    browser.localStorage.items.clear();
    await clock.pass(1_000);
    await clock.until(b.client.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
  });

  test.each(['is still open', 'has closed'])(
    'after its first key was refused in another tab, which made it under a second key, and %s',
    async (how) => {
      const { server, browser, clock } = world([...NEVER_SENT, 'well', ...LOST]);
      const [a, b] = [browser.open(), browser.open()];
      await clock.until(failureOf(a.client.refund(1, REFUND)));
      await clock.pass(1_000);
      server.rule = refuse;
      await clock.until(failureOf(b.client.refund(1, REFUND)));
      server.rule = undefined;
      await clock.pass(1_000);
      await clock.until(failureOf(b.client.refund(1, REFUND)));
      await clock.pass(1_000);
      if (how === 'has closed') b.client.close();
      await clock.until(a.client.refund(1, REFUND));
      expect(server.payments).toHaveLength(1);
    },
  );

  test.each(['this tab', 'another tab'])(
    'after a second refund on purpose was unclear, and then refused in %s',
    async (to) => {
      const { server, browser, clock } = world(['well', ...NEVER_SENT]);
      const [a, b] = [browser.open(), browser.open()];
      await clock.until(a.client.refund(1, REFUND));
      await clock.pass(1_000);
      await clock.until(failureOf(a.client.refund(1, REFUND, { again: true })));
      await clock.pass(1_000);
      server.rule = refuse;
      const { client } = to === 'this tab' ? a : b;
      await clock.until(failureOf(client.refund(1, REFUND, { again: true })));
      server.rule = undefined;
      await clock.pass(1_000);
      await clock.until(client.refund(1, REFUND));
      expect(server.payments).toHaveLength(1);
    },
  );

  test.each(['there', 'missing', 'full'])(
    'in either of two tabs that asked at once; localStorage is %s',
    async (how) => {
      const { server, browser, clock } = world([], how === 'missing' ? ['sharedStorage'] : []);
      const platform = how === 'full' ? { sharedStorage: full() } : {};
      const [a, b] = [browser.open(undefined, platform), browser.open(undefined, platform)];
      await clock.until(Promise.all([a.client.refund(1, REFUND), b.client.refund(1, REFUND)]));
      await clock.pass(30_000);
      await clock.until(b.client.refund(1, REFUND));
      await clock.until(a.client.refund(1, REFUND));
      expect(server.payments).toHaveLength(1);
    },
  );

  test('in a tab that got a refusal, when the other tab continued under the refused key', async () => {
    const { server, browser, clock } = world([...NEVER_SENT, 'well', ...LOST]);
    const [a, b] = [browser.open(), browser.open()];
    await clock.until(failureOf(a.client.refund(1, REFUND)));
    await clock.pass(1_000);
    server.rule = refuse;
    await clock.until(failureOf(b.client.refund(1, REFUND)));
    server.rule = undefined;
    await clock.pass(1_000);
    await clock.until(failureOf(a.client.refund(1, REFUND)));
    await clock.pass(1_000);
    await clock.until(b.client.refund(1, REFUND));
    expect(server.payments).toHaveLength(1);
  });
});

/** Numbers that look like chance and are the same each time (a linear congruential generator). */
function numbers(seed: number): () => number {
  return () => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x7fffffff;
}

describe('three tabs that keep clicking after the refund was made, at a misbehaving server', () => {
  test.each<[string, Missing[], boolean]>([
    ['all there, refusals', [], true],
    ['no locks, refusals', ['locks'], true],
    ['no channel, refusals', ['channel'], true],
    // A refusal that only one tab received could not be passed on to the other.
    ['neither', ['locks', 'channel'], false],
  ])(
    '%s: one refund in each of 150 runs',
    async (_, missing, refuses) => {
      let made = 0;
      for (let seed = 1; seed <= 150; seed++) {
        const chance = numbers(seed * 7_919);
        const one = <T>(of: readonly T[]) => of[Math.floor(chance() * of.length)]!;
        const server = new TruthfulServer();
        let refusing = false;
        server.rule = () => (refusing && server.payments.length === 0 ? refuse() : undefined);
        const behaviour = () => (chance() < 0.5 ? 'well' : one(MISBEHAVIOURS));
        const fetch = fetchOf(server, () => browser.clock.now(), behaviour);
        const browser: FakeBrowser = new FakeBrowser({ fetch }, missing);
        const { clock } = browser;
        const tabs: Tab[] = [browser.open(), browser.open(), browser.open()];
        const began = clock.now();
        let running: Promise<unknown>[] = [];
        for (let step = 0; step < 8 && clock.now() - began < 200_000; step++) {
          const n = Math.floor(chance() * tabs.length);
          refusing = chance() < 0.3 && refuses;
          const deed = chance();
          if (deed < 0.65) running.push(failureOf(tabs[n]!.client.refund(1, REFUND)));
          else if (deed < 0.8) {
            tabs[n]!.client.close();
            tabs[n] = browser.open(chance() < 0.5 ? tabs[n]!.session : undefined);
          } else await clock.pass(one([20, 3_000]));
          if (chance() < 0.4) {
            await clock.until(Promise.all(running));
            running = [];
          }
        }
        await clock.until(Promise.all(running));
        expect([seed, server.payments.length <= 1]).toEqual([seed, true]);
        made += server.payments.length;
      }
      expect(made).toBeGreaterThan(100);
    },
    60_000,
  );
});
