import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { newId } from '../state/ids.js';

/** Who pays, as typed on the hosted page. */
export interface Payer {
  readonly email: string | null;
  readonly name: string | null;
}

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
  of: Partial<Stripe.Charge> & Pick<Stripe.Charge, 'status' | 'payment_method_details'> & Payer,
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
    // The payment intent has no outcome yet.
    outcome: null,
    paid: of.status !== 'failed',
    payment_intent: intent.id,
    payment_method: newId('pm'),
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

/** https://docs.stripe.com/api/charges/object#charge_object-payment_method_details */
export function cardDetails(last4: string, cvc_check: 'pass' | 'fail' = 'pass'): Stripe.Charge.PaymentMethodDetails {
  const card = {
    brand: 'visa',
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check },
    country: 'US',
    exp_month: 12,
    exp_year: 2034,
    // Equal for the same card number.
    fingerprint: `simulated${last4}`,
    funding: 'credit',
    installments: null,
    last4,
    mandate: null,
    network: 'visa',
    three_d_secure: null,
    wallet: null,
  } as Stripe.Charge.PaymentMethodDetails.Card;
  return { type: 'card', card };
}

/** The delayed method is a bank transfer. */
export const TRANSFER_DETAILS: Stripe.Charge.PaymentMethodDetails = { type: 'customer_balance', customer_balance: {} };
