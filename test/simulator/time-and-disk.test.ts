import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSimulator, type TestSimulator, type StripeLedger } from '../support/simulator.js';
import { held } from './support/held.js';
import { newSession, paidIntent } from './support/purchases.js';
import { openReceiver } from './support/receiver.js';
import { refusal } from './support/refusal.js';

const running: TestSimulator[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(env: NodeJS.ProcessEnv = {}): Promise<TestSimulator> {
  const simulator = await startSimulator(env);
  running.push(simulator);
  return simulator;
}

function newFolder(): string {
  const folder = mkdtempSync(path.join(process.env.TEST_FOLDER ?? tmpdir(), 'simulator-'));
  folders.push(folder);
  return folder;
}

/** @returns the signal that ended it. */
async function kill({ program: { child } }: TestSimulator): Promise<NodeJS.Signals | null> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  return signal;
}

test('after SIGKILL it has everything it answered: objects, keys, undelivered events, and the clock', async () => {
  const folder = newFolder();
  const first = await start({ SIMULATOR_DATA_DIR: folder, SIMULATOR_WEBHOOK_URLS: 'http://127.0.0.1:1/nobody' });
  const stripe = first.stripe();
  const payment_intent = await paidIntent(first, stripe);
  const refund = await stripe.refunds.create({ payment_intent, amount: 100 }, { idempotencyKey: 'kept' });
  const open = await newSession(stripe, { metadata: { purchaseId: '7' } });
  await first.sim('clock', { advance_seconds: 600 });
  const before = await first.ledger();
  const { now } = await first.sim<{ now: number }>('clock');

  expect(await kill(first)).toBe('SIGKILL');
  // A line that was being written when it died.
  appendFileSync(path.join(folder, 'journal.jsonl'), '{"charges":{"ch_half":{"id":"ch_');
  const receiver = await openReceiver();
  const second = await start({ SIMULATOR_DATA_DIR: folder, SIMULATOR_WEBHOOK_URLS: receiver.url });

  const after = await second.ledger();
  const withoutUrls = ({ sessions, ...rest }: StripeLedger) => ({
    ...rest,
    sessions: sessions.map((of) => ({ ...of, url: null })),
  });
  expect(withoutUrls(after)).toEqual(withoutUrls(before));
  const again = second.stripe();
  expect((await again.refunds.create({ payment_intent, amount: 100 }, { idempotencyKey: 'kept' })).id).toBe(refund.id);
  expect((await again.checkout.sessions.retrieve(open.id)).url).toBe(`${second.url}/c/pay/${open.id}`);
  expect((await second.sim<{ now: number }>('clock')).now).toBeGreaterThanOrEqual(now);
  await receiver.has(1, 'checkout.session.completed');
  await receiver.stop();
});

test('SIGKILL between work and answer of a call: the same key gets the object made, not another one', async () => {
  const folder = newFolder();
  const first = await start({ SIMULATOR_DATA_DIR: folder });
  await first.sim('faults', { hold: { path: '/v1/checkout/sessions', when: 'after' } });
  const lost = refusal(newSession(first.stripe({ maxNetworkRetries: 0 }), {}, { idempotencyKey: 'cut' }));
  const [call] = await held(first, 1);
  expect(await kill(first)).toBe('SIGKILL');
  await lost;

  const second = await start({ SIMULATOR_DATA_DIR: folder });
  expect((await newSession(second.stripe(), {}, { idempotencyKey: 'cut' })).id).toBe(call!.object);
  expect((await second.ledger()).sessions).toHaveLength(1);
});

test('the journal is compacted at each start, with the same content', async () => {
  const folder = newFolder();
  const first = await start({ SIMULATOR_DATA_DIR: folder });
  for (let at = 0; at < 5; at += 1) await paidIntent(first, first.stripe());
  const lines = () => readFileSync(path.join(folder, 'journal.jsonl'), 'utf8').trim().split('\n').length;
  expect(lines()).toBeGreaterThan(5);
  const before = await first.ledger();
  expect(await first.program.stop()).toBe(0);
  const second = await start({ SIMULATOR_DATA_DIR: folder });
  expect(lines()).toBeLessThanOrEqual(2);
  expect((await second.ledger()).totals).toEqual(before.totals);
  await second.sim('reset', {});
  expect((await second.ledger()).sessions).toEqual([]);
});

test('events without any endpoint wait until there is one', async () => {
  const folder = newFolder();
  const receiver = await openReceiver();
  const first = await start({ SIMULATOR_DATA_DIR: folder });
  await first.sim('endpoints', { urls: ['http://127.0.0.1:1/nobody'] });
  await paidIntent(first, first.stripe());
  await first.program.stop();
  // Its endpoint is remembered, though the environment names none, and moves to another address.
  const second = await start({ SIMULATOR_DATA_DIR: folder });
  await paidIntent(second, second.stripe());
  await second.sim('endpoints', { urls: [receiver.url] });
  await receiver.has(2, 'checkout.session.completed');
  await receiver.stop();
});

test('a session expires by the simulated clock, with its event; its intent is cancelled', async () => {
  const receiver = await openReceiver();
  const simulator = await start({ SIMULATOR_WEBHOOK_URLS: receiver.url });
  const stripe = simulator.stripe();
  const soon = await newSession(stripe, { expires_at: Math.floor(Date.now() / 1_000) + 31 * 60 });
  const later = await newSession(stripe);
  await simulator.sim(`sessions/${soon.id}/pay`, { outcome: 'declined' });
  await simulator.sim('clock', { advance_seconds: 32 * 60 });
  const [expiry] = await receiver.has(1, 'checkout.session.expired');
  expect(expiry!.event.data.object).toMatchObject({ id: soon.id, status: 'expired' });
  expect(expiry!.event.request).toEqual({ id: null, idempotency_key: null });
  const expired = await stripe.checkout.sessions.retrieve(soon.id, { expand: ['payment_intent'] });
  expect(expired).toMatchObject({ status: 'expired', payment_intent: { status: 'canceled' } });
  expect(await stripe.checkout.sessions.retrieve(later.id)).toMatchObject({ status: 'open' });
  await simulator.sim('clock', { now: later.expires_at });
  expect(await stripe.checkout.sessions.retrieve(later.id)).toMatchObject({ status: 'expired' });
  await expect(simulator.sim('clock', { now: 1 })).rejects.toThrow('only moves forward');
  await receiver.stop();
});

test('it exits when its parent process is gone, and with 0 on SIGTERM', async () => {
  const simulator = await start();
  const ended = once(simulator.program.child, 'exit');
  simulator.program.child.disconnect();
  expect(((await ended) as [number])[0]).toBe(0);
  await expect(fetch(simulator.url)).rejects.toThrow();
});
