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

/**
 * What was sent about a payment, and nobody knows what came of it, by the payment's id. It outlives the dialog: closed and
 * opened again, nobody knows more.
 */
export const unclearRefunds = new Map<number, string>();

/** While its bank has the money in dispute, and after it has taken it, none can be given back. */
export function isHeld({ dispute }: StaffPayment): boolean {
  return dispute?.state === 'open' || dispute?.state === 'lost';
}
