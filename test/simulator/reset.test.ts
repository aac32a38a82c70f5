import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Stripe from 'stripe';
import { eventually } from '../support/eventually.js';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { held } from './support/held.js';
import { newSession, paidIntent } from './support/purchases.js';
import { openReceiver } from './support/receiver.js';
import { refusal } from './support/refusal.js';

let folder: string;
let simulator: TestSimulator;
beforeEach(async () => {
  folder = mkdtempSync(path.join(process.env.TEST_FOLDER ?? tmpdir(), 'simulator-'));
  simulator = await startSimulator({ SIMULATOR_DATA_DIR: folder });
});
afterEach(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ledger = () => simulator.ledger();
const quiet = () => simulator.stripe({ maxNetworkRetries: 0 });

test('concurrent resets and writes: each call ends, and what was made after the last reset is on disk', async () => {
  const stripe = quiet();
  // A call overtaken by a reset gets this error; any other failure is a fault.
  const write = () =>
    newSession(stripe).catch((error: Stripe.errors.StripeError) => expect(error.message).toContain('was reset'));
  const resets: Promise<unknown>[] = [];
  const writes: Promise<unknown>[] = [];
  for (let at = 0; at < 40; at += 1) {
    writes.push(write(), simulator.sim('payments', { amount: 1 }), write());
    resets.push(simulator.sim('reset', {}));
  }
  await Promise.all([...resets, ...writes]);
  await simulator.sim('reset', {});
  const { id } = await newSession(stripe);
  await simulator.sim('payments', { amount: 7 });
  const before = await ledger();
  expect([before.sessions.length, before.charges.length]).toEqual([1, 1]);

  expect(await simulator.program.stop()).toBe(0);
  simulator = await startSimulator({ SIMULATOR_DATA_DIR: folder });
  expect((await ledger()).charges).toEqual(before.charges);
  expect(await simulator.stripe().checkout.sessions.retrieve(id)).toMatchObject({ status: 'open' });
});

test('endpoints survive a reset and the next start', async () => {
  const receiver = await openReceiver();
  await simulator.sim('endpoints', { urls: [receiver.url], enabled_events: ['charge.succeeded'] });
  await simulator.sim('reset', {});
  await simulator.program.stop();
  simulator = await startSimulator({ SIMULATOR_DATA_DIR: folder });
  await simulator.sim('payments', { amount: 1 });
  await receiver.has(1);
  expect(receiver.received.map(({ event }) => event.type)).toEqual(['charge.succeeded']);
  await receiver.stop();
});

test.each(['before', 'after'] as const)(
  'a call held %s its work is answered 500 once, and does not affect what follows',
  async (when) => {
    const payment_intent = await paidIntent(simulator, quiet());
    await simulator.sim('faults', { hold: { path: '/v1/refunds', when } });
    const cut = refusal(simulator.stripe().refunds.create({ payment_intent }, { idempotencyKey: 'held' }));
    const opened = refusal(newSession(quiet(), {}, { idempotencyKey: 'held' }));
    await held(simulator, 1);
    expect(await opened).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    await simulator.sim('reset', {});
    expect(await cut).toMatchObject({ statusCode: 500, message: expect.stringContaining('was reset') });
    expect(await ledger()).toMatchObject({ sessions: [], charges: [], refunds: [] });
    expect(await simulator.sim('requests')).toEqual([]);
    // Its key is free again.
    await newSession(quiet(), {}, { idempotencyKey: 'held' });
    expect((await ledger()).sessions).toHaveLength(1);
  },
);

test('a call delayed by latency is answered at once, and writes nothing', async () => {
  await simulator.sim('faults', { latency_ms: { ms: 600_000, path: '/v1/checkout/sessions' } });
  const cut = refusal(newSession(quiet()));
  await eventually(async () => (await simulator.requests()).length === 1, 'the call is there');
  await simulator.sim('reset', {});
  expect(await cut).toBeInstanceOf(Stripe.errors.StripeAPIError);
  expect((await ledger()).sessions).toEqual([]);
});
