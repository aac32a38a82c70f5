import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { newId } from '../state/ids.js';

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
  },
): Stripe.BalanceTransaction {
  const now = world.clock.now();
  return world.store.balance_transactions.put({
    id: newId('txn'),
    object: 'balance_transaction',
    amount: move.amount,
    available_on: now,
    balance_type: 'payments',
    created: now,
    currency: move.currency,
    description: move.description ?? null,
    exchange_rate: null,
    fee: 0,
    fee_details: [],
    net: move.amount,
    reporting_category: move.reporting_category,
    source: move.source,
    status: 'available',
    type: move.type,
  });
}
