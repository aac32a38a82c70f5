/**
 * How much of the tax within an amount belongs to the returned part. Rounds half up from the total returned, never from
 * one refund, so that the parts add up to exactly the whole tax once everything is returned. Uses BigInt, because tax ×
 * returned can exceed 2^53.
 * @param returned minor units, from 0 to `amount`
 */
export function taxWithinReturned(of: { amount: number; tax_amount: number }, returned: number): number {
  const [amount, tax, part] = [BigInt(of.amount), BigInt(of.tax_amount), BigInt(returned)];
  return Number((2n * tax * part + amount) / (2n * amount));
}
