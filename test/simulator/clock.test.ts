import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Stripe from 'stripe';
import { startSimulator, type TestSimulator, WEBHOOK_SECRET } from '../support/simulator.js';
import { paidIntent } from './support/purchases.js';
import { openReceiver } from './support/receiver.js';

const DAY = 86_400;
const machine = () => Math.floor(Date.now() / 1_000);

const running: TestSimulator[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.stop();
});

async function start(env: NodeJS.ProcessEnv = {}): Promise<TestSimulator> {
  const simulator = await startSimulator(env);
  running.push(simulator);
  return simulator;
}

/** The seconds between an answer's Date header and the machine's clock. */
async function dateBehind({ url }: TestSimulator, at: string, init?: RequestInit): Promise<number> {
  const { headers } = await fetch(`${url}${at}`, init);
  return machine() - Date.parse(headers.get('date')!) / 1_000;
}

describe("the Date header is the simulator's clock", () => {
  const authorized = { headers: { authorization: 'Bearer sk_test_clock' } };
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };

  test.each([
    ['an object', '/v1/balance', authorized],
    ['a 401', '/v1/balance', {}],
    ['a 404', '/v1/charges/ch_none', authorized],
    ['an address that Stripe does not have', '/v1/nothing', authorized],
    ['an address that cannot be decoded', '/v1/charges/%zz', authorized],
    ['a body that is too large', '/v1/refunds', { method: 'POST', body: 'x'.repeat(1_048_577), headers: urlencoded }],
  ])('of %s', async (_case, at, init) => {
    const simulator = await start();
    expect(await dateBehind(simulator, at, init)).toBeLessThanOrEqual(5);
    await simulator.sim('clock', { advance_seconds: 3 * DAY });
    const ahead = -(await dateBehind(simulator, at, init));
    expect(ahead).toBeGreaterThanOrEqual(3 * DAY - 5);
    expect(ahead).toBeLessThanOrEqual(3 * DAY + 5);
  });

  test('as stripe-node exposes it', async () => {
    const simulator = await start({ SIMULATOR_CLOCK_OFFSET_SECONDS: String(-2 * DAY) });
    const { lastResponse } = await simulator.stripe().balance.retrieve();
    expect(machine() - Date.parse(lastResponse.headers['date']!) / 1_000).toBeGreaterThanOrEqual(2 * DAY);
  });
});

describe('a simulator started behind the machine', () => {
  const behind = { SIMULATOR_CLOCK_OFFSET_SECONDS: String(-2 * DAY) };

  test('dates objects by its clock, and signs webhooks with that time, which a receiver refuses as too old', async () => {
    const receiver = await openReceiver();
    const simulator = await start({ ...behind, SIMULATOR_WEBHOOK_URLS: receiver.url });
    const stripe = simulator.stripe();
    const intent = await stripe.paymentIntents.retrieve(await paidIntent(simulator, stripe));
    expect(machine() - intent.created).toBeGreaterThanOrEqual(2 * DAY);
    expect(machine() - intent.created).toBeLessThanOrEqual(2 * DAY + 60);
    // The receiver holds the signature against the machine's clock, five minutes at most.
    await receiver.refused(1);
    expect(receiver.received).toEqual([]);
    const { payload, signature } = receiver.refusals[0]!;
    const t = Number(/^t=(\d+)/.exec(signature)![1]);
    expect(machine() - t).toBeGreaterThanOrEqual(2 * DAY);
    // Correctly signed: a receiver that corrects for the difference accepts it.
    const { webhooks } = new Stripe('sk_test_receiver');
    expect(webhooks.constructEvent(payload, signature, WEBHOOK_SECRET, 3 * DAY).created).toBeLessThanOrEqual(t);

    // Moved forward until it has caught up, it signs with the machine's time; moved on, still with the machine's.
    await simulator.sim('clock', { advance_seconds: 2 * DAY });
    await receiver.has(1);
    await simulator.sim('clock', { advance_seconds: 30 * DAY });
    const paid = await paidIntent(simulator, stripe);
    const { data } = await stripe.charges.list({ payment_intent: paid });
    const received = await receiver.has(1, 'charge.succeeded');
    expect(data[0]!.created - machine()).toBeGreaterThanOrEqual(30 * DAY - 60);
    for (const { headers } of received) {
      const at = Number(/^t=(\d+)/.exec(headers['stripe-signature'] as string)![1]);
      expect(Math.abs(machine() - at)).toBeLessThanOrEqual(60);
    }
    await receiver.stop();
  });

  test('the offset is applied again after a reset, and after a restart without one', async () => {
    const folder = mkdtempSync(path.join(process.env.TEST_FOLDER ?? tmpdir(), 'simulator-clock-'));
    const clockBehind = async (of: TestSimulator) => machine() - (await of.sim<{ now: number }>('clock')).now;
    const first = await start({ ...behind, SIMULATOR_DATA_DIR: folder });
    await first.sim('clock', { advance_seconds: DAY });
    expect(await clockBehind(first)).toBeLessThanOrEqual(DAY + 5);
    await first.sim('reset', {});
    expect(await clockBehind(first)).toBeGreaterThanOrEqual(2 * DAY);
    await paidIntent(first, first.stripe());
    await first.sim('clock', { advance_seconds: 60 });
    expect(await first.program.stop()).toBe(0);
    const second = await start({ SIMULATOR_DATA_DIR: folder });
    expect(await clockBehind(second)).toBeGreaterThanOrEqual(2 * DAY - 65);
    rmSync(folder, { recursive: true, force: true });
  });

  test('the offset is ignored with existing data: time does not go back', async () => {
    const folder = mkdtempSync(path.join(process.env.TEST_FOLDER ?? tmpdir(), 'simulator-clock-'));
    const first = await start({ SIMULATOR_DATA_DIR: folder });
    await paidIntent(first, first.stripe());
    expect(await first.program.stop()).toBe(0);
    const second = await start({ ...behind, SIMULATOR_DATA_DIR: folder });
    expect(machine() - (await second.sim<{ now: number }>('clock')).now).toBeLessThanOrEqual(5);
    rmSync(folder, { recursive: true, force: true });
  });
});

test('a simulator started ahead signs at most its offset ahead', async () => {
  const receiver = await openReceiver();
  const simulator = await start({ SIMULATOR_CLOCK_OFFSET_SECONDS: '600', SIMULATOR_WEBHOOK_URLS: receiver.url });
  await simulator.sim('clock', { advance_seconds: DAY });
  await paidIntent(simulator, simulator.stripe());
  const [first] = await receiver.has(1);
  const ahead = Number(/^t=(\d+)/.exec(first!.headers['stripe-signature'] as string)![1]) - machine();
  expect(ahead).toBeGreaterThanOrEqual(540);
  expect(ahead).toBeLessThanOrEqual(600);
  await receiver.stop();
});
