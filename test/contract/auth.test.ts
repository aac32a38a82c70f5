import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { createDatabase, TEST_SECRET, type TestDatabase } from '../support/database.js';
import { loadDemoData } from '../support/demo-data.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { tokenFor } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { useStack } from '../support/use-stack.js';
import { startRedis } from '../support/redis.js';

/** What a token may claim, right or wrong. */
type Claims = Record<string, unknown>;

const secret = (text: string) => new TextEncoder().encode(text);
const sign = (payload: Claims, key = TEST_SECRET, alg = 'HS256') =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(secret(key));
const inAnHour = () => Math.floor(Date.now() / 1000) + 3_600;

describe('tokens signed with the shared secret', () => {
  const stack = useStack({ settings: { JWT_ISSUER: 'https://id.example', JWT_AUDIENCE: 'payonce' } });

  const good = (): Claims => ({
    sub: 'somebody',
    role: 'patient',
    exp: inAnHour(),
    iss: 'https://id.example',
    aud: 'payonce',
  });
  const list = (authorization?: string) =>
    ask(stack.api.url, '/api/v1/consultations', { headers: authorization === undefined ? {} : { authorization } });

  it('accepts a valid token, whatever the case of "Bearer"', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER'])
      expect((await list(`${scheme} ${await sign(good())}`)).status).toBe(200);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['expired', () => sign({ ...good(), exp: Math.floor(Date.now() / 1000) - 60 })],
    ['not valid yet', () => sign({ ...good(), nbf: inAnHour() })],
    ['of another issuer', () => sign({ ...good(), iss: 'https://evil.example' })],
    ['for another audience', () => sign({ ...good(), aud: 'another' })],
    ['signed with another secret', () => sign(good(), 'another secret, just as long as the real one is')],
    ['signed with another algorithm', () => sign(good(), TEST_SECRET.repeat(2), 'HS512')],
    ['not signed at all', () => new UnsecuredJWT(good()).encode()],
    ['without an end', () => sign({ ...good(), exp: undefined })],
    ['without a subject', () => sign({ ...good(), sub: undefined })],
    ['with an empty subject', () => sign({ ...good(), sub: '' })],
    ['with a NUL in its subject', () => sign({ ...good(), sub: 'a\u0000b' })],
    ['with a subject of 256 characters', () => sign({ ...good(), sub: 'x'.repeat(256) })],
    ['with an unknown role', () => sign({ ...good(), role: 'root' })],
    ['with a role that is a list', () => sign({ ...good(), role: ['staff'] })],
    ['cut short', async () => (await sign(good())).slice(0, -3)],
    ['garbage', () => 'not.a.token'],
    ['empty', () => ''],
  ])('refuses a token that is %s, without saying why', async (_name, make) => {
    const reply = await list(`Bearer ${await make()}`);
    expect([reply.status, reply.body.code, reply.body.message]).toEqual([401, 'UNAUTHENTICATED', 'Please log in.']);
    expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('refuses a missing header and any other scheme', async () => {
    expect((await list()).status).toBe(401);
    expect((await list('Basic cGF0aWVudDpwYXNzd29yZA==')).status).toBe(401);
  });

  it('treats a token without a role as a patient’s, the role with the fewest rights', async () => {
    const token = await sign({ ...good(), role: undefined });
    const reply = await ask(stack.api.url, '/api/v1/products', { token, body: { id: 'p', name: 'P', price: 1 } });
    expect(reply.status).toBe(403);
  });

  it('creates one user for an unknown subject, even when its fifty first requests arrive at once', async () => {
    const token = await sign({ ...good(), sub: 'a newcomer' });
    const replies = await Promise.all(Array.from({ length: 50 }, () => list(`Bearer ${token}`)));
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200]));
    expect(await stack.database.query(`SELECT count(*)::int FROM users WHERE subject = 'a newcomer'`)).toEqual([
      { count: 1 },
    ]);
  });

  it('a service has the same rights as staff', async () => {
    const token = await sign({ ...good(), role: 'service' });
    const reply = await ask<Schemas['MadeConsultation']>(stack.api.url, '/api/v1/consultations', {
      token,
      body: { patient_subject: 'fed by another system', fee: 100 },
    });
    expect(reply.status).toBe(201);
    expect(reply.body.data.consultation).toMatchObject({ fee: 100, currency: 'idr', status: 'open' });
  });
});

describe('tokens of an identity provider, by its key set', () => {
  let database: TestDatabase;
  let provider: Server;
  let answer: () => { status: number; body: string };
  let api: Program;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  let publicJwk: Awaited<ReturnType<typeof exportJWK>>;

  beforeAll(async () => {
    database = await createDatabase();
    keys = await generateKeyPair('ES256');
    publicJwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256' };
    answer = () => ({ status: 503, body: 'starting' });
    provider = createServer((_request, response) => {
      const { status, body } = answer();
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }).listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const { port } = provider.address() as AddressInfo;
    api = await startApi({ DATABASE_URL: database.url, JWT_SECRET: '', JWT_JWKS_URL: `http://127.0.0.1:${port}/keys` });
  });

  afterAll(async () => {
    await api.stop();
    provider.close();
    await database.drop();
  });

  const signed = (kid = 'k1') =>
    new SignJWT({ role: 'patient' })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject('federated')
      .setExpirationTime('1h')
      .sign(keys.privateKey);
  const list = (token: string) => ask(api.url, '/api/v1/consultations', { token });

  it('answers 503, not 401, while the key set cannot be fetched', async () => {
    const reply = await list(await signed());
    expect([reply.status, reply.body.code]).toEqual([503, 'IDENTITY_PROVIDER_UNAVAILABLE']);
  });

  it('accepts a valid token once the key set is available', async () => {
    answer = () => ({ status: 200, body: JSON.stringify({ keys: [publicJwk] }) });
    expect((await list(await signed())).status).toBe(200);
  });

  it('refuses an unknown key, and the public key used as an HS256 secret', async () => {
    expect((await list(await signed('k2'))).status).toBe(401);
    const confused = await new SignJWT({ role: 'staff' })
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .setSubject('forger')
      .setExpirationTime('1h')
      .sign(secret(JSON.stringify(publicJwk)));
    expect((await list(confused)).status).toBe(401);
  });
});

describe('the demo login', () => {
  const stack = useStack({ beforeStart: loadDemoData, settings: { LOGIN_ENABLED: 'true' } });

  const logIn = (email: string, password: string) =>
    ask<Schemas['LoggedIn']>(stack.api.url, '/api/login', { body: { email, password } });

  it('accepts JSON, whatever the case of the email, and returns a valid token', async () => {
    const reply = await logIn('Patient@Test.com', 'password');
    expect(reply.status).toBe(200);
    const consultations = await ask<Schemas['PageOfConsultations']>(stack.api.url, '/api/v1/consultations', {
      token: reply.body.data.token,
    });
    expect(consultations.body.data.consultations.length).toBeGreaterThanOrEqual(20);
  });

  it('returns the same response for a wrong password and an unknown email', async () => {
    const wrong = await logIn('staff@test.com', 'wrong');
    const unknown = await logIn('nobody@test.com', 'wrong');
    for (const reply of [wrong, unknown]) expect([reply.status, reply.body.code]).toEqual([401, 'INVALID_CREDENTIALS']);
    expect(wrong.body.message).toBe(unknown.body.message);
  });

  it('limits attempts on one account, says when to retry, and does not affect other accounts', async () => {
    const burst = await Promise.all(Array.from({ length: 14 }, (_, n) => logIn('patient2@test.com', `guess ${n}`)));
    const slowed = burst.filter((reply) => reply.status === 429);
    expect([burst.filter((reply) => reply.status === 401).length, slowed.length]).toEqual([10, 4]);
    expect(slowed[0]!.body.code).toBe('TOO_MANY_ATTEMPTS');
    const seconds = Number(slowed[0]!.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await logIn('patient2@test.com', 'password')).status).toBe(429);
    expect((await logIn('patient@test.com', 'password')).status).toBe(200);
  });

  it('counts attempts in Redis across processes, and keeps working while Redis is down', async () => {
    const redis = await startRedis();
    // Patient with Redis: on a busy machine a command may take longer than the usual 150 ms, and would be counted apart.
    const env = {
      DATABASE_URL: stack.database.url,
      REDIS_URL: redis.url,
      REDIS_COMMAND_TIMEOUT_MS: '9000',
      LOCK_WAIT_MS: '10000',
      LOGIN_ENABLED: 'true',
    };
    const two = await Promise.all([startApi(env), startApi(env)]);
    const guess = (n: number) =>
      ask(two[n % 2]!.url, '/api/login', { body: { email: 'staff@test.com', password: 'no' } });
    try {
      // A process listens before its Redis is connected; until then it would count for itself.
      const counted = async (url: string) =>
        (await ask<Schemas['Health']>(url, '/api/v1/health/ready')).body.data.status === 'ready';
      for (const { url } of two) await eventually(() => counted(url), 'it has its Redis');
      const together = await Promise.all(Array.from({ length: 14 }, (_, n) => guess(n)));
      expect(together.filter((reply) => reply.status === 401)).toHaveLength(10);
      await redis.kill();
      expect((await guess(0)).status).toBe(401);
    } finally {
      await Promise.all(two.map((one) => one.stop()));
      await redis.kill();
    }
  });

  it('limits attempts from one address, whatever the account', async () => {
    const replies = await Promise.all(Array.from({ length: 40 }, (_, n) => logIn(`guess-${n}@test.com`, 'password')));
    expect(replies.some((reply) => reply.status === 429)).toBe(true);
  });
});

describe('a token whose role differs from the one in the database', () => {
  const stack = useStack();

  it('is accepted with its own role: the identity provider assigns roles', async () => {
    const promoted = await tokenFor(stack.patient.subject, 'staff');
    const body = { id: 'p', name: 'P', price: 1 };
    const reply = await ask(stack.api.url, '/api/v1/products', { token: promoted, body });
    expect(reply.status).toBe(201);
  });
});
