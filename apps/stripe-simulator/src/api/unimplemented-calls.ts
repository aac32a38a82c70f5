import { StripeError } from './stripe-error.js';

/** Stripe's routes for simulated objects that the simulator does not implement. https://docs.stripe.com/api */
const CALLS = [
  'POST /v1/charges',
  'GET /v1/charges/search',
  'POST /v1/charges/:id',
  'POST /v1/charges/:id/capture',
  'POST /v1/checkout/sessions/:id',
  'POST /v1/disputes/:id',
  'POST /v1/disputes/:id/close',
  'POST /v1/payment_intents',
  'GET /v1/payment_intents/search',
  'POST /v1/payment_intents/:id',
  'GET /v1/payment_intents/:id/amount_details_line_items',
  'POST /v1/payment_intents/:id/apply_customer_balance',
  'POST /v1/payment_intents/:id/cancel',
  'POST /v1/payment_intents/:id/capture',
  'POST /v1/payment_intents/:id/confirm',
  'POST /v1/payment_intents/:id/increment_authorization',
  'POST /v1/payment_intents/:id/verify_microdeposits',
  'POST /v1/refunds/:id',
].map((call) => new RegExp(`^${call.replaceAll(':id', '[^/]+')}$`));

/** Stripe's other resources, by the first segment of their path. */
const OTHERS = new Set(
  'account account_links account_sessions accounts apple_pay application_fees apps balance_settings balance_transactions billing billing_portal climate confirmation_tokens country_specs coupons credit_notes customer_sessions customers entitlements ephemeral_keys exchange_rates file_links files financial_connections forwarding identity invoice_payments invoice_rendering_templates invoiceitems invoices issuing mandates payment_attempt_records payment_links payment_method_configurations payment_method_domains payment_methods payment_records payouts plans prices product_catalog products promotion_codes quotes radar reporting reviews setup_attempts setup_intents shipping_rates sigma sources subscription_items subscription_schedules subscriptions tax tax_codes tax_ids tax_rates terminal test_helpers three_d_secure tokens topups transfers treasury webhook_endpoints'.split(
    ' ',
  ),
);

interface SimulatedRequest {
  readonly method: string;
  readonly path: string;
}

/** Paths that look like an object's but are not: another route, or a list with a trailing slash. */
export function isNoObject({ method, path }: SimulatedRequest): boolean {
  return path.endsWith('/') || CALLS.some((call) => call.test(`${method} ${path}`));
}

/** 404 in both cases; the message says whether Stripe has the route. */
export function notSimulated({ method, path }: SimulatedRequest): StripeError {
  const words = path.split('/').slice(2);
  const known = words.every(Boolean) && OTHERS.has(words[0] ?? '');
  if (known || CALLS.some((call) => call.test(`${method} ${path}`))) {
    return new StripeError(404, `This simulator does not simulate ${method} ${path}`);
  }
  return new StripeError(
    404,
    `Unrecognized request URL (${method}: ${path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  );
}
