import { randomUUID } from 'node:crypto';
import { eventually } from './eventually.js';
import type { Program } from './processes.js';

export type LogLine = Readonly<Record<string, unknown>> & { readonly message: string; readonly level: string };

/** What a program has logged so far, line by line; what it printed otherwise is left out. */
export function linesOf({ output }: Pick<Program, 'output'>): LogLine[] {
  return output()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as LogLine);
}

/** Those of its lines that say just this. */
export function linesSaying(program: Pick<Program, 'output'>, message: string): LogLine[] {
  return linesOf(program).filter((line) => line.message === message);
}

/** Waits for all that an API has logged until now: its answers come on another way, and may be quicker. */
export async function untilLogged({ url, output }: Pick<Program, 'url' | 'output'>): Promise<void> {
  const marker = `marker-${randomUUID()}`;
  await fetch(`${url}/api/v1/payments`, { headers: { 'x-request-id': marker } });
  await eventually(() => output().includes(marker), 'a later request is logged');
}
