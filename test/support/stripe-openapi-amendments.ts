import type { Stripe } from 'stripe';
import type { Description, Schema } from './stripe-openapi-description.js';

/** One addition to Stripe's API since the description of 2024-04-10. */
export interface Amendment {
  readonly what: string;
  /** Where Stripe says so: the release of stripe-node whose CHANGELOG.md names it, or a page of the documentation. */
  readonly why: string;
  apply(description: Description): void;
}

const NULL: Schema = { nullable: true, enum: [null] };
const TEXT: Schema = { type: 'string' };
const OPTIONAL_TEXT: Schema = { type: 'string', nullable: true };
const LIST_OF_TEXT: Schema = { type: 'array', items: TEXT };
const HASH_OF_TEXT: Schema = { type: 'object', additionalProperties: TEXT };

/**
 * What is newer. Members are checked against the SDK's types, so that nothing can be listed that Stripe does not have;
 * members that are always null in the simulator are described as null, and so are seen when they cease to be.
 */
export const AMENDMENTS: readonly Amendment[] = [
  ...members<Stripe.Checkout.Session>('checkout.session', {
    adaptive_pricing: [NULL, '17.4.0'],
    discounts: [{ type: 'array', nullable: true, maxItems: 0 }, '17.6.0'],
    collected_information: [NULL, '17.7.0'],
    permissions: [NULL, '18.0.0'],
    wallet_options: [NULL, '18.1.0'],
    origin_context: [OPTIONAL_TEXT, '18.4.0'],
    customer_account: [NULL, '20.1.0'],
    integration_identifier: [OPTIONAL_TEXT, '21.0.0'],
    managed_payments: [NULL, '22.1.0'],
    allowed_payment_method_types: [{ ...LIST_OF_TEXT, nullable: true }, '23.0.0'],
  }),
  ...members<Stripe.Checkout.Session.AutomaticTax>('payment_pages_checkout_session_automatic_tax', {
    provider: [NULL, '18.1.0'],
  }),
  ...members<Stripe.Checkout.Session.CustomerDetails>('payment_pages_checkout_session_customer_details', {
    business_name: [NULL, '19.0.0'],
    individual_name: [NULL, '19.0.0'],
  }),
  ...members<Stripe.LineItem>('item', {
    metadata: [{ ...HASH_OF_TEXT, nullable: true }, '20.1.0'],
    adjustable_quantity: [NULL, '20.3.0'],
  }),
  ...members<Stripe.PaymentIntent>('payment_intent', {
    excluded_payment_method_types: [NULL, '18.5.0'],
    customer_account: [NULL, '20.1.0'],
    managed_payments: [NULL, '22.1.0'],
    allowed_payment_method_types: [NULL, '22.4.0'],
    payment_record: [NULL, '23.0.0'],
    source: [NULL, '10.0.0, in the SDK all along and left out of the description'],
  }),
  ...members<Stripe.Charge>('charge', {
    source: [NULL, '23.1.0, in the SDK all along and left out of the description'],
  }),
  ...members<Stripe.Charge.BillingDetails>('billing_details', { tax_id: [NULL, '18.1.0'] }),
  ...members<Stripe.Charge.Outcome>('charge_outcome', {
    network_advice_code: [NULL, '17.5.0'],
    network_decline_code: [NULL, '17.5.0'],
    advice_code: [NULL, '17.6.0'],
  }),
  ...members<Stripe.PaymentMethod>('payment_method', { customer_account: [NULL, '20.1.0'] }),
  ...members<Stripe.PaymentMethod.Card>('payment_method_card', {
    regulated_status: [{ enum: ['regulated', 'unregulated'] }, '17.5.0'],
  }),
  ...members<Stripe.Refund>('refund', {
    pending_reason: [{ enum: ['processing', 'insufficient_funds', 'charge_pending'] }, '18.1.0'],
    customer: [NULL, '22.4.0'],
    customer_account: [NULL, '22.4.0'],
    payment_method: [OPTIONAL_TEXT, '22.4.0'],
  }),
  ...members<Stripe.Dispute>('dispute', {
    enhanced_eligibility_types: [{ type: 'array', maxItems: 0 }, '17.3.0'],
    intended_submission_method: [NULL, '23.1.0'],
  }),
  ...members<Stripe.Dispute.Evidence>('dispute_evidence', { enhanced_evidence: [{ type: 'object' }, '17.3.0'] }),
  ...members<Stripe.Dispute.EvidenceDetails>('dispute_evidence_details', {
    enhanced_eligibility: [{ type: 'object' }, '17.3.0'],
    submission_method: [{ enum: ['manual', 'not_submitted', 'smart_disputes'] }, '23.1.0'],
  }),
  ...members<Stripe.Dispute.PaymentMethodDetails.Card>('dispute_payment_method_details_card', {
    case_type: [{ enum: ['block', 'chargeback', 'compliance', 'inquiry', 'resolution'] }, '16.5.0'],
  }),
  ...members<Stripe.BalanceTransaction>('balance_transaction', { balance_type: [TEXT, '18.2.0'] }),

  word('dispute', 'status', 'appeal_needs_response', 'stripe-node 23.1.0, Dispute.Status'),
  word('dispute', 'status', 'appeal_under_review', 'stripe-node 23.1.0, Dispute.Status'),
  word('payment_intent', 'cancellation_reason', 'expired', 'stripe-node 23.1.0, PaymentIntent.CancellationReason'),

  ...createParameters({
    origin_context: [TEXT, '18.4.0'],
    excluded_payment_method_types: [LIST_OF_TEXT, '19.0.0'],
    integration_identifier: [TEXT, '21.0.0'],
    allowed_payment_method_types: [LIST_OF_TEXT, '23.0.0'],
  }),
  {
    what: 'POST /v1/checkout/sessions: line_items[].metadata',
    why: 'stripe-node 20.1.0',
    apply: (description) => add(lineItemMembers(description), 'metadata', HASH_OF_TEXT),
  },
  {
    what: 'POST /v1/checkout/sessions: line_items[].price_data.product_data.unit_label',
    why: 'stripe-node 19.0.0',
    apply: (description) =>
      add(lineItemMembers(description).price_data!.properties!.product_data!.properties!, 'unit_label', TEXT),
  },
  {
    what: 'POST /v1/checkout/sessions: payment_method_types is gone',
    why: 'https://docs.stripe.com/changelog/endive/2026-09-30/remove-payment-method-types-checkout-sessions',
    apply: (description) => delete sessionParameters(description).payment_method_types,
  },
  {
    what: 'POST /v1/checkout/sessions: ui_mode is hosted_page, and no longer hosted',
    why: 'stripe-node 21.0.0',
    apply: (description) => {
      sessionParameters(description).ui_mode = { enum: ['elements', 'embedded_page', 'form', 'hosted_page'] };
    },
  },
];

type Newer = readonly [schema: Schema, release: string];

/** Members of one object. @throws Error if the description has one of them after all. */
function members<T extends object>(schema: string, newer: { readonly [Name in keyof T]?: Newer }): Amendment[] {
  return Object.entries(newer as Record<string, Newer>).map(([name, [of, release]]) => ({
    what: `${schema}: ${name}`,
    why: `stripe-node ${release}`,
    apply: (description) => add(description.components.schemas[schema]!.properties!, name, of),
  }));
}

function createParameters(newer: {
  readonly [Name in keyof Stripe.Checkout.SessionCreateParams]?: Newer;
}): Amendment[] {
  return Object.entries(newer).map(([name, [of, release]]) => ({
    what: `POST /v1/checkout/sessions: ${name}`,
    why: `stripe-node ${release}`,
    apply: (description) => add(sessionParameters(description), name, of),
  }));
}

/** One more value of an enum. */
function word(schema: string, member: string, newer: string, why: string): Amendment {
  return {
    what: `${schema}: ${member} may be ${newer}`,
    why,
    apply: (description) => {
      const words = description.components.schemas[schema]!.properties![member]!.enum!;
      if (words.includes(newer)) throw new Error(`The description has ${schema}.${member} ${newer} already.`);
      words.push(newer);
    },
  };
}

function add(properties: Record<string, Schema>, name: string, of: Schema): void {
  if (properties[name]) throw new Error(`The description has ${name} already: it is not newer.`);
  properties[name] = of;
}

function sessionParameters(description: Description): Record<string, Schema> {
  return description.paths['/v1/checkout/sessions']!.post!.requestBody!.content['application/x-www-form-urlencoded']!
    .schema.properties!;
}

function lineItemMembers(description: Description): Record<string, Schema> {
  return sessionParameters(description).line_items!.items!.properties!;
}
