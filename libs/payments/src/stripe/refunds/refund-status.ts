import type { StripeRefund } from '#stripe';
import type { RefundStatus } from '../../ledger/refund.js';

type KnownStatus = 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';

/** https://docs.stripe.com/api/refunds/object#refund_object-status */
const STATUSES = {
  pending: 'pending',
  requires_action: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
} as const satisfies Record<KnownStatus, RefundStatus>;

/**
 * A refund's status in Payonce's terms. A missing status, or one that this version does not know, counts as pending:
 * the amount stays reserved, so that it cannot be refunded a second time, and the worker asks again.
 */
export function statusOfRefund({ status }: Pick<StripeRefund, 'status'>): RefundStatus {
  return status !== null && Object.hasOwn(STATUSES, status) ? STATUSES[status as KnownStatus] : 'pending';
}

/** Whether its money was or is being paid back. */
export function isLiveRefund(refund: Pick<StripeRefund, 'status'>): boolean {
  const status = statusOfRefund(refund);
  return status === 'pending' || status === 'succeeded';
}
