import type { Stripe } from 'stripe';
import type { TestSimulator } from '../../support/simulator.js';

/** What opens a session: one consultation for Rp 50.00, unless a test wants it otherwise. */
export function sessionParams(
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    line_items: [
      { quantity: 1, price_data: { currency: 'idr', unit_amount: 5_000, product_data: { name: 'Consultation 5' } } },
    ],
    success_url: 'http://shop.test/thanks?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://shop.test/basket',
    ...more,
  };
}

export async function newSession(
  stripe: Stripe,
  more?: Partial<Stripe.Checkout.SessionCreateParams>,
  options?: Stripe.RequestOptions,
): Promise<Stripe.Response<Stripe.Checkout.Session>> {
  return stripe.checkout.sessions.create(sessionParams(more), options);
}

/** A session that has been paid by card. @returns its payment intent's id. */
export async function paidIntent(simulator: TestSimulator, stripe: Stripe): Promise<string> {
  const { id } = await newSession(stripe);
  const { payment_intent } = await simulator.sim<{ payment_intent: string }>(`sessions/${id}/pay`, {});
  return payment_intent;
}
