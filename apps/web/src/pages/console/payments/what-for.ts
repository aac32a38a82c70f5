import type { StaffPayment } from '../wire.js';

/** What a payment buys: a consultation by its number, a product by its name, or by its id where it has lost that. */
export function whatFor(
  { consultation_id, product_id, product_name }: StaffPayment,
  words: { consultation: (id: number) => string },
): string {
  if (consultation_id !== null) return words.consultation(consultation_id);
  return product_name ?? product_id ?? '';
}

/** How many of it, where that is more than one. */
export const timesOf = ({ quantity }: StaffPayment) => (quantity > 1 ? `× ${quantity}` : '');
