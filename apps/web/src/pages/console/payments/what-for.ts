import type { StaffPayment } from '../wire.js';

/** What a payment is for: a consultation by its number, a product by its name, or by its id if it has none. */
export function whatFor(
  { consultation_id, product_id, product_name }: StaffPayment,
  words: { consultation: (id: number) => string },
): string {
  if (consultation_id !== null) return words.consultation(consultation_id);
  return product_name ?? product_id ?? '';
}

/** The quantity, if it is more than one. */
export const timesOf = ({ quantity }: StaffPayment) => (quantity > 1 ? `× ${quantity}` : '');
