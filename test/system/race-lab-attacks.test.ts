import { once } from 'node:events';
import type { GuardName, Harm } from '../../apps/race-lab/src/lab-events.js';
import { eventually } from '../support/eventually.js';
import { startLab } from '../support/processes.js';
import { childrenOf, isAlive, type LabStack, startLabStack, verdictsOf } from '../lab/support/lab-stack.js';

jest.setTimeout(90_000);

interface Attack {
  readonly name: string;
  /** Without guards: what it does, and the charges at Stripe and rows of payments. */
  readonly harm: Harm;
  readonly charges: number;
  readonly payments: number;
  /** With them: some that it meets, however the machine is loaded. */
  readonly guards: readonly GuardName[];
}

const ATTACKS: readonly Attack[] = [
  { name: 'rapid_clicks', harm: 'charged_again', charges: 3, payments: 3, guards: ['look_under_row_lock'] },
  { name: 'lost_answer', harm: 'charged_again', charges: 2, payments: 2, guards: ['claim', 'replay'] },
  { name: 'two_devices', harm: 'charged_again', charges: 2, payments: 2, guards: ['look_under_row_lock'] },
  { name: 'impatient_balancer', harm: 'charged_again', charges: 3, payments: 3, guards: ['claim', 'replay'] },
  { name: 'webhook_first', harm: 'not_recorded', charges: 1, payments: 1, guards: ['stored_first'] },
  { name: 'duplicate_webhooks', harm: 'booked_again', charges: 1, payments: 1, guards: ['inbox'] },
  {
    name: 'redis_down',
    harm: 'charged_again',
    charges: 2,
    payments: 2,
    guards: ['lock_fallback', 'look_under_row_lock'],
  },
  // The dead server's page is paid too, and no payment knows it.
  { name: 'server_killed', harm: 'charged_again', charges: 2, payments: 1, guards: ['takeover', 'stripe_key'] },
];

describe('the attacks of the race lab, over HTTP', () => {
  let stack: LabStack;
  beforeAll(async () => {
    stack = await startLabStack();
  });
  afterAll(() => stack?.stop());
  beforeEach(() => stack.simulator.sim('reset', {}));

  const start = (name: string, token = stack.staff) =>
    fetch(`${stack.url}/lab-api/scenarios/${name}`, {
      method: 'POST',
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });

  test.each(ATTACKS)(
    '$name: charged once by the lab’s count and by the ledger; nothing keeps running',
    async (attack) => {
      const answer = await start(attack.name);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
      const { unguarded, guarded: verdict } = await verdictsOf(answer);
      expect({ ...unguarded, charges: unguarded.charges.length, payments: unguarded.payments.length }).toMatchObject({
        charged_once: false,
        harm: attack.harm,
        charges: attack.charges,
        payments: attack.payments,
      });
      expect(verdict.charged_once).toBe(true);
      expect(verdict.guards.map(({ name }) => name)).toEqual(expect.arrayContaining([...attack.guards]));
      expect(verdict.proofs.length).toBeGreaterThan(0);
      expect(verdict.proofs.filter(({ holds }) => !holds)).toEqual([]);
      const { fee, ...money } = await stack.money();
      expect(money).toEqual({ charged: [fee], payments: ['completed'], received: [fee], invoices: ['paid'] });
      expect(verdict).toMatchObject({ fee, sessions: 1, charges: [{ amount: fee }] });
      expect(stack.children()).toEqual([]);
      expect(await stack.simulator.sim('faults')).toMatchObject({ held: [] });
    },
  );

  test('redis_down twice in a row: the lock that Redis still has from the first is not in the way', async () => {
    for (const _ of [1, 2]) {
      const { unguarded } = await verdictsOf(await start('redis_down'));
      expect(unguarded).toMatchObject({ harm: 'charged_again', sessions: 2 });
    }
  });

  test('a second attack at once is refused; closing the stream stops the first and its processes', async () => {
    const first = new AbortController();
    const answer = await fetch(`${stack.url}/lab-api/scenarios/rapid_clicks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.staff}` },
      signal: first.signal,
    });
    await answer.body!.getReader().read();
    const second = await start('two_devices');
    expect([second.status, ((await second.json()) as { code: string }).code]).toEqual([409, 'LAB_BUSY']);
    await eventually(() => stack.children().length > 3, 'its servers and their Stripe run');
    first.abort();
    await eventually(() => stack.children().length === 0, 'its servers have ended');
    const { unguarded, guarded } = await verdictsOf(
      await eventually(async () => {
        const again = await start('duplicate_webhooks');
        return again.status === 200 && again;
      }, 'the lab is free again'),
    );
    expect(guarded.charged_once).toBe(true);
    expect(guarded.guards).toContainEqual({ name: 'inbox', requests: [], facts: { delivered: 7, rows: 1 } });
    expect(unguarded.payments).toMatchObject([{ received: 7 * unguarded.fee }]);
  });

  test('the lab is killed during an attack: its servers end, and the next lab removes its faults and no others', async () => {
    const lab = await startLab(stack.env);
    const answer = await fetch(`${lab.url}/scenarios/rapid_clicks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.staff}` },
    });
    const reader = answer.body!.getReader();
    await reader.read();
    const children = await eventually(() => {
      const pids = childrenOf(lab.child.pid!);
      return pids.length > 3 && pids;
    }, 'its servers run');
    const ended = once(lab.child, 'exit');
    lab.child.kill('SIGKILL');
    await ended;
    await reader.cancel().catch(() => undefined);
    await eventually(() => children.every((pid) => !isAlive(pid)), 'its servers have ended');
    const next = await startLab(stack.env);
    try {
      expect(await stack.simulator.sim('faults')).toEqual({ faults: {}, held: [] });
      expect(await stack.database.query(`SELECT FROM pg_namespace WHERE nspname LIKE 'race_lab%'`)).toEqual([]);
      // Set by the same person again, and put back by the next attack, it would stand for ever.
      await stack.simulator.sim('faults', { hold: { path: '/v1/refunds' }, latency_ms: 1 });
      await stack.simulator.sim('faults/release', {});
      const third = await startLab(stack.env);
      await third.stop();
      expect(await stack.simulator.sim('faults')).toMatchObject({ faults: { latency_ms: 1 } });
      const event = await fetch(`${next.url}/scenarios/webhook_first`, {
        method: 'POST',
        headers: { authorization: `Bearer ${stack.staff}` },
      });
      await event.text();
      expect(await stack.simulator.sim('faults')).toEqual({ faults: { latency_ms: 1 }, held: [] });
    } finally {
      await stack.simulator.sim('faults', {});
      await next.stop();
    }
  });
});
