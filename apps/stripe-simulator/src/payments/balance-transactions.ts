import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { newId } from '../state/ids.js';

/**
 * Stripe writes balance transactions in the currency the account is settled in.
 * https://docs.stripe.com/api/balance_transactions/object#balance_transaction_object-exchange_rate: an amount in the
 * charge's currency, multiplied by the rate, is the amount in the settlement's, both in minor units.
 */
export interface Settlement {
  readonly currency: string;
  readonly exchange_rate: number;
}

/** Money that moves on the account's balance, free of fees. https://docs.stripe.com/api/balance_transactions/object */
export function moveMoney(
  world: World,
  move: {
    amount: number;
    currency: string;
    source: string;
    type: 'charge' | 'payment' | 'refund' | 'refund_failure' | 'adjustment';
    reporting_category: string;
    description?: string;
    /** Left out: in the charge's own currency. */
    settlement?: Settlement | undefined;
  },
): Stripe.BalanceTransaction {
  const now = world.clock.now();
  const amount = move.settlement ? Math.round(move.amount * move.settlement.exchange_rate) : move.amount;
  return world.store.balance_transactions.put({
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: now,
    balance_type: 'payments',
    created: now,
    currency: move.settlement?.currency ?? move.currency,
    description: move.description ?? null,
    exchange_rate: move.settlement?.exchange_rate ?? null,
    fee: 0,
    fee_details: [],
    net: amount,
    reporting_category: move.reporting_category,
    source: move.source,
    status: 'available',
    type: move.type,
  });
}
