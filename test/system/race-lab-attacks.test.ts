import { once } from 'node:events';
import type { LabEvent } from '../../apps/race-lab/src/lab-events.js';
import { eventually } from '../support/eventually.js';
import { startLab } from '../support/processes.js';
import { childrenOf, isAlive, type LabStack, startLabStack } from '../lab/support/lab-stack.js';

jest.setTimeout(90_000);

const ATTACKS = [
  'rapid_clicks',
  'lost_answer',
  'two_devices',
  'impatient_balancer',
  'webhook_first',
  'duplicate_webhooks',
  'redis_down',
  'server_killed',
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
  const toldBy = async (answer: Response) =>
    (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LabEvent);

  test.each(ATTACKS)('%s: charged once by the lab’s count and by the ledger; nothing keeps running', async (name) => {
    const answer = await start(name);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
    const event = await toldBy(answer);
    expect(event.at(-1)).toMatchObject({ type: 'verdict', charged_once: true });
    const verdict = event.at(-1) as Extract<LabEvent, { type: 'verdict' }>;
    expect(verdict.proofs.length).toBeGreaterThan(0);
    expect(verdict.proofs.filter(({ holds }) => !holds)).toEqual([]);
    const { fee, ...money } = await stack.money();
    expect(money).toEqual({ charged: [fee], payments: ['completed'], received: [fee], invoices: ['paid'] });
    expect(verdict).toMatchObject({ fee, sessions: 1, charges: [{ amount: fee }] });
    expect(stack.children()).toEqual([]);
    expect(await stack.simulator.sim('faults')).toMatchObject({ held: [] });
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
    await eventually(() => stack.children().length === 3, 'its servers run');
    first.abort();
    await eventually(() => stack.children().length === 0, 'its servers have ended');
    const event = await toldBy(
      await eventually(async () => {
        const again = await start('duplicate_webhooks');
        return again.status === 200 && again;
      }, 'the lab is free again'),
    );
    expect(event.at(-1)).toMatchObject({ charged_once: true });
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
      return pids.length === 3 && pids;
    }, 'its servers run');
    const ended = once(lab.child, 'exit');
    lab.child.kill('SIGKILL');
    await ended;
    await reader.cancel().catch(() => undefined);
    await eventually(() => children.every((pid) => !isAlive(pid)), 'its servers have ended');
    const next = await startLab(stack.env);
    try {
      expect(await stack.simulator.sim('faults')).toEqual({ faults: {}, held: [] });
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
