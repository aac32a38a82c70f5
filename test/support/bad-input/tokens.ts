import { SignJWT, UnsecuredJWT } from 'jose';
import { TEST_SECRET } from '../database.js';
import type { RawRequest } from '../raw-http.js';
import { asJson, type BadClass, type Ground, targetsOf } from './targets.js';

/** Tokens that are not good; the requests would be, with one that is. The server wants this issuer and audience. */
export async function tokenClasses(g: Ground, wanted: { iss: string; aud: string }): Promise<BadClass[]> {
  const secret = (text: string) => new TextEncoder().encode(text);
  const now = Math.floor(Date.now() / 1_000);
  const claims = { sub: 'forger', role: 'staff', exp: now + 3_600, ...wanted };
  const sign = (change: object, { key = TEST_SECRET, alg = 'HS256' } = {}) =>
    new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg }).sign(secret(key));
  const good = await sign({});
  const [head, payload, signature] = good.split('.') as [string, string, string];
  const forged = Buffer.from(JSON.stringify({ ...claims, role: 'service' })).toString('base64url');
  const header = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const requests = (tokens: (string | undefined)[]): RawRequest[] =>
    tokens.flatMap((token) =>
      targetsOf(g)
        .slice(0, 10)
        .map((t) => ({ ...asJson(t, t.good), token }))
        .concat({ method: 'GET', path: '/api/v1/payments', token, body: undefined } as never),
    );
  return [
    ['no token', requests([undefined])],
    [
      'garbage for a token',
      requests(['', 'x', 'not.a.token', '..', 'a.b.c.d', '\u00ff', 'x'.repeat(8_000), good.slice(0, -3), `${good}x`]),
    ],
    [
      'tokens expired or not valid yet',
      requests([
        await sign({ exp: now - 60 }),
        await sign({ exp: 0 }),
        await sign({ nbf: now + 3_600 }),
        await sign({ exp: undefined }),
      ]),
    ],
    [
      'tokens signed by nobody',
      requests([
        new UnsecuredJWT(claims).encode(),
        `${header({ alg: 'none' })}.${payload}.`,
        `${header({ alg: 'NONE' })}.${payload}.${signature}`,
        `${head}.${payload}.`,
      ]),
    ],
    [
      'tokens of another secret or algorithm',
      requests([
        await sign({}, { key: 'another secret, just as long as the real one is' }),
        await sign({}, { key: TEST_SECRET.repeat(2), alg: 'HS512' }),
        await sign({}, { key: TEST_SECRET.repeat(2), alg: 'HS384' }),
        `${header({ alg: 'RS256' })}.${payload}.${signature}`,
      ]),
    ],
    [
      'tokens without a usable subject',
      requests([
        await sign({ sub: undefined }),
        await sign({ sub: '' }),
        await sign({ sub: 7 }),
        await sign({ sub: 'x'.repeat(256) }),
        await sign({ sub: 'a\u0000b' }),
        await sign({ sub: 'a\ud800' }),
      ]),
    ],
    [
      'roles nobody has, or written in by hand',
      requests([
        await sign({ role: 'root' }),
        await sign({ role: '' }),
        await sign({ role: ['staff'] }),
        await sign({ role: { staff: true } }),
        await sign({ role: 'STAFF' }),
        `${head}.${forged}.${signature}`,
      ]),
    ],
    [
      'tokens of another issuer or audience',
      requests([
        await sign({ iss: 'https://evil.example' }),
        await sign({ iss: undefined }),
        await sign({ aud: 'another' }),
        await sign({ aud: undefined }),
        await sign({ aud: [] }),
      ]),
    ],
  ];
}
