import type { Invoice, PaymentStatus, TaxRecord } from './payment.js';

/**
 * The one table of what may become what. Nothing goes backwards: `failed` and `expired` complete only because money
 * came late, and only if the index over live payments lets them.
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

/** It keeps what it is for from being paid again. */
export function isLive(status: PaymentStatus): boolean {
  return status === 'pending' || status === 'completed' || status === 'partially_refunded';
}

/** It ended by itself, unpaid: whoever wanted to pay has had no effect. */
export function isOver(status: PaymentStatus): boolean {
  return status === 'failed' || status === 'expired';
}

/** Money has arrived for it, whatever was returned since. */
export function isPaid(status: PaymentStatus): boolean {
  return status === 'completed' || status === 'partially_refunded' || status === 'refunded';
}

/** What a paid payment is once so much of it has gone back; nothing went back after all: completed again. */
export function stateAfterReturning(
  amount: number,
  refunded_amount: number,
): 'completed' | 'partially_refunded' | 'refunded' {
  if (refunded_amount === 0) return 'completed';
  return refunded_amount < amount ? 'partially_refunded' : 'refunded';
}

/** What invoice and tax record say while the payment is in this state. */
export const PAPERS: Readonly<Record<PaymentStatus, { invoice: Invoice['status']; tax: TaxRecord['status'] }>> = {
  pending: { invoice: 'pending', tax: 'pending' },
  completed: { invoice: 'paid', tax: 'due' },
  partially_refunded: { invoice: 'partially_refunded', tax: 'partially_credited' },
  refunded: { invoice: 'refunded', tax: 'credited' },
  failed: { invoice: 'void', tax: 'void' },
  expired: { invoice: 'void', tax: 'void' },
  cancelled: { invoice: 'void', tax: 'void' },
};
