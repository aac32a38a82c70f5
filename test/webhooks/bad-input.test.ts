import net from 'node:net';
import { gzipSync } from 'node:zlib';
import Stripe from 'stripe';
import { FEE, openShop, type Shop } from '../stripe/support/shop.js';
import { WEBHOOK_SECRET } from '../support/simulator.js';

const OLD_SECRET = 'whsec_before_the_rotation';
const PATH = '/api/v1/webhooks/stripe';
const MIB = 1024 * 1024;

const stripe = new Stripe('sk_test_x');

/** One request, and what may come of it. */
interface Case {
  readonly name: string;
  readonly answers: readonly number[];
  /** Whether a row of the inbox may come of it. */
  readonly stored?: boolean;
  send(): Promise<{ status: number; text: string }>;
}

interface Sending {
  readonly payload?: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly method?: string;
}

let count = 0;
const now = () => Math.floor(Date.now() / 1_000);

/** A session of a payment of ours that an attacker wants completed. */
let payment_id = 0;
let session_id = '';

const eventOf = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: `evt_bad_${(count += 1)}`,
  object: 'event',
  api_version: '2026-09-30.endive',
  created: now(),
  livemode: false,
  type: 'checkout.session.completed',
  data: { object: sessionOf() },
  ...change,
});
const sessionOf = () => ({
  id: session_id,
  object: 'checkout.session',
  payment_status: 'paid',
  status: 'complete',
  amount_total: FEE,
  currency: 'idr',
  payment_intent: 'pi_made_up',
  client_reference_id: String(payment_id),
  metadata: { purchaseId: String(payment_id) },
});
const sign = (payload: string, change: { secret?: string; timestamp?: number; scheme?: string } = {}) =>
  stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET, ...change });

describe('bad input to the webhook', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop({ STRIPE_WEBHOOK_SECRET: `${WEBHOOK_SECRET},${OLD_SECRET}` });
    const created = await shop.create(await shop.consultation());
    payment_id = created.body.data.payment_id;
    session_id = created.body.data.checkout.session_id;
  });
  afterAll(() => shop.close());

  const send = async ({ payload, headers = {}, method = 'POST' }: Sending) => {
    const response = await fetch(`${shop.api.url}${PATH}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(payload === undefined ? {} : { body: payload }),
    });
    return { status: response.status, text: await response.text() };
  };
  const signed = (payload: string, how: Parameters<typeof sign>[1] = {}, headers: Record<string, string> = {}) =>
    send({ payload, headers: { 'stripe-signature': sign(payload, how), ...headers } });

  /** Over a raw socket, since every HTTP client would correct it. The server closes the connection, or has two seconds. */
  const raw = (head: readonly string[], body: string | Buffer) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { hostname, port } = new URL(shop.api.url);
      const socket = net.connect(Number(port), hostname);
      let said = '';
      const done = () => {
        socket.destroy();
        const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0);
        resolve({ status, text: said.split('\r\n\r\n')[1] ?? '' });
      };
      socket.setTimeout(2_000, done);
      socket.on('data', (chunk) => (said += chunk.toString('utf8')));
      socket.on('end', done);
      socket.on('error', reject);
      socket.write([...head, '', ''].join('\r\n'));
      socket.write(body);
    });
  const line = (...more: string[]) => [`POST ${PATH} HTTP/1.1`, 'host: x', 'connection: close', ...more];

  const rows = async () => {
    const [row] = await shop.database.query<Record<string, number>>(
      `SELECT (SELECT count(*) FROM payments)::int AS payments, (SELECT count(*) FROM charges)::int AS charges,
              (SELECT count(*) FROM refunds)::int AS refunds, (SELECT count(*) FROM disputes)::int AS disputes,
              (SELECT count(*) FROM credit_notes)::int AS credit_notes,
              (SELECT count(*) FROM payments WHERE status = 'pending' AND NOT processing)::int AS pending`,
    );
    return row!;
  };
  const inbox = async () =>
    (await shop.database.query<{ n: number }>('SELECT count(*)::int AS n FROM webhook_events'))[0]!.n;

  const table: { class: string; cases: number; answers: string }[] = [];

  /** Sends each and looks at the answer, then at what is in the database. */
  const holds = async (name: string, cases: readonly Case[]) => {
    const seen: number[] = [];
    for (const one of cases) {
      const before = { rows: await rows(), inbox: await inbox() };
      const { status, text } = await one.send();
      seen.push(status);
      const told = `${one.name}: ${status} ${text.slice(0, 200)}`;
      expect([told, one.answers.includes(status)]).toEqual([told, true]);
      const body = JSON.parse(text) as Record<string, unknown>;
      const members = ['status_code', 'message', 'request_id', ...(status < 400 ? ['data'] : ['code', 'error'])];
      expect([told, Object.keys(body)]).toEqual([told, expect.arrayContaining(members)]);
      expect(body.status_code).toBe(status);
      expect([told, await rows()]).toEqual([told, before.rows]);
      if (!one.stored) expect([told, await inbox()]).toEqual([told, before.inbox]);
    }
    const answers = [...new Set(seen)].map((status) => `${seen.filter((is) => is === status).length} × ${status}`);
    table.push({ class: name, cases: cases.length, answers: answers.join(', ') });
  };

  afterAll(() => {
    const total = table.reduce((sum, row) => sum + row.cases, 0);
    process.stdout.write(
      `\nBad input to the webhook: ${total} cases\n${table
        .map((row) => `  ${row.class.padEnd(34)} ${String(row.cases).padStart(3)}   ${row.answers}`)
        .join('\n')}\n`,
    );
  });

  it('not signed by Stripe: 400, and nothing is written', async () => {
    const payload = JSON.stringify(eventOf());
    const good = sign(payload);
    const two = sign(payload, { secret: 'whsec_x' }).split(',')[1]!;
    const refused = (name: string, sending: Sending): Case => ({ name, answers: [400], send: () => send(sending) });
    const header = (name: string, signature: string) =>
      refused(name, { payload, headers: { 'stripe-signature': signature } });
    const at = (off: number) => sign(payload, { timestamp: now() + off });
    await holds('not signed', [
      refused('no header', { payload }),
      header('an empty one', ''),
      header('noise', 'v1'),
      header('another secret', sign(payload, { secret: 'whsec_else' })),
      header('an empty secret', sign(payload, { secret: '' })),
      header('v0 only', sign(payload, { scheme: 'v0' })),
      header('v1 renamed', good.replace('v1=', 'v2=')),
      header('no moment', good.replace(/^t=\d+,/, '')),
      header('a moment put in front', `t=${now()},${at(-1_000)}`),
      header('two signatures, both wrong', `t=${now()},${two},${two}`),
      header(
        'the signature in upper case',
        good.replace(/v1=.*/, (v1) => `v1=${v1.slice(3).toUpperCase()}`),
      ),
      header('half of it', good.slice(0, -8)),
      header('stale by a second', at(-302)),
      header('an hour old', at(-3_600)),
      header('a day in the future', at(86_400)),
      header('six minutes in the future', at(360)),
      header('of another payload', sign('{}')),
      refused('a byte changed', {
        payload: payload.replace('"paid"', '"pais"'),
        headers: { 'stripe-signature': good },
      }),
      refused('a space at the end', { payload: `${payload} `, headers: { 'stripe-signature': good } }),
      refused('written anew', {
        payload: JSON.stringify(JSON.parse(payload), null, 2),
        headers: { 'stripe-signature': good },
      }),
      refused('no body', { headers: { 'stripe-signature': sign('') } }),
      refused('a token instead', { payload, headers: { authorization: `Bearer ${shop.staff.token}` } }),
      {
        name: 'two headers, one of them good',
        answers: [400],
        send: () =>
          raw(
            line(
              'content-type: application/json',
              `stripe-signature: t=${now()},v1=00`,
              `stripe-signature: ${good}`,
              `content-length: ${Buffer.byteLength(payload)}`,
            ),
            payload,
          ),
      },
    ]);
  });

  it('during the rotation of a secret: both secrets are accepted, alone and together', async () => {
    const taken = (name: string, signature: (payload: string) => string): Case => ({
      name,
      answers: [200],
      stored: true,
      send: () => {
        const payload = JSON.stringify(eventOf({ type: 'invoice.paid' }));
        return send({ payload, headers: { 'stripe-signature': signature(payload) } });
      },
    });
    await holds('in a rotation', [
      taken('the new one', (payload) => sign(payload)),
      taken('the old one', (payload) => sign(payload, { secret: OLD_SECRET })),
      taken('both', (payload) => `${sign(payload)},${sign(payload, { secret: OLD_SECRET }).split(',')[1]!}`),
      taken('one wrong, one right', (payload) => sign(payload).replace('v1=', `v1=${'0'.repeat(64)},v1=`)),
      taken('with a v0 beside it', (payload) => `${sign(payload)},v0=abc`),
    ]);
  });

  it('signed, but not an event: 400, and nothing is written', async () => {
    const malformed = (name: string, payload: string): Case => ({ name, answers: [400], send: () => signed(payload) });
    const without = (...names: string[]) =>
      JSON.stringify(Object.fromEntries(Object.entries(eventOf()).filter(([name]) => !names.includes(name))));
    await holds('signed, no event', [
      malformed('not JSON', 'nonsense'),
      malformed('half of it', JSON.stringify(eventOf()).slice(0, -1)),
      malformed('an array', JSON.stringify([eventOf()])),
      malformed('a number', '5'),
      malformed('a text', '"evt_1"'),
      malformed('null', 'null'),
      malformed('an empty object', '{}'),
      malformed('no id', without('id')),
      malformed('no type', without('type')),
      malformed('an empty id', JSON.stringify(eventOf({ id: '' }))),
      malformed('an empty type', JSON.stringify(eventOf({ type: '' }))),
      malformed('an id of 256 characters', JSON.stringify(eventOf({ id: 'e'.repeat(256) }))),
      malformed('a type of 256 characters', JSON.stringify(eventOf({ type: 't'.repeat(256) }))),
      malformed('an id that is a number', JSON.stringify(eventOf({ id: 5 }))),
      malformed('a type that is an object', JSON.stringify(eventOf({ type: {} }))),
      malformed('NUL in the id', JSON.stringify(eventOf({ id: 'evt_\u0000' }))),
      malformed('NUL in the type', JSON.stringify(eventOf({ type: 'invoice.\u0000' }))),
      malformed('half a pair in the id', JSON.stringify(eventOf({ id: 'evt_\ud800' }))),
      malformed('half a pair in the type', JSON.stringify(eventOf({ type: 'x.\udfff' }))),
      malformed('a byte order mark', `\uFEFF${JSON.stringify(eventOf())}`),
      malformed('NUL after it', `${JSON.stringify(eventOf())}\u0000`),
      malformed('two of them', JSON.stringify(eventOf()).repeat(2)),
      malformed('UTF-16', Buffer.from(JSON.stringify(eventOf()), 'utf16le').toString('utf8')),
    ]);
  });

  it('signed events that do not concern us: stored, and nothing is applied', async () => {
    const kept = (name: string, change: Record<string, unknown>): Case => ({
      name,
      answers: [200],
      stored: true,
      send: () => signed(JSON.stringify(eventOf(change))),
    });
    const object = (name: string, value: unknown, type = 'checkout.session.completed') =>
      kept(name, { type, data: { object: value } });
    const session = (name: string, change: Record<string, unknown>) => object(name, { ...sessionOf(), ...change });
    await holds('signed, of odd form', [
      kept('no data', { data: undefined }),
      kept('data is null', { data: null }),
      kept('data is a text', { data: 'x' }),
      kept('data is an array', { data: [sessionOf()] }),
      kept('no object', { data: {} }),
      object('object is null', null),
      object('object is a number', 5),
      object('object is an array', [sessionOf()]),
      object('an object without id', { object: 'checkout.session', metadata: { purchaseId: String(payment_id) } }),
      object('an object whose id is an object', { id: {}, metadata: {} }),
      object('NUL in the id of an object', { id: 'cs_\u0000', object: 'checkout.session' }),
      object('half a pair in the id of an object', { id: 'cs_\ud800', object: 'checkout.session' }),
      object(
        'NUL in a refund',
        { id: 're_\u0000', payment_intent: 'pi_\u0000', charge: 'ch_\u0000' },
        'refund.updated',
      ),
      object('a refund with nothing in it', { id: 're_x' }, 'refund.created'),
      object('a refund of nothing', { id: 're_y', payment_intent: null, charge: null, status: null }, 'refund.failed'),
      object('a dispute with nothing in it', { id: 'dp_x' }, 'charge.dispute.created'),
      object('a dispute of odd members', { id: 'dp_y', charge: [], payment_intent: 5 }, 'charge.dispute.closed'),
      object('a session with nothing in it', { id: 'cs_x' }),
      {
        name: 'nested 5000 deep',
        answers: [200],
        stored: true,
        // Put in as text: what would write it walks as deep as what would read it.
        send: () =>
          signed(
            JSON.stringify(eventOf({ data: { object: { ...sessionOf(), metadata: '@deep' } } })).replace(
              '"@deep"',
              '['.repeat(5_000) + ']'.repeat(5_000),
            ),
          ),
      },
      session('a purchase that is a number', { metadata: { purchaseId: 7 } }),
      session('a purchase with NUL', { metadata: { purchaseId: '1\u0000' } }),
      session('a purchase beyond bigint', { metadata: { purchaseId: '9'.repeat(30) } }),
      session('a purchase that is not there', { id: 'cs_none', metadata: { purchaseId: '999999999' } }),
      session('a purchase of injected SQL', { id: 'cs_sql', metadata: { purchaseId: "1'; DROP TABLE payments" } }),
      session('metadata is null, and the session is not ours', { id: 'cs_none', metadata: null }),
      kept('a text with NUL', { note: 'a\u0000b', type: 'invoice.paid' }),
      kept('half pairs in a text', { note: '\ud800 \udfff', type: 'invoice.paid' }),
      kept('a type of the future', { type: 'checkout.session.teleported' }),
      kept('a type like a member of every object', { type: '__proto__' }),
      kept('a thin event of API v2', {
        object: 'v2.core.event',
        type: 'v2.core.account.updated',
        data: undefined,
        related_object: { id: 'acct_1', type: 'v2.core.account', url: '/v2/core/accounts/acct_1' },
      }),
      kept('a thin event of a type that we act on', { object: 'v2.core.event', data: undefined }),
      kept('livemode', { livemode: true }),
      kept('livemode is a text', { livemode: 'false' }),
      kept('no livemode', { livemode: undefined }),
      kept('an id of 255 characters', { id: 'e'.repeat(255), type: 'invoice.paid' }),
      kept('a reserved name in it', { type: 'invoice.paid', constructor: { prototype: { polluted: true } } }),
      {
        name: 'a name twice: the last one counts, as everywhere',
        answers: [200],
        stored: true,
        send: () =>
          signed(JSON.stringify(eventOf()).replace('{', '{"type":"refund.created",').replace('.completed', '.none')),
      },
      {
        name: '__proto__ in it',
        answers: [200],
        stored: true,
        send: () => signed(JSON.stringify(eventOf({ type: 'invoice.paid' })).replace('{', '{"__proto__":{"id":"x"},')),
      },
      kept('a day old, freshly signed', { created: now() - 86_400, type: 'invoice.paid' }),
    ]);
  });

  it('a session’s status is read from Stripe: a forged payment of a real session completes nothing', async () => {
    await holds('signed, and not true', [
      { name: 'paid', answers: [200], stored: true, send: () => signed(JSON.stringify(eventOf())) },
      {
        name: 'paid late',
        answers: [200],
        stored: true,
        send: () => signed(JSON.stringify(eventOf({ type: 'checkout.session.async_payment_succeeded' }))),
      },
    ]);
  });

  it('too large, unsigned, another content type or method, a wrong length: refused, and nothing is written', async () => {
    const sized = (bytes: number) => {
      const event = eventOf({ type: 'invoice.paid', pad: '' });
      const short = JSON.stringify(event).length;
      return JSON.stringify({ ...event, pad: 'x'.repeat(bytes - short) });
    };
    const typed = (type: string): Case => ({
      name: type,
      answers: [400],
      send: () =>
        send({
          payload: JSON.stringify(eventOf()),
          headers: { 'content-type': type, 'stripe-signature': 't=1,v1=00' },
        }),
    });
    // A signed body is authentic, whatever its content type.
    const signedAs = (type: string): Case => ({
      name: `${type}, signed`,
      answers: [200],
      stored: true,
      send: () => signed(JSON.stringify(eventOf({ type: 'invoice.paid' })), {}, { 'content-type': type }),
    });
    const method = (name: string): Case => ({
      name,
      answers: [404],
      send: () => send({ method: name, ...(name === 'GET' ? {} : { payload: '{}' }) }),
    });
    await holds('size', [
      { name: 'just under 1 MiB', answers: [200], stored: true, send: () => signed(sized(MIB)) },
      { name: 'just over 1 MiB', answers: [413], send: () => signed(sized(MIB + 1)) },
      { name: '3 MiB', answers: [413], send: () => signed(sized(3 * MIB)) },
    ]);
    await holds('content type', [
      typed('text/plain'),
      typed('application/x-www-form-urlencoded'),
      typed('multipart/form-data; boundary=x'),
      typed('application/xml'),
      typed('nonsense'),
      signedAs('text/plain'),
      signedAs('application/xml'),
      {
        name: 'no type and no signature',
        answers: [400],
        send: () => raw(line(`content-length: 2`), '{}'),
      },
      {
        name: 'no type, no signature, no body',
        answers: [400],
        send: () => raw(line('content-length: 0'), ''),
      },
      {
        name: 'with a charset',
        answers: [200],
        stored: true,
        send: () =>
          signed(
            JSON.stringify(eventOf({ type: 'invoice.paid' })),
            {},
            { 'content-type': 'application/json; charset=utf-8' },
          ),
      },
    ]);
    await holds('method', ['GET', 'PUT', 'PATCH', 'DELETE'].map(method));

    const payload = JSON.stringify(eventOf());
    const json = 'content-type: application/json';
    const signature = `stripe-signature: ${sign(payload)}`;
    const bytes = Buffer.byteLength(payload);
    const zipped = gzipSync(payload);
    await holds('by raw socket', [
      {
        name: 'a length that is too short',
        answers: [400],
        send: () => raw(line(json, signature, `content-length: ${bytes - 10}`), payload),
      },
      {
        name: 'a length that is no number',
        answers: [400],
        send: () => raw(line(json, signature, 'content-length: many'), payload),
      },
      {
        name: 'a length below zero',
        answers: [400],
        send: () => raw(line(json, signature, 'content-length: -5'), payload),
      },
      {
        name: 'two lengths',
        answers: [400],
        send: () => raw(line(json, signature, `content-length: ${bytes}`, 'content-length: 5'), payload),
      },
      {
        name: 'a length and chunks',
        answers: [400],
        send: () => raw(line(json, signature, `content-length: ${bytes}`, 'transfer-encoding: chunked'), `0\r\n\r\n`),
      },
      {
        name: 'chunks that are none',
        answers: [400],
        send: () => raw(line(json, signature, 'transfer-encoding: chunked'), 'zz\r\nnonsense\r\n'),
      },
      {
        name: 'gzip, said so',
        answers: [400, 415],
        send: () => raw(line(json, signature, 'content-encoding: gzip', `content-length: ${zipped.length}`), zipped),
      },
      {
        name: 'gzip, its bytes signed',
        answers: [400, 415],
        send: () =>
          raw(
            line(json, `stripe-signature: ${sign(zipped.toString('latin1'))}`, `content-length: ${zipped.length}`),
            zipped,
          ),
      },
      {
        name: 'announced larger than we take',
        answers: [413],
        send: () => raw(line(json, signature, `content-length: ${50 * MIB}`), payload),
      },
    ]);
  });

  it('an incomplete body ends in the request timeout, and does not block the process', async () => {
    const before = { rows: await rows(), inbox: await inbox() };
    const payload = JSON.stringify(eventOf());
    const head = [`content-length: ${payload.length + 100}`, `stripe-signature: ${sign(payload)}`];
    const { status } = await raw(line('content-type: application/json', ...head), payload);
    // Two seconds are too few for the timeout of ten; what matters is that it has no effect.
    expect([0, 408]).toContain(status);
    expect({ rows: await rows(), inbox: await inbox() }).toEqual(before);
  });

  it('after more than sixty cases: the same process is alive, and applies a valid event', async () => {
    expect(table.reduce((sum, row) => sum + row.cases, 0)).toBeGreaterThanOrEqual(60);
    expect(shop.api.child.exitCode).toBeNull();
    await shop.pay(session_id);
    await shop.sweepUntil(
      'the payment is completed',
      async () => (await shop.payment(payment_id)).status === 'completed',
    );
    expect((await shop.payment(payment_id)).charges).toEqual([`accepted ${FEE} 0`]);
    expect(shop.api.output()).not.toContain('"level":60');
  });
});
