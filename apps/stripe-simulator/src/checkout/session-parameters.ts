import { notSimulated, only } from '../parameters/not-simulated.js';
import { hash, type Read, required } from '../parameters/rule.js';
import { address, integer, list, metadata, oneOf, text, truth } from '../parameters/rules.js';
import { currency, email, statementDescriptor } from '../parameters/shared-rules.js';
import { EXCLUDABLE_TYPES, isOffered, METHOD_TYPES } from './payment-methods.js';

/** https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-locale */
const LOCALES =
  'auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW'.split(
    ' ',
  );

/** https://docs.stripe.com/changelog/endive/2026-09-30/remove-payment-method-types-checkout-sessions */
const WITHOUT_PAYMENT_METHOD_TYPES = '2026-09-30';

const NOT_SIMULATED = notSimulated(
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
);

const productData = hash({
  name: required(text()),
  description: text({ max: 40_000 }),
  images: list(address(), { max: 8 }),
  metadata: metadata(),
  tax_code: text(),
  unit_label: text(),
  ...notSimulated('tax_details'),
});

const priceData = hash({
  ...notSimulated('product', 'recurring', 'unit_amount_decimal'),
  currency: required(currency),
  unit_amount: required(integer({ min: 0, max: 999_999_999_999 })),
  product_data: required(productData),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
});

const lineItem = hash({
  // Checked before the required parameters, because a client that sends these omits the required one.
  ...notSimulated('adjustable_quantity', 'price', 'tax_rates'),
  price_data: required(priceData),
  quantity: integer({ min: 1, max: 999_999 }),
  metadata: metadata(),
});

const paymentIntentData = hash({
  description: text({ max: 1_000 }),
  metadata: metadata(),
  receipt_email: email(),
  statement_descriptor: statementDescriptor({ min: 5 }),
  statement_descriptor_suffix: statementDescriptor({ min: 1 }),
  capture_method: only(oneOf('automatic', 'automatic_async', 'manual'), (method) => method !== 'manual'),
  ...notSimulated(
    'application_fee_amount',
    'on_behalf_of',
    'setup_future_usage',
    'shipping',
    'transfer_data',
    'transfer_group',
  ),
});

const newer = {
  mode: required(oneOf('payment', 'setup', 'subscription')),
  line_items: list(lineItem, { max: 100 }),
  success_url: address(),
  cancel_url: address(),
  client_reference_id: text({ max: 200 }),
  currency,
  customer_creation: only(oneOf('always', 'if_required'), (when) => when === 'if_required'),
  customer_email: email(),
  expires_at: integer({ min: 0 }),
  integration_identifier: text(),
  locale: oneOf(...LOCALES),
  metadata: metadata(),
  origin_context: oneOf('mobile_app', 'web'),
  payment_intent_data: paymentIntentData,
  billing_address_collection: only(oneOf('auto', 'required'), (when) => when === 'auto'),
  phone_number_collection: hash({ enabled: required(only(truth(), (enabled) => !enabled)) }),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  ui_mode: oneOf('elements', 'embedded_page', 'form', 'hosted_page', 'hosted', 'embedded', 'custom'),
  allowed_payment_method_types: list(oneOf(...METHOD_TYPES)),
  excluded_payment_method_types: list(oneOf(...EXCLUDABLE_TYPES)),
  ...NOT_SIMULATED,
};

const older = { ...newer, payment_method_types: list(only(oneOf(...METHOD_TYPES), isOffered)) };

export type SessionParameters = Read<typeof older>;

/** https://docs.stripe.com/api/checkout/sessions/create */
export function sessionFields(api_version: string): typeof older {
  return api_version.slice(0, 10) < WITHOUT_PAYMENT_METHOD_TYPES ? older : (newer as typeof older);
}
