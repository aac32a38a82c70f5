import type { Stripe } from 'stripe';
import { endpoint } from '../api/endpoint.js';
import type { StripeObject } from '../api/world.js';

/** Everything is available at once: there is no bank to wait for. https://docs.stripe.com/api/balance */
export const balanceEndpoints = [
  endpoint('GET /v1/balance', {}, ({ store }): StripeObject => {
    const sums = new Map<string, number>();
    for (const { currency, net } of store.balance_transactions.all()) {
      sums.set(currency, (sums.get(currency) ?? 0) + net);
    }
    // For a new account, the default currency with amount 0.
    if (sums.size === 0) sums.set('idr', 0);
    const available = [...sums].map(([currency, amount]) => ({ amount, currency, source_types: { card: amount } }));
    const balance: Stripe.Balance = {
      object: 'balance',
      available,
      livemode: false,
      pending: available.map(({ currency }) => ({ amount: 0, currency, source_types: { card: 0 } })),
    };
    return balance;
  }),
];
