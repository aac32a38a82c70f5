import { eventually } from '../support/eventually.js';
import { cleanUp, newFolder, nothingLeft, npmStart } from './support/npm-start.js';
import { processesOf } from './support/processes-of.js';

jest.setTimeout(150_000);
afterEach(cleanUp);

describe('npm start leaves nothing running', () => {
  test('after Ctrl-C: everything has ended when the prompt is back', async () => {
    const run = npmStart(newFolder());
    await run.url();
    // API, worker, guardian, Postgres, Redis, the script, npm: the check below would see them.
    expect(processesOf(run.folder).length).toBeGreaterThanOrEqual(7);

    run.ctrlC();

    expect(await run.ended()).toBe(0);
    expect(processesOf(run.folder)).toEqual([]);
    expect(run.output()).not.toMatch(/unexpectedly|\bat .*\.mjs:\d+/);
  });

  test('after Ctrl-C while it is still starting', async () => {
    const run = npmStart(newFolder());
    await eventually(
      () => processesOf(run.folder).some(({ command }) => command.includes('initdb')),
      'Postgres is being set up',
    );

    run.ctrlC();

    expect(await run.ended()).toBe(0);
    expect(processesOf(run.folder)).toEqual([]);

    const next = npmStart(run.folder);
    await next.url();
    next.ctrlC();
    expect(await next.ended()).toBe(0);
  });

  test('after TERM to npm', async () => {
    const run = npmStart(newFolder());
    await run.url();

    run.npm.kill('SIGTERM');

    await run.ended();
    await nothingLeft(run.folder);
  });

  test('after KILL to npm, which tells nobody', async () => {
    const run = npmStart(newFolder());
    await run.url();

    run.npm.kill('SIGKILL');

    await nothingLeft(run.folder);
  });

  test('after KILL to the script that started everything', async () => {
    const run = npmStart(newFolder());
    await run.url();

    process.kill(run.pid('start'), 'SIGKILL');

    await run.ended();
    await nothingLeft(run.folder);
  });
});
