import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../support/eventually.js';
import { cleanUp, newFolder } from './support/npm-start.js';
import { processesOf } from './support/processes-of.js';

afterEach(cleanUp);

const PROJECT = path.resolve(__dirname, '../..');

/** Stands in for npm: reports whether another one still writes to this folder, starts a process, and never exits. */
const FAKE_NPM = `
  const { spawn } = require('node:child_process');
  const { appendFileSync, existsSync, readFileSync } = require('node:fs');
  const alive = (pid) => existsSync('/proc/' + pid) && !/^State:\\s+Z/m.test(readFileSync('/proc/' + pid + '/status', 'utf8'));
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {}); // As deaf as npm ci was seen to be.
  const before = existsSync('npm-pids') ? readFileSync('npm-pids', 'utf8').trim().split('\\n').filter(alive) : [];
  const helper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', process.cwd()]);
  appendFileSync('npm-said', before.length ? 'beside another\\n' : 'alone\\n');
  appendFileSync('npm-pids', process.pid + '\\n' + helper.pid + '\\n');
  setInterval(() => {}, 1000);
`;

/** A build that never ends. */
const FAKE_NEST = `require('node:fs').appendFileSync('nest-said', 'building\\n'); setInterval(() => {}, 1000);`;

/** What a fresh checkout has that preparing looks at. */
function freshCheckout(): string {
  const checkout = path.join(newFolder(), 'checkout');
  mkdirSync(path.join(checkout, 'npm'), { recursive: true });
  for (const name of ['scripts', 'package.json', 'package-lock.json'])
    cpSync(path.join(PROJECT, name), path.join(checkout, name), { recursive: true });
  writeFileSync(path.join(checkout, 'npm', 'package.json'), '{}');
  writeFileSync(path.join(checkout, 'npm', 'npm-cli.js'), FAKE_NPM);
  return checkout;
}

/** A checkout whose packages are there, as npm records it. */
function installedCheckout(): string {
  const checkout = freshCheckout();
  const nest = path.join(checkout, 'node_modules', '@nestjs', 'cli', 'bin');
  mkdirSync(nest, { recursive: true });
  writeFileSync(path.join(nest, 'package.json'), '{}');
  writeFileSync(path.join(nest, 'nest.js'), FAKE_NEST);
  cpSync(path.join(checkout, 'package-lock.json'), path.join(checkout, 'node_modules', '.package-lock.json'));
  return checkout;
}

interface Preparing {
  readonly child: ChildProcess;
  output(): string;
  ended(): Promise<number | null>;
}

/** In a process group of its own, as a terminal starts it. */
function prepare(checkout: string, as: { uid?: number; gid?: number } = {}): Preparing {
  const child = spawn(process.execPath, [path.join(checkout, 'scripts', 'prepare.mjs')], {
    cwd: checkout,
    env: { PATH: process.env.PATH, HOME: checkout, npm_execpath: path.join(checkout, 'npm', 'npm-cli.js') },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...as,
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const closed = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => text, ended: () => closed };
}

const said = (checkout: string, by: 'npm' | 'nest') => {
  const file = path.join(checkout, `${by}-said`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

async function has(checkout: string, by: 'npm' | 'nest', times = 1): Promise<void> {
  await eventually(() => said(checkout, by).length === times, `${by} has begun ${times} times`, 15_000);
}

describe('npm start, while it prepares a fresh checkout', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s to its process group: npm ci ends with it, and the lock is released', async (signal, code) => {
    const checkout = freshCheckout();
    const first = prepare(checkout);
    await has(checkout, 'npm');

    process.kill(-first.child.pid!, signal);

    expect(await first.ended()).toBe(code);
    await nothingRunsIn(checkout);
    expect(existsSync(path.join(checkout, '.payonce', 'prepare.lock'))).toBe(false);
    expect(first.output()).not.toMatch(/could not be installed|\n\s+at /);
  });

  test('Ctrl-C during the build: the build ends with it', async () => {
    const checkout = installedCheckout();
    const first = prepare(checkout);
    await has(checkout, 'nest');

    process.kill(-first.child.pid!, 'SIGINT');

    expect(await first.ended()).toBe(130);
    await nothingRunsIn(checkout);
  });

  test('SIGKILL leaves npm ci running: the next start ends it before its own begins', async () => {
    const checkout = freshCheckout();
    const first = prepare(checkout);
    await has(checkout, 'npm');
    first.child.kill('SIGKILL');
    await eventually(() => first.child.signalCode !== null, 'the first has ended');
    expect(processesOf(checkout).length).toBeGreaterThanOrEqual(2);

    const second = prepare(checkout);
    await has(checkout, 'npm', 2);

    expect(said(checkout, 'npm')).toEqual(['alone', 'alone']);
    process.kill(-second.child.pid!, 'SIGINT');
    expect(await second.ended()).toBe(130);
    await nothingRunsIn(checkout);
  });

  test('in a checkout that this user cannot write to: one sentence that says what to do', async () => {
    const checkout = freshCheckout();
    chmodSync(checkout, 0o555);
    // Root may write anywhere.
    const run = prepare(checkout, process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {});
    expect(await run.ended()).toBe(1);
    expect(run.output().trim()).toBe(
      `This user cannot write to ${checkout}: run it as its owner, or copy it to a folder of your own.`,
    );
    chmodSync(checkout, 0o755);
  });
});

/** A process that was killed is in the list until the kernel has taken it out: a moment on a busy machine, never long. */
async function nothingRunsIn(checkout: string): Promise<void> {
  await eventually(() => processesOf(checkout).length === 0, 'what was killed is gone', 1_000);
}
