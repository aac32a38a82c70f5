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
