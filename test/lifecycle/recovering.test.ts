import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { cleanUp, newFolder, nothingLeft, npmRun, npmStart, npmStartRefused, type Run } from './support/npm-start.js';
import { endProcessesOf, processesOf } from './support/processes-of.js';

jest.setTimeout(150_000);
afterEach(cleanUp);

const isHealthy = (url: string) =>
  ask(url, '/api/v1/health').then(
    ({ status }) => status === 200,
    () => false,
  );

const logIn = async (url: string): Promise<string> => {
  const { text } = await ask(url, '/api/login', { body: { email: 'patient@test.com', password: 'password' } });
  return (JSON.parse(text) as { token: string }).token;
};

async function stop(run: Run): Promise<void> {
  run.ctrlC();
  expect(await run.ended()).toBe(0);
}

describe('npm start comes back', () => {
  // One after another on the same data: each start stands on what the fault before it has left.
  test('whatever of it is KILLed', async () => {
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
  test('keeps payments and secrets from start to start, until npm run reset, which refuses while it is in use', async () => {
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

  test('deleted while it runs, then started anew: the first gives up, the second is left alone', async () => {
    const folder = newFolder();
    const first = npmStart(folder, { PAYONCE_REDIS: 'none' });
    await first.url();
    const orphaned = first.pid('postgres');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);

    const second = npmStart(folder, { PAYONCE_REDIS: 'none' });
    const url = await second.url();
    const postgres = second.pid('postgres');
    // Postgres notices by itself within a minute.
    process.kill(orphaned, 'SIGKILL');

    expect(await first.ended()).toBe(1);
    expect(first.output()).toContain('was deleted under its Postgres');
    expect(second.pid('postgres')).toBe(postgres);
    expect(await isHealthy(url)).toBe(true);
    await stop(second);
    expect(processesOf(folder)).toEqual([]);
  });

  // Only as root does Postgres run as somebody else.
  (process.getuid?.() === 0 ? test : test.skip)(
    'where Postgres’ user cannot enter: its data is elsewhere, has one user at a time, and follows a move',
    async () => {
      const closed = path.join(newFolder(), 'closed');
      mkdirSync(closed, { mode: 0o700 });
      const folder = path.join(closed, 'data');
      const [copy, moved] = [path.join(closed, 'copy'), path.join(closed, 'moved')];
      const first = npmStart(folder, { PAYONCE_REDIS: 'none' });
      const token = await logIn(await first.url());
      const elsewhere = /Data\s+(\/var\/lib\/payonce\/[0-9a-f]{16}) and /.exec(first.output())![1]!;
      expect(existsSync(path.join(elsewhere, 'postgres'))).toBe(true);
      try {
        cpSync(folder, copy, {
          recursive: true,
          filter: (name) => !/(running|processes)\.json/.test(path.basename(name)),
        });
        chmodSync(copy, 0o711);
        const refused = await npmStartRefused(copy, { PAYONCE_REDIS: 'none' });
        expect(refused.code).toBe(1);
        expect(refused.output).toContain(`already running on this data, ${elsewhere}`);
        expect((await npmRun(copy, 'reset')).output).toContain('Stop it first.');
        expect(existsSync(path.join(elsewhere, 'postgres'))).toBe(true);
        await stop(first);

        renameSync(folder, moved);
        const second = npmStart(moved, { PAYONCE_REDIS: 'none' });
        expect((await ask(await second.url(), '/api/v1/consultations', { token })).status).toBe(200);
        await stop(second);
      } finally {
        const last = existsSync(moved) ? moved : folder;
        expect((await npmRun(last, 'reset', '--', '--all')).code).toBe(0);
        expect(existsSync(elsewhere)).toBe(false);
      }
    },
  );
});
