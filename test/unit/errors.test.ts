import { readFileSync } from 'node:fs';
import path from 'node:path';
import { say, type MessageKey } from '#answers';
import * as errors from '#errors';
import type { ErrorKind } from '#errors';

const kinds = Object.values(errors).flatMap((exported): ErrorKind[] =>
  typeof exported === 'function' && 'kind' in exported ? [exported.kind] : [],
);

/** The rows of the table in ERRORS.md: | code | status | error | retry | … |. */
const documented = readFileSync(path.resolve(__dirname, '../../ERRORS.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| `[A-Z_]+`/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .map(([, code, status, title, retry]) => ({ code, status: Number(status), title, retryable: retry === 'yes' }));

describe('ERRORS.md', () => {
  it('lists every code the program has, and no other, each with its status, title and retry', () => {
    const byCode = (a: { code: string | undefined }, b: { code: string | undefined }) => a.code!.localeCompare(b.code!);
    expect([...documented].sort(byCode)).toEqual([...kinds].sort(byCode));
  });

  it('gives each code once', () => {
    expect(new Set(kinds.map((kind) => kind.code)).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThan(20);
  });

  it.each(['en', 'id'] as const)('has a sentence in %s for every code', (language) => {
    for (const { code } of kinds) {
      const key = `errors.${code}` as MessageKey;
      expect(say(language, key)).not.toBe(key);
    }
  });
});
