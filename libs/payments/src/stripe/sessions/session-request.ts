import type { Language } from '#answers';
import type { SessionParams } from '#stripe';
import type { Payment } from '../../ledger/payment.js';

/** What is bought, as the page on which it is paid shows it. */
export interface Order {
  readonly name: string;
  /** Minor units, for one piece. */
  readonly unit_amount: number;
  readonly success_url: string;
  readonly cancel_url: string;
  /** The client's own key, for people who look at Stripe's dashboard. */
  readonly client_key: string | null;
  /** Of the page; null leaves it to the browser. */
  readonly language: Language | null;
  /** Seconds since 1970; null leaves it to Stripe. */
  readonly expires_at: number | null;
}

/**
 * The body of the request, to be frozen. `purchaseId` finds the payment again, `ref` proves that it is ours:
 * ids come again after a restore. Both also on the payment intent, to which Stripe does not copy a session's metadata
 * (https://docs.stripe.com/metadata#set-indirectly).
 */
export function sessionRequest(payment: Payment, ref: string, order: Order): string {
  const ours = { purchaseId: String(payment.id), ref, user_id: String(payment.user_id) };
  const params: SessionParams = {
    mode: 'payment',
    client_reference_id: ref,
    line_items: [
      {
        quantity: payment.quantity,
        price_data: {
          currency: payment.currency,
          unit_amount: order.unit_amount,
          product_data: { name: order.name },
        },
      },
    ],
    success_url: order.success_url,
    cancel_url: order.cancel_url,
    metadata: {
      ...payment.metadata,
      ...(order.client_key === null ? {} : { idempotency_key: order.client_key }),
      ...ours,
    },
    payment_intent_data: { metadata: ours },
    ...(order.language === null ? {} : { locale: order.language }),
    ...(order.expires_at === null ? {} : { expires_at: order.expires_at }),
  };
  return JSON.stringify(params);
}
