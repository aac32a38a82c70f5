import type { RefundParams } from '#stripe';
import type { Refund } from '../../ledger/refund.js';

/**
 * The body of the request, to be frozen. `ref` identifies the refund in every event, list and answer of Stripe, because
 * our ids are reused after a restore (https://docs.stripe.com/api/refunds/create).
 */
export function refundRequest(refund: Refund & { readonly ref: string }, payment_intent: string): string {
  const params: RefundParams = {
    payment_intent,
    amount: refund.amount,
    metadata: { ref: refund.ref, refund_id: String(refund.id), purchaseId: String(refund.payment_id) },
  };
  return JSON.stringify(params);
}
