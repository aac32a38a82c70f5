import { eventually } from '../support/eventually.js';
import { cleanUp, newFolder, nothingLeft, npmStart } from './support/npm-start.js';
import { processesOf } from './support/processes-of.js';

jest.setTimeout(150_000);
afterEach(cleanUp);

describe('npm start leaves no process running', () => {
  test('after Ctrl-C, while starting and once running: all processes have ended when the prompt is back', async () => {
    const folder = newFolder();
    const early = npmStart(folder);
    await eventually(
      () => processesOf(folder).some(({ command }) => command.includes('initdb')),
      'Postgres is being set up',
    );

    early.ctrlC();

    expect(await early.ended()).toBe(0);
    expect(processesOf(folder)).toEqual([]);

    const run = npmStart(folder);
    await run.url();
    // API, worker, guardian, Postgres, Redis, the script, npm: the check below would see them.
    expect(processesOf(folder).length).toBeGreaterThanOrEqual(7);

    run.ctrlC();

    expect(await run.ended()).toBe(0);
    expect(processesOf(folder)).toEqual([]);
    expect(run.output()).not.toMatch(/unexpectedly|\bat .*\.mjs:\d+/);
  });

  test('after SIGTERM to npm', async () => {
    const run = npmStart(newFolder());
    await run.url();

    run.npm.kill('SIGTERM');

    await run.ended();
    await nothingLeft(run.folder);
  });

  test('after SIGKILL to npm, which notifies no child', async () => {
    const run = npmStart(newFolder());
    await run.url();

    run.npm.kill('SIGKILL');

    await nothingLeft(run.folder);
  });

  test('after SIGKILL to the script that started everything', async () => {
    const run = npmStart(newFolder());
    await run.url();

    process.kill(run.pid('start'), 'SIGKILL');

    await run.ended();
    await nothingLeft(run.folder);
  });
});
