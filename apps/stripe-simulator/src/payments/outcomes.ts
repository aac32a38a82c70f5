import type { Stripe } from 'stripe';

/** Why there is no money: what the charge and its payment intent say of it. */
export interface Declined {
  readonly code: 'card_declined' | 'payment_intent_payment_attempt_failed';
  /** Of cards only. https://docs.stripe.com/declines/codes */
  readonly decline_code?: 'generic_decline' | 'insufficient_funds';
  readonly message: string;
  readonly seller_message: string;
}

export interface DeclinedCard extends Declined {
  readonly decline_code: NonNullable<Declined['decline_code']>;
  readonly last4: string;
}

/** Card 4000 0000 0000 0002. https://docs.stripe.com/testing#declined-payments */
export const DECLINED: DeclinedCard = {
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'Your card was declined.',
  seller_message: 'The bank did not return any further details with this decline.',
  last4: '0002',
};

/** Card 4000 0000 0000 9995. https://docs.stripe.com/testing#declined-payments */
export const NO_FUNDS: DeclinedCard = {
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
  seller_message: 'The bank returned the decline code `insufficient_funds`.',
  last4: '9995',
};

/** A transfer that never came. https://docs.stripe.com/error-codes#payment-intent-payment-attempt-failed */
export const BANK_REFUSED: Declined = {
  code: 'payment_intent_payment_attempt_failed',
  message: 'The payment failed.',
  seller_message: 'The bank transfer failed.',
};

/** https://docs.stripe.com/api/charges/object#charge_object-outcome */
export function outcomeOf(declined?: Declined): Stripe.Charge.Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: declined ? 'declined_by_network' : 'approved_by_network',
    reason: declined?.decline_code ?? null,
    risk_level: 'normal',
    seller_message: declined?.seller_message ?? 'Payment complete.',
    type: declined ? 'issuer_declined' : 'authorized',
  };
}
