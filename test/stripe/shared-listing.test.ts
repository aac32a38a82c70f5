import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { StripeClock } from '#stripe';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { startWorker } from '../support/processes.js';
import { openShop, type Shop } from './support/shop.js';

describe('a sweep of the worker', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  it('lists the account’s sessions once for all payments without an answer', async () => {
    // Stripe makes the session, answers 500, and cannot be listed either: only a later listing can find it.
    await shop.faults({ error_500: { path: '/v1/checkout/sessions', when: 'after' } });
    const rows = () =>
      shop.database.query<{ state: string; post_again: boolean }>('SELECT state, post_again FROM stripe_sessions');
    for (let n = 1; n <= 3; n++) {
      const consultation_id = await shop.consultation();
      await eventually(async () => {
        await shop.create(consultation_id, `waits-${n}`);
        return (await rows()).filter((row) => !row.post_again).length === n;
      }, 'its key is spent');
    }
    expect(await rows()).toEqual(Array(3).fill({ state: 'unanswered', post_again: false }));
    await shop.faults({});
    const before = (await shop.requests()).length;
    await shop.database.query(`UPDATE stripe_sessions SET look_at = now() - interval '1 second'`);
    const worker = await startWorker(shop.env());
    try {
      await eventually(async () => (await rows()).every(({ state }) => state === 'open'), 'each has its session');
    } finally {
      await worker.stop();
    }
    const listings = (await shop.requests())
      .slice(before)
      .filter(({ method, path, query }) => method === 'GET' && path === '/v1/checkout/sessions' && !query.status);
    expect(listings).toHaveLength(1);
    const sessions = (await shop.ledger()).sessions.map(({ client_reference_id }) => client_reference_id);
    expect(new Set(sessions).size).toBe(3);
  });

  it('shows in health and metrics how far the lists were read, and warns when they are overdue', async () => {
    const check = async () =>
      (await ask<Schemas['Health']>(shop.api.url, '/api/v1/health/ready')).body.data.checks.stripe_catch_up;
    const worker = await startWorker(shop.env());
    await eventually(async () => (await check()).status === 'ok' && (await check()).lists.length === 4, 'all are read');
    await worker.stop();
    const { lists } = await check();
    expect(lists.map(({ list }) => list)).toEqual(['disputes', 'events', 'refunds', 'sessions']);
    expect(lists[1]).toMatchObject({ status: 'ok', max_lag_seconds: 900, pass_in_progress: false });
    expect(lists[1]!.pages_done).toBeGreaterThan(0);
    await shop.database.query(
      `UPDATE stripe_cursors SET complete_until = complete_until - interval '80 hours' WHERE list = 'events'`,
    );
    const late = await check();
    expect([late.status, late.lists[1]!.status]).toEqual(['warning', 'warning']);
    const metrics = await (await fetch(`${shop.api.url}/metrics`)).text();
    const lag = Number(/payonce_stripe_catch_up_lag_seconds\{list="events"\} (\d+)/.exec(metrics)?.[1]);
    expect(Math.abs(lag - 80 * 3_600)).toBeLessThan(120);
    expect(metrics).toMatch(/payonce_stripe_catch_up_pages_total\{list="events"\} [1-9]/);
    expect(metrics).toContain('payonce_stripe_discrepancies_open 0');
  });
});

describe('Stripe’s clock', () => {
  const DATE = 'Fri, 27 Nov 2026 10:00:00 GMT';
  const stripe_ms = Date.parse(DATE);
  const clockAt = (machine: { now: number; counted: number }) =>
    new StripeClock({ now_ms: () => machine.now, monotonic_ms: () => machine.counted });

  it('is the machine’s until Postgres or Stripe has answered, then Postgres’, then Stripe’s', () => {
    const clock = clockAt({ now: 1_000_000, counted: 50 });
    expect([clock.now_ms(), clock.stripe_ms()]).toEqual([1_000_000, undefined]);
    clock.observeDatabase(7_000_000, 50);
    expect([clock.now_ms(), clock.aheadOfDatabase_ms()]).toEqual([7_000_000, 0]);
    clock.observe(DATE, 50);
    expect([clock.now_ms(), clock.aheadOfDatabase_ms()]).toEqual([stripe_ms + 500, stripe_ms + 500 - 7_000_000]);
  });

  it('is corrected by half the round trip, advances, and ignores changes of the machine’s clock', () => {
    const machine = { now: stripe_ms, counted: 1_000 };
    const clock = clockAt(machine);
    clock.observe(DATE, 600);
    expect(clock.now_ms()).toBe(stripe_ms + 500 + 200);
    machine.now += 86_400_000;
    machine.counted += 5_000;
    expect([clock.now_ms(), clock.age_ms()]).toEqual([stripe_ms + 5_700, 5_200]);
    expect(clock.machineAhead_ms()).toEqual({ stripe: 86_400_000 - 5_700, postgres: undefined });
  });

  it('is not taken from an answer without a date, nor from a slow one once known', () => {
    const machine = { now: 0, counted: 0 };
    const clock = clockAt(machine);
    for (const nothing of [null, '', 'yesterday']) clock.observe(nothing, 0);
    expect(clock.stripe_ms()).toBeUndefined();
    clock.observe(DATE, 0);
    machine.counted = 60_000;
    clock.observe('Fri, 27 Nov 2026 12:00:00 GMT', 50_000);
    expect(clock.now_ms()).toBe(stripe_ms + 60_500);
  });
});
