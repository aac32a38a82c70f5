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

/** Runs a program to its end, and types each line when the program prompts for it, as a person does. */
export async function typeAtPrompts(
  [file, ...args]: readonly [string, ...string[]],
  { env, prompt, lines }: { env: NodeJS.ProcessEnv; prompt: RegExp; lines: readonly string[] },
): Promise<Omit<Ran, 'stderr'>> {
  const child = spawn(file, args, { cwd: PROJECT, env, stdio: ['pipe', 'pipe', 'inherit'] });
  let stdout = '';
  let typed = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (typed === lines.length || [...stdout.matchAll(prompt)].length <= typed) return;
    child.stdin.write(`${lines[typed]}\n`);
    typed += 1;
  });
  child.stdin.on('error', () => undefined);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout };
}
