import type { ProviderTransaction } from '../../ledger/charge.js';

/** The payment method of all money that Stripe has received. */
export const STRIPE = 'stripe';

/** In sentences of answers. */
export const STRIPE_DISPLAY_NAME = 'Stripe';

/** Stripe charges are identified by their payment intents. */
export const transactionAtStripe = (payment_intent: string): ProviderTransaction => ({
  payment_method: STRIPE,
  transaction_id: payment_intent,
});
