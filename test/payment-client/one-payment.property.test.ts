import fc from 'fast-check';
import { setMaxListeners } from 'node:events';
import { FakeBrowser, type Missing, type Tab } from './support/fake-browser.js';
import { settle } from './support/fake-clock.js';
import { type Behaviour, fetchOf, MISBEHAVIOURS, TruthfulServer } from './support/truthful-server.js';

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

const behaviour = fc.constantFrom<Behaviour>('well', ...MISBEHAVIOURS);
const deed = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('click' as const),
      tab: fc.nat(1),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 40_000 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('reload' as const), tab: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('leave' as const), tab: fc.nat(1) }) },
);
/** Features a browser may lack while its tabs can still share a key. */
const missing = fc.constantFrom<Missing[]>(
  [],
  ['locks'],
  ['channel'],
  ['storage'],
  ['locks', 'channel'],
  ['locks', 'storage'],
);

describe('random faults and clicks', () => {
  test(`misbehaving servers, clicks, reloads and two tabs in any order: one payment per intent (TEST_SEED=${seed})`, async () => {
    let misbehaved = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(behaviour, { maxLength: 12 }),
        fc.array(deed, { minLength: 1, maxLength: 8 }),
        missing,
        fc.constantFrom('payment' as const, 'refund' as const),
        async (behaviours, deeds, lacks, what) => {
          const script = [...behaviours];
          const server = new TruthfulServer();
          const next = () => {
            const now = script.shift() ?? 'well';
            if (now !== 'well') misbehaved++;
            return now;
          };
          const fetch = fetchOf(server, () => browser.clock.now(), next);
          const browser: FakeBrowser = new FakeBrowser({ fetch }, lacks);
          const tabs: (Tab & { leave: AbortController })[] = [0, 1].map(() => ({
            ...browser.open(),
            leave: new AbortController(),
          }));
          let succeeded = false;

          const click = (tab: (typeof tabs)[number]) => {
            const call = { signal: tab.leave.signal };
            const wish =
              what === 'refund'
                ? tab.client.refund(1, { amount: 2_500, reason: 'wish' }, call)
                : tab.client.createPayment({ consultation_id: 5, amount: 5_000, payment_method: 'stripe' }, call);
            return wish.then(
              () => (succeeded = true),
              () => false,
            );
          };

          for (const it of deeds) {
            if (succeeded) break;
            if (it.does === 'wait') await browser.clock.pass(it.ms);
            // A closed page aborts its requests; their effects on the server stay.
            if (it.does === 'leave' || it.does === 'reload') tabs[it.tab]!.leave.abort();
            if (it.does === 'reload')
              tabs[it.tab] = { ...browser.open(tabs[it.tab]!.session), leave: new AbortController() };
            if (it.does === 'leave') tabs[it.tab]!.leave = new AbortController();
            if (it.does === 'click') for (let n = 0; n < it.times; n++) void click(tabs[it.tab]!);
            // One page's signal serves many clicks.
            setMaxListeners(0, ...tabs.map(({ leave }) => leave.signal));
            await settle();
            expect(server.payments.length).toBeLessThanOrEqual(1);
          }
          // In the end a request succeeds.
          for (let n = 0; n < 6 && !succeeded; n++) await browser.clock.until(click(tabs[n % 2]!));
          await browser.clock.pass(200_000);
          expect(succeeded).toBe(true);
          expect(server.payments).toHaveLength(1);
        },
      ),
      { seed, numRuns: 400 },
    );
    expect(misbehaved).toBeGreaterThan(400);
  }, 120_000);
});
