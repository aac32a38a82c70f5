import type { Payment } from '#payment-client';

/** What a payment is for, in the payer's words: name and quantity. */
export function whatFor(
  { consultation_id, product_id, product_name, quantity }: Payment,
  words: { readonly consultation: (id: number) => string },
): string {
  if (consultation_id !== null) return words.consultation(consultation_id);
  const name = product_name ?? product_id ?? '';
  return quantity > 1 ? `${name} × ${quantity}` : name;
}
