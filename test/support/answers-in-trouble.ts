import { generateKeyPair, SignJWT } from 'jose';
import { createDatabase, type TestDatabase } from './database.js';
import { eventually } from './eventually.js';
import type { AnswerRecorder } from './recorded-answers.js';
import { createPerson } from './people.js';
import { startApi } from './processes.js';
import { proxyTo, through } from './proxy.js';

/** As many as may watch the audit log at once. */
const MAX_WATCHERS = 20;

/** Answers of the API when a dependency is unavailable, and when it is overloaded. */
export async function recordTrouble(recorder: AnswerRecorder): Promise<void> {
  const database = await createDatabase();
  const { token } = await createPerson(database, 'staff');
  try {
    await withoutIdentityProvider(database, recorder);
    await restored(database, token, recorder);
    await withoutPostgres(database, token, recorder);
  } finally {
    await database.drop();
  }
}

/** A caller identified just before the epoch changes, who writes just after. */
async function restored(database: TestDatabase, token: string, recorder: AnswerRecorder): Promise<void> {
  const api = await startApi({ DATABASE_URL: database.url });
  const ask = (route: string, body?: unknown) =>
    recorder.ask(api.url, route, route.split(' ')[1]!, { token, who: 'trouble', ...(body ? { body } : {}) });
  try {
    await eventually(async () => {
      await ask('GET /api/v1/payments');
      await database.query('SELECT start_new_epoch()');
      return (await ask('POST /api/v1/checkout', { product_id: 'plan' })).body.code === 'DATABASE_RESTORED';
    }, 'it is answered before the process has noticed');
  } finally {
    await api.stop();
  }
}

async function withoutPostgres(database: TestDatabase, token: string, recorder: AnswerRecorder): Promise<void> {
  const proxy = await proxyTo(new URL(database.url).hostname, Number(new URL(database.url).port));
  const api = await startApi({
    DATABASE_URL: through(proxy, database.url),
    REDIS_URL: 'redis://127.0.0.1:9',
    IDEMPOTENCY_KEY_REQUIRED: 'true',
  });
  const ask = (route: string, body?: unknown, headers = {}) =>
    recorder.ask(api.url, route, route.split(' ')[1]!, { token, headers, who: 'trouble', ...(body ? { body } : {}) });
  try {
    await ask('GET /api/v1/health');
    await ask('POST /api/v1/checkout', { product_id: 'plan' });
    await ask('POST /api/login', { email: 'nobody@test.com', password: 'x' });
    await ask('GET /api/v1/products', undefined, { 'x-much': 'x'.repeat(20_000) });
    await recorder.ask(api.url, 'GET /api/docs/:file', '/api/docs/none');
    await tooManyWatch(api.url, token, recorder);
    await proxy.pull();
    for (const path of ['health', 'health/ready', 'payments', 'products']) await ask(`GET /api/v1/${path}`);
    await ask('POST /api/v1/products', { id: 'plan', name: 'Plan', price: 1 });
  } finally {
    await api.stop();
    await proxy.end();
  }
}

async function tooManyWatch(url: string, token: string, recorder: AnswerRecorder): Promise<void> {
  const leave = new AbortController();
  for (let n = 0; n <= MAX_WATCHERS; n++) {
    const stream = await fetch(`${url}/api/v1/ops/live`, {
      headers: { authorization: `Bearer ${token}` },
      signal: leave.signal,
    });
    const { status, headers } = stream;
    const body: unknown = status === 200 ? undefined : await stream.json();
    const type = headers.get('content-type') ?? '';
    recorder.answers.push({ route: 'GET /api/v1/ops/live', who: 'staff', status, type, headers, body });
  }
  leave.abort();
}

async function withoutIdentityProvider(database: TestDatabase, recorder: AnswerRecorder): Promise<void> {
  const api = await startApi({ DATABASE_URL: database.url, JWT_JWKS_URL: 'http://127.0.0.1:9/keys', JWT_SECRET: '' });
  const { privateKey } = await generateKeyPair('ES256');
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setSubject('somebody')
    .setExpirationTime('1h')
    .sign(privateKey);
  try {
    await recorder.ask(api.url, 'GET /api/v1/payments', '/api/v1/payments', { token, who: 'trouble' });
  } finally {
    await api.stop();
  }
}
