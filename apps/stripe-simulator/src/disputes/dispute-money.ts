import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { moveMoney, type Settlement } from '../payments/balance-transactions.js';
import type { Store } from '../state/store.js';

/**
 * What has left the balance by this dispute and has not come back, in the charge's currency: the sum of its balance
 * transactions, whatever its status says. https://docs.stripe.com/api/disputes/object#dispute_object-balance_transactions
 */
export function withdrawnBy({ dispute_moves }: Store, { balance_transactions }: Stripe.Dispute): number {
  return balance_transactions.reduce((sum, { id, amount }) => sum - (dispute_moves.get(id)?.amount ?? amount), 0);
}

/**
 * Withdraws or reinstates until `withdrawn` has left by this dispute; moves nothing when it has already.
 * @param withdrawn in the charge's currency, as `withdrawnBy` counts it.
 * @param settlement left out: as at the last transaction of this dispute.
 */
export function moveUntil(
  world: World,
  dispute: Stripe.Dispute,
  withdrawn: number,
  settlement: Settlement | undefined = lastSettlement(dispute),
): { dispute: Stripe.Dispute; event: FundsEvent | undefined } {
  const amount = withdrawnBy(world.store, dispute) - withdrawn;
  if (amount === 0) return { dispute, event: undefined };
  const transaction = moveMoney(world, {
    amount,
    currency: dispute.currency,
    source: dispute.id,
    type: 'adjustment',
    reporting_category: amount < 0 ? 'dispute' : 'dispute_reversal',
    settlement,
  });
  world.store.dispute_moves.put({ id: transaction.id, amount });
  return {
    dispute: world.store.disputes.update(dispute.id, {
      balance_transactions: [...dispute.balance_transactions, transaction],
    }),
    event: amount < 0 ? 'charge.dispute.funds_withdrawn' : 'charge.dispute.funds_reinstated',
  };
}

export type FundsEvent = 'charge.dispute.funds_withdrawn' | 'charge.dispute.funds_reinstated';

function lastSettlement({ balance_transactions }: Stripe.Dispute): Settlement | undefined {
  const last = balance_transactions.at(-1);
  return last && last.exchange_rate !== null
    ? { currency: last.currency, exchange_rate: last.exchange_rate }
    : undefined;
}
