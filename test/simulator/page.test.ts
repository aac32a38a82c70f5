import type { Stripe } from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { look, settle, submit } from './support/hosted-page.js';
import { newSession } from './support/purchases.js';

let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
afterAll(() => simulator.stop());

const charges = async (id: string) => (await simulator.ledger()).charges.filter(({ session }) => session === id);

test('shows item and amount, says that it is a simulation, and escapes text from outside', async () => {
  const price_data = {
    currency: 'idr',
    unit_amount: 123_456,
    product_data: { name: '<script>alert(1)</script> & co' },
  };
  const { url } = await newSession(stripe, { line_items: [{ quantity: 2, price_data }] });
  const { status, text, headers } = await look(url!);
  expect(status).toBe(200);
  expect(text.replaceAll('\u00a0', ' ')).toContain('Rp 2,469.12');
  expect(text).toContain('&#60;script&#62;alert(1)&#60;/script&#62; &#38; co');
  expect(text).not.toContain('<script');
  expect(text).toContain('Simulation. No real money moves here.');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  // Every field has a label, and nothing is fetched from elsewhere.
  for (const [, id] of text.matchAll(/<input\s+id="(\w+)"/g)) expect(text).toContain(`<label for="${id}"`);
  expect(text).not.toMatch(/<(link|img|iframe)\b|url\(/);
});

test('card 4242 pays: redirects to success_url with the session id; the page then says paid', async () => {
  const { id, url } = await newSession(stripe);
  const paid = await submit(url!);
  expect(paid).toMatchObject({ status: 303, location: `http://shop.test/thanks?session=${id}` });
  expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({
    payment_status: 'paid',
    customer_details: { email: 'p@example.com', name: 'P' },
  });
  const after = await look(url!);
  expect(after.text).toContain('Payment received');
  expect(after.text).not.toContain('<form');
});

test('submitted twice, and twenty times at once: paid once, and each is redirected to success_url', async () => {
  const { id, url } = await newSession(stripe);
  const answers = await Promise.all(Array.from({ length: 20 }, () => submit(url!)));
  expect(new Set(answers.map(({ status, location }) => `${status} ${location}`))).toEqual(
    new Set([`303 http://shop.test/thanks?session=${id}`]),
  );
  expect(await charges(id)).toHaveLength(1);
});

test('card 0002 is declined: the page says so and stays open; another card pays', async () => {
  const { id, url } = await newSession(stripe);
  const declined = await submit(url!, { number: '4000000000000002' });
  expect(declined.status).toBe(303);
  expect(declined.text).toMatch(/role="alert"[^]*The card was declined\. Nothing was charged\./);
  // What was typed is there again, but what only the card's owner should know.
  for (const typed of ['p@example.com', '12 / 34', 'P']) expect(declined.text).toContain(`value="${typed}"`);
  for (const secret of ['4000000000000002', '123']) expect(declined.text).not.toContain(`value="${secret}"`);
  // Nothing that was typed; the random ids in it may hold any two digits.
  expect(declined.location).not.toMatch(/example|12(?:\+|%20)*(?:%2F|\/)/i);
  expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'open' });
  expect((await submit(url!)).status).toBe(303);
  expect((await charges(id)).map(({ status }) => status)).toEqual(['failed', 'succeeded']);
});

test.each([
  ['no email', { email: '' }, 'email'],
  ['a mistyped number', { number: '4242 4242 4242 4241' }, 'number'],
  ['a month that has passed', { expiry: '01/20' }, 'expiry'],
  ['no security code', { cvc: '' }, 'cvc'],
  ['no name', { name: ' ' }, 'name'],
])('%s: the field is marked with an error, and nothing is charged', async (_what, fields, name) => {
  const { id, url } = await newSession(stripe);
  const answer = await submit(url!, fields);
  expect(answer.status).toBe(303);
  expect(answer.text).toMatch(new RegExp(`id="${name}"[^>]*aria-invalid="true" aria-describedby="${name}-wrong"`));
  expect(answer.text).toMatch(new RegExp(`id="${name}"[^>]*autofocus`));
  expect(await charges(id)).toEqual([]);
});

test('a real card number is refused: this is a simulation', async () => {
  const { id, url } = await newSession(stripe);
  const { text } = await submit(url!, { number: '5555555555554444' });
  expect(text).toContain('Only the cards of this simulation work here. Nothing was charged.');
  expect(await charges(id)).toEqual([]);
});

test('delayed payment: processing, then succeeded or failed, as the bank decides', async () => {
  for (const [arrives, title, payment_status] of [
    ['yes', 'Payment received', 'paid'],
    ['no', 'The transfer failed', 'unpaid'],
  ] as const) {
    const { id, url } = await newSession(stripe);
    expect((await submit(url!, { method: 'later' })).status).toBe(303);
    expect((await look(url!)).text).toContain('Your transfer is on its way');
    const settled = await settle(url!, arrives);
    expect(await settled.text()).toContain(title);
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'complete', payment_status });
    await settle(url!, 'yes');
    expect((await look(url!)).text).toContain(title);
  }
});

test('a card without funds is declined as such, and is listed with the other test cards', async () => {
  const { url } = await newSession(stripe);
  const { text } = await submit(url!, { number: '4000 0000 0000 9995' });
  expect(text).toMatch(/role="alert"[^]*The card has insufficient funds\. Nothing was charged\./);
  for (const card of ['4242 4242 4242 4242', '4000 0000 0000 0002', '4000 0000 0000 9995']) {
    expect(text).toContain(`<code>${card}</code>`);
  }
});

test('of several invalid fields the first is focused; the errors stay in the page’s language on each reload', async () => {
  const { id, url } = await newSession(stripe);
  const { location, text } = await submit(`${url}?locale=id`, { expiry: '01/20', cvc: '' });
  expect(location).toMatch(new RegExp(`^/c/pay/${id}\\?locale=id&refused=try_\\w+$`));
  expect([...text.matchAll(/id="(\w+)"[^>]*autofocus/g)].map(([, name]) => name)).toEqual(['expiry']);
  expect(text).toContain('Masukkan masa berlaku');
  expect((await look(new URL(location!, url!).href)).text).toBe(text);
  // The refusal of another session, or an unknown one, shows no error.
  const other = await newSession(stripe);
  const word = new URL(location!, url!).search;
  for (const at of [`${other.url}${word}`, `${url}?refused=try_none`]) {
    expect((await look(at)).text).not.toContain('role="alert"');
  }
});

test('an email set by the shop cannot be edited', async () => {
  const { id, url } = await newSession(stripe, { customer_email: 'patient@example.com' });
  expect((await look(url!)).text).toMatch(/value="patient@example\.com"[^>]*readonly/);
  expect((await submit(url!, { email: 'somebody@else.test' })).status).toBe(303);
  expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({
    customer_details: { email: 'patient@example.com' },
  });
});

test('leaving redirects to cancel_url and leaves the session open', async () => {
  const { id, url } = await newSession(stripe);
  expect((await look(url!)).text).toContain('<a href="http://shop.test/basket">');
  expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'open' });
});

test('an expired session’s page says so and takes no money; an unknown session is reported', async () => {
  const { id, url } = await newSession(stripe);
  await stripe.checkout.sessions.expire(id);
  expect(await look(url!)).toMatchObject({ status: 410, text: expect.stringContaining('This page has expired') });
  expect((await submit(url!)).text).toContain('This page has expired');
  expect(await charges(id)).toEqual([]);
  expect((await look(`${simulator.url}/c/pay/cs_test_nothing`)).status).toBe(404);
});

test('is in Indonesian by browser, query or session locale', async () => {
  const { url } = await newSession(stripe);
  const indonesian = 'Anda ingin membayar dengan apa?';
  expect((await look(url!, { 'accept-language': 'id-ID,id;q=0.9,en;q=0.8' })).text).toContain(indonesian);
  expect((await look(`${url}?locale=id`)).text).toContain(indonesian);
  expect((await look(`${url}?locale=en`, { 'accept-language': 'id' })).text).not.toContain(indonesian);
  expect((await look(url!, { 'accept-language': 'en;q=0.1, id;q=0.9' })).text).toContain(indonesian);
  expect((await look(url!, { 'accept-language': 'id;q=0, en' })).text).not.toContain(indonesian);
  expect((await look(url!, { 'accept-language': 'fr' })).text).toContain('How would you like to pay?');
  const { url: own } = await newSession(stripe, { locale: 'id' });
  const { text } = await look(own!, { 'accept-language': 'en' });
  expect(text).toContain(indonesian);
  expect(text).toContain('<html lang="id">');
  expect(text.replaceAll('\u00a0', ' ')).toContain('Rp 50,00');
});
