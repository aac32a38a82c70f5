/** An order is a payment for a product; its id contains the payment's id. */
export const orderIdOf = (payment_id: number): string => `order_${payment_id}`;

/** @returns undefined when the text is not an order's id */
export function paymentIdOf(order_id: string): number | undefined {
  const [, digits] = /^order_([1-9]\d{0,14})$/.exec(order_id) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
