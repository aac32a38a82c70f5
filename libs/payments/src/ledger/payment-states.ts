import type { Invoice, PaymentStatus, TaxRecord } from './payment.js';

/**
 * The only table of allowed transitions. No transition goes backwards: `failed` and `expired` can complete only because
 * of late money, and only if the unique index on live payments allows it.
 */
const NEXT: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  pending: ['completed', 'failed', 'expired', 'cancelled'],
  failed: ['completed'],
  expired: ['completed'],
  completed: ['partially_refunded', 'refunded'],
  partially_refunded: ['partially_refunded', 'refunded'],
  refunded: [],
  cancelled: [],
};

export function mayBecome(from: PaymentStatus, to: PaymentStatus): boolean {
  return NEXT[from].includes(to);
}

/** While live, the payment prevents a second payment for the same purchase. */
export function isLive(status: PaymentStatus): boolean {
  return status === 'pending' || status === 'completed' || status === 'partially_refunded';
}

/** The payment ended unpaid without a user's cancel: the request that started it had no effect. */
export function isOver(status: PaymentStatus): boolean {
  return status === 'failed' || status === 'expired';
}

/** Money has arrived for the payment, even if it was returned since. */
export function isPaid(status: PaymentStatus): boolean {
  return status === 'completed' || status === 'partially_refunded' || status === 'refunded';
}

/** The status of a paid payment after this amount was returned; completed again when nothing is returned after all. */
export function stateAfterReturning(
  amount: number,
  refunded_amount: number,
): 'completed' | 'partially_refunded' | 'refunded' {
  if (refunded_amount === 0) return 'completed';
  return refunded_amount < amount ? 'partially_refunded' : 'refunded';
}

/** The status of invoice and tax record for each status of the payment. */
export const DOCUMENT_STATES: Readonly<
  Record<PaymentStatus, { invoice: Invoice['status']; tax: TaxRecord['status'] }>
> = {
  pending: { invoice: 'pending', tax: 'pending' },
  completed: { invoice: 'paid', tax: 'due' },
  partially_refunded: { invoice: 'partially_refunded', tax: 'partially_credited' },
  refunded: { invoice: 'refunded', tax: 'credited' },
  failed: { invoice: 'void', tax: 'void' },
  expired: { invoice: 'void', tax: 'void' },
  cancelled: { invoice: 'void', tax: 'void' },
};
