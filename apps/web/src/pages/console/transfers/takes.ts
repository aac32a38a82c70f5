import type { PaymentFile } from '../wire.js';

/** How much of unmatched money a payment can take, in minor units; `most` 0: nothing, though it may `need` some. */
export interface Takes {
  readonly needs: number;
  readonly least: number;
  readonly most: number;
}

/** A pending payment takes any part of what it needs; one that has ended unpaid is completed as a whole, or not. */
export function takesOf({ payment, amount_due }: PaymentFile, unmatched: number): Takes {
  if (payment.status === 'pending') return { needs: amount_due, least: 1, most: Math.min(unmatched, amount_due) };
  const hasEnded = payment.status === 'expired' || payment.status === 'failed';
  if (!hasEnded) return { needs: 0, least: 0, most: 0 };
  const { amount } = payment;
  return { needs: amount, least: amount, most: unmatched >= amount ? amount : 0 };
}
