import type { Done, Made } from '../payments/refunding.js';
import type { ListedCharge } from '../wire.js';

/** What staff decide about quarantined money. */
export type Decision = 'accept' | 'refund' | 'settle_elsewhere';

/** The decision, or the result of its refund. */
export type Decided = Done<Made | 'accept' | 'settle_elsewhere'>;

/** The refundable amount in minor units, without refunds in flight. */
export function leftOf({ amount_received, amount_returned, amount_reserved }: ListedCharge): number {
  return amount_received - amount_returned - amount_reserved;
}

/** The possible decisions: the API would refuse all others. */
export function decisionsOf(charge: ListedCharge): readonly Decision[] {
  if (charge.disposition !== 'quarantined' || charge.payment_id === null) return [];
  const { amount_received, amount_reserved } = charge;
  const left = leftOf(charge);
  return [
    // Only Stripe can state that it matches, and only if nothing of it was refunded.
    ...(charge.payment_method === 'stripe' && left === amount_received ? (['accept'] as const) : []),
    ...(left > 0 ? (['refund'] as const) : []),
    ...(amount_reserved === 0 ? (['settle_elsewhere'] as const) : []),
  ];
}
