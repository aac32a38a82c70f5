import type { StripeCharge, StripeEvent, StripePaymentIntent } from '#stripe';
import type { FailedAttempt } from '../../ledger/payment-attempts.repository.js';

/** Lengths of the columns, in characters. The texts come from Stripe, which documents no maximum. */
const MAX_CODE = 100;
const MAX_MESSAGE = 500;
const MAX_BRAND = 50;

interface CardDetails {
  readonly brand?: string | null;
  readonly last4?: string | null;
}

/**
 * A charge reports its decline code as the reason of its outcome; only the payment intent's error has it in a field of
 * its own (https://docs.stripe.com/declines/card,
 * https://docs.stripe.com/api/charges/object#charge_object-outcome-reason).
 */
export function attemptOfCharge(charge: StripeCharge, payment_intent: string): FailedAttempt {
  const { outcome, payment_method_details: details } = charge;
  const by = methodOf(details?.type, charge.failure_code, details?.card ?? details?.card_present);
  return {
    charge_id: charge.id,
    event_id: null,
    payment_intent,
    ...by,
    failure_code: bounded(charge.failure_code, MAX_CODE),
    decline_code: by.is_card ? bounded(outcome?.reason, MAX_CODE) : null,
    network_decline_code: bounded(outcome?.network_decline_code, MAX_CODE),
    message: bounded(charge.failure_message, MAX_MESSAGE),
    attempted_at: charge.created,
  };
}

/** An attempt without a charge, for example when 3D Secure fails. The event is the only source for it. */
export function attemptOfEvent(event: StripeEvent, intent: StripePaymentIntent): FailedAttempt {
  const error = intent.last_payment_error;
  const by = methodOf(error?.payment_method?.type, error?.code, error?.payment_method?.card);
  return {
    charge_id: null,
    event_id: event.id,
    payment_intent: intent.id,
    ...by,
    failure_code: bounded(error?.code, MAX_CODE),
    decline_code: by.is_card ? bounded(error?.decline_code, MAX_CODE) : null,
    network_decline_code: bounded(error?.network_decline_code, MAX_CODE),
    message: bounded(error?.message, MAX_MESSAGE),
    attempted_at: event.created,
  };
}

/**
 * Which charge a failed intent reports. Stripe's error names the charge for cards only
 * (https://docs.stripe.com/api/payment_intents/object#payment_intent_object-last_payment_error-charge). For a bank
 * debit that fails days later, it is the latest charge. A failed authentication made no charge, so then the latest
 * charge is an older one.
 */
export function failedChargeOf({ last_payment_error: error, latest_charge }: StripePaymentIntent): string | undefined {
  if (error?.charge) return error.charge;
  if (error?.code === 'payment_intent_authentication_failure') return undefined;
  return (typeof latest_charge === 'string' ? latest_charge : latest_charge?.id) ?? undefined;
}

/** Wallets and Link charge cards too: a payment that a card's issuer declined counts as a card payment. */
function methodOf(type: string | undefined, code: string | null | undefined, card: CardDetails | null | undefined) {
  const is_card = type === 'card' || type === 'card_present' || code === 'card_declined';
  const last4 = is_card && typeof card?.last4 === 'string' && /^[0-9]{4}$/.test(card.last4) ? card.last4 : null;
  return {
    is_card,
    payment_method_type: bounded(type, MAX_CODE),
    card_brand: is_card ? bounded(card?.brand, MAX_BRAND) : null,
    card_last4: last4,
  };
}

/** Counts characters as Postgres does, and removes control characters, because Postgres refuses NUL. */
function bounded(text: unknown, max: number): string | null {
  if (typeof text !== 'string') return null;
  const plain = text.replaceAll(/\p{Cc}/gu, ' ').trim();
  return plain === '' ? null : [...plain].slice(0, max).join('');
}
