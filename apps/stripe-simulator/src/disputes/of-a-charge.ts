import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { emitEvent } from '../events/emit-event.js';

/** Statuses of inquiries, which have moved no money. */
export const INQUIRIES: readonly string[] = ['warning_needs_response', 'warning_under_review'];

/** A full refund answers an inquiry. https://docs.stripe.com/disputes/how-disputes-work#inquiries */
export function closeRefundedInquiry(world: World, charge_id: string): void {
  if (!world.store.charges.get(charge_id)?.refunded) return;
  const inquiries = ofCharge(world, charge_id).filter(({ status }) => INQUIRIES.includes(status));
  for (const inquiry of inquiries) closeInquiry(world, inquiry);
}

/**
 * What keeps a charge from being refunded: Stripe says so in each dispute, whatever its status.
 * https://docs.stripe.com/api/disputes/object#dispute_object-is_charge_refundable,
 * https://docs.stripe.com/error-codes#charge-disputed
 */
export function blockingDispute(world: World, charge_id: string): Stripe.Dispute | undefined {
  return ofCharge(world, charge_id).find(({ is_charge_refundable }) => !is_charge_refundable);
}

function ofCharge({ store }: World, charge_id: string): Stripe.Dispute[] {
  return store.disputes.all().filter(({ charge }) => charge === charge_id);
}

/** An inquiry is closed without a winner. */
export function closeInquiry(world: World, inquiry: Stripe.Dispute): Stripe.Dispute {
  const closed = world.store.disputes.update(inquiry.id, { status: 'warning_closed', is_charge_refundable: true });
  emitEvent(world, 'charge.dispute.closed', closed);
  return closed;
}
