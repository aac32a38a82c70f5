import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../../support/eventually.js';
import { ask } from '../../support/http.js';
import { endProcessesOf, processesOf } from './processes-of.js';

const PROJECT = path.resolve(__dirname, '../../..');

/** Making a cluster, migrating and booting take three seconds on two idle cores. */
const MAX_START_MS = 60_000;

/** The API may finish requests for ten seconds, the servers stop in a moment. */
const MAX_STOP_MS = 40_000;

export interface Run {
  readonly npm: ChildProcess;
  readonly folder: string;
  output(): string;
  /** Waits until all stands. @returns the API's address. */
  url(): Promise<string>;
  /** As a terminal does it: to npm, its script and every process of their group. */
  ctrlC(): void;
  /** Of the script itself, or of one of the processes it has written down. */
  pid(name: 'start' | 'guardian' | 'postgres' | 'redis' | 'API' | 'worker' | 'simulator' | 'lab'): number;
  /** Waits for npm's end. @returns its exit code, null if a signal ended it. */
  ended(): Promise<number | null>;
}

const folders: string[] = [];

/** A data folder of a test's own. */
export function newFolder(): string {
  const parent = process.env.TEST_FOLDER;
  if (!parent) throw new Error('TEST_FOLDER is not set: run the tests with `npm test`.');
  const folder = mkdtempSync(path.join(parent, 'data-'));
  // Root's Postgres runs as another user, who has to pass through.
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

/** `npm start` in a process group of its own, on any free port, with nothing of our environment but the PATH. */
export function npmStart(folder: string, env: NodeJS.ProcessEnv = {}, words: string[] = ['start']): Run {
  const npm = spawn('npm', words, {
    cwd: PROJECT,
    env: { ...environment(folder), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  npm.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  npm.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const closed = once(npm, 'exit').then(([code]) => code as number | null);
  const hasEnded = () => npm.exitCode !== null || npm.signalCode !== null;
  return {
    npm,
    folder,
    output: () => text,
    url: () =>
      eventually(
        () => {
          const url = /Payonce is running\.[^]*?API\s+(http:\S+)\/api\/v1/.exec(text)?.[1];
          if (!url && hasEnded()) throw new Error(`npm start ended before it stood:\n${text}`);
          return url;
        },
        `npm start stands; it has printed:\n${text}`,
        MAX_START_MS,
      ),
    ctrlC: () => process.kill(-npm.pid!, 'SIGINT'),
    pid: (name) =>
      name === 'start'
        ? (read(folder, 'running.json') as { owner: { pid: number } }).owner.pid
        : (read(folder, 'processes.json') as Record<string, { pid: number }>)[name]!.pid,
    async ended() {
      await eventually(hasEnded, 'npm start has ended', MAX_STOP_MS);
      return closed;
    },
  };
}

/** `npm start` that is expected to refuse. */
export async function npmStartRefused(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; output: string }> {
  const run = npmStart(folder, env);
  const code = await run.ended();
  return { code, output: run.output() };
}

export async function npmRun(folder: string, ...words: string[]): Promise<{ code: number | null; output: string }> {
  const run = npmStart(folder, {}, ['run', ...words]);
  const code = await run.ended();
  return { code, output: run.output() };
}

/** Waits until no process of a folder lives, which is what an end by SIGKILL can promise. */
export async function nothingLeft(folder: string): Promise<void> {
  await eventually(() => processesOf(folder).length === 0, `nothing of ${folder} runs any more`, MAX_STOP_MS);
}

/** For afterEach: stops what a failed test left running. */
export async function cleanUp(): Promise<void> {
  for (const folder of folders.splice(0)) {
    endProcessesOf(folder);
    await nothingLeft(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function environment(folder: string): NodeJS.ProcessEnv {
  const home = path.join(process.env.TEST_FOLDER!, 'home');
  mkdirSync(home, { recursive: true });
  return {
    PATH: process.env.PATH,
    HOME: home,
    PORT: '0',
    SIMULATOR_PORT: '0',
    PAYONCE_DATA_DIR: folder,
    LOG_FORMAT: 'json',
    npm_config_update_notifier: 'false',
  };
}

function read(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
}

export const isHealthy = (url: string) =>
  ask(url, '/api/v1/health').then(
    ({ status }) => status === 200,
    () => false,
  );

export const logIn = async (url: string): Promise<string> => {
  const { text } = await ask(url, '/api/login', { body: { email: 'patient@test.com', password: 'password' } });
  return (JSON.parse(text) as { token: string }).token;
};

/** Ctrl-C, and a clean end. */
export async function stop(run: Run): Promise<void> {
  run.ctrlC();
  expect(await run.ended()).toBe(0);
}
