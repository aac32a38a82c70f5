export interface Tax {
  /** Minor units; base plus tax equals the amount exactly. */
  readonly base_amount: number;
  readonly tax_amount: number;
  readonly rate_basis_points: number;
}

const WHOLE_BASIS_POINTS = 10_000n;

/**
 * The tax included in an amount: amount = base + base × rate. The base is rounded half up to a whole minor unit and the
 * tax is the remainder, so the two always add up to the amount. Uses BigInt, because amount × 10 000 can exceed 2^53.
 * @param amount minor units, above zero
 * @param rate_basis_points 1100 is 11 %
 */
export function taxWithin(amount: number, rate_basis_points: number): Tax {
  const divisor = WHOLE_BASIS_POINTS + BigInt(rate_basis_points);
  const base_amount = Number((2n * BigInt(amount) * WHOLE_BASIS_POINTS + divisor) / (2n * divisor));
  return { base_amount, tax_amount: amount - base_amount, rate_basis_points };
}
