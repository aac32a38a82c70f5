import type { Count } from './lab-events.js';

/**
 * Whether the patient was charged exactly once: one charge at Stripe, one payment with one charge and one paid invoice
 * in the database, all over the consultation's fee.
 */
export function chargedOnce({ fee, charges, payments }: Pick<Count, 'fee' | 'charges' | 'payments'>): boolean {
  const taken = charges.filter(({ status }) => status === 'succeeded');
  const [charge] = taken;
  const [payment] = payments;
  if (!charge || !payment || taken.length !== 1 || payments.length !== 1) return false;
  return (
    payment.status === 'completed' &&
    payment.invoice === 'paid' &&
    [charge.amount, payment.amount, payment.received].every((amount) => amount === fee)
  );
}
