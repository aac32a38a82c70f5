import type { Stripe } from 'stripe';

/** What was paid with, as the charge has it. https://docs.stripe.com/api/payment_methods/object */
export function paymentMethodOf(charge: Stripe.Charge): Stripe.PaymentMethod {
  const common = {
    id: charge.payment_method ?? '',
    object: 'payment_method' as const,
    allow_redisplay: 'unspecified' as const,
    billing_details: charge.billing_details,
    created: charge.created,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
  };
  const card = charge.payment_method_details?.card;
  if (!card) return { ...common, type: 'customer_balance', customer_balance: {} };
  return {
    ...common,
    type: 'card',
    card: {
      brand: card.brand ?? 'unknown',
      checks: card.checks,
      country: card.country,
      display_brand: card.brand,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding ?? 'unknown',
      generated_from: null,
      last4: card.last4 ?? '',
      networks: { available: ['visa'], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
  };
}
