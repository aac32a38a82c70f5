import type { RawRequest } from '../raw-http.js';
import { type BadClass, type Ground, SQL } from './targets.js';

/** Classes of addresses that are wrong. */
export function addressClasses(g: Ground): BadClass[] {
  const read = (path: string, token = g.staff): RawRequest => ({ path, token });
  const lists = [
    '/api/v1/payments',
    '/api/v1/consultations',
    `/api/v1/payments/${g.completed_id}/timeline`,
    `/api/v1/payments/${g.completed_id}/refunds`,
  ];
  const ids = [
    '0',
    '-1',
    '1.5',
    '1e3',
    '01',
    '+1',
    '0x1',
    '%20',
    'abc',
    'null',
    'NaN',
    '9007199254740993',
    '9'.repeat(100),
    '1;2',
    '1,2',
    '%00',
    '1%00',
    '%0d%0aSet-Cookie:x=1',
    '..%2f1',
    '%E2%80%AE',
    ...SQL.map(encodeURIComponent),
  ];
  return [
    [
      'ids in addresses that are none',
      ids.flatMap((id) => [
        read(`/api/v1/payments/${id}`),
        read(`/api/v1/payments/${id}/timeline`),
        read(`/api/v1/payments/${id}/refunds`),
        ...['confirm', 'cancel', 'refund'].map((verb) => ({
          path: `/api/v1/payments/${id}/${verb}`,
          token: g.staff,
          body: '{"transaction_id":"x","reason":"x"}',
        })),
        { method: 'PATCH', path: `/api/v1/consultations/${id}`, token: g.staff, body: '{"fee":1}' },
        {
          path: `/api/v1/payments/${g.completed_id}/refunds/${id}/settle`,
          token: g.staff,
          body: '{"transaction_id":"x"}',
        },
      ]),
    ],
    [
      'product ids that are none',
      ['A', '%20', 'a%20b', '-x', 'x'.repeat(65), '%00', '%F0%9F%98%80', "'--"].map((id) => ({
        method: 'PATCH',
        path: `/api/v1/products/${id}`,
        token: g.staff,
        body: '{"price":1}',
      })),
    ],
    [
      'addresses that cannot be read',
      [
        '/api/v1/payments/%',
        '/api/v1/payments/%E0%A4%A',
        '/api/v1/payments/%zz',
        `/api/v1/payments/${'a'.repeat(300)}`,
        `/${'a/'.repeat(3_000)}`,
        '/api/v1/../../etc/passwd',
        '//evil.example/',
        '/api//v1/payments',
        '/API/V1/PAYMENTS',
        '/api/v1/payments.json',
        '/api/v1/payments/1/2/3/4',
        '/.env',
        '/api/v1',
      ].map((path) => read(path)),
    ],
    [
      'page sizes and cursors that are none',
      lists.flatMap((path) =>
        [
          'limit=0',
          'limit=-1',
          'limit=501',
          'limit=1.5',
          'limit=1e1',
          'limit=',
          'limit=ten',
          'limit=%00',
          'cursor=-1',
          'cursor=',
          'cursor=%00',
          "cursor='--",
          `cursor=${'9'.repeat(40)}`,
        ].map((query) => read(`${path}?${query}`)),
      ),
    ],
    [
      'query lists, objects and repetitions',
      lists.flatMap((path) =>
        [
          'limit[]=1',
          'limit=1&limit=2',
          'limit[a]=1',
          'limit[__proto__]=1',
          'cursor[]=1',
          'cursor=1&cursor=2',
          '__proto__=1',
          'constructor=1',
          '__proto__[role]=staff',
          'unknown=1',
          'offset=10',
          '&&&=&=',
        ].map((query) => read(`${path}?${query}`)),
      ),
    ],
    [
      'query floods',
      lists.flatMap((path) => [
        read(`${path}?${Array.from({ length: 500 }, (_, n) => `a${n}=1`).join('&')}`),
        read(`${path}?limit=${'1'.repeat(5_000)}`),
      ]),
    ],
    [
      'filters that are none',
      [
        'status=',
        'status=paid',
        'status[]=pending',
        'status=pending&status=failed',
        'status=%00',
        "status='--",
        'consultation_id=0',
        'consultation_id=-1',
        'consultation_id=abc',
        'consultation_id=1e3',
        'consultation_id=9007199254740993',
        'user_id=1',
      ].map((query) => read(`/api/v1/payments?${query}`)),
    ],
    [
      'methods that are not there',
      ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'LOCK'].flatMap((method) =>
        [
          '/api/v1/payments',
          `/api/v1/payments/${g.pending_id}`,
          `/api/v1/payments/${g.pending_id}/confirm`,
          '/api/login',
        ].map((path) => ({ method, path, token: g.staff })),
      ),
    ],
  ];
}
