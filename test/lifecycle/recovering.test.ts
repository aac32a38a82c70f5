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
  test('the guardian of the servers KILLed: all of it ends, the next start stands', async () => {
    const folder = newFolder();
    const run = npmStart(folder);
    await run.url();

    process.kill(run.pid('guardian'), 'SIGKILL');

    expect(await run.ended()).toBe(1);
    await nothingLeft(folder);
    const next = npmStart(folder);
    expect(await isHealthy(await next.url())).toBe(true);
    await stop(next);
    expect(processesOf(folder)).toEqual([]);
  });

  test('everything but the servers KILLed at once: the next start ends the orphans and stands on their data', async () => {
    const folder = newFolder();
    const run = npmStart(folder);
    await run.url();
    const postgres = run.pid('postgres');

    for (const pid of [run.pid('guardian'), run.pid('start'), run.pid('API'), run.pid('worker')])
      process.kill(pid, 'SIGKILL');
    await run.ended();
    expect(processesOf(folder).map(({ pid }) => pid)).toContain(postgres);

    const next = npmStart(folder);
    expect(await isHealthy(await next.url())).toBe(true);
    expect(next.pid('postgres')).not.toBe(postgres);
    await stop(next);
    expect(processesOf(folder)).toEqual([]);
  });

  test('everything KILLed, Postgres too: the next start recovers', async () => {
    const folder = newFolder();
    const run = npmStart(folder);
    await run.url();

    endProcessesOf(folder);
    await nothingLeft(folder);

    const next = npmStart(folder);
    expect(await isHealthy(await next.url())).toBe(true);
    await stop(next);
  });

  test('the API, the worker, Redis or Postgres KILLed: each is started again at its old address', async () => {
    const run = npmStart(newFolder());
    const url = await run.url();
    for (const name of ['API', 'worker', 'redis', 'postgres'] as const) {
      const before = run.pid(name);
      process.kill(before, 'SIGKILL');
      await eventually(() => run.pid(name) !== before, `there is another ${name}`);
      await eventually(() => isHealthy(url), `the API answers after the end of ${name}`, 30_000);
    }
    expect(run.output()).toContain('The API ended unexpectedly (signal SIGKILL); starting it again.');
    await stop(run);
    expect(processesOf(run.folder)).toEqual([]);
  });
});

describe('the data folder', () => {
  test('a restart keeps the payments and the secret: an old token still works', async () => {
    const folder = newFolder();
    const first = npmStart(folder);
    const firstUrl = await first.url();
    const token = await logIn(firstUrl);
    const paid = await ask<{ payment_id: number }>(firstUrl, '/api/v1/payments', {
      token,
      body: { consultation_id: 5, amount: 5000, payment_method: 'gcash' },
    });
    expect(paid.status).toBe(201);
    await stop(first);

    const second = npmStart(folder);
    const kept = await ask(await second.url(), `/api/v1/payments/${paid.body.data.payment_id}`, { token });
    expect(kept.status).toBe(200);
    await stop(second);
  });

  test('its secrets are readable by their owner only, and on no command line', async () => {
    const run = npmStart(newFolder());
    await run.url();
    const secrets = ['jwt-secret', 'redis/redis.conf', 'postgres/passwords.json'].map((name) =>
      path.join(run.folder, name),
    );
    for (const secret of secrets) expect(statSync(secret).mode & 0o077).toBe(0);

    const { superuser, service } = JSON.parse(readFileSync(secrets[2]!, 'utf8')) as Record<string, string>;
    const redis = /^requirepass (\S+)$/m.exec(readFileSync(secrets[1]!, 'utf8'))![1]!;
    for (const { command } of processesOf(run.folder)) {
      for (const password of [superuser!, service!, redis]) expect(command).not.toContain(password);
    }
    await stop(run);
  });

  test('npm run reset refuses while it is in use, then empties it, and the next start begins afresh', async () => {
    const folder = newFolder();
    const first = npmStart(folder);
    const token = await logIn(await first.url());
    const refused = await npmRun(folder, 'reset');
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('Stop it first.');
    await stop(first);

    expect((await npmRun(folder, 'reset')).code).toBe(0);

    const second = npmStart(folder);
    expect((await ask(await second.url(), '/api/v1/payments/1', { token })).status).toBe(401);
    await stop(second);
  });

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
