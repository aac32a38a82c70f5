import type { Delivery } from '../support/simulator.js';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import Stripe from 'stripe';
import { eventually } from '../support/eventually.js';
import { cleanUp, newFolder, npmStart, npmStartRefused, type Run } from './support/npm-start.js';
import { processesOf } from './support/processes-of.js';

jest.setTimeout(150_000);
afterEach(cleanUp);

const addressIn = (run: Run) => /Stripe\s+simulated at (http:\S+?),/.exec(run.output())?.[1];

function stripeAt(url: string): Stripe {
  const { hostname: host, port } = new URL(url);
  return new Stripe('sk_test_simulator', { host, port, protocol: 'http', telemetry: false });
}

async function stop(run: Run): Promise<void> {
  run.ctrlC();
  expect(await run.ended()).toBe(0);
}

const openSession = (stripe: Stripe) =>
  stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [{ quantity: 1, price_data: { currency: 'idr', unit_amount: 1, product_data: { name: 'x' } } }],
    success_url: 'http://127.0.0.1/thanks',
  });

describe('npm start without a Stripe account', () => {
  test('runs the Stripe simulator, which delivers webhooks to the API and keeps its data', async () => {
    const folder = newFolder();
    const run = npmStart(folder);
    const api = await run.url();
    const url = addressIn(run)!;
    const { id } = await openSession(stripeAt(url));
    await fetch(`${url}/_sim/sessions/${id}/pay`, { method: 'POST' });
    const statuses = await eventually(async () => {
      const deliveries = (await (await fetch(`${url}/_sim/deliveries`)).json()) as Delivery[];
      const tried = deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status));
      return tried.length >= 4 && tried;
    }, 'the events have reached the API');
    // A status, whatever it is, was answered by the API.
    expect(statuses).not.toContain(null);
    expect(new URL(api).port).not.toBe(new URL(url).port);

    const before = run.pid('simulator');
    process.kill(before, 'SIGKILL');
    await eventually(() => run.pid('simulator') !== before, 'there is another simulator');
    const again = await eventually(
      () =>
        stripeAt(url)
          .checkout.sessions.retrieve(id)
          .catch(() => undefined),
      'it answers at its old address',
    );
    expect(again).toMatchObject({ payment_status: 'paid' });
    expect(run.output()).toContain('The Stripe simulator ended unexpectedly (signal SIGKILL); starting it again.');
    await stop(run);
    expect(processesOf(folder)).toEqual([]);

    const next = npmStart(folder);
    await next.url();
    expect(await stripeAt(addressIn(next)!).checkout.sessions.retrieve(id)).toMatchObject({ payment_status: 'paid' });
    await stop(next);
  });

  test('with the default port in use: it takes another, says so and keeps it; a configured port in use: one sentence', async () => {
    const server = createServer().listen(12_111, '127.0.0.1');
    // A port used by another program on this machine counts as in use, too.
    server.on('error', () => {});
    const folder = newFolder();
    const run = npmStart(folder, { SIMULATOR_PORT: '', PAYONCE_REDIS: 'none' });
    await run.url();
    server.close();
    expect(run.output()).toContain('Port 12111 is in use; the Stripe simulator uses a free port.');
    const address = addressIn(run)!;
    expect(new URL(address).port).not.toBe('12111');
    await stop(run);
    // Pages that are open lead there.
    const next = npmStart(folder, { SIMULATOR_PORT: '', PAYONCE_REDIS: 'none' });
    await next.url();
    expect(addressIn(next)).toBe(address);
    await stop(next);

    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const refused = await npmStartRefused(newFolder(), { SIMULATOR_PORT: String(port) });
    other.close();
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(
      new RegExp(`Port ${port} is in use\\..*choose another: SIMULATOR_PORT=\\d+ npm start`),
    );
  });
});

test('npm start with a Stripe account, or in production, starts no simulator and no lab: no page, link or log line', async () => {
  for (const env of [
    { STRIPE_SECRET_KEY: 'sk_test_somebodys', STRIPE_WEBHOOK_SECRET: 'whsec_theirs' },
    { NODE_ENV: 'production' },
  ]) {
    const run = npmStart(newFolder(), { ...env, PAYONCE_REDIS: 'none' });
    const url = await run.url();
    expect(run.output()).toMatch(/Stripe\s+(yours|none)/);
    expect(run.output()).not.toContain('/lab');
    expect((await fetch(`${url}/lab`)).status).toBe(404);
    expect(await (await fetch(`${url}/app-config.json`)).json()).toMatchObject({ lab: false });
    expect(processesOf(run.folder).some(({ command }) => command.includes('stripe-simulator'))).toBe(false);
    await stop(run);
  }
});

test('npm start refuses a Stripe key without a webhook secret, before any database is created', async () => {
  const { code, output } = await npmStartRefused(newFolder(), { STRIPE_SECRET_KEY: 'sk_test_x' });
  expect(code).toBe(1);
  expect(output).toContain('STRIPE_SECRET_KEY needs STRIPE_WEBHOOK_SECRET');
});
