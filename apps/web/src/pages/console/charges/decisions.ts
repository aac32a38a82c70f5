import type { Done, Made } from '../payments/refunding.js';
import type { ListedCharge } from '../wire.js';

/** What staff decide about quarantined money. */
export type Decision = 'accept' | 'refund' | 'settle_elsewhere';

/** What was decided, or what came of its refund. */
export type Decided = Done<Made | 'accept' | 'settle_elsewhere'>;

/** What a refund may still take, in minor units; those in flight are not left. */
export function leftOf({ amount_received, amount_returned, amount_reserved }: ListedCharge): number {
  return amount_received - amount_returned - amount_reserved;
}

/** What can be decided about it now: no button is there that the API would refuse. */
export function decisionsOf(charge: ListedCharge): readonly Decision[] {
  if (charge.disposition !== 'quarantined' || charge.payment_id === null) return [];
  const { amount_received, amount_reserved } = charge;
  const left = leftOf(charge);
  return [
    // Only Stripe can state that it matches after all, and only of money that is all there.
    ...(charge.payment_method === 'stripe' && left === amount_received ? (['accept'] as const) : []),
    ...(left > 0 ? (['refund'] as const) : []),
    ...(amount_reserved === 0 ? (['settle_elsewhere'] as const) : []),
  ];
}
