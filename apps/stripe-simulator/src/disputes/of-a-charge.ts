import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { emitEvent } from '../events/emit-event.js';

/** They ask, and have moved no money. */
export const INQUIRIES: readonly string[] = ['warning_needs_response', 'warning_under_review'];

/** A full refund answers an inquiry. https://docs.stripe.com/disputes/how-disputes-work#inquiries */
export function closeRefundedInquiry(world: World, charge_id: string): void {
  if (!world.store.charges.get(charge_id)?.refunded) return;
  const inquiries = ofCharge(world, charge_id).filter(({ status }) => INQUIRIES.includes(status));
  for (const inquiry of inquiries) close(world, inquiry, 'warning_closed');
}

/** Whose money a bank has taken cannot be given back a second time. https://docs.stripe.com/error-codes#charge-disputed */
export function blockingDispute(world: World, charge_id: string): Stripe.Dispute | undefined {
  return ofCharge(world, charge_id).find(
    ({ status }) => !INQUIRIES.includes(status) && status !== 'won' && status !== 'warning_closed',
  );
}

function ofCharge({ store }: World, charge_id: string): Stripe.Dispute[] {
  return store.disputes.all().filter(({ charge }) => charge === charge_id);
}

export function close(
  world: World,
  dispute: Stripe.Dispute,
  status: 'won' | 'lost' | 'warning_closed',
): Stripe.Dispute {
  const closed = world.store.disputes.update(dispute.id, { status, is_charge_refundable: status !== 'lost' });
  emitEvent(world, 'charge.dispute.closed', closed);
  return closed;
}
