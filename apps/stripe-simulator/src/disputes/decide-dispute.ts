import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { emitEvent } from '../events/emit-event.js';
import { failPendingRefunds } from '../refunds/settle-refund.js';
import { type FundsEvent, moveUntil, withdrawnBy } from './dispute-money.js';
import { type BankStep, disputeOf, NotDisputable } from './disputes.js';
import { closeInquiry, INQUIRIES } from './of-a-charge.js';

/** https://docs.stripe.com/disputes/arbitration#appeal-a-dispute-decision-using-the-api */
export const APPEALS = ['appeal_needs_response', 'appeal_under_review'] as const;
type Appeal = (typeof APPEALS)[number];

export interface Decision extends BankStep {
  readonly status: 'won' | 'lost';
  /** With `lost`: how much of the amount is back on the balance afterwards, in the charge's currency. */
  readonly reinstated?: number | undefined;
}

/**
 * The appeal stage: the bank rejects the response, or the response to that is under review. A dispute that was won is
 * open again then, and its money is withdrawn once more. https://docs.stripe.com/disputes/arbitration
 * @throws NotDisputable for an inquiry, one that has been closed, and the status that the dispute has.
 */
export function appealDispute(
  world: World,
  id: string,
  { status, is_charge_refundable = false, settlement }: BankStep & { readonly status: Appeal },
): Stripe.Dispute {
  const before = chargebackOf(world, id);
  if (before.status === status) throw new NotDisputable(`The dispute ${id} is ${status}.`);
  // Won: the whole amount goes again. Lost, also in part: what the bank has it keeps until the appeal is decided.
  const withdrawn = before.status === 'won' ? before.amount : withdrawnBy(world.store, before);
  const appealed = world.store.disputes.update(id, { status, is_charge_refundable });
  const { dispute, event } = moveUntil(world, appealed, withdrawn, settlement);
  emitEvent(world, 'charge.dispute.updated', dispute, { status: before.status });
  return emitFunds(world, dispute, event);
}

/**
 * What the bank, or the network after an appeal, decided: also against an earlier decision. A customer may withdraw what
 * was lost (https://docs.stripe.com/disputes/withdrawing), and pre-arbitration may turn round what was won. One that is
 * won in part is `lost`, with a part of its amount reinstated:
 * https://support.stripe.com/questions/dispute-for-full-charge-amount-after-a-partial-refund-was-issued
 * An inquiry just ends, without a winner.
 * @throws NotDisputable when there is nothing to decide, or nothing would change.
 */
export function closeDispute(world: World, id: string, decision: Decision): Stripe.Dispute {
  const before = disputeOf(world, id);
  if (INQUIRIES.includes(before.status)) {
    if (decision.reinstated !== undefined) throw new NotDisputable(`The inquiry ${id} has moved no money.`);
    return closeInquiry(world, before);
  }
  chargebackOf(world, id);
  const { status, reinstated = 0, is_charge_refundable = status === 'won', settlement } = decision;
  if (reinstated > before.amount) {
    throw new NotDisputable(`The dispute ${id} is about ${before.amount}: no more can be reinstated.`);
  }
  const withdrawn = status === 'won' ? 0 : before.amount - reinstated;
  if (before.status === status && withdrawnBy(world.store, before) === withdrawn) {
    throw new NotDisputable(`The dispute ${id} is ${status}.`);
  }
  const decided = world.store.disputes.update(id, { status, is_charge_refundable });
  const { dispute, event } = moveUntil(world, decided, withdrawn, settlement);
  // https://docs.stripe.com/api/events/types#event_types-charge.dispute.closed: when the status changes.
  if (before.status !== status) emitEvent(world, 'charge.dispute.closed', dispute);
  else emitEvent(world, 'charge.dispute.updated', dispute, { balance_transactions: before.balance_transactions });
  return emitFunds(world, dispute, event);
}

/** Like a new dispute: when money is withdrawn again, a pending refund fails first. */
function emitFunds(world: World, dispute: Stripe.Dispute, event: FundsEvent | undefined): Stripe.Dispute {
  if (event === 'charge.dispute.funds_withdrawn') failPendingRefunds(world, dispute.charge as string);
  if (event) emitEvent(world, event, dispute);
  return dispute;
}

/** @throws NotDisputable if it has never been a chargeback. */
function chargebackOf(world: World, id: string): Stripe.Dispute {
  const dispute = disputeOf(world, id);
  if (!INQUIRIES.includes(dispute.status) && dispute.status !== 'warning_closed') return dispute;
  throw new NotDisputable(`The dispute ${id} is an inquiry, and ${dispute.status}.`);
}
