import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A fenced block of a page. `shown`: what the page prints below it as its result. */
export interface Block {
  readonly language: string;
  /** `run`, or why it is not. */
  readonly marked: string;
  readonly text: string;
  readonly heading: string;
  readonly line: number;
  readonly shown: string | undefined;
}

/** Every fenced block of a page of docs/, with the heading it stands under. */
export function blocksOf(page: string): Block[] {
  const lines = readFileSync(path.resolve(__dirname, '../../../docs', page), 'utf8').split('\n');
  const blocks: Block[] = [];
  let heading = '';
  for (let n = 0; n < lines.length; n++) {
    heading = /^#+ (.*)$/.exec(lines[n]!)?.[1] ?? heading;
    const [fence, language, marked] = /^```(\S*) ?(.*)$/.exec(lines[n]!) ?? [];
    if (fence === undefined) continue;
    const end = lines.indexOf('```', n + 1);
    const text = lines.slice(n + 1, end).join('\n');
    const previous = blocks.at(-1);
    if (language === 'text' && previous && previous.shown === undefined)
      blocks[blocks.length - 1] = { ...previous, shown: text };
    else blocks.push({ language: language!, marked: marked!, text, heading, line: n + 1, shown: undefined });
    n = end;
  }
  return blocks;
}

/** Whether each shown line is there, in this order. `…` is anything; how wide a table is does not count. */
export function missingOf(shown: string, output: string): string[] {
  const printed = output.split('\n').map(squeezed);
  let at = 0;
  return shown.split('\n').filter((line) => {
    if (isRule(line)) return false;
    const found = printed.findIndex((one, n) => n >= at && patternOf(squeezed(line)).test(one));
    if (found < 0) return true;
    at = found + 1;
    return false;
  });
}

const squeezed = (line: string) => line.replaceAll(/\s+/g, ' ').trim();

const isRule = (line: string) => /^[-+]*$/.test(line);

function patternOf(line: string): RegExp {
  return new RegExp(`^${line.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*')}$`);
}
