import { eventually } from '../support/eventually.js';
import { childrenOf } from '../lab/support/lab-stack.js';
import { cleanUp, newFolder, npmStart } from './support/npm-start.js';
import { processesOf } from './support/processes-of.js';

jest.setTimeout(150_000);
afterEach(cleanUp);

describe('npm start with its race lab', () => {
  test('Ctrl-C during an attack: the servers of the attack end with everything else', async () => {
    const folder = newFolder();
    const run = npmStart(folder);
    const url = await run.url();
    expect(run.output()).toContain(`${url}/lab`);
    const login = await fetch(`${url}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'staff@test.com', password: 'password' }),
    });
    const { token } = (await login.json()) as { token: string };
    const attack = await fetch(`${url}/lab-api/scenarios/rapid_clicks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(attack.status).toBe(200);
    await eventually(() => childrenOf(run.pid('lab')).length > 3, 'the servers of the attack and their Stripe run');
    run.ctrlC();
    expect(await run.ended()).toBe(0);
    expect(processesOf(folder)).toEqual([]);
    await attack.body!.cancel().catch(() => undefined);
  });
});
