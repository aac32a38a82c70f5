import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

interface Run {
  readonly code: number | null;
  readonly output: string;
  /** The ids of the rules, by outcome. */
  readonly passed: string[];
  readonly failed: string[];
  readonly notRun: string[];
}

/** `npm run conformance -- …` */
export async function runConformance(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const child = spawn(process.execPath, [path.resolve('scripts/conformance.mjs'), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  const ids = (sign: string) => [...output.matchAll(new RegExp(`^${sign} (\\S+)`, 'gm'))].map((match) => match[1]!);
  return { code, output, passed: ids('✓'), failed: ids('✗'), notRun: ids('–') };
}
