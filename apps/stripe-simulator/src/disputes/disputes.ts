import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { emitEvent } from '../events/emit-event.js';
import type { Settlement } from '../payments/balance-transactions.js';
import { failPendingRefunds } from '../refunds/settle-refund.js';
import { newId } from '../state/ids.js';
import { moveUntil } from './dispute-money.js';
import { NO_EVIDENCE } from './no-evidence.js';
import { INQUIRIES } from './of-a-charge.js';

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

/** Not possible in the dispute's current state. */
export class NotDisputable extends Error {}

/** Optional members of every step of a bank. */
export interface BankStep {
  /** Whether Stripe says that the charge may be refunded; left out: as usual in the state that the dispute comes to. */
  readonly is_charge_refundable?: boolean | undefined;
  /** What the money that moves is settled in; left out: as at this dispute's last transaction, or the charge's currency. */
  readonly settlement?: Settlement | undefined;
}

interface NewDispute extends BankStep {
  readonly kind: Kind;
  readonly amount?: number | undefined;
  readonly reason?: string | undefined;
}

/**
 * The customer's bank takes money back (chargeback) or asks about it (inquiry). A charge can have several disputes,
 * also for more than was charged. https://docs.stripe.com/api/disputes/object#dispute_object-amount @throws
 * NotDisputable
 */
export function openDispute(world: World, charge_id: string, wish: NewDispute): Stripe.Dispute {
  const charge = world.store.charges.get(charge_id);
  if (charge?.status !== 'succeeded') throw new NotDisputable(`There is no paid charge ${charge_id}.`);
  const dispute = world.store.disputes.put(newDispute(world, charge, wish));
  if (wish.kind === 'inquiry') {
    emitEvent(world, 'charge.dispute.created', dispute);
    return dispute;
  }
  return withdrawAll(world, dispute, wish.settlement, (withdrawn) =>
    emitEvent(world, 'charge.dispute.created', withdrawn),
  );
}

/** An inquiry becomes a chargeback: the money is withdrawn. @throws NotDisputable */
export function escalateInquiry(world: World, id: string, step: BankStep): Stripe.Dispute {
  const inquiry = disputeOf(world, id);
  if (!INQUIRIES.includes(inquiry.status)) throw new NotDisputable(`The dispute ${id} is not an open inquiry.`);
  const dispute = world.store.disputes.update(id, {
    status: 'needs_response',
    is_charge_refundable: step.is_charge_refundable ?? false,
  });
  return withdrawAll(world, dispute, step.settlement, (withdrawn) =>
    emitEvent(world, 'charge.dispute.updated', withdrawn, { status: inquiry.status }),
  );
}

export function disputeOf({ store }: World, id: string): Stripe.Dispute {
  const dispute = store.disputes.get(id);
  if (!dispute) throw new NotDisputable(`There is no dispute ${id}.`);
  return dispute;
}

/** Withdraws the whole disputed amount. @param announce emits the event that precedes the event of the money. */
function withdrawAll(
  world: World,
  dispute: Stripe.Dispute,
  settlement: Settlement | undefined,
  announce: (dispute: Stripe.Dispute) => unknown,
): Stripe.Dispute {
  const charge = dispute.charge as string;
  world.store.charges.update(charge, { disputed: true });
  const { dispute: withdrawn, event } = moveUntil(world, dispute, dispute.amount, settlement);
  announce(withdrawn);
  failPendingRefunds(world, charge);
  if (event) emitEvent(world, event, withdrawn);
  return withdrawn;
}

function newDispute(
  world: World,
  charge: Stripe.Charge,
  { kind, amount, reason = 'general', is_charge_refundable = kind === 'inquiry' }: NewDispute,
): Stripe.Dispute {
  const now = world.clock.now();
  return {
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
    is_charge_refundable,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand: 'visa', case_type: kind, network_reason_code: '10' } as Stripe.Dispute.PaymentMethodDetails.Card,
      type: 'card',
    },
    reason,
    status: kind === 'inquiry' ? 'warning_needs_response' : 'needs_response',
  };
}
