import type { ProviderTransaction } from '../../ledger/charges.repository.js';

/** The payment method of everything that Stripe has taken. */
export const STRIPE = 'stripe';

/** Charges of Stripe are known by their payment intents. */
export const transactionAtStripe = (payment_intent: string): ProviderTransaction => ({
  payment_method: STRIPE,
  transaction_id: payment_intent,
});
