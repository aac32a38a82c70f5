/**
 * How much of the tax within an amount goes with the part that was returned. Rounded half up from the whole sum returned,
 * never from one refund: so that parts, however cut, add up to the tax exactly when all is returned. BigInt, since
 * tax × returned leaves 2^53.
 * @param returned minor units, from 0 to `amount`
 */
export function taxWithinReturned(of: { amount: number; tax_amount: number }, returned: number): number {
  const [amount, tax, part] = [BigInt(of.amount), BigInt(of.tax_amount), BigInt(returned)];
  return Number((2n * tax * part + amount) / (2n * amount));
}
