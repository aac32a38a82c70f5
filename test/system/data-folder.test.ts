import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  cleanUp,
  isHealthy,
  logIn,
  newFolder,
  npmRun,
  npmStart,
  npmStartRefused,
  stop,
} from '../lifecycle/support/npm-start.js';
import { processesOf } from '../lifecycle/support/processes-of.js';
import { ask } from '../support/http.js';

jest.setTimeout(150_000);
afterEach(cleanUp);

describe('the data folder, in rare situations', () => {
  test('deleted while in use, then started again: the first start exits, the second keeps running', async () => {
    const folder = newFolder();
    const first = npmStart(folder, { PAYONCE_REDIS: 'none' });
    await first.url();
    const orphaned = first.pid('postgres');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);

    const second = npmStart(folder, { PAYONCE_REDIS: 'none' });
    const url = await second.url();
    const postgres = second.pid('postgres');
    // Postgres notices it within a minute.
    process.kill(orphaned, 'SIGKILL');

    expect(await first.ended()).toBe(1);
    expect(first.output()).toContain('was deleted under its Postgres');
    expect(second.pid('postgres')).toBe(postgres);
    expect(await isHealthy(url)).toBe(true);
    await stop(second);
    expect(processesOf(folder)).toEqual([]);
  });

  // Only as root does Postgres run as another user.
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
