import { randomInt } from 'node:crypto';
import type { Stripe } from 'stripe';
import { noSuch, StripeError } from '../api/stripe-error.js';
import type { World } from '../api/world.js';
import { emitEvent } from '../events/emit-event.js';
import { moveMoney } from '../payments/balance-transactions.js';
import { countRefunded, waitsForBalance, withMoney } from './create-refund.js';

export const SETTLEMENTS = ['pending', 'requires_action', 'succeeded', 'failed'] as const;
/** Staff may take a card's refund back in the dashboard, for a short time. https://docs.stripe.com/refunds#cancel-refund */
export const ENDS = [...SETTLEMENTS, 'canceled'] as const;
export type End = (typeof ENDS)[number];

/** Which state may follow which. A refund that succeeded may still fail. https://docs.stripe.com/refunds#failed-refunds */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  pending: ['requires_action', 'succeeded', 'failed', 'canceled'],
  requires_action: ['pending', 'succeeded', 'failed', 'canceled'],
  succeeded: ['failed', 'canceled'],
  failed: [],
  canceled: [],
};

/** Not possible in the refund's current state. */
export class NotSettleable extends Error {}

/**
 * What the customer's bank says, at once or days later.
 * @throws NotSettleable for an unknown refund, or a state that cannot follow the one it has.
 */
export function settleRefund(world: World, id: string, to: End, failure_reason = 'unknown'): Stripe.Refund {
  const refund = world.store.refunds.get(id);
  if (!refund) throw new NotSettleable(`There is no refund ${id}.`);
  const toppedUp = to === 'pending' && waitsForBalance(refund);
  if (!toppedUp && !NEXT[refund.status ?? '']?.includes(to))
    throw new NotSettleable(`The refund ${id} is ${refund.status}.`);
  return change(world, refund, to, to === 'canceled' ? 'merchant_request' : failure_reason);
}

/** A chargeback came first. https://docs.stripe.com/refunds#failed-refunds */
export function failPendingRefunds(world: World, charge: string): void {
  const pending = world.store.refunds.all().filter((refund) => refund.charge === charge && refund.status === 'pending');
  for (const refund of pending) change(world, refund, 'failed', 'charge_for_pending_refund_disputed');
}

/** Something other than the status has changed: the reference by which the bank finds it. */
export function referRefund(world: World, id: string): Stripe.Refund {
  const refund = world.store.refunds.get(id);
  if (refund?.status !== 'succeeded') throw new NotSettleable(`There is no refund ${id} that has succeeded.`);
  const before = refund.destination_details;
  const card = { ...before?.card, reference: newReference(), reference_status: 'available' };
  const destination_details = { ...before, card } as Stripe.Refund.DestinationDetails;
  const referred = world.store.refunds.update(id, { destination_details });
  emitEvent(world, 'refund.updated', referred, { destination_details: before });
  emitEvent(world, 'charge.refund.updated', referred, { destination_details: before });
  return referred;
}

/** An acquirer's reference number: 23 digits. */
function newReference(): string {
  return Array.from({ length: 23 }, () => randomInt(10)).join('');
}

/**
 * https://docs.stripe.com/api/refunds/cancel
 * @throws StripeError for a refund that does not wait for the customer.
 */
export function cancelRefund(world: World, id: string): Stripe.Refund {
  const refund = world.store.refunds.get(id);
  if (!refund) throw noSuch('refund', id, 'refund');
  if (refund.status !== 'requires_action') {
    throw new StripeError(
      400,
      `This refund cannot be canceled: only a refund with a status of requires_action can be, and ${id} has a status of ${refund.status}.`,
    );
  }
  return change(world, refund, 'canceled', 'merchant_request');
}

function change(world: World, before: Stripe.Refund, status: End, failure_reason: string): Stripe.Refund {
  const rest = { ...before };
  delete rest.pending_reason;
  const undone = status === 'failed' || status === 'canceled';
  world.store.refunds.put({
    ...rest,
    status,
    ...(status === 'pending' ? { pending_reason: 'processing' as const } : {}),
    ...(undone ? { failure_reason, ...moneyBack(world, before) } : {}),
  });
  const refund = withMoney(world, world.store.refunds.get(before.id) as Stripe.Refund);
  if (undone) countRefunded(world, refund.charge as string);
  const previous = before.status === status ? { pending_reason: before.pending_reason } : { status: before.status };
  emitEvent(world, 'refund.updated', refund, previous);
  emitEvent(world, 'charge.refund.updated', refund, previous);
  if (status === 'failed') emitEvent(world, 'refund.failed', refund);
  return refund;
}

/** The money returns to the balance. */
function moneyBack(world: World, refund: Stripe.Refund): { failure_balance_transaction?: string } {
  if (refund.balance_transaction === null) return {};
  const { id } = moveMoney(world, {
    amount: refund.amount,
    currency: refund.currency,
    source: refund.id,
    type: 'refund_failure',
    reporting_category: 'refund_failure',
  });
  return { failure_balance_transaction: id };
}
