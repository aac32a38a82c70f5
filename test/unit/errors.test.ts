import { readFileSync } from 'node:fs';
import path from 'node:path';
import { say, type MessageKey } from '#answers';
import * as errors from '#errors';
import type { ErrorKind } from '#errors';

const kinds = Object.values(errors).flatMap((exported): ErrorKind[] =>
  typeof exported === 'function' && 'kind' in exported ? [exported.kind] : [],
);

const read = (name: string) => readFileSync(path.resolve(__dirname, '../..', name), 'utf8');

/** The rows of the table in ERRORS.md: | code | status | error | retry | when | data |. */
const rows = read('ERRORS.md')
  .split('\n')
  .filter((line) => /^\| `[A-Z_]+`/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const documented = rows
  .map((cells) => cells.map((cell) => cell.replaceAll('`', '')))
  .map(([, code, status, title, retry]) => ({ code, status: Number(status), title, retryable: retry === 'yes' }));

interface DataSchema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, DataSchema>>;
}
/** The document of the API, which `npm run generated` holds to the program. */
const { schemas } = (JSON.parse(read('docs/reference/openapi.json')) as Document).components;
interface Document {
  readonly components: { readonly schemas: Readonly<Record<string, DataSchema>> };
}

/** The members of a failure's `data`, and those of objects that have no name of their own, such as `range`. */
function membersOf(code: string): string[] {
  const data = schemas[code]?.properties?.data ?? {};
  const { properties = {} } = data.$ref ? schemas[data.$ref.split('/').at(-1)!]! : data;
  const members = Object.entries(properties).flatMap(([name, { properties: inner = {} }]) => [
    name,
    ...Object.keys(inner),
  ]);
  return [...new Set(members)].sort();
}

describe('ERRORS.md', () => {
  it('lists every code the program has, and no other, each with its status, title and retry', () => {
    const byCode = (a: { code: string | undefined }, b: { code: string | undefined }) => a.code!.localeCompare(b.code!);
    expect([...documented].sort(byCode)).toEqual([...kinds].sort(byCode));
  });

  const withData = rows.map((cells) => [cells[1]!.replaceAll('`', ''), cells[6]!] as const);
  it.each(withData.filter(([code]) => code in schemas))('names every member of the data of %s', (code, cell) => {
    const named = [...cell.matchAll(/`(\w+)[^`]*`/g)].map(([, name]) => name!);
    expect([...new Set(named)].sort()).toEqual(membersOf(code));
  });

  it('gives each code once', () => {
    expect(new Set(kinds.map((kind) => kind.code)).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThan(20);
  });

  it('names only codes that some route promises in the OpenAPI document', () => {
    // Of providers added from outside, and of the race lab, which is no part of the API.
    const elsewhere = ['PROVIDER_UNAVAILABLE', 'PROVIDER_REFUSED', 'PROVIDER_NOT_CONFIGURED', 'LAB_BUSY'];
    const api = read('docs/reference/openapi.json');
    const promised = kinds.filter(({ code }) => new RegExp(`["\`]${code}["\`]`).test(api)).map(({ code }) => code);
    expect([...promised, ...elsewhere].sort()).toEqual(kinds.map(({ code }) => code).sort());
  });

  it.each(['en', 'id'] as const)('has a sentence in %s for every code', (language) => {
    for (const { code } of kinds) {
      const key = `errors.${code}` as MessageKey;
      expect(say(language, key)).not.toBe(key);
    }
  });
});
