import { tokenFor } from '../support/people.js';
import { startApi, startLab } from '../support/processes.js';
import { type LabStack, startLabStack, verdictsOf } from './support/lab-stack.js';

/** One attack and who may start it; `npm run test:system` runs them all, over HTTP and in a browser. */
describe('the race lab', () => {
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

  test('rapid_clicks: charged once by the lab’s count and by the ledger; nothing keeps running', async () => {
    const answer = await start('rapid_clicks');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
    const { guarded: verdict, unguarded } = await verdictsOf(answer);
    expect(verdict.charged_once).toBe(true);
    expect(verdict.guards.map(({ name }) => name)).toContain('look_under_row_lock');
    expect(unguarded).toMatchObject({ harm: 'charged_again', sessions: 3, fee: verdict.fee, guards: [] });
    expect(unguarded.charges).toHaveLength(3);
    expect(verdict.proofs.length).toBeGreaterThan(0);
    expect(verdict.proofs.filter(({ holds }) => !holds)).toEqual([]);
    const { fee, ...money } = await stack.money();
    expect(money).toEqual({ charged: [fee], payments: ['completed'], received: [fee], invoices: ['paid'] });
    expect(verdict).toMatchObject({ fee, sessions: 1, charges: [{ amount: fee }] });
    expect(stack.children()).toEqual([]);
    expect(await stack.simulator.sim('faults')).toMatchObject({ held: [] });
  });

  test('webhook_first: without guards the money is recorded nowhere', async () => {
    const { unguarded, guarded } = await verdictsOf(await start('webhook_first'));
    expect(unguarded).toMatchObject({ harm: 'not_recorded', payments: [{ status: 'pending', received: null }] });
    expect(unguarded.charges).toHaveLength(1);
    expect(guarded.guards.map(({ name }) => name)).toContain('stored_first');
    // Nothing of the unguarded half is in this installation, or left behind.
    expect((await stack.simulator.ledger()).charges).toHaveLength(1);
    expect(await stack.database.query(`SELECT FROM pg_namespace WHERE nspname LIKE 'race_lab%'`)).toEqual([]);
    expect(await stack.database.query(`SELECT FROM pg_roles WHERE rolname LIKE 'race_lab%'`)).toEqual([]);
  });

  test('without a token 401, as a patient 403, unknown attack 404: nothing is started', async () => {
    expect((await start('rapid_clicks', '')).status).toBe(401);
    expect((await start('rapid_clicks', await tokenFor('patient@test.com', 'patient'))).status).toBe(403);
    const forged = await tokenFor('staff@test.com', 'staff', 'a secret that this house does not have at all');
    expect((await start('rapid_clicks', forged)).status).toBe(401);
    expect((await start('nothing')).status).toBe(404);
    expect(stack.children()).toEqual([]);
  });

  test('in production the lab has no page, link or route, and RACE_LAB_URL is refused', async () => {
    const api = await startApi({ DATABASE_URL: stack.database.url, NODE_ENV: 'production' });
    try {
      expect((await fetch(`${api.url}/lab`)).status).toBe(404);
      expect(await (await fetch(`${api.url}/app-config.json`)).json()).toMatchObject({ lab: false });
      const attack = await fetch(`${api.url}/lab-api/scenarios/rapid_clicks`, {
        method: 'POST',
        headers: { authorization: `Bearer ${stack.staff}` },
      });
      expect(attack.status).toBe(404);
    } finally {
      await api.stop();
    }
    const env = { DATABASE_URL: stack.database.url, NODE_ENV: 'production' };
    await expect(startApi({ ...env, RACE_LAB_URL: stack.lab.url })).rejects.toThrow('RACE_LAB_URL names the race lab');
    await expect(startLab(env)).rejects.toThrow('NODE_ENV is production: there is no race lab then');
  });
});
