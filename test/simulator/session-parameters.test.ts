import type { Stripe } from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { newSession, paidIntent, sessionParams } from './support/purchases.js';
import { refusal } from './support/refusal.js';

let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
afterAll(() => simulator.stop());

const price_data = { currency: 'idr', unit_amount: 5_000, product_data: { name: 'x' } };
const item = { quantity: 1, price_data };
const of = (line: object) => ({ line_items: [line] });
const create = (more: object, options?: Stripe.RequestOptions) =>
  stripe.checkout.sessions.create({ ...sessionParams(), ...more }, options);

test.each<[string, object]>([
  ['customer_creation', { customer_creation: 'always' }],
  ['phone_number_collection[enabled]', { phone_number_collection: { enabled: true } }],
  ['billing_address_collection', { billing_address_collection: 'required' }],
  ['line_items[0][price]', of({ quantity: 1, price: 'price_1' })],
  ['line_items[0][adjustable_quantity]', of({ ...item, adjustable_quantity: { enabled: true } })],
  ['line_items[0][tax_rates]', of({ ...item, tax_rates: ['txr_1'] })],
  [
    'line_items[0][price_data][product]',
    of({ ...item, price_data: { ...price_data, product_data: undefined, product: 'prod_1' } }),
  ],
  [
    'line_items[0][price_data][recurring]',
    of({ ...item, price_data: { ...price_data, recurring: { interval: 'day' } } }),
  ],
  [
    'line_items[0][price_data][unit_amount_decimal]',
    of({ ...item, price_data: { ...price_data, unit_amount: undefined, unit_amount_decimal: '1.5' } }),
  ],
  [
    'line_items[0][price_data][product_data][tax_details]',
    of({ ...item, price_data: { ...price_data, product_data: { name: 'x', tax_details: { tax_code: 'txcd_1' } } } }),
  ],
  ['payment_intent_data[capture_method]', { payment_intent_data: { capture_method: 'manual' } }],
  ...[
    'application_fee_amount',
    'on_behalf_of',
    'setup_future_usage',
    'shipping',
    'transfer_data',
    'transfer_group',
  ].map((name): [string, object] => [`payment_intent_data[${name}]`, { payment_intent_data: { [name]: '1' } }]),
])('%s: known to Stripe, not simulated: refused as such', async (param, more) => {
  expect(await refusal(create(more))).toMatchObject({
    statusCode: 400,
    param,
    message: `This simulator does not simulate the parameter: ${param}`,
  });
});

test.each(['customer', 'origin', 'refund_application_fee', 'reverse_transfer'])(
  '%s of a refund: known to Stripe, not simulated: refused as such',
  async (param) => {
    const payment_intent = await paidIntent(simulator, stripe);
    const params = { payment_intent, [param]: 'true' } as unknown as Stripe.RefundCreateParams;
    expect((await refusal(stripe.refunds.create(params))).message).toBe(
      `This simulator does not simulate the parameter: ${param}`,
    );
  },
);

test('parameters with Stripe’s default value are accepted', async () => {
  const session = await create({
    customer_creation: 'if_required',
    phone_number_collection: { enabled: false },
    billing_address_collection: 'auto',
    locale: 'pt-BR',
    payment_intent_data: {
      capture_method: 'automatic',
      statement_descriptor: 'CAFÉ PAYONCE',
      statement_descriptor_suffix: 'A1',
      receipt_email: 'a@b.test',
    },
  });
  const { payment_intent } = await simulator.sim<{ payment_intent: string }>(`sessions/${session.id}/pay`, {});
  expect(await stripe.paymentIntents.retrieve(payment_intent)).toMatchObject({ capture_method: 'automatic' });
});

const about = (payment_intent_data: object) => ({ payment_intent_data });
test.each<[string, object, object]>([
  [
    'an address with a line break',
    { success_url: 'http://shop.test/a\nb' },
    { code: 'url_invalid', param: 'success_url' },
  ],
  ['an email without an @', { customer_email: 'somebody' }, { code: 'email_invalid', param: 'customer_email' }],
  [
    'a receipt for nobody',
    about({ receipt_email: 'a@b' }),
    { code: 'email_invalid', param: 'payment_intent_data[receipt_email]' },
  ],
  ['a locale there is not', { locale: 'tlh' }, { param: 'locale' }],
  [
    'a descriptor too short',
    about({ statement_descriptor: 'ABCD' }),
    { param: 'payment_intent_data[statement_descriptor]' },
  ],
  [
    'one of digits',
    about({ statement_descriptor_suffix: '123' }),
    { param: 'payment_intent_data[statement_descriptor_suffix]' },
  ],
  ['one with a star', about({ statement_descriptor: 'PAY*ONCE' }), { code: 'invalid_characters' }],
  ['one in another script', about({ statement_descriptor: 'Оплата' }), { code: 'invalid_characters' }],
  ['a method there is not', { allowed_payment_method_types: ['cash'] }, { param: 'allowed_payment_method_types[0]' }],
  [
    '… among the excluded',
    { excluded_payment_method_types: ['card', 'cash'] },
    { param: 'excluded_payment_method_types[1]' },
  ],
  [
    'nothing to pay with',
    { allowed_payment_method_types: ['ideal'] },
    { message: expect.stringContaining('No valid payment method types') },
  ],
  [
    '… all of it excluded',
    { excluded_payment_method_types: ['card', 'customer_balance'] },
    { message: expect.stringContaining('No valid payment method types') },
  ],
])('%s is refused', async (_what, more, expected) => {
  expect(await refusal(create(more))).toMatchObject({ statusCode: 400, ...expected });
});

describe('payment_method_types, in API versions that had it', () => {
  const older = { apiVersion: '2025-09-30.clover' };

  test('limits the methods on the page', async () => {
    const { id, payment_method_types } = await create({ payment_method_types: ['card'] }, older);
    expect(payment_method_types).toEqual(['card']);
    await simulator.sim(`sessions/${id}/pay`, {});
    const { payment_intent } = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    expect(payment_intent).toMatchObject({ payment_method_types: ['card'] });
    expect((await newSession(stripe)).payment_method_types).toEqual(['card', 'customer_balance']);
  });

  test('is refused with a method unknown here or at Stripe', async () => {
    expect(await refusal(create({ payment_method_types: ['card', 'cash'] }, older))).toMatchObject({
      statusCode: 400,
      param: 'payment_method_types[1]',
    });
    expect((await refusal(create({ payment_method_types: ['ideal'] }, older))).message).toBe(
      'This simulator does not simulate the parameter: payment_method_types[0]',
    );
  });
});

test('an unknown currency is refused at the control API too', async () => {
  await expect(simulator.sim('payments', { amount: 1, currency: 'xyz' })).rejects.toThrow(
    /400.*must be an ISO currency code.*currency/s,
  );
});
