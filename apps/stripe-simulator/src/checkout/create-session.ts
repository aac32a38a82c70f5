import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { newId } from '../state/ids.js';
import { MAX_LIFE_SECONDS, totalOf } from './check-session.js';
import { methodsOf } from './payment-methods.js';
import type { SessionParameters } from './session-parameters.js';

/**
 * Opens a session. There is no payment intent yet: Stripe makes it when the customer pays.
 * https://docs.stripe.com/changelog/2022-08-01/checkout-session-payment-intent-creation
 * @param parameters as `checkSession` has found them good.
 */
export function createSession(world: World, parameters: SessionParameters): Stripe.Checkout.Session {
  const { line_items: items = [] } = parameters;
  const [first] = items;
  if (!first) throw new Error('checkSession lets no session without line items pass');
  const created = world.clock.now();
  const { currency } = first.price_data;
  const total = totalOf(items);
  const id = newId('cs_test');
  const about = parameters.payment_intent_data;
  world.store.session_details.put({
    id,
    line_items: items.map((item) => newLineItem(item, created)),
    payment_intent: {
      capture_method: about?.capture_method === 'automatic' ? 'automatic' : 'automatic_async',
      description: about?.description ?? null,
      metadata: about?.metadata ?? {},
      receipt_email: about?.receipt_email ?? null,
      statement_descriptor: about?.statement_descriptor ?? null,
      statement_descriptor_suffix: about?.statement_descriptor_suffix ?? null,
    },
  });
  return world.store.sessions.put({
    ...UNUSED,
    id,
    object: 'checkout.session',
    allowed_payment_method_types: parameters.allowed_payment_method_types ?? null,
    amount_subtotal: total,
    amount_total: total,
    billing_address_collection: parameters.billing_address_collection ?? null,
    cancel_url: parameters.cancel_url ?? null,
    client_reference_id: parameters.client_reference_id ?? null,
    created,
    currency,
    customer_creation: parameters.customer_creation ?? 'if_required',
    customer_details: parameters.customer_email === undefined ? null : payer(parameters.customer_email, null),
    customer_email: parameters.customer_email ?? null,
    expires_at: parameters.expires_at ?? created + MAX_LIFE_SECONDS,
    integration_identifier: parameters.integration_identifier ?? null,
    livemode: false,
    locale: parameters.locale ?? null,
    metadata: parameters.metadata ?? {},
    mode: 'payment',
    origin_context: parameters.origin_context ?? null,
    payment_method_types: methodsOf(parameters),
    payment_status: 'unpaid',
    phone_number_collection: { enabled: parameters.phone_number_collection?.enabled ?? false },
    status: 'open',
    submit_type: parameters.submit_type ?? null,
    success_url: parameters.success_url ?? null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${world.base_url}/c/pay/${id}`,
  });
}

export function payer(email: string | null, name: string | null): Stripe.Checkout.Session.CustomerDetails {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
}

/** Members of a session that are always empty here. https://docs.stripe.com/api/checkout/sessions/object */
const UNUSED = {
  adaptive_pricing: null,
  after_expiration: null,
  allow_promotion_codes: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  customer: null,
  customer_account: null,
  discounts: [],
  invoice: null,
  invoice_creation: null,
  managed_payments: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_configuration_details: null,
  payment_method_options: {},
  permissions: null,
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  subscription: null,
  wallet_options: null,
} satisfies Partial<Stripe.Checkout.Session>;

type Item = NonNullable<SessionParameters['line_items']>[number];

/** https://docs.stripe.com/api/checkout/sessions/line_items; an inline price is an inactive price of its own. */
function newLineItem(item: Item, created: number): Stripe.LineItem {
  const { price_data: of, quantity = 1 } = item;
  const amount = of.unit_amount * quantity;
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: of.currency,
    description: of.product_data.name,
    metadata: item.metadata ?? {},
    price: {
      id: newId('price'),
      object: 'price',
      active: false,
      billing_scheme: 'per_unit',
      created,
      currency: of.currency,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: newId('prod'),
      recurring: null,
      tax_behavior: of.tax_behavior ?? 'unspecified',
      tiers_mode: null,
      transform_quantity: null,
      type: 'one_time',
      unit_amount: of.unit_amount,
      // A string on the wire; stripe-node makes a Decimal of it.
      unit_amount_decimal: String(of.unit_amount) as unknown as Stripe.Decimal,
    },
    quantity,
  };
}
