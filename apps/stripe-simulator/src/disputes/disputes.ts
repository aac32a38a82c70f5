import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { emitEvent } from '../events/emit-event.js';
import { moveMoney } from '../payments/balance-transactions.js';
import { failPendingRefunds } from '../refunds/settle-refund.js';
import { newId } from '../state/ids.js';
import { NO_EVIDENCE } from './no-evidence.js';
import { close, INQUIRIES } from './of-a-charge.js';

/** https://docs.stripe.com/disputes/how-disputes-work: an inquiry moves no money, a chargeback does. */
export const KINDS = ['chargeback', 'inquiry'] as const;
/** https://docs.stripe.com/api/disputes/object#dispute_object-reason */
export const REASONS = [
  'bank_cannot_process',
  'check_returned',
  'credit_not_processed',
  'customer_initiated',
  'debit_not_authorized',
  'duplicate',
  'fraudulent',
  'general',
  'incorrect_account_details',
  'insufficient_funds',
  'noncompliant',
  'product_not_received',
  'product_unacceptable',
  'subscription_canceled',
  'unrecognized',
] as const;

export type Kind = (typeof KINDS)[number];

/** https://docs.stripe.com/disputes/responding: most networks give between seven and twenty-one days. */
const RESPOND_WITHIN_SECONDS = 9 * 86_400;

const OVER = ['won', 'lost', 'warning_closed'];

/** The world outside cannot do this to this dispute now. */
export class NotDisputable extends Error {}

/**
 * The customer's bank takes its money back, or asks about it: also several times, and more than was charged.
 * https://docs.stripe.com/api/disputes/object#dispute_object-amount @throws NotDisputable
 */
export function openDispute(
  world: World,
  charge_id: string,
  { kind, amount, reason = 'general' }: { kind: Kind; amount?: number | undefined; reason?: string | undefined },
): Stripe.Dispute {
  const charge = world.store.charges.get(charge_id);
  if (charge?.status !== 'succeeded') throw new NotDisputable(`There is no paid charge ${charge_id}.`);
  const now = world.clock.now();
  const dispute = world.store.disputes.put({
    id: newId('du'),
    object: 'dispute',
    amount: amount ?? charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: now + RESPOND_WITHIN_SECONDS,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: kind === 'inquiry',
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand: 'visa', case_type: kind, network_reason_code: '10' } as Stripe.Dispute.PaymentMethodDetails.Card,
      type: 'card',
    },
    reason,
    status: kind === 'inquiry' ? 'warning_needs_response' : 'needs_response',
  });
  if (kind === 'inquiry') {
    emitEvent(world, 'charge.dispute.created', dispute);
    return dispute;
  }
  world.store.charges.update(charge.id, { disputed: true });
  const withdrawn = withdraw(world, dispute);
  emitEvent(world, 'charge.dispute.created', withdrawn);
  failPendingRefunds(world, charge.id);
  emitEvent(world, 'charge.dispute.funds_withdrawn', withdrawn);
  return withdrawn;
}

/** An inquiry that becomes a chargeback: now the money goes. @throws NotDisputable */
export function escalateInquiry(world: World, id: string): Stripe.Dispute {
  const inquiry = openOne(world, id);
  if (!INQUIRIES.includes(inquiry.status)) throw new NotDisputable(`The dispute ${id} is no inquiry.`);
  world.store.disputes.update(id, { status: 'needs_response', is_charge_refundable: false });
  world.store.charges.update(inquiry.charge as string, { disputed: true });
  const withdrawn = withdraw(world, world.store.disputes.get(id) as Stripe.Dispute);
  emitEvent(world, 'charge.dispute.updated', withdrawn, { status: inquiry.status });
  failPendingRefunds(world, inquiry.charge as string);
  emitEvent(world, 'charge.dispute.funds_withdrawn', withdrawn);
  return withdrawn;
}

/**
 * What the bank decided. An inquiry just ends, without a winner. What was lost may be won after all, when the customer
 * withdraws: https://docs.stripe.com/disputes/withdrawing @throws NotDisputable
 */
export function closeDispute(world: World, id: string, status: 'won' | 'lost'): Stripe.Dispute {
  const known = world.store.disputes.get(id);
  const dispute = known?.status === 'lost' && status === 'won' ? known : openOne(world, id);
  if (INQUIRIES.includes(dispute.status)) return close(world, dispute, 'warning_closed');
  if (status === 'lost') return close(world, dispute, 'lost');
  const reinstated = withTransaction(world, dispute, dispute.amount, 'dispute_reversal');
  const won = close(world, reinstated, 'won');
  emitEvent(world, 'charge.dispute.funds_reinstated', won);
  return won;
}

function openOne({ store }: World, id: string): Stripe.Dispute {
  const dispute = store.disputes.get(id);
  if (!dispute) throw new NotDisputable(`There is no dispute ${id}.`);
  if (OVER.includes(dispute.status)) throw new NotDisputable(`The dispute ${id} is ${dispute.status}.`);
  return dispute;
}

function withdraw(world: World, dispute: Stripe.Dispute): Stripe.Dispute {
  return withTransaction(world, dispute, -dispute.amount, 'dispute');
}

function withTransaction(world: World, dispute: Stripe.Dispute, amount: number, why: string): Stripe.Dispute {
  const transaction = moveMoney(world, {
    amount,
    currency: dispute.currency,
    source: dispute.id,
    type: 'adjustment',
    reporting_category: why,
  });
  return world.store.disputes.update(dispute.id, {
    balance_transactions: [...dispute.balance_transactions, transaction],
  });
}
