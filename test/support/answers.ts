import type { Schemas } from '../../libs/payment-client/src/wire.js';

/** A new payment by Stripe: it has a page. */
export type StripePayment = Schemas['NewPayment'] & { readonly checkout: Schemas['Checkout'] };

/** A product's checkout whose page has been made. */
export type OpenCheckout = Schemas['StartedCheckout'] & {
  readonly session_id: string;
  readonly checkout_url: string;
  readonly expires_at: string;
};
