import { StripeError } from '../api/stripe-error.js';
import { hash, type Read, required, type Rule } from '../parameters/rule.js';
import { address, integer, list, metadata, oneOf, text, truth } from '../parameters/rules.js';
import { currency, inWords, largestAmount } from '../parameters/shared-rules.js';
import type { World } from '../api/world.js';

/** https://docs.stripe.com/changelog/endive/2026-09-30/remove-payment-method-types-checkout-sessions */
const WITHOUT_PAYMENT_METHOD_TYPES = '2026-09-30';

/** What Stripe knows and this simulator does not do: refused in so many words, never quietly passed over. */
const NOT_SIMULATED = [
  'adaptive_pricing',
  'after_expiration',
  'allow_promotion_codes',
  'automatic_tax',
  'branding_settings',
  'consent_collection',
  'custom_fields',
  'custom_text',
  'customer',
  'customer_account',
  'customer_update',
  'discounts',
  'invoice_creation',
  'managed_payments',
  'name_collection',
  'optional_items',
  'payment_method_collection',
  'payment_method_configuration',
  'payment_method_data',
  'payment_method_options',
  'permissions',
  'redirect_on_completion',
  'return_url',
  'saved_payment_method_options',
  'setup_intent_data',
  'shipping_address_collection',
  'shipping_options',
  'subscription_data',
  'tax_id_collection',
  'wallet_options',
] as const;

const notSimulated: Rule<undefined> = {
  read(_value, param) {
    throw new StripeError(400, `This simulator does not simulate the parameter: ${param}`, { param });
  },
};

const productData = hash({
  name: required(text()),
  description: text({ max: 40_000 }),
  images: list(address(), { max: 8 }),
  metadata: metadata(),
  tax_code: text(),
  unit_label: text(),
});

const priceData = hash({
  currency: required(currency),
  unit_amount: required(integer({ min: 0, max: 999_999_999_999 })),
  product_data: required(productData),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
});

const lineItem = hash({
  price_data: required(priceData),
  quantity: integer({ min: 1, max: 999_999 }),
  metadata: metadata(),
});

const paymentIntentData = hash({
  description: text({ max: 1_000 }),
  metadata: metadata(),
  receipt_email: text({ max: 800 }),
  statement_descriptor: text({ max: 22 }),
  statement_descriptor_suffix: text({ max: 22 }),
  capture_method: oneOf('automatic', 'automatic_async'),
});

const known = {
  mode: required(oneOf('payment', 'setup', 'subscription')),
  line_items: list(lineItem, { max: 100 }),
  success_url: address(),
  cancel_url: address(),
  client_reference_id: text({ max: 200 }),
  currency,
  customer_creation: oneOf('always', 'if_required'),
  customer_email: text({ max: 800 }),
  expires_at: integer({ min: 0 }),
  integration_identifier: text(),
  locale: text({ max: 10 }),
  metadata: metadata(),
  origin_context: oneOf('mobile_app', 'web'),
  payment_intent_data: paymentIntentData,
  billing_address_collection: oneOf('auto', 'required'),
  phone_number_collection: hash({ enabled: required(truth()) }),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  ui_mode: oneOf('elements', 'embedded_page', 'form', 'hosted_page', 'hosted', 'embedded', 'custom'),
  allowed_payment_method_types: list(text()),
  excluded_payment_method_types: list(text()),
  ...Object.fromEntries(NOT_SIMULATED.map((name) => [name, notSimulated])),
};

export type SessionParameters = Read<typeof known>;

/** https://docs.stripe.com/api/checkout/sessions/create */
export function sessionFields(api_version: string): typeof known {
  if (api_version.slice(0, 10) >= WITHOUT_PAYMENT_METHOD_TYPES) return known;
  const older = { ...known, payment_method_types: list(text()) };
  return older;
}

/** https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at */
export const SHORTEST_LIFE_SECONDS = 30 * 60;
export const LONGEST_LIFE_SECONDS = 24 * 3_600;

/** What must be right together. */
export function checkSession(parameters: SessionParameters, { clock }: World): void {
  checkMode(parameters);
  checkItems(parameters.line_items ?? []);
  checkCurrency(parameters);
  if (parameters.success_url === undefined) {
    throw new StripeError(400, 'Missing required param: success_url.', {
      code: 'parameter_missing',
      param: 'success_url',
    });
  }
  const life = (parameters.expires_at ?? clock.now() + LONGEST_LIFE_SECONDS) - clock.now();
  // A second of grace on both sides: the caller's clock and ours need not tick together.
  if (life < SHORTEST_LIFE_SECONDS - 1) {
    throw new StripeError(
      400,
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      { param: 'expires_at' },
    );
  }
  if (life > LONGEST_LIFE_SECONDS + 1) {
    throw new StripeError(
      400,
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      { param: 'expires_at' },
    );
  }
}

function checkMode(parameters: SessionParameters): void {
  if (parameters.mode !== 'payment') {
    throw new StripeError(400, `This simulator does not simulate the mode: ${parameters.mode}`, { param: 'mode' });
  }
  if (parameters.ui_mode !== undefined && !['hosted_page', 'hosted'].includes(parameters.ui_mode)) {
    throw new StripeError(400, `This simulator does not simulate the ui_mode: ${parameters.ui_mode}`, {
      param: 'ui_mode',
    });
  }
}

type Items = NonNullable<SessionParameters['line_items']>;

function checkItems(items: Items): void {
  const [first] = items;
  if (!first) {
    throw new StripeError(400, '`line_items` is required in `payment` mode.', {
      code: 'parameter_missing',
      param: 'line_items',
    });
  }
  for (const [index, item] of items.entries()) {
    if (item.quantity === undefined) {
      throw new StripeError(400, `Quantity is required. Add \`quantity\` to \`line_items[${index}]\``, {
        code: 'parameter_missing',
        param: `line_items[${index}][quantity]`,
      });
    }
    if (item.price_data.currency !== first.price_data.currency) {
      throw new StripeError(400, 'All prices on a Checkout session must be expressed in the same currency.', {
        param: 'line_items',
      });
    }
  }
  checkTotal(totalOf(items), first.price_data.currency);
}

function checkCurrency({ currency: asked, line_items: items = [] }: SessionParameters): void {
  const priced = items[0]?.price_data.currency;
  if (asked !== undefined && asked !== priced) {
    throw new StripeError(400, `The prices are in ${priced}, and the session's currency is ${asked}.`, {
      param: 'currency',
    });
  }
}

export function totalOf(items: Items): number {
  return items.reduce((sum, item) => sum + item.price_data.unit_amount * (item.quantity ?? 1), 0);
}

/** Stripe's least amount depends on where the money is settled; here it is one minor unit. */
function checkTotal(total: number, code: string): void {
  if (total < 1) {
    throw new StripeError(
      400,
      `The Checkout Session's total amount due must add up to at least ${inWords(1, code)} ${code}`,
      {
        code: 'amount_too_small',
      },
    );
  }
  if (total > largestAmount(code)) {
    throw new StripeError(
      400,
      `The Checkout Session's total amount due must be no more than ${inWords(largestAmount(code), code)} ${code}`,
      { code: 'amount_too_large' },
    );
  }
}
