import { PaymentClientError } from '#payment-client';
import type { StaffPayment } from '../wire.js';

/**
 * What came of it. Known: it had been made before, and nothing was given back now. By hand it is reserved, and staff must
 * pay it back, or recorded, and they have.
 */
export type Made = 'refund' | 'known_refund' | 'reserved_refund' | 'recorded_refund';

/** What was done, and about which refund. */
export interface Done<What> {
  readonly what: What;
  readonly refund_id?: number | undefined;
}

/** A refund that was sent, until it is known what came of it. */
export interface UnclearRefund {
  /** The whole wish. */
  readonly sent: string;
  readonly amount: number;
  /** The refunds that were known before it was sent. */
  readonly known: ReadonlySet<number>;
}

/** By the payment's id. They outlive the dialog: closed and opened again, nobody knows more. */
export const unclearRefunds = new Map<number, UnclearRefund>();

/** Nothing was made, now or by an earlier try: what is refused before the key is looked at says nothing of those. */
export function isFinal(error: unknown): boolean {
  return error instanceof PaymentClientError && !error.retryable && [402, 404, 409, 422, 502].includes(error.status);
}

/** While its bank has the money in dispute, and after it has taken it, none can be given back. */
export function isHeld({ dispute }: StaffPayment): boolean {
  return dispute?.state === 'open' || dispute?.state === 'lost';
}
