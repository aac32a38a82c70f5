import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { cleanUp, isHealthy, logIn, newFolder, nothingLeft, npmRun, npmStart, stop } from './support/npm-start.js';
import { endProcessesOf, processesOf } from './support/processes-of.js';

jest.setTimeout(150_000);
afterEach(cleanUp);

describe('npm start recovers', () => {
  // One after another on the same data: each start stands on what the fault before it has left.
  test('after SIGKILL of any of its processes', async () => {
    const folder = newFolder();
    const first = npmStart(folder);
    const url = await first.url();
    for (const name of ['API', 'worker', 'redis', 'postgres'] as const) {
      const before = first.pid(name);
      process.kill(before, 'SIGKILL');
      await eventually(() => first.pid(name) !== before, `there is another ${name}`);
      await eventually(() => isHealthy(url), `the API answers after the end of ${name}`, 30_000);
    }
    expect(first.output()).toContain('The API ended unexpectedly (signal SIGKILL); starting it again.');

    // The guardian of the servers: all of it ends.
    process.kill(first.pid('guardian'), 'SIGKILL');
    expect(await first.ended()).toBe(1);
    await nothingLeft(folder);

    const second = npmStart(folder);
    expect(await isHealthy(await second.url())).toBe(true);
    // Everything but the servers, at once: the next start ends the orphans and stands on their data.
    const postgres = second.pid('postgres');
    for (const pid of [second.pid('guardian'), second.pid('start'), second.pid('API'), second.pid('worker')])
      process.kill(pid, 'SIGKILL');
    await second.ended();
    expect(processesOf(folder).map(({ pid }) => pid)).toContain(postgres);

    const third = npmStart(folder);
    expect(await isHealthy(await third.url())).toBe(true);
    expect(third.pid('postgres')).not.toBe(postgres);
    // Everything, Postgres too: the next start recovers.
    endProcessesOf(folder);
    await nothingLeft(folder);

    const last = npmStart(folder);
    expect(await isHealthy(await last.url())).toBe(true);
    await stop(last);
    expect(processesOf(folder)).toEqual([]);
  });
});

describe('the data folder', () => {
  test('keeps payments and secrets between starts until npm run reset, which refuses while it is in use', async () => {
    const folder = newFolder();
    const first = npmStart(folder);
    const firstUrl = await first.url();
    const token = await logIn(firstUrl);
    const paid = await ask<{ payment_id: number }>(firstUrl, '/api/v1/payments', {
      token,
      body: { consultation_id: 5, amount: 5000, payment_method: 'gcash' },
    });
    expect(paid.status).toBe(201);
    expectSecretsToBeKept(folder);
    await stop(first);

    const second = npmStart(folder);
    const kept = await ask(await second.url(), `/api/v1/payments/${paid.body.data.payment_id}`, { token });
    expect(kept.status).toBe(200);
    const refused = await npmRun(folder, 'reset');
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('Stop it first.');
    await stop(second);

    expect((await npmRun(folder, 'reset')).code).toBe(0);

    const afresh = npmStart(folder);
    expect((await ask(await afresh.url(), '/api/v1/payments/1', { token })).status).toBe(401);
    await stop(afresh);
  });

  /** Readable by their owner only, and on no command line. */
  function expectSecretsToBeKept(folder: string): void {
    const secrets = ['jwt-secret', 'redis/redis.conf', 'postgres/passwords.json'].map((name) =>
      path.join(folder, name),
    );
    for (const secret of secrets) expect(statSync(secret).mode & 0o077).toBe(0);

    const { superuser, service } = JSON.parse(readFileSync(secrets[2]!, 'utf8')) as Record<string, string>;
    const redis = /^requirepass (\S+)$/m.exec(readFileSync(secrets[1]!, 'utf8'))![1]!;
    for (const { command } of processesOf(folder)) {
      for (const password of [superuser!, service!, redis]) expect(command).not.toContain(password);
    }
  }
});
