import { parseConfig } from '#config';
import { MalformedRequest, WebhookSignatureInvalid } from '#errors';
import { VerifyEvent } from '#stripe';
import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import { TEST_SECRET } from '../support/database.js';

const OLD = 'whsec_old';
const NEW = 'whsec_new';
const NOW = 1_700_000_000;

const stripe = new Stripe('sk_test_x');
const verify = new VerifyEvent(
  parseConfig({
    DATABASE_URL: 'postgres://localhost/none',
    JWT_SECRET: TEST_SECRET,
    STRIPE_SECRET_KEY: 'sk_test_x',
    STRIPE_WEBHOOK_SECRET: `${NEW},${OLD}`,
  }),
);
const none = new VerifyEvent(parseConfig({ DATABASE_URL: 'postgres://localhost/none', JWT_SECRET: TEST_SECRET }));

const EVENT = {
  id: 'evt_1',
  object: 'event',
  type: 'refund.updated',
  livemode: false,
  data: { object: { id: 're_1' } },
};
const PAYLOAD = JSON.stringify(EVENT);

const sign = (payload = PAYLOAD, { secret = NEW, timestamp = NOW, scheme = 'v1' } = {}) =>
  stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp, scheme });
const run = (payload: string | Buffer, header: string | undefined, now = NOW) =>
  verify.run(Buffer.from(payload as string), header, now);

describe('verifying the signature', () => {
  it('signed with any configured secret: returns the complete event', () => {
    expect(run(PAYLOAD, sign())).toEqual(EVENT);
    expect(run(PAYLOAD, sign(PAYLOAD, { secret: OLD }))).toEqual(EVENT);
  });

  it('equals a signature computed by hand from Stripe’s documentation', () => {
    const v1 = createHmac('sha256', NEW).update(`${NOW}.${PAYLOAD}`).digest('hex');
    expect(run(PAYLOAD, `t=${NOW},v1=${v1}`)).toEqual(EVENT);
    expect(run(PAYLOAD, `t=${NOW},v1=${'0'.repeat(64)},v1=${v1},v0=abc`)).toEqual(EVENT);
  });

  it.each([-300, -299, 0, 299, 300])('sent %i seconds from now: accepted', (off) => {
    expect(run(PAYLOAD, sign(PAYLOAD, { timestamp: NOW + off }))).toEqual(EVENT);
  });

  it.each([-301, -86_400, 301, 86_400])('sent %i seconds from now: refused', (off) => {
    expect(() => run(PAYLOAD, sign(PAYLOAD, { timestamp: NOW + off }))).toThrow(WebhookSignatureInvalid);
  });

  it('a timestamp put before a signed one does not make it fresh', () => {
    const stale = sign(PAYLOAD, { timestamp: NOW - 1_000 });
    expect(() => run(PAYLOAD, `t=${NOW},${stale}`)).toThrow(WebhookSignatureInvalid);
    expect(() => run(PAYLOAD, `${stale},t=${NOW}`)).toThrow(WebhookSignatureInvalid);
  });

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['no moment', sign().replace(/^t=\d+,/, '')],
    ['no signature', `t=${NOW}`],
    ['an empty signature', `t=${NOW},v1=`],
    ['a moment that is no number', sign().replace(/^t=\d+/, 't=now')],
    ['a moment with a sign', sign().replace(/^t=/, 't=+')],
    ['a moment of many digits', `t=${'9'.repeat(400)},v1=aa`],
    ['only the test scheme', sign(PAYLOAD, { scheme: 'v0' })],
    ['another secret', sign(PAYLOAD, { secret: 'whsec_else' })],
    ['no secret at all', sign(PAYLOAD, { secret: '' })],
    ['another payload', sign('{}')],
    ['half a signature', sign().slice(0, -10)],
    ['letters that are not hexadecimal', `t=${NOW},v1=${'ü'.repeat(64)}`],
    ['noise', '=,=;\u0000,v1'],
    ['a very long text', `t=${NOW},${'v1=aa,'.repeat(10_000)}`],
  ])('%s: refused', (_, header) => {
    expect(() => run(PAYLOAD, header)).toThrow(WebhookSignatureInvalid);
  });

  it('changing any bit of the payload breaks the signature', () => {
    const header = sign();
    for (let at = 0; at < PAYLOAD.length; at++) {
      const bytes = Buffer.from(PAYLOAD);
      bytes[at]! ^= 1;
      expect(() => run(bytes, header)).toThrow(WebhookSignatureInvalid);
    }
  });

  it('bytes that are not UTF-8 are verified as bytes: a payload equal only after decoding is refused', () => {
    const sent = Buffer.concat([Buffer.from(PAYLOAD), Buffer.from([0xff])]);
    expect(() => run(sent, sign(sent.toString('utf8')))).toThrow(WebhookSignatureInvalid);
  });

  it('an empty payload with another payload’s signature is refused', () => {
    expect(() => run('', sign(' '))).toThrow(WebhookSignatureInvalid);
  });

  it('without a secret every signature is refused', () => {
    expect(() => none.run(Buffer.from(PAYLOAD), sign(), NOW)).toThrow(WebhookSignatureInvalid);
    expect(() => none.run(Buffer.from(PAYLOAD), sign(PAYLOAD, { secret: '' }), NOW)).toThrow(WebhookSignatureInvalid);
  });
});

describe('parsing the signed payload', () => {
  const broken: [string, string][] = [
    ['no JSON', 'nonsense'],
    ['half of it', PAYLOAD.slice(0, -1)],
    ['a byte order mark in front', `\uFEFF${PAYLOAD}`],
    ...[null, 1, 'text', [], [EVENT], {}].map((value): [string, string] => [
      JSON.stringify(value),
      JSON.stringify(value),
    ]),
    ...[undefined, null, 1, '', 'x'.repeat(256), 'evt_\u0000', 'evt_\ud800', 'evt 1', {}, []].map(
      (id): [string, string] => [`id ${JSON.stringify(id)?.slice(0, 20)}`, JSON.stringify({ ...EVENT, id })],
    ),
    ...[undefined, null, 1, '', 'x'.repeat(256), 'refund\u0000', 'ref\ud800und', {}].map((type): [string, string] => [
      `type ${JSON.stringify(type)?.slice(0, 20)}`,
      JSON.stringify({ ...EVENT, type }),
    ]),
  ];

  it.each(broken)('%s: malformed, whatever the signature', (_, payload) => {
    expect(() => run(payload, sign(payload))).toThrow(MalformedRequest);
    expect(() => run(payload, undefined)).toThrow(WebhookSignatureInvalid);
  });

  it.each([
    {},
    { data: null },
    { data: { object: 5 } },
    { livemode: 'yes' },
    { type: 'of.the.future' },
    { id: 'x'.repeat(255) },
  ])('other fields are checked by the event handler: %j passes', (change) => {
    const payload = JSON.stringify({ ...EVENT, ...change });
    expect(run(payload, sign(payload))).toEqual({ ...EVENT, ...change });
  });
});

describe('a header with two timestamps', () => {
  // Near enough to each other that the SDK compares the signed one with the fresh one, and finds it in time.
  const stale = sign(PAYLOAD, { timestamp: NOW - 400 });

  it.each([
    ['before', `t=${NOW - 150},${stale}`],
    ['after', `${stale},t=${NOW - 150}`],
  ])('is refused, however near the fresh one %s the signed one is', (_where, header) => {
    expect(() => run(PAYLOAD, header)).toThrow(WebhookSignatureInvalid);
  });
});
