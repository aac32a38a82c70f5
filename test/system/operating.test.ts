import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { cleanUp, newFolder, npmStart, type Run } from '../lifecycle/support/npm-start.js';
import { blocksOf } from '../operating/support/page.js';
import { run } from '../operating/support/run.js';
import { toolsFolder } from '../operating/support/tools.js';
import { ask } from '../support/http.js';

jest.setTimeout(150_000);

/** A result whose times and widths do not count. */
const comparable = (output: string) =>
  output
    .split('\n')
    .filter((line) => !/^[-+]*$/.test(line))
    .map((line) => line.replaceAll(/[\d.:]+/g, '#').replaceAll(/\s+/g, ' '));

describe('npm run psql and redis-cli beside npm start', () => {
  let start: Run;

  beforeAll(async () => {
    start = npmStart(newFolder());
    const url = await start.url();
    const body = { email: 'patient@test.com', password: 'password' };
    const { token } = (await ask<Schemas['LoggedIn']>(url, '/api/login', { body })).body.data;
    const payment = { consultation_id: 5, amount: 5_000, payment_method: 'bank_transfer' };
    expect((await ask(url, '/api/v1/payments', { token, body: payment })).status).toBe(201);
  });
  afterAll(async () => {
    start.ctrlC();
    await start.ended();
    await cleanUp();
  });

  const npm = (words: string[], PATH = process.env.PATH!, input = '') =>
    run(['npm', 'run', '-s', ...words], {
      env: { PATH, HOME: start.folder, PAYONCE_DATA_DIR: start.folder, npm_config_update_notifier: 'false' },
      input,
    });

  test('connect to its servers', async () => {
    const counted = await npm(['psql', '--', '-c', 'SELECT count(*) AS payments FROM payments']);
    expect([counted.code, counted.stderr, counted.stdout.split('\n')[2]]).toEqual([0, '', '        1']);
    expect(await npm(['redis-cli', '--', 'PING'])).toEqual({ code: 0, stdout: 'PONG\n', stderr: '' });
  });

  // Where the machine has psql (Debian: postgresql-client), it and the small one print the same.
  test('every query of docs/operating.md gives the same result in psql and in the built-in client', async () => {
    const without = toolsFolder();
    for (const { text, line } of blocksOf('operating.md').filter(({ language }) => language === 'sql')) {
      const [one, other] = [await npm(['psql'], process.env.PATH, text), await npm(['psql'], without, text)];
      expect([line, one.code, one.stderr, other.code, other.stderr]).toEqual([line, 0, '', 0, '']);
      expect([line, comparable(one.stdout)]).toEqual([line, comparable(other.stdout)]);
    }
  });
});
