import type { Stripe } from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { look, settle, submit } from './support/hosted-page.js';
import { newSession } from './support/purchases.js';

/** Requests that the page does not offer; URLs that a header cannot carry unencoded. */
let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
afterAll(() => simulator.stop());

const charges = async (id: string) => (await simulator.ledger()).charges.filter(({ session }) => session === id);

test.each([
  ['http://shop.test/terima-kasih/✓?s={CHECKOUT_SESSION_ID}', 'http://shop.test/terima-kasih/%E2%9C%93?s=ID'],
  ['http://例え.test/?名={CHECKOUT_SESSION_ID}', 'http://xn--r8jz45g.test/?%E5%90%8D=ID'],
])('a URL with characters beyond Latin-1 is encoded for the Location header: %s', async (success_url, location) => {
  const { id, url } = await newSession(stripe, { success_url });
  const expected = location.replace('ID', id);
  expect(await submit(url!)).toMatchObject({ status: 303, location: expected });
  expect((await look(url!)).text).toContain(`href="${expected}"`);
});

test('the bank’s decision applies only to a processing payment: an open page stays open', async () => {
  const { id, url } = await newSession(stripe);
  for (const arrives of ['yes', 'no'] as const) await settle(url!, arrives);
  expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'open', payment_intent: null });
  expect(
    (await stripe.events.list({ limit: 1 })).data.map(({ data }) => (data.object as { id: string }).id),
  ).not.toContain(id);
  expect((await settle(`${simulator.url}/c/pay/cs_test_none`, 'yes')).status).toBe(404);
});

test.each([
  ['card', 'customer_balance'],
  ['customer_balance', 'card'],
] as const)('without %s, that method is neither offered nor accepted; the other one pays', async (excluded, left) => {
  const { id, url } = await newSession(stripe, { excluded_payment_method_types: [excluded] });
  const [no, yes] = excluded === 'card' ? ['card', 'later'] : ['later', 'card'];
  const { text } = await look(url!);
  expect(text).not.toContain(`value="${no}"`);
  const refused = await submit(url!, { method: no });
  expect([refused.status, refused.text]).toEqual([
    303,
    expect.stringContaining('This payment method is not available.'),
  ]);
  expect(await charges(id)).toEqual([]);
  // Without a method the only one applies.
  expect((await submit(url!, { method: left === 'card' ? '' : yes })).status).toBe(303);
  expect(await charges(id)).toHaveLength(1);
});

test.each([
  ['donate', 'Donate Rp'],
  ['book', 'Book Rp'],
  ['pay', 'Pay Rp'],
] as const)('submit_type %s sets the label of the button', async (submit_type, words) => {
  const { url } = await newSession(stripe, { submit_type });
  expect((await look(url!)).text.replaceAll('\u00a0', ' ')).toContain(words);
});
