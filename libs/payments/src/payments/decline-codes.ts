import type { DeclinedAttempts } from '../ledger/payment-attempts.repository.js';

const GENERIC = 'generic_decline';

/**
 * Reasons that only staff may see. Stripe asks to show the payer no more than a generic decline for them
 * (https://docs.stripe.com/declines/codes): the holder of a stolen card must not learn that the theft is known, nor a
 * fraudster that a fraud rule matched. `pickup_card` and `restricted_card` can also mean lost or stolen. The last ones
 * are the reasons of payments that Radar blocked
 * (https://docs.stripe.com/api/charges/object#charge_object-outcome-reason).
 */
const STAFF_ONLY: readonly string[] = [
  'fraudulent',
  'lost_card',
  'stolen_card',
  'merchant_blacklist',
  'pickup_card',
  'restricted_card',
  'highest_risk_level',
  'elevated_risk_level',
  'low_probability_of_authorization',
  'rule',
];

/** A decline code as its payer may see it. */
export function declineCodeForPayer(decline_code: string | null): string | null {
  return decline_code !== null && STAFF_ONLY.includes(decline_code) ? GENERIC : decline_code;
}

/** Declined attempts as their payer may see them. */
export function declinedForPayer({ count, latest }: DeclinedAttempts): DeclinedAttempts {
  return {
    count,
    latest: latest.map((attempt) => ({ ...attempt, decline_code: declineCodeForPayer(attempt.decline_code) })),
  };
}
