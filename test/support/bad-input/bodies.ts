import type { RawRequest } from '../raw-http.js';
import { asJson, type BadClass, type Ground, SQL, type Target, targetsOf } from './targets.js';

const ODD_NUMBERS = [
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '-1e999',
  '0x10',
  '+1',
  '1_000',
  '.5',
  '01',
  '1.',
  '1e',
  '--1',
];

/** Classes of bodies that are wrong, over every route that takes one. */
export function bodyClasses(g: Ground): BadClass[] {
  const targets = targetsOf(g);
  const at = (path: string) => targets.find((target) => target.path === path)!;
  const [create, products] = [at('/api/v1/payments'), at('/api/v1/products')];
  const [consultations, logins] = [at('/api/v1/consultations'), at('/api/login')];
  const withNumbers = targets.filter(({ integers }) => integers.length > 0);
  const numbers = (values: readonly unknown[]) => eachField(targets, 'integers', values);
  const deep = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
  return [
    ['a number as text, truth, list or object', numbers(['5000', '', true, false, [], [1], {}, { a: 1 }])],
    ['a text as number, truth, list or object', eachField(targets, 'texts', [5_000, true, [], ['stripe'], [{}]])],
    [
      'null in what is needed',
      targets.flatMap((t) => t.needed.map((field) => asJson(t, { ...t.good, [field]: null }))),
    ],
    ['zero and below', numbers([0, -0, -1, -5_000, Number.MIN_SAFE_INTEGER])],
    ['fractions', numbers([0.5, 5_000.5, 1e-7, 4_999.999])],
    ['2^53 and beyond', numbers([2 ** 53, 2 ** 53 + 2, 2 ** 63, 1e21, Number.MAX_VALUE])],
    [
      'what looks like a number',
      withNumbers.flatMap((t) => t.integers.flatMap((f) => ODD_NUMBERS.map((n) => written(t, f, n)))),
    ],
    [
      'nothing in it',
      [
        // A body without a byte is no body, which some routes do without.
        ...targets.filter((t) => t.needed.length > 0).map((t) => asJson(t, '')),
        ...targets.flatMap((t) => [' ', '\n'].map((b) => asJson(t, b))),
        ...['[]', '""', '0', 'null', 'true'].flatMap((b) => targets.map((t) => asJson(t, b))),
      ],
    ],
    ['empty texts', eachField(targets, 'texts', [''])],
    ['fields left out', targets.flatMap((t) => t.needed.map((field) => asJson(t, { ...t.good, [field]: undefined })))],
    ['texts of 10 000 characters', eachField(targets, 'texts', ['x'.repeat(10_000)])],
    ['NUL in texts', eachField(targets, 'texts', ['\u0000', 'a\u0000b', { a: '\u0000' }])],
    ['control characters in texts', eachField(targets, 'texts', ['a\nb', 'a\rb', '\u001b[31m', '\u0085'])],
    [
      'half surrogate pairs',
      targets.flatMap((t) =>
        t.texts.flatMap((f) => ['"\\ud800"', '"\\udc00x"', '{"a":"\\ud800"}'].map((text) => written(t, f, text))),
      ),
    ],
    [
      'bytes that are not UTF-8',
      targets.flatMap((t) =>
        t.texts.flatMap((f) =>
          [['ff'], ['c0af'], ['eda080'], ['f8888080'], ['e282']].flatMap(([hex]) => [
            badUtf8(t, f, hex!, false),
            badUtf8(t, f, hex!, true),
          ]),
        ),
      ),
    ],
    [
      'members of other requests',
      targets
        .map((t) => asJson(t, { ...t.good, admin: true }))
        .concat(targets.map((t) => asJson(t, { ...t.good, status: 'completed', user_id: 1, refunded_amount: 0 }))),
    ],
    [
      'members every object has',
      targets.flatMap((t) =>
        ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'].map((name) =>
          asJson(t, `{"${name}": {"role": "staff"}, ${JSON.stringify(t.good).slice(1)}`.replace(', }', '}')),
        ),
      ),
    ],
    [
      'a member twice, the last one wrong',
      targets.flatMap((t) =>
        Object.keys(t.good).map((field) => asJson(t, `${JSON.stringify(t.good).slice(0, -1)}, "${field}": []}`)),
      ),
    ],
    [
      'nested by the thousand',
      targets.flatMap((t) => [
        asJson(t, deep('[', ']', 10_000)),
        asJson(t, deep('{"a":', '}', 5_000)),
        asJson(t, `{"metadata": ${deep('[', ']', 40)}}`),
      ]),
    ],
    [
      'JSON that breaks off',
      targets.flatMap((t) =>
        ['{', '{"a', '{"a":', '{"a":1,', '[', '"', '{"a":1}}', '{"a":1} x', "{'a':1}", '{a:1}', '{"a":1,}', '// x'].map(
          (b) => asJson(t, b),
        ),
      ),
    ],
    ['over 64 KiB', targets.map((t) => asJson(t, { ...t.good, metadata: { a: 'x'.repeat(70_000) } }))],
    [
      'SQL in texts',
      SQL.flatMap((sql) => [
        asJson(create, { ...create.good, payment_method: sql }),
        asJson(create, { ...create.good, currency: sql }),
        // `1--` is a fair name of a product.
        asJson(products, { ...products.good, id: `${sql};` }),
        asJson(consultations, { ...consultations.good, currency: sql }),
        asJson(logins, { email: `${sql}@test.com`, password: sql }),
      ]),
    ],
    [
      'lists too long',
      [
        asJson(create, {
          ...create.good,
          metadata: Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`k${n}`, 'v'])),
        }),
        asJson(create, Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`k${n}`, n]))),
      ],
    ],
  ];
}

/** Each named field of each route with each of these values, all else being good. */
function eachField(targets: Target[], which: 'integers' | 'texts', values: readonly unknown[]): RawRequest[] {
  return targets.flatMap((target) =>
    target[which].flatMap((field) => values.map((value) => asJson(target, { ...target.good, [field]: value }))),
  );
}

/** The good body as text, with one member's value written as it is: what JSON.stringify would not write. */
function written(target: Target, field: string, text: string): RawRequest {
  const body = JSON.stringify({ ...target.good, [field]: '@' });
  return asJson(
    target,
    body.replace('"@"', () => text),
  );
}

function badUtf8(target: Target, field: string, hex: string, chunked: boolean): RawRequest {
  const [before, after] = JSON.stringify({ ...target.good, [field]: field === 'metadata' ? { a: '@' } : 'a@' }).split(
    '@',
  );
  const body = Buffer.concat([Buffer.from(before!), Buffer.from(hex, 'hex'), Buffer.from(after!)]);
  if (!chunked) return asJson(target, body);
  const chunks = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
  return { ...asJson(target, chunks), headers: { 'transfer-encoding': 'chunked' } };
}
