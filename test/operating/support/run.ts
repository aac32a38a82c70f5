import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export const PROJECT = path.resolve(__dirname, '../../..');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the project to its end, with this environment and no other. */
export async function run(
  [file, ...args]: readonly [string, ...string[]],
  { env, input = '' }: { env: NodeJS.ProcessEnv; input?: string },
): Promise<Ran> {
  const child = spawn(file, args, { cwd: PROJECT, env, stdio: ['pipe', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** Between two prompts; a busy machine may need many times what it takes. */
const MAX_SILENCE_MS = 20_000;

/**
 * Runs a program to its end, and types each line when the program prompts for it, as a person does. A program that no
 * longer prompts is ended: its exit code and output then fail the test.
 */
export async function typeAtPrompts(
  [file, ...args]: readonly [string, ...string[]],
  { env, prompt, lines }: { env: NodeJS.ProcessEnv; prompt: RegExp; lines: readonly string[] },
): Promise<Omit<Ran, 'stderr'>> {
  const child = spawn(file, args, { cwd: PROJECT, env, stdio: ['pipe', 'pipe', 'inherit'] });
  let stdout = '';
  let typed = 0;
  const silence = setTimeout(() => child.kill('SIGKILL'), MAX_SILENCE_MS);
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    silence.refresh();
    if (typed === lines.length || [...stdout.matchAll(prompt)].length <= typed) return;
    child.stdin.write(`${lines[typed]}\n`);
    typed += 1;
  });
  child.stdin.on('error', () => undefined);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(silence);
  return { code, stdout };
}
