import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { TEST_SECRET } from './database.js';

const PROJECT = path.resolve(__dirname, '../..');

/** Booting takes half a second; a busy two-core machine may need many times that. */
const MAX_BOOT_MS = 20_000;
const MAX_STOP_MS = 10_000;

/** What a failed test started and did not stop. */
const alive = new Set<ChildProcess>();
afterAll(() => {
  for (const child of alive) child.kill('SIGKILL');
});

/** One of our built programs as a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  /** Where it listens, a worker with its metrics; empty for programs that do not. */
  readonly url: string;
  /** All it has printed so far. */
  output(): string;
  /** TERM, and waits for its end. @returns the exit code. */
  stop(): Promise<number | null>;
}

const api = 'dist/apps/api/src/main.js';
const worker = 'dist/apps/worker/src/main.js';
const lab = 'dist/apps/race-lab/src/main.js';
const simulator = 'dist/apps/stripe-simulator/src/main.js';

export const startApi = (env: NodeJS.ProcessEnv) => startProgram(api, env);
export const startWorker = (env: NodeJS.ProcessEnv) => startProgram(worker, env);
export const startLab = (env: NodeJS.ProcessEnv) => startProgram(lab, env);
export const startSimulator = (env: NodeJS.ProcessEnv) => startProgram(simulator, env);

/** Runs a program that is expected to exit. */
export async function runToEnd(
  script: string,
  env: NodeJS.ProcessEnv,
  words: string[] = [],
): Promise<{ code: number | null; output: string }> {
  const { child, output } = launch(script, env, words);
  const [code] = (await bounded(once(child, 'close'), MAX_BOOT_MS, `${script} to end`)) as [number | null];
  return { code, output: output() };
}

/** Any program that says when it is ready, as ours do. */
export async function startProgram(script: string, env: NodeJS.ProcessEnv): Promise<Program> {
  const { child, output } = launch(script, env);
  const ready = new Promise<string>((resolve, reject) => {
    child.once('message', (message: { url?: string }) => resolve(message.url ?? ''));
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it was ready:\n${output()}`)));
  });
  const url = await bounded(ready, MAX_BOOT_MS, `${script} to be ready`);
  return {
    child,
    url,
    output,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await bounded(ended, MAX_STOP_MS, `${script} to stop`);
      return child.exitCode;
    },
  };
}

/** A clean environment: only the PATH of the calling shell is kept. */
function launch(
  script: string,
  env: NodeJS.ProcessEnv,
  words: string[] = [],
): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [script, ...words], {
    cwd: PROJECT,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', PORT: '0', JWT_SECRET: TEST_SECRET, LOG_FORMAT: 'json', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  let text = '';
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return { child, output: () => text };
}

async function bounded<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${ms} ms in vain for ${what}`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
