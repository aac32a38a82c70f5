import type { StripeDispute } from '#stripe';
import type { DisputeState } from '../../ledger/disputes.repository.js';

/** A Stripe dispute in Payonce's terms. Amounts in minor units of the charge's currency. */
export interface DisputeOutcomeOfStripe {
  readonly state: DisputeState;
  /** The net amount withdrawn from the balance; 0 unless the dispute is lost. */
  readonly lost_amount: number;
  /** Whether Stripe allows refunds of the rest of the charge. */
  readonly charge_refundable: boolean;
  /** Seconds since 1970: when the money was last withdrawn, and last reinstated. */
  readonly lost_at: number | null;
  readonly reinstated_at: number | null;
}

/** Stripe sent a status that this version does not know, so its meaning for the money is unknown. */
export class UnknownDisputeStatusError extends Error {
  constructor(id: string, status: string) {
    super(`Dispute ${id} has the status "${status}", which this version of Payonce does not know: upgrade Payonce`);
    this.name = 'UnknownDisputeStatusError';
  }
}

type KnownStatus =
  | 'warning_needs_response'
  | 'warning_under_review'
  | 'warning_closed'
  | 'needs_response'
  | 'under_review'
  | 'appeal_needs_response'
  | 'appeal_under_review'
  | 'won'
  | 'lost'
  | 'prevented';

/**
 * https://docs.stripe.com/api/disputes/object#dispute_object-status: the warnings are inquiries, in which no money has
 * moved. That includes closed ones, which may still become disputes. An appeal opens a dispute again
 * (https://docs.stripe.com/disputes/arbitration). A prevented dispute is decided by its balance transactions
 * (https://docs.stripe.com/changelog/basil/2025-08-27/add-preventions-to-dispute).
 */
const STATES = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'inquiry',
  needs_response: 'open',
  under_review: 'open',
  appeal_needs_response: 'open',
  appeal_under_review: 'open',
  won: 'won',
  lost: 'lost',
  prevented: 'prevented',
} as const satisfies Record<KnownStatus, DisputeState | 'prevented'>;

export function isKnownStatus(status: string): status is KnownStatus {
  return Object.hasOwn(STATES, status);
}

/** @throws UnknownDisputeStatusError */
export function outcomeOfDispute(dispute: StripeDispute): DisputeOutcomeOfStripe {
  if (!isKnownStatus(dispute.status)) throw new UnknownDisputeStatusError(dispute.id, dispute.status);
  const known = STATES[dispute.status];
  const net = netLoss(dispute);
  const state = known === 'prevented' ? (net > 0 ? 'lost' : 'won') : known;
  return {
    state,
    lost_amount: state === 'lost' ? net : 0,
    // Without the field, refunds are not allowed while a dispute is open or lost, because they could pay twice.
    charge_refundable: dispute.is_charge_refundable ?? (state === 'inquiry' || state === 'won'),
    lost_at: latest(withdrawals(dispute)),
    reinstated_at: latest(movements(dispute).filter(({ amount }) => amount > 0)),
  };
}

/**
 * What the balance transactions withdrew and did not reinstate: Stripe calls a partly won dispute lost, and a dispute
 * answered by a refund has no balance transactions
 * (https://docs.stripe.com/api/disputes/object#dispute_object-balance_transactions). Fees are the account's own cost.
 * The amounts are in the currency in which the account settles; if that differs from the charge's, the same share of
 * the dispute's amount counts.
 */
function netLoss(dispute: StripeDispute): number {
  const moved = dispute.balance_transactions as StripeDispute['balance_transactions'] | undefined;
  // Only a shortened copy lacks the list; Stripe's own objects always have it.
  if (moved === undefined) return dispute.status === 'prevented' ? 0 : dispute.amount;
  const taken = -withdrawals(dispute).reduce((sum, { amount }) => sum + amount, 0);
  const net = Math.max(0, -moved.reduce((sum, { amount }) => sum + amount, 0));
  if (taken === 0 || moved.every(({ currency }) => currency === dispute.currency)) return net;
  return Math.round((dispute.amount * net) / taken);
}

type Movements = StripeDispute['balance_transactions'];

function movements(dispute: StripeDispute): Movements {
  const moved: Movements | undefined = dispute.balance_transactions;
  return moved ?? [];
}

function withdrawals(dispute: StripeDispute): Movements {
  return movements(dispute).filter(({ amount }) => amount < 0);
}

function latest(moved: Movements): number | null {
  const times = moved.map(({ created }) => created).filter(Number.isSafeInteger);
  return times.length === 0 ? null : Math.max(...times);
}
