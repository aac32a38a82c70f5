import type { Stripe } from 'stripe';

/** Why a payment failed, as the charge and its payment intent report it. */
export interface Declined {
  /** https://docs.stripe.com/error-codes */
  readonly code:
    'card_declined' | 'expired_card' | 'incorrect_cvc' | 'processing_error' | 'payment_intent_payment_attempt_failed';
  /** For cards only. https://docs.stripe.com/declines/codes */
  readonly decline_code?: DeclineCode;
  readonly message: string;
  readonly seller_message: string;
  /** The card's field that is wrong, if the code names one. */
  readonly param?: 'exp_month' | 'cvc';
}

export interface DeclinedCard extends Declined {
  readonly decline_code: DeclineCode;
  readonly last4: string;
}

export const DECLINE_CODES = [
  'generic_decline',
  'insufficient_funds',
  'lost_card',
  'stolen_card',
  'expired_card',
  'incorrect_cvc',
  'processing_error',
  'card_velocity_exceeded',
] as const;
export type DeclineCode = (typeof DECLINE_CODES)[number];

const DECLINED = 'Your card was declined.';

/**
 * Stripe's test cards 4000 0000 0000 and these four digits. https://docs.stripe.com/testing#declined-payments
 * A customer does not learn that a card is known as lost or stolen: https://docs.stripe.com/declines/codes
 */
export const DECLINED_CARDS: Readonly<Record<DeclineCode, DeclinedCard>> = {
  generic_decline: {
    ...declined('card_declined', 'generic_decline', '0002', DECLINED),
    seller_message: 'The bank did not return any further details with this decline.',
  },
  insufficient_funds: declined('card_declined', 'insufficient_funds', '9995', 'Your card has insufficient funds.'),
  lost_card: declined('card_declined', 'lost_card', '9987', DECLINED),
  stolen_card: declined('card_declined', 'stolen_card', '9979', DECLINED),
  expired_card: { ...declined('expired_card', 'expired_card', '0069', 'Your card has expired.'), param: 'exp_month' },
  incorrect_cvc: {
    ...declined('incorrect_cvc', 'incorrect_cvc', '0127', "Your card's security code is incorrect."),
    param: 'cvc',
  },
  processing_error: declined(
    'processing_error',
    'processing_error',
    '0119',
    'An error occurred while processing your card. Try again in a little bit.',
  ),
  card_velocity_exceeded: declined(
    'card_declined',
    'card_velocity_exceeded',
    '6975',
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  ),
};

function declined(code: Declined['code'], decline_code: DeclineCode, last4: string, message: string): DeclinedCard {
  return {
    code,
    decline_code,
    last4,
    message,
    seller_message: `The bank returned the decline code \`${decline_code}\`.`,
  };
}

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
