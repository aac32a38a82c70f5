import fc from 'fast-check';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { newSession } from './support/purchases.js';

let simulator: TestSimulator;
let ids: string[];
beforeAll(async () => {
  simulator = await startSimulator();
  const stripe = simulator.stripe();
  const { id } = await newSession(stripe);
  const { payment_intent } = await simulator.sim<any>(`sessions/${id}/pay`, {});
  ids = [id, payment_intent, (await stripe.charges.list()).data[0]!.id, 'cs_test_x', ''];
});
afterAll(() => simulator.stop());

/** Another one each time, unless FUZZ_SEED repeats one. */
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Names that mean something somewhere, and names that mean too much to JavaScript. */
const NAMES = `mode line_items success_url cancel_url expires_at metadata payment_intent_data currency expand locale
  client_reference_id limit starting_after ending_before created payment_intent charge amount reason types type status
  delivery_success customer_details email quantity price_data unit_amount product_data name description gte lt 0 1 99
  discounts subscription payment_method_types __proto__ constructor toString hasOwnProperty length`.split(/\s+/);

const WORDS = [
  ...`payment idr usd http://x.test/{CHECKOUT_SESSION_ID} 5000 0 -1 1.5 1e9 99999999999999999999 NaN true false null {} []
    payment_intent.latest_charge data.line_items line_items.data.price data . .. duplicate complete charge.* * % 💥`.split(
    /\s+/,
  ),
  '',
  ' ',
  '\0',
  'x'.repeat(600),
];

const PATHS = `/v1/checkout/sessions /v1/checkout/sessions/ID /v1/checkout/sessions/ID/expire
  /v1/checkout/sessions/ID/line_items /v1/payment_intents /v1/payment_intents/ID /v1/charges /v1/charges/ID /v1/refunds
  /v1/refunds/ID /v1/refunds/ID/cancel /v1/disputes /v1/disputes/ID /v1/events /v1/events/ID /v1/balance /v1/
  /v1/nothing`.split(/\s+/);

/** What Stripe takes: a session that would open, with some of the rest of its parameters. */
const GOOD =
  'mode=payment&success_url=http%3A%2F%2Fx.test&line_items[0][quantity]=1&line_items[0][price_data][currency]=idr&line_items[0][price_data][unit_amount]=100&line_items[0][price_data][product_data][name]=x';
const GOOD_MORE = [
  'metadata[a]=b',
  'client_reference_id=r',
  'expand[0]=line_items',
  'locale=id',
  'metadata=',
  'currency=IDR',
];

const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, fc.string({ unit: 'binary', maxLength: 8 }));
const value = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...WORDS) },
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const parameter = fc.tuple(name, fc.array(name, { maxLength: 5 }), value, fc.boolean());
const call = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  path: fc.constantFrom(...PATHS),
  id: fc.nat({ max: 4 }),
  parameters: fc.array(parameter, { maxLength: 8 }),
  /** A session that would open; and then strange things with it, or not. */
  good: fc.option(fc.subarray(GOOD_MORE), { nil: undefined }),
  strange: fc.boolean(),
  key: fc.option(fc.stringMatching(/^[!-~]{0,300}$/), { nil: undefined }),
  version: fc.option(fc.constantFrom('2024-04-10', '2026-10-28.endive', 'yesterday'), { nil: undefined }),
  type: fc.constantFrom('application/x-www-form-urlencoded', 'application/json', 'text/plain', 'multipart/form-data'),
});

test(`no parameters, known or unknown, make a 5xx that no fault asked for (FUZZ_SEED=${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(call, async ({ path, id, parameters, good, strange, key, version, type, ...of }) => {
      const method = good ? 'POST' : of.method;
      const form = [
        ...(good ? [GOOD, ...good] : []),
        ...(good && !strange ? [] : parameters).map(([first, rest, word, encoded]) => {
          const full = first + rest.map((member) => `[${member}]`).join('');
          return `${encoded ? encodeURIComponent(full) : full.replace(/[&=#?]/g, '')}=${encodeURIComponent(word)}`;
        }),
      ].join('&');
      const url = `${simulator.url}${(good ? PATHS[0]! : path).replace('ID', encodeURIComponent(ids[id]!))}`;
      const answer = await fetch(method === 'GET' ? `${url}?${form}` : url, {
        method,
        headers: {
          authorization: 'Bearer sk_test_fuzz',
          'content-type': good ? 'application/x-www-form-urlencoded' : type,
          ...(key === undefined ? {} : { 'idempotency-key': key }),
          ...(version === undefined ? {} : { 'stripe-version': version }),
        },
        ...(method === 'GET' ? {} : { body: form }),
      });
      const body = JSON.parse(await answer.text()) as { error?: { type?: string; message?: string } };
      if (answer.status >= 500)
        throw new Error(`${answer.status}: ${JSON.stringify(body)}\n${simulator.program.output()}`);
      if (answer.status !== 200) {
        expect(body.error?.message).toEqual(expect.any(String));
        expect(['invalid_request_error', 'idempotency_error']).toContain(body.error?.type);
      }
    }),
    { seed, numRuns: 1_500 },
  );
  // Some of it went through: the fuzz has reached the work, and not only the door.
  const seen = await simulator.sim<any[]>('requests');
  expect(seen.filter(({ method, status }) => method === 'POST' && status === 200).length).toBeGreaterThan(50);
});
