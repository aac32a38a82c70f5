import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { newId } from '../state/ids.js';

export interface Declined {
  readonly code: 'card_declined' | 'payment_intent_payment_attempt_failed';
  readonly decline_code: string;
  readonly message: string;
}

/** https://docs.stripe.com/declines/codes; what card 4000 0000 0000 0002 answers. */
export const DECLINED: Declined = {
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'Your card was declined.',
};

export const BANK_REFUSED: Declined = {
  code: 'payment_intent_payment_attempt_failed',
  decline_code: 'generic_decline',
  message: 'The payment failed.',
};

/** https://docs.stripe.com/api/payment_intents/object */
export function newPaymentIntent(
  world: World,
  of: Pick<Stripe.PaymentIntent, 'amount' | 'currency'> & Partial<Stripe.PaymentIntent>,
): Stripe.PaymentIntent {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_${newId('secret')}`,
    confirmation_method: 'automatic',
    created: world.clock.now(),
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
    ...of,
  };
}

/** https://docs.stripe.com/api/charges/object; metadata is the payment intent's at this moment. */
export function newCharge(
  world: World,
  intent: Stripe.PaymentIntent,
  of: Partial<Stripe.Charge> & { status: string; payment_method: string; email: string | null; name: string | null },
): Stripe.Charge {
  const { email, name, ...fields } = of;
  return {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: of.status === 'succeeded' ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email, name, phone: null, tax_id: null },
    calculated_statement_descriptor: 'PAYONCE SIMULATION',
    captured: of.status === 'succeeded',
    created: world.clock.now(),
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(of.status),
    paid: of.status !== 'failed',
    payment_intent: intent.id,
    payment_method_details: methodDetails(of.status),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    transfer_data: null,
    transfer_group: null,
    ...fields,
  };
}

/** https://docs.stripe.com/api/charges/object#charge_object-payment_method_details: what is slow is a bank transfer. */
function methodDetails(status: string): Stripe.Charge.PaymentMethodDetails {
  if (status === 'pending') return { type: 'customer_balance', customer_balance: {} };
  const card = {
    brand: 'visa',
    country: 'US',
    exp_month: 12,
    exp_year: 2034,
    funding: 'credit',
    last4: status === 'failed' ? '0002' : '4242',
    network: 'visa',
  } as Stripe.Charge.PaymentMethodDetails.Card;
  return { type: 'card', card };
}

/** https://docs.stripe.com/api/charges/object#charge_object-outcome */
export function outcomeOf(status: string, declined: Declined = DECLINED): Stripe.Charge.Outcome {
  const failed = status === 'failed';
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: failed ? 'declined_by_network' : 'approved_by_network',
    reason: failed ? declined.decline_code : null,
    risk_level: 'normal',
    seller_message: failed ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
    type: failed ? 'issuer_declined' : 'authorized',
  };
}
