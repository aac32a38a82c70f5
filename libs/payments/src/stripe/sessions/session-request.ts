import type { SessionParams } from '#stripe';
import type { Payment } from '../../ledger/payment.js';
import type { Order } from '../../provider/payment-provider.js';
import { SESSION_ID_PLACEHOLDER } from '../../provider/return-urls.js';

/**
 * The body of the request, to be frozen. `purchaseId` identifies the payment; `ref` proves that the session is ours,
 * because ids are reused after a restore. Both are also set on the payment intent, to which Stripe does not copy a
 * session's metadata (https://docs.stripe.com/metadata#set-indirectly).
 * @param of.expires_at seconds since 1970 by Stripe's clock; null: Stripe's default, 24 hours
 */
export function sessionRequest(
  payment: Payment,
  { ref, order, expires_at }: { ref: string; order: Order; expires_at: number | null },
): string {
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
    success_url: order.successUrl(SESSION_ID_PLACEHOLDER),
    cancel_url: order.cancel_url,
    metadata: {
      ...payment.metadata,
      ...(order.client_key === null ? {} : { idempotency_key: order.client_key }),
      ...ours,
    },
    payment_intent_data: { metadata: ours },
    ...(order.language === null ? {} : { locale: order.language }),
    ...(expires_at === null ? {} : { expires_at }),
  };
  return JSON.stringify(params);
}
