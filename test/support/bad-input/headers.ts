import type { RawRequest } from '../raw-http.js';
import { asJson, type BadClass, type BadRequest, type Ground, type Target, targetsOf } from './targets.js';

/** Classes of keys, headers and framing that are wrong, around a body that would be good. */
export function headerClasses(g: Ground): BadClass[] {
  const targets = targetsOf(g);
  const keyed = targets.slice(0, 6);
  const [create] = targets as [Target];
  const around = (headers: RawRequest['headers'] & object, of = targets): RawRequest[] =>
    of.map((target) => ({ ...asJson(target, target.good), headers }));
  const good = JSON.stringify(create.good);
  const raw = (lines: string[], body = ''): BadRequest => ({
    bytes: [
      `POST ${create.path} HTTP/1.1`,
      'host: x',
      'connection: close',
      `authorization: Bearer ${g.patient}`,
      'content-type: application/json',
      ...lines,
      '',
      body,
    ].join('\r\n'),
  });
  const keys = ['', ' ', 'k'.repeat(256), 'caf\u00e9', '\u00ff', '\t', 'a\u007f', 'a\tb'];
  return [
    [
      'keys of a wrong form',
      keys
        .flatMap((key) => [
          ...around({ 'idempotency-key': key }, keyed),
          ...around({ 'x-idempotency-key': key }, keyed),
        ])
        .concat(
          keyed.flatMap((t) =>
            keys
              .concat('a\u0000b', 'a\r\nSet-Cookie: x=1', '\ud83d\ude00')
              .map((key) => asJson(t, { ...t.good, idempotency_key: key })),
          ),
        ),
    ],
    [
      'keys that differ',
      keyed.flatMap((t) => [
        { ...asJson(t, t.good), headers: { 'idempotency-key': 'one', 'x-idempotency-key': 'two' } },
        { ...asJson(t, { ...t.good, idempotency_key: 'three' }), headers: { 'idempotency-key': 'one' } },
        {
          ...asJson(t, t.good),
          headers: [
            ['idempotency-key', 'one'],
            ['idempotency-key', 'two'],
          ] as [string, string][],
        },
      ]),
    ],
    [
      'control characters in headers',
      [
        'idempotency-key: a\u0000b',
        'idempotency-key: a\rb',
        'idempotency key: a',
        ': a',
        'x-idempotency-key\u0001: a',
        ' idempotency-key: folded',
      ].map((line) => raw([line, `content-length: ${good.length}`], good)),
    ],
    [
      'content types that are not JSON',
      [
        'text/plain',
        'text/html',
        'application/xml',
        'multipart/form-data; boundary=x',
        'application/x-www-form-urlencoded',
        'application/octet-stream',
        'application/jsonp',
        'json',
        '???',
        '*/*',
        '',
      ].flatMap((type) => around({ 'content-type': type }, targets.slice(0, 10))),
    ],
    [
      'charsets that are not UTF-8',
      ['utf-16', 'utf-16le', 'iso-8859-1', 'latin1', 'utf-7', 'shift_jis', '"utf-32"', 'x'].flatMap((charset) =>
        around({ 'content-type': `application/json; charset=${charset}` }),
      ),
    ],
    [
      'JSON in UTF-16 and UTF-32',
      targets.flatMap((t) => [
        asJson(t, Buffer.from(JSON.stringify(t.good), 'utf16le')),
        asJson(
          t,
          Buffer.from(
            JSON.stringify(t.good)
              .split('')
              .flatMap((c) => [0, 0, 0, c.charCodeAt(0)]),
          ),
        ),
      ]),
    ],
    [
      'content lengths that lie',
      [
        raw([`content-length: ${good.length - 5}`], good),
        raw(['content-length: -1'], good),
        raw(['content-length: abc'], good),
        raw(['content-length: 1e2'], good),
        raw(['content-length: 5', 'content-length: 6'], good),
        raw(['content-length: 5', 'transfer-encoding: chunked'], good),
        raw([`content-length: ${'9'.repeat(30)}`], good),
        raw(['content-length: 99999999'], good),
        raw(['content-length: 0']),
      ],
    ],
    [
      'chunked nonsense',
      [
        'zz\r\n',
        `-5\r\n${good}\r\n0\r\n\r\n`,
        `${good.length.toString(16)}\r\n${good}XX\r\n0\r\n\r\n`,
        `fffffffffffffffff\r\n${good}`,
        '0\r\n\r\n',
        '5;ext=\u0001\r\nhello\r\n0\r\n\r\n',
      ]
        .map((body) => raw(['transfer-encoding: chunked'], body))
        .concat([
          raw(['transfer-encoding: gzip, chunked'], '0\r\n\r\n'),
          raw(['transfer-encoding: identity'], good),
          raw(['transfer-encoding: chunked, chunked'], '0\r\n\r\n'),
        ]),
    ],
    [
      'header floods',
      [
        raw([`x-flood: ${'a'.repeat(40_000)}`]),
        raw(Array.from({ length: 1_000 }, (_, n) => `x-${n}: ${'a'.repeat(30)}`)),
        raw([`cookie: ${'a=b; '.repeat(10_000)}`]),
      ],
    ],
    [
      'bytes that are not HTTP',
      [
        'GARBAGE\r\n\r\n',
        '\u0000\u0001\u0002\r\n\r\n',
        'GET /api/v1/payments\r\n\r\n',
        'GET / HTTP/9.9\r\n\r\n',
        'FOO /api/v1/payments HTTP/1.1\r\nhost: x\r\n\r\n',
        '\u0016\u0003\u0001\u0002\u0000\u0001',
      ].map((bytes) => ({ bytes })),
    ],
    [
      'languages nobody speaks, around a bad body',
      [
        '*',
        'xx',
        'id;q=9',
        'en;q=-1',
        ',,,',
        'a'.repeat(5_000),
        '\u00ff\u00fe',
        'id-'.repeat(50),
        '../../etc/passwd',
      ].map((language) => ({
        ...asJson(create, { ...create.good, amount: -1 }),
        headers: { 'accept-language': language },
      })),
    ],
    [
      'request ids nobody should log, around a bad body',
      [
        '',
        ' ',
        'a b',
        'x'.repeat(1_000),
        '{"a":1}',
        '<script>',
        '\u00ff',
        '\u001b[31m',
        "'; DROP TABLE payments; --",
        '../../x',
      ]
        .map((id) => ({ ...asJson(create, { ...create.good, amount: -1 }), headers: { 'x-request-id': id } }))
        .filter(({ headers }) => headers['x-request-id'] !== '\u001b[31m'),
    ],
  ];
}
