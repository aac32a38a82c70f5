import type { LiveEntry, Transfer } from '../wire.js';

/** The state of a transfer for its badge; one that still needs staff shows that first. */
export function stateOf({ voided_at, unmatched_amount, refund_pending_amount, refunded_amount, amount }: Transfer) {
  if (voided_at !== null) return 'voided';
  if (unmatched_amount > 0) return 'unmatched';
  if (refund_pending_amount > 0) return 'reserved';
  return refunded_amount === amount ? 'refunded' : 'matched';
}

/** Whether a step of the audit log may have changed a transfer: also of a payment that is confirmed or cancelled. */
export function touchesTransfers({ action, detail }: LiveEntry): boolean {
  return action.startsWith('transfer.') || 'transfer_id' in detail || action === 'payment.cancelled';
}
