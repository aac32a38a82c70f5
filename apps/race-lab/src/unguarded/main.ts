import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { requireOwnSchema } from './schema.js';

/**
 * A payments program as it is often written first, for the race lab alone: it looks for a payment, asks Stripe for a
 * page, and stores the payment. One request after the other it is right. It has no idempotency keys, no row lock, no
 * unique index, no inbox, and sends Stripe no key. With `REDIS_URL` it has a lock, and goes on without it when Redis
 * does not answer.
 *
 * The lab gives it connections that look for tables in one schema only (schema.ts); others are refused. If the
 * database user may create roles, these connections also have a role without a right on anything else. The user of
 * `npm start` may not: there, only the schema keeps the program from other tables.
 */
const db = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 8,
  verify: (client, done) => void requireOwnSchema(client).then(() => done(), done),
});

/** The answer of a Redis on this machine takes a millisecond. */
const LOCK_TIMEOUT_MS = 300;
/** Longer than any attack holds Stripe. */
const LOCK_LEASE_MS = 30_000;

interface Answer {
  readonly status: number;
  readonly body: object;
}

interface PayRequest {
  readonly consultation_id: number;
  readonly amount: number;
}

async function pay({ consultation_id, amount }: PayRequest, request_id: string): Promise<Answer> {
  const release = await lock(`race_lab_unguarded:${consultation_id}`, request_id);
  try {
    const { rows } = await db.query<{ id: number; session_id: string }>(
      'SELECT id, session_id FROM payments WHERE consultation_id = $1 ORDER BY id LIMIT 1',
      [consultation_id],
    );
    const [found] = rows;
    if (found) {
      log('Payment found', { request_id, payment_id: found.id });
      return { status: 409, body: { code: 'PAYMENT_EXISTS', data: dataOf(found) } };
    }
    log('No payment found', { request_id });
    const session_id = await createSession(amount);
    const stored = await db.query<{ id: number }>(
      'INSERT INTO payments (consultation_id, amount, session_id) VALUES ($1, $2, $3) RETURNING id',
      [consultation_id, amount, session_id],
    );
    const id = stored.rows[0]!.id;
    log('Payment stored', { request_id, payment_id: id });
    return { status: 201, body: { data: dataOf({ id, session_id }) } };
  } finally {
    await release();
  }
}

const dataOf = ({ id, session_id }: { id: number; session_id: string }) => ({
  payment_id: id,
  checkout: { session_id },
});

/** @returns its release. Held by somebody else, it is asked for again until they release it. */
async function lock(key: string, request_id: string): Promise<() => Promise<unknown>> {
  const none = async () => undefined;
  if (!process.env.REDIS_URL) return none;
  const { Redis } = await import('ioredis');
  const redis = new Redis(process.env.REDIS_URL.split(',')[0]!, { retryStrategy: () => null, lazyConnect: true });
  redis.on('error', () => undefined);
  try {
    for (;;) {
      const taken = redis.set(key, request_id, 'PX', LOCK_LEASE_MS, 'NX');
      if ((await inTime(taken)) === 'OK') break;
      await pause(20);
    }
    log('Lock acquired', { request_id });
    return () =>
      inTime(redis.del(key))
        .catch(none)
        .finally(() => redis.disconnect());
  } catch {
    redis.disconnect();
    log('Redis does not answer: going on without the lock', { request_id });
    return none;
  }
}

function inTime<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('Redis does not answer')), LOCK_TIMEOUT_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

async function createSession(amount: number): Promise<string> {
  const answer = await fetch(`${process.env.STRIPE_API_URL}/v1/checkout/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
    body: new URLSearchParams({
      mode: 'payment',
      success_url: 'http://127.0.0.1/paid',
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'idr',
      'line_items[0][price_data][unit_amount]': String(amount),
      'line_items[0][price_data][product_data][name]': 'Consultation',
    }),
  });
  if (!answer.ok) throw new Error(`Stripe answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

interface Event {
  readonly type: string;
  readonly data: { readonly object: { readonly id: string; readonly amount_total: number } };
}

/** Books the money of each event, and acknowledges it whatever came of it. */
async function receive({ type, data: { object } }: Event): Promise<Answer> {
  if (type === 'checkout.session.completed') {
    const { rows } = await db.query<{ id: number }>(
      `UPDATE payments SET status = 'completed' WHERE session_id = $1 RETURNING id`,
      [object.id],
    );
    for (const { id } of rows) {
      await db.query('INSERT INTO bookings (payment_id, amount) VALUES ($1, $2)', [id, object.amount_total]);
      log('Money booked', { payment_id: id });
    }
    if (rows.length === 0) log('No payment has this session', {});
  }
  return { status: 200, body: {} };
}

function log(message: string, more: object): void {
  console.log(JSON.stringify({ message, ...more }));
}

async function answerTo(request: IncomingMessage): Promise<Answer> {
  const body = JSON.parse(await textOf(request)) as unknown;
  if (request.url === '/api/v1/webhooks/stripe') return receive(body as Event);
  return pay(body as PayRequest, String(request.headers['x-request-id']));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part as string;
  return text;
}

const server = createServer((request, response) => {
  void answerTo(request)
    .catch((error: unknown): Answer => {
      log('Request failed', { error: String(error) });
      return { status: 500, body: {} };
    })
    .then(({ status, body }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    );
});
// Opens a connection, so that the program ends here if its tables would be others'.
await db.query('SELECT');
// It must not outlive the lab.
process.once('disconnect', () => process.exit());
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
