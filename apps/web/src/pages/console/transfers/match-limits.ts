import type { PaymentFile } from '../wire.js';

/**
 * How much of the unmatched money a payment can take, in minor units. `max` is 0 if it can take none, even if it
 * `needs` some.
 */
export interface MatchLimits {
  readonly needs: number;
  readonly min: number;
  readonly max: number;
}

/** A pending payment takes any part of what it needs; one that ended unpaid takes its full amount or nothing. */
export function matchLimits({ payment, amount_due }: PaymentFile, unmatched: number): MatchLimits {
  if (payment.status === 'pending') return { needs: amount_due, min: 1, max: Math.min(unmatched, amount_due) };
  const hasEnded = payment.status === 'expired' || payment.status === 'failed';
  if (!hasEnded) return { needs: 0, min: 0, max: 0 };
  const { amount } = payment;
  return { needs: amount, min: amount, max: unmatched >= amount ? amount : 0 };
}
