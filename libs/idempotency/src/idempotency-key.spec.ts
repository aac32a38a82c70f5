import fc from 'fast-check';
import { InvalidKey, readKey } from './idempotency-key.js';
import { quotedKey } from './key-header.js';

const header = (...lines: string[]) => readKey({ headers: { 'idempotency-key': lines }, body: undefined });

/** The key, or the invalid field with its fault. */
function keyOf(...lines: string[]): string | undefined {
  try {
    return header(...lines)?.key;
  } catch (error) {
    if (!(error instanceof InvalidKey)) throw error;
    return `422 ${error.problem}`;
  }
}

describe('a key in a header', () => {
  it.each<[sent: string[], key: string]>([
    [['k'], 'k'],
    [['"k"'], 'k'],
    [[' \t"k" '], 'k'],
    [['k', 'k'], 'k'],
    [['k', '"k"'], 'k'],
    [['k, k'], 'k'],
    [['k,k'], 'k'],
    [['"k" ,\t k'], 'k'],
    [['"k", "k"', 'k'], 'k'],
    [[', k,, '], 'k'],
    [['"a, b"'], 'a, b'],
    [['"a, b", "a, b"'], 'a, b'],
    [[String.raw`"say \"k\""`], 'say "k"'],
    [[String.raw`"a\\b"`], String.raw`a\b`],
    [['a"b'], 'a"b'],
    [[String.raw`a\b`], String.raw`a\b`],
    [['"k";x=1'], 'k'],
    [['"k"; x; y="a, b\\""; z=?1; w=:YQ==:; t=to*ken/a, k'], 'k'],
    [['k;x=1'], 'k;x=1'],
    [[`"${'k'.repeat(255)}"`], 'k'.repeat(255)],
    [[`"${String.raw`\"`.repeat(255)}"`], '"'.repeat(255)],
    [["'k'"], "'k'"],
  ])('%j is %j', (sent, key) => expect(keyOf(...sent)).toBe(key));

  it.each<[sent: string[], problem: string]>([
    [['a, b'], 'differs'],
    [['a', 'b'], 'differs'],
    [['"a", "b"'], 'differs'],
    [['a"b,c"d'], 'differs'],
    [['"k'], 'form'],
    [['k"'], 'form'],
    [['"'], 'form'],
    [['""'], 'form'],
    [['"k" x'], 'form'],
    [['"k""k"'], 'form'],
    [['"k"=1'], 'form'],
    [['"k";X=1'], 'form'],
    [['"k";'], 'form'],
    [[String.raw`"a\b"`], 'form'],
    [[String.raw`"k\"`], 'form'],
    [['" k"'], 'form'],
    [['"k, k'], 'form'],
    [[''], 'form'],
    [[','], 'form'],
    [[`"${'k'.repeat(256)}"`], 'form'],
    [['caf\u00e9'], 'form'],
    [['"caf\u00e9"'], 'form'],
  ])('%j is 422: %s', (sent, problem) => expect(keyOf(...sent)).toBe(`422 ${problem}`));

  it('any key sent as a String of RFC 8941 is that key, once, twice, and joined by a proxy', () => {
    const key = fc
      .string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)), maxLength: 255 })
      .filter((text) => text !== '' && text.trim() === text);
    fc.assert(
      fc.property(key, (text) => {
        const sent = quotedKey(text);
        expect([keyOf(sent), keyOf(sent, sent), keyOf(`${sent}, ${sent}`), keyOf(`${sent};v=1`)]).toEqual(
          Array.from({ length: 4 }, () => text),
        );
      }),
    );
  });

  it('no line makes it fail otherwise, nor slow', () => {
    const line = fc.string({
      unit: fc.constantFrom('"', '\\', ',', ';', ' ', '\t', 'k', '=', ':', '?'),
      maxLength: 400,
    });
    fc.assert(fc.property(line, (text) => void keyOf(text)));
    const began = performance.now();
    for (const text of ['"'.repeat(8_000), '"k";a'.padEnd(8_000, ';a'), ','.repeat(8_000), '\\'.repeat(8_000)])
      keyOf(text);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('a key in the body', () => {
  const body = (idempotency_key: unknown) => readKey({ headers: {}, body: { idempotency_key } });

  it('is literal, and null is none', () => {
    expect([body('"k"')?.key, body('k, k')?.key, body(null), body(undefined)]).toEqual([
      '"k"',
      'k, k',
      undefined,
      undefined,
    ]);
  });

  it('is the same as in a header, however that is written; quotes of its own are its own', () => {
    const both = (line: string, inBody: string) =>
      readKey({ headers: { 'x-idempotency-key': [line] }, body: { idempotency_key: inBody } })?.key;
    expect([both('"k"', 'k'), both('k, k', 'k'), both(String.raw`"\"k\""`, '"k"')]).toEqual(['k', 'k', '"k"']);
    expect(() => both('"k"', '"k"')).toThrow(InvalidKey);
  });
});

it('says what earlier versions read, where it is not the key', () => {
  expect([header('"k"')?.asSent, header('k, k')?.asSent, header('k', 'k')?.asSent, header('k')?.asSent]).toEqual([
    '"k"',
    'k, k',
    undefined,
    undefined,
  ]);
  // Earlier versions refused two lines that differ.
  expect(header('"k"', 'k')?.asSent).toBeUndefined();
});

describe('the contract of a request', () => {
  const contractOf = (headers: Record<string, string[]>, idempotency_key?: string) =>
    readKey({ headers, body: { idempotency_key } })?.contract;

  it('is the standard one wherever the standard header is, whatever else is', () => {
    const all = { 'idempotency-key': ['k'], 'x-idempotency-key': ['k'] };
    expect([contractOf({ 'idempotency-key': ['k'] }), contractOf(all, 'k')]).toEqual(['standard', 'standard']);
  });

  it('is the legacy one for the older spellings alone', () => {
    const older = { 'x-idempotency-key': ['k'] };
    expect([contractOf(older), contractOf({}, 'k'), contractOf(older, 'k')]).toEqual(['legacy', 'legacy', 'legacy']);
  });
});
