import type { Count, Harm } from './lab-events.js';

type Money = Pick<Count, 'fee' | 'charges' | 'payments'>;

/**
 * Whether the patient was charged exactly once: one charge at Stripe, one payment with one charge and one paid invoice
 * in the database, all over the consultation's fee.
 */
export function chargedOnce({ fee, charges, payments }: Money): boolean {
  const [charge] = taken(charges);
  const [payment] = payments;
  if (!charge || !payment || taken(charges).length !== 1 || payments.length !== 1) return false;
  return (
    payment.status === 'completed' &&
    payment.invoice === 'paid' &&
    [charge.amount, payment.amount, payment.received].every((amount) => amount === fee)
  );
}

/** The harm to the patient or the business, worst first. @returns undefined if every charge was booked once. */
export function harmOf({ fee, charges, payments }: Money): Harm | undefined {
  const charged = sum(taken(charges).map(({ amount }) => amount));
  const booked = sum(payments.map(({ received }) => received ?? 0));
  if (charged > fee) return 'charged_again';
  if (booked > charged) return 'booked_again';
  return booked < charged ? 'not_recorded' : undefined;
}

const taken = (charges: Money['charges']) => charges.filter(({ status }) => status === 'succeeded');
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
