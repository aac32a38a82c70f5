import type { StripePayment } from '../support/answers.js';
import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { SignJWT } from 'jose';
import { TEST_SECRET } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { type Program, startApi, startWorker } from '../support/processes.js';
import { FEE, openShop, type Shop } from './support/shop.js';
import { signedEvent } from './support/webhooks.js';

const TWO_DAYS_SECONDS = 2 * 86_400;
const MODULE = path.resolve(__dirname, '../support/shift-date.mjs');
const FAKETIME = ['/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1', '/usr/lib/faketime/libfaketime.so.1'].find(
  existsSync,
);

/** How a process is made to have a clock that is wrong. */
const WAYS: [string, (seconds: number) => NodeJS.ProcessEnv | undefined][] = [
  ['a preloaded module', (seconds) => ({ NODE_OPTIONS: `--import ${MODULE}`, SHIFT_DATE_MS: String(seconds * 1_000) })],
  [
    'libfaketime',
    (seconds) =>
      FAKETIME === undefined
        ? undefined
        : {
            LD_PRELOAD: FAKETIME,
            FAKETIME: `${seconds >= 0 ? '+' : ''}${seconds}`,
            FAKETIME_DONT_FAKE_MONOTONIC: '1',
          },
  ],
];

const CASES = WAYS.flatMap(([way, envOf]) =>
  [TWO_DAYS_SECONDS, -TWO_DAYS_SECONDS].map((seconds) => ({ way, seconds, env: envOf(seconds) })),
);

describe('a machine whose clock is two days wrong', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  const tokenOf = (subject: string, role: string) =>
    new SignJWT({ role })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(subject)
      .setExpirationTime('30d')
      .sign(new TextEncoder().encode(TEST_SECRET));

  for (const { way, seconds, env } of CASES) {
    const title = `${seconds > 0 ? 'ahead' : 'behind'} (${way})`;
    // Debian's package is not everywhere; the module above does the same to Node's own clock.
    const run = env === undefined ? it.skip : it;
    run(`${title}: webhooks are taken, payments complete, the lists are read, and health says so`, async () => {
      const wrong = shop.env(env);
      const api = await startApi({ ...wrong, STRIPE_SESSION_MINUTES: '60' });
      let worker: Program | undefined;
      try {
        // Before Stripe has answered this process anything: it has to be asked.
        const unknown = signedEvent('invoice.paid', { id: 'in_1' });
        expect((await unknown.send(api.url)).status).toBe(200);

        const token = await tokenOf(shop.patient.subject, 'patient');
        await shop.simulator.sim('endpoints', { urls: [`${api.url}/api/v1/webhooks/stripe`] });
        const body = { consultation_id: await shop.consultation(), amount: FEE, payment_method: 'stripe' };
        const created = await ask<StripePayment>(api.url, '/api/v1/payments', { method: 'POST', token, body });
        expect(created.status).toBe(201);
        const { payment_id, checkout } = created.body.data;
        // By Stripe's clock, and not by this machine's.
        const lasts_seconds = (Date.parse(checkout.expires_at) - Date.now()) / 1_000;
        expect(Math.abs(lasts_seconds - 3_600)).toBeLessThan(60);
        const { payment_intent } = await shop.pay(checkout.session_id);
        await eventually(async () => (await shop.payment(payment_id)).status === 'completed', 'it is paid');

        await shop.faults({ webhooks: { lose: true } });
        await shop.simulator.sim('refunds', { payment_intent, amount: 1_000 });
        worker = await startWorker(wrong);
        await eventually(async () => (await shop.payment(payment_id)).refunded === 1_000, 'the refund is learned');
        const cursors = await shop.database.query<{ off: number }>(
          `SELECT abs(extract(epoch FROM now() - complete_until))::float8 AS off FROM stripe_cursors`,
        );
        expect(cursors.filter(({ off }) => off > 7_200)).toEqual([]);

        const { clock } = (await ask<Schemas['Health']>(api.url, '/api/v1/health/ready')).body.data.checks;
        expect(clock).toMatchObject({ status: 'warning', max_seconds: 60 });
        expect(Math.abs(clock.ahead_of_stripe_seconds! - seconds)).toBeLessThan(10);
        expect(Math.abs(clock.ahead_of_postgres_seconds! - seconds)).toBeLessThan(10);
        const lines = api.output().match(/Clock: The clocks of this machine, Postgres and Stripe differ/g);
        expect(lines).toHaveLength(1);
        const metrics = await (await fetch(`${api.url}/metrics`)).text();
        const gauge = Number(/payonce_clock_ahead_seconds\{of="stripe"\} (-?[\d.]+)/.exec(metrics)?.[1]);
        expect(Math.abs(gauge - seconds)).toBeLessThan(10);
      } finally {
        await shop.faults({});
        await worker?.stop();
        await api.stop();
      }
    });
  }

  it('a body not signed by Stripe does not cause a request for Stripe’s time', async () => {
    const api = await startApi(shop.env(CASES[0]!.env));
    try {
      const before = (await shop.requests()).length;
      const reply = await fetch(`${api.url}/api/v1/webhooks/stripe`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'stripe-signature': `t=1,v1=${'0'.repeat(64)}` },
        body: '{"id":"evt_1","type":"refund.created"}',
      });
      expect(reply.status).toBe(400);
      expect((await shop.requests()).slice(before)).toEqual([]);
    } finally {
      await api.stop();
    }
  });

  it('a correct clock: ok, and nothing is logged', async () => {
    const { clock } = (await ask<Schemas['Health']>(shop.api.url, '/api/v1/health/ready')).body.data.checks;
    expect(clock.status).toBe('ok');
    expect(shop.api.output()).not.toContain('Clock:');
  });
});
