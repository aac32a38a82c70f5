import type { StripeRefund } from '#stripe';

/** Its money has gone, or is going (https://docs.stripe.com/api/refunds/object#refund_object-status). */
export function isLiveRefund({ status }: StripeRefund): boolean {
  return status !== 'failed' && status !== 'canceled';
}
