import fc from 'fast-check';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { newSession } from './support/purchases.js';

let simulator: TestSimulator;
/** A session, its payment intent and its charge: they exist, in this order, for the fuzzed requests. */
let ids: string[];
beforeAll(async () => {
  simulator = await startSimulator();
  const stripe = simulator.stripe();
  const { id } = await newSession(stripe);
  const { payment_intent } = await simulator.sim<{ payment_intent: string }>(`sessions/${id}/pay`, {});
  ids = [id, payment_intent, (await stripe.charges.list()).data[0]!.id];
});
afterAll(() => simulator.stop());

/** Another one each time, unless FUZZ_SEED repeats one. */
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

const words = (text: string) => text.trim().split(/\s+/);

const PAGING = words(
  'limit starting_after ending_before expand[0] expand[] created created[gt] created[gte] created[lt]',
);

/** Each route with the parameters it knows: most requests reach the rules of the parameters, not only the router. */
const ROUTES: readonly (readonly [method: string, path: string, known: readonly string[]])[] = [
  [
    'POST',
    '/v1/checkout/sessions',
    words(`mode success_url cancel_url client_reference_id currency customer_email expires_at locale metadata metadata[k]
      ui_mode expand[0] line_items line_items[0] line_items[0][quantity] line_items[0][price_data][currency]
      line_items[0][price_data][unit_amount] line_items[0][price_data][product_data][name] line_items[1][quantity]
      line_items[150][quantity] payment_intent_data payment_intent_data[metadata][k] payment_intent_data[description]
      phone_number_collection[enabled] discounts submit_type payment_method_types[0] allowed_payment_method_types[]`),
  ],
  ['GET', '/v1/checkout/sessions', [...PAGING, ...words('status customer_details[email] payment_intent customer')]],
  ['GET', '/v1/checkout/sessions/ID', ['expand[0]', 'expand[]']],
  ['POST', '/v1/checkout/sessions/ID/expire', ['expand[0]']],
  ['GET', '/v1/checkout/sessions/ID/line_items', PAGING],
  ['GET', '/v1/payment_intents', [...PAGING, 'customer']],
  ['GET', '/v1/payment_intents/ID', ['expand[0]', 'client_secret']],
  ['GET', '/v1/charges', [...PAGING, 'payment_intent', 'transfer_group']],
  ['GET', '/v1/charges/ID', ['expand[0]']],
  [
    'POST',
    '/v1/refunds',
    words('payment_intent charge amount reason metadata metadata[k] expand[0] instructions_email'),
  ],
  ['GET', '/v1/refunds', [...PAGING, 'payment_intent', 'charge']],
  ['GET', '/v1/refunds/ID', ['expand[0]']],
  ['POST', '/v1/refunds/ID/cancel', ['expand[0]']],
  ['GET', '/v1/disputes', [...PAGING, 'payment_intent', 'charge']],
  ['GET', '/v1/disputes/ID', ['expand[0]']],
  ['GET', '/v1/events', [...PAGING, 'type', 'types', 'types[]', 'types[0]', 'delivery_success']],
  ['GET', '/v1/events/ID', ['expand[0]']],
  ['GET', '/v1/balance', ['expand[0]']],
  ['POST', '/v1/nothing', []],
  ['GET', '/v1/', []],
];

/** Names that mean too much to JavaScript or to a bracket-aware parser. */
const STRANGE = words(
  '__proto__ a[__proto__][b] constructor toString hasOwnProperty length a[b a]b[ [] [a] a[b][c][d][e][f][g][h][i][j][k] 0',
);

const WORDS = [
  ...words(`payment idr IDR usd http://x.test/{CHECKOUT_SESSION_ID} 1 5000 0 -1 1.5 1e9 99999999999999999999 NaN Infinity
    true false null {} [] payment_intent payment_intent.latest_charge data.payment_intent data.line_items line_items
    line_items.data.price data . .. latest_charge.refunds.data.charge data.latest_charge refunds balance_transaction.source
    duplicate complete open charge.* * % 💥 id hosted_page a@b.test`),
  '',
  ' ',
  '\0',
  'x'.repeat(600),
];

const GOOD =
  'mode=payment&success_url=http%3A%2F%2Fx.test&line_items[0][quantity]=1&line_items[0][price_data][currency]=idr&line_items[0][price_data][unit_amount]=100&line_items[0][price_data][product_data][name]=x';

const value = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 2, arbitrary: fc.nat({ max: 2 }).map((at) => ({ id: at })) },
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const strangeName = fc.oneof(fc.constantFrom(...STRANGE), fc.string({ unit: 'binary', maxLength: 8 }));

/** What makes something is asked more often than what only reads. */
const route = fc.constantFrom(...ROUTES, ROUTES[0]!, ROUTES[0]!, ROUTES[0]!);

const call = route.chain(([method, path, known]) => {
  const name =
    known.length === 0 ? strangeName : fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...known) }, strangeName);
  return fc.record({
    method: fc.constant(method),
    path: fc.constant(path),
    id: fc.nat({ max: 3 }),
    /** A session that would open, and then the rest. */
    good: fc.boolean(),
    parameters: fc.array(fc.tuple(name, value, fc.boolean()), { maxLength: 4 }),
    key: fc.option(fc.stringMatching(/^[!-~]{0,300}$/), { nil: undefined, freq: 2 }),
    version: fc.option(fc.constantFrom('2024-04-10', '2026-10-28.endive', 'yesterday'), { nil: undefined, freq: 1 }),
    type: fc.oneof(
      { weight: 8, arbitrary: fc.constant('application/x-www-form-urlencoded') },
      fc.constantFrom('application/json', 'text/plain', 'multipart/form-data', ''),
    ),
  });
});

test(`no known or unknown parameters cause a 5xx that no fault asked for (FUZZ_SEED=${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(call, async ({ method, path, id, good, parameters, key, version, type }) => {
      const form = [
        ...(good && path === '/v1/checkout/sessions' && method === 'POST' ? [GOOD] : []),
        ...parameters.map(([name, of, encoded]) => {
          const word = typeof of === 'string' ? of : ids[of.id]!;
          return `${encoded ? encodeURIComponent(name) : name.replace(/[&=#?]/g, '')}=${encodeURIComponent(word)}`;
        }),
      ].join('&');
      const url = `${simulator.url}${path.replace('ID', encodeURIComponent(ids[id] ?? 'cs_test_x'))}`;
      const answer = await fetch(method === 'GET' ? `${url}?${form}` : url, {
        method,
        headers: {
          authorization: 'Bearer sk_test_fuzz',
          ...(type === '' ? {} : { 'content-type': type }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
          ...(version === undefined ? {} : { 'stripe-version': version }),
        },
        ...(method === 'GET' ? {} : { body: form }),
      });
      const body = JSON.parse(await answer.text()) as { error?: { type?: string; message?: string } };
      if (answer.status >= 500) {
        throw new Error(`${answer.status}: ${JSON.stringify(body)}\n${simulator.program.output()}`);
      }
      if (answer.status !== 200) {
        expect(body.error?.message).toEqual(expect.any(String));
        expect(['invalid_request_error', 'idempotency_error']).toContain(body.error?.type);
      }
    }),
    { seed, numRuns: 2_000 },
  );
  // Much of what reads, and what makes, has answered well: the fuzz has been behind the door.
  const seen = await simulator.requests();
  const well = new Set(
    seen
      .filter(({ status }) => status === 200)
      .map(({ method, path }) => `${method} ${path.replace(/\/(cs_test|pi|ch)_\w+/, '/ID')}`),
  );
  // Which, is the seed's choice: that an id fits its path is luck.
  expect([...well].filter((at) => at.startsWith('GET ')).length).toBeGreaterThanOrEqual(5);
  expect(seen.filter(({ method, status }) => method === 'POST' && status === 200).length).toBeGreaterThan(3);
});
