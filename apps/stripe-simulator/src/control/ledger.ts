import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { withdrawnBy } from '../disputes/dispute-money.js';

interface Sums {
  /** Sum of successful charges. */
  charged: number;
  /** Sum of refunds whose money has left the balance and has not returned. */
  refunded: number;
  /** Sum that disputes withdrew and have not reinstated. */
  disputed: number;
  /** The account's balance. */
  net: number;
}

/**
 * An independent count of the money: summed from each charge, refund and dispute, not from the totals in Stripe's
 * objects.
 */
export function ledger({ store }: World) {
  const sessions = store.sessions.all();
  const refunds = store.refunds.all();
  const charges = store.charges.all();
  const disputes = store.disputes.all();
  const totals = new Map<string, Sums>();
  const sumsOf = (currency: string) => {
    const sums = totals.get(currency) ?? { charged: 0, refunded: 0, disputed: 0, net: 0 };
    totals.set(currency, sums);
    return sums;
  };
  for (const { status, amount, currency } of charges) if (status === 'succeeded') sumsOf(currency).charged += amount;
  for (const refund of refunds) if (isGone(refund)) sumsOf(refund.currency).refunded += refund.amount;
  for (const dispute of disputes) sumsOf(dispute.currency).disputed += withdrawnBy(store, dispute);
  for (const sums of totals.values()) sums.net = sums.charged - sums.refunded - sums.disputed;

  return {
    sessions: sessions.map((session) => ({
      id: session.id,
      status: session.status,
      payment_status: session.payment_status,
      amount: session.amount_total,
      currency: session.currency,
      client_reference_id: session.client_reference_id,
      metadata: session.metadata,
      payment_intent: session.payment_intent,
      created: session.created,
      expires_at: session.expires_at,
      url: session.url,
    })),
    charges: charges.map((charge) => chargeRow(charge, sessions, refunds)),
    refunds: refunds.map(({ id, charge, payment_intent, amount, currency, status, reason, metadata, created }) => ({
      id,
      charge,
      payment_intent,
      amount,
      currency,
      status,
      reason,
      metadata,
      created,
    })),
    disputes: disputes.map((dispute) => ({
      id: dispute.id,
      charge: dispute.charge,
      payment_intent: dispute.payment_intent,
      amount: dispute.amount,
      withdrawn: withdrawnBy(store, dispute),
      currency: dispute.currency,
      status: dispute.status,
      is_charge_refundable: dispute.is_charge_refundable,
      reason: dispute.reason,
      created: dispute.created,
    })),
    totals: Object.fromEntries(totals),
  };
}

function chargeRow(
  charge: Stripe.Charge,
  sessions: readonly Stripe.Checkout.Session[],
  refunds: readonly Stripe.Refund[],
) {
  const own = refunds.filter((refund) => refund.charge === charge.id);
  const sum = (of: readonly Stripe.Refund[]) => of.reduce((total, { amount }) => total + amount, 0);
  return {
    id: charge.id,
    payment_intent: charge.payment_intent,
    session: sessions.find(({ payment_intent }) => payment_intent === charge.payment_intent)?.id ?? null,
    amount: charge.amount,
    currency: charge.currency,
    status: charge.status,
    refunded: sum(own.filter(({ status }) => status === 'succeeded')),
    refunding: sum(own.filter(({ status }) => status === 'pending' || status === 'requires_action')),
    disputed: charge.disputed,
    metadata: charge.metadata,
    created: charge.created,
  };
}

/** A refund that now requires action by the customer after it was pending has left the balance. */
function isGone({ balance_transaction, failure_balance_transaction }: Stripe.Refund): boolean {
  return balance_transaction !== null && failure_balance_transaction === undefined;
}
