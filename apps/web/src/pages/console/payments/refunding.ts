import type { StaffPayment } from '../wire.js';

/**
 * What came of it. Known: it had been made before, and nothing was given back now. By hand it is reserved, and staff must
 * pay it back, or recorded, and they have.
 */
export type Made = 'refund' | 'known_refund' | 'reserved_refund' | 'recorded_refund';

/** While its bank has the money in dispute, and after it has taken it, none can be given back. */
export function isHeld({ dispute }: StaffPayment): boolean {
  return dispute?.state === 'open' || dispute?.state === 'lost';
}
