import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { ask } from '../support/http.js';
import { cleanUp, newFolder, npmRun, npmStart, npmStartRefused } from './support/npm-start.js';
import { processesOf } from './support/processes-of.js';

jest.setTimeout(150_000);
afterEach(cleanUp);
const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** Errors at the start: one sentence, no internals, no process left running. */
async function expectRefusal(env: NodeJS.ProcessEnv, sentence: string | RegExp): Promise<string> {
  const folder = newFolder();
  const { code, output } = await npmStartRefused(folder, env);
  expect(output).toMatch(sentence);
  expect(code).toBe(1);
  expect(output).not.toMatch(/\n\s+at /);
  expect(processesOf(folder)).toEqual([]);
  return output;
}

const listening = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
};

describe('npm start refuses with one sentence', () => {
  test('a second start on the same data, without affecting the first', async () => {
    const first = npmStart(newFolder());
    const url = await first.url();

    const second = await npmStartRefused(first.folder, {});

    expect(second.code).toBe(1);
    expect(second.output).toContain(`already running on this data (pid ${first.pid('start')}, ${url})`);
    expect((await ask(url, '/api/v1/health')).status).toBe(200);
    first.ctrlC();
    expect(await first.ended()).toBe(0);
  });

  test('a port in use, before any database is created', async () => {
    const { server, port } = await listening();
    const folder = newFolder();
    const { code, output } = await npmStartRefused(folder, { PORT: String(port) });
    server.close();
    const other = new RegExp(
      `Port ${port} is in use\\. Stop the program that uses it, or choose another: PORT=(\\d+) npm start`,
    );
    expect(output).toMatch(other);
    expect(Number(other.exec(output)![1])).not.toBe(port);
    expect(code).toBe(1);
    expect(existsSync(path.join(folder, 'postgres'))).toBe(false);
    expect(processesOf(folder)).toEqual([]);
  });

  test('the highest port, in use: it suggests an existing one', async () => {
    const server = createServer().listen(65_535, '127.0.0.1');
    await once(server, 'listening');
    const output = await expectRefusal({ PORT: '65535' }, /choose another: PORT=\d{1,5} npm start/);
    server.close();
    expect(Number(/another: PORT=(\d+)/.exec(output)![1])).toBeLessThan(65_535);
  });

  test('a configuration with many errors: all of them at once, before any database is created', async () => {
    const folder = newFolder();
    const { code, output } = await npmStartRefused(folder, {
      PORT: 'http',
      JWT_SECRET: 'short',
      LOG_LEVEL: 'verbose',
      TRUST_PROXY: 'yes',
      DEMO_DATA: 'yes',
      REDIS_URL: 'do-not-show',
    });
    const faults = output
      .split('\n')
      .filter((line) => line.startsWith('  - '))
      .map((line) => line.slice(4));
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual(
      ['DEMO_DATA', 'JWT_SECRET', 'LOG_LEVEL', 'PORT', 'REDIS_URL', 'TRUST_PROXY'].sort(),
    );
    expect(output).not.toContain('do-not-show');
    expect(code).toBe(1);
    expect(existsSync(path.join(folder, 'postgres'))).toBe(false);
  });

  test('one error in the configuration', async () => {
    await expectRefusal(
      { LOG_LEVEL: 'verbose' },
      'The configuration cannot be used: LOG_LEVEL must be trace, debug, info, warn, error or fatal.',
    );
  });

  test('demo data in production', async () => {
    await expectRefusal(
      { NODE_ENV: 'production', DEMO_DATA: 'true' },
      'DEMO_DATA must be false when NODE_ENV is production',
    );
  });

  test('a data folder that cannot be created', async () => {
    await expectRefusal({ PAYONCE_DATA_DIR: '/proc/payonce' }, 'The data folder /proc/payonce cannot be used (ENOENT)');
  });

  test('an invalid PORT', async () => {
    await expectRefusal({ PORT: 'http' }, 'PORT must be a whole number');
  });

  test('an invalid DATABASE_URL', async () => {
    await expectRefusal({ DATABASE_URL: 'localhost/payonce' }, 'DATABASE_URL is not a valid URL');
  });

  test('a DATABASE_URL where no server listens', async () => {
    const { server, port } = await listening();
    server.close();
    await once(server, 'close');
    const output = await expectRefusal(
      { DATABASE_URL: `postgres://payonce:do-not-show@127.0.0.1:${port}/payonce` },
      'Nothing listens at the host and port of DATABASE_URL',
    );
    expect(output).not.toContain('do-not-show');
  });

  test('a DATABASE_URL with a wrong password', async () => {
    const wrong = Object.assign(new URL(process.env.TEST_DATABASE_URL!), { password: 'do-not-show' });
    const output = await expectRefusal({ DATABASE_URL: wrong.href }, 'refuses the user or the password');
    expect(output).not.toContain('do-not-show');
  });

  test('a DATABASE_URL without the password that Postgres requires', async () => {
    const without = Object.assign(new URL(process.env.TEST_DATABASE_URL!), { password: '' });
    await expectRefusal({ DATABASE_URL: without.href }, 'DATABASE_URL has no password, and Postgres requires one.');
  });

  test('a DATABASE_URL of a server that is not Postgres', async () => {
    const { server, port } = await listening();
    server.on('connection', (socket) => socket.end().on('error', () => {}));
    await expectRefusal(
      { DATABASE_URL: `postgres://payonce:secret@127.0.0.1:${port}/payonce` },
      'The server at DATABASE_URL is not Postgres, or it closed the connection.',
    );
    server.close();
  });

  test('a DATABASE_URL with an unknown host', async () => {
    await expectRefusal({ DATABASE_URL: 'postgres://payonce@no-such-host.invalid/payonce' }, /host in DATABASE_URL/);
  });

  test('an invalid REDIS_URL', async () => {
    await expectRefusal({ REDIS_URL: 'redis://127.0.0.1:6379,127.0.0.1' }, 'REDIS_URL is not a valid URL');
  });

  test('a data folder with unrelated files, which start and reset leave untouched', async () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'thesis.txt'), 'years of work');
    const { code, output } = await npmStartRefused(folder, {});
    expect(code).toBe(1);
    expect(output).toContain('holds other files');

    const reset = await npmRun(folder, 'reset');
    expect(reset.code).toBe(1);
    expect(reset.output).toContain('Nothing was removed.');
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });
});

describe('npm start continues with a warning', () => {
  test('without Redis, on Postgres locks; with an identity provider’s key set there is no demo login', async () => {
    const run = npmStart(newFolder(), { PAYONCE_REDIS: 'none', JWT_JWKS_URL: 'https://login.example/keys' });
    const url = await run.url();
    expect(run.output()).not.toMatch(/Logins|curl|patient@test\.com/);
    expect(run.output()).toMatch(/No Redis found .* running on Postgres locks.* To get it: /);
    expect((await ask(url, '/api/v1/health')).status).toBe(200);
    run.ctrlC();
    expect(await run.ended()).toBe(0);
  });

  test('with a Redis that does not answer', async () => {
    const { server, port } = await listening();
    server.close();
    await once(server, 'close');
    const run = npmStart(newFolder(), { REDIS_URL: `redis://127.0.0.1:${port}` });
    const url = await run.url();
    expect(run.output()).toContain('REDIS_URL: 1 of 1 not answering.');
    expect((await ask(url, '/api/v1/health')).status).toBe(200);
    run.ctrlC();
    expect(await run.ended()).toBe(0);
  });

  test('in a folder whose name has spaces, and the printed command works when pasted', async () => {
    const folder = path.join(newFolder(), 'a folder, with "quotes"');
    mkdirSync(folder);
    const run = npmStart(folder);
    expect((await ask(await run.url(), '/api/v1/health')).status).toBe(200);
    expect(run.output()).toContain(`"PAYONCE_DATA_DIR='${folder}' npm run reset" empties it`);

    // A slim container with Node alone has no curl, where this command cannot be pasted.
    if (hasCurl) {
      const command = /^curl .*$/m.exec(run.output())![0];
      const { stdout } = await promisify(execFile)('sh', ['-c', command]);
      const answer = JSON.parse(stdout) as { status_code: number; data: { consultations: { status: string }[] } };
      expect(answer.status_code).toBe(200);
      expect(answer.data.consultations.map(({ status }) => status)).toContain('open');
    }
    run.ctrlC();
    expect(await run.ended()).toBe(0);
    expect(processesOf(folder)).toEqual([]);
  });
});
