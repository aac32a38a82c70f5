import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { SignJWT } from 'jose';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { type Program, runToEnd, startApi } from '../support/processes.js';

/** Each is searched for, verbatim, in all output of the program. */
const SECRETS = {
  signing: 'sentinel-signing-secret-0123456789abcdef',
  password: 'sentinel-password',
  broken: 'sentinel-in-broken-json',
  query: 'sentinel-in-a-query',
  header: 'sentinel-in-a-header',
  database: 'sentinel-database-password',
  redis: 'sentinel-redis-password',
};

describe('secrets never reach a log', () => {
  let database: TestDatabase;
  let api: Program;
  let role: string;

  beforeAll(async () => {
    database = await createDatabase();
    // A role with a password of its own, so that the address of the database holds a secret worth looking for.
    role = `role_${new URL(database.url).pathname.slice(1)}`;
    await database.query(`CREATE ROLE ${role} LOGIN SUPERUSER PASSWORD '${SECRETS.database}'`);
    const url = Object.assign(new URL(database.url), { username: role, password: SECRETS.database }).href;
    await runToEnd('dist/apps/api/src/migrate.js', { DATABASE_URL: url }, ['--demo']);
    api = await startApi({
      DATABASE_URL: url,
      // Nothing listens there: what is logged about it must not name the password.
      REDIS_URL: `redis://:${SECRETS.redis}@127.0.0.1:1`,
      JWT_SECRET: SECRETS.signing,
      LOGIN_ENABLED: 'true',
      LOG_LEVEL: 'trace',
    });
  });

  afterAll(async () => {
    await api.stop();
    await database.query(`DROP OWNED BY ${role}`);
    await database.query(`DROP ROLE ${role}`);
    await database.drop();
  });

  it('on success and on failure, at the most verbose level', async () => {
    const login = await ask<Schemas['LoggedIn']>(api.url, '/api/login', {
      body: { email: 'staff@test.com', password: 'password' },
    });
    const token = login.body.data.token;
    const forged = await new SignJWT({ role: 'staff' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('x')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode('wrong'.repeat(8)));
    await ask(api.url, '/api/login', { body: { email: 'staff@test.com', password: SECRETS.password } });
    await ask(api.url, '/api/login', { body: { email: 'staff@test.com', password: [SECRETS.password] } });
    await ask(api.url, '/api/login', { body: `{"email": "staff@test.com", "password": "${SECRETS.broken}` });
    await ask(api.url, `/api/v1/consultations?token=${SECRETS.query}`, { token });
    await ask(api.url, '/api/v1/consultations', { token: forged });
    await ask(api.url, '/api/v1/consultations', {
      token,
      headers: { cookie: SECRETS.header, 'x-api-key': SECRETS.header },
    });
    // A server error, with all details of the database's error.
    await database.query('ALTER TABLE products RENAME TO products_gone');
    expect((await ask(api.url, '/api/v1/products', { token, headers: { cookie: SECRETS.header } })).status).toBe(500);
    await database.query('ALTER TABLE products_gone RENAME TO products');

    await eventually(() => api.output().includes('Internal error'), 'the failure is in the log');
    // And yet it says what failed, and where: a code of Postgres and a stack, without the statement's values.
    const failure = api
      .output()
      .split('\n')
      .find((line) => line.includes('Internal error'))!;
    expect(JSON.parse(failure)).toMatchObject({
      err: { type: 'QueryFailedError', code: '42P01', stack: expect.stringContaining(' at ') },
    });
    await eventually(() => api.output().includes('Redis: node is down'), 'Redis is reported away');
    const log = api.output();
    for (const [name, value] of Object.entries(SECRETS))
      expect({ name, found: log.includes(value) }).toEqual({ name, found: false });
    for (const secret of [token, forged]) expect(log).not.toContain(secret.split('.')[2]);
  });

  it('and clients never see internal error details', async () => {
    const login = await ask<Schemas['LoggedIn']>(api.url, '/api/login', {
      body: { email: 'patient@test.com', password: 'password' },
    });
    await database.query('ALTER TABLE products RENAME TO products_gone');
    const reply = await ask(api.url, '/api/v1/products', { token: login.body.data.token });
    await database.query('ALTER TABLE products_gone RENAME TO products');
    expect(reply.body).toEqual({
      status_code: 500,
      code: 'INTERNAL_ERROR',
      error: 'Internal error',
      message: expect.any(String),
      request_id: reply.headers.get('x-request-id'),
    });
  });
});

describe('a start that cannot succeed', () => {
  const REFUSED = 'postgres://user:sentinel-database-password@127.0.0.1:1/payonce';

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    [
      'nothing configured',
      { JWT_SECRET: '' },
      /^The configuration cannot be used:\n {2}- DATABASE_URL is missing.*\n {2}- JWT_SECRET is missing.*\n$/,
    ],
    [
      'an address that is none',
      { DATABASE_URL: 'sentinel-database-password' },
      /^The configuration cannot be used:\n {2}- DATABASE_URL must look like/,
    ],
    [
      'a database that is not there',
      { DATABASE_URL: REFUSED },
      /^Nothing answers at the address in DATABASE_URL\. [^\n]+\n$/,
    ],
    [
      'a host that is unknown',
      { DATABASE_URL: 'postgres://u:p@nowhere.invalid/x' },
      /^The host in DATABASE_URL [^\n]+\n$/,
    ],
    [
      'a wrong password',
      { DATABASE_URL: 'SERVER:sentinel-database-password' },
      /^Postgres refuses the user (or the password )?in DATABASE_URL( \(or PGPASSWORD\))?\. [^\n]+\n$/,
    ],
  ])('with %s: one sentence without a stack trace, exit code 1', async (_name, env, sentence) => {
    const server = new URL(process.env.TEST_DATABASE_URL!);
    if (env.DATABASE_URL?.startsWith('SERVER:')) {
      env = {
        DATABASE_URL: Object.assign(new URL(server), {
          username: 'nobody_known',
          password: 'sentinel-database-password',
        }).href,
      };
    }
    for (const script of ['dist/apps/api/src/main.js', 'dist/apps/worker/src/main.js']) {
      const { code, output } = await runToEnd(script, env);
      expect(code).toBe(1);
      expect(output).toMatch(sentence);
      expect(output).not.toMatch(/sentinel|\n\s+at /);
    }
  });

  it('on a port in use: names the port and what to do', async () => {
    const database = await createDatabase();
    const first = await startApi({ DATABASE_URL: database.url });
    const { port } = new URL(first.url);
    const { code, output } = await runToEnd('dist/apps/api/src/main.js', { DATABASE_URL: database.url, PORT: port });
    expect({ code, output }).toEqual({
      code: 1,
      output: `Port ${port} is in use. Stop the program that uses it, or choose another: PORT=${Number(port) + 1} npm start\n`,
    });
    await first.stop();
    await database.drop();
  });
});
