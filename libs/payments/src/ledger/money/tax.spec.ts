import fc from 'fast-check';
import { taxWithin } from './tax.js';
import { MAX_AMOUNT } from './currencies.js';

const amounts = fc.integer({ min: 1, max: MAX_AMOUNT });
const rates = fc.integer({ min: 0, max: 10_000 });

describe('tax within an amount', () => {
  it('base + tax is the amount, for every amount and rate', () => {
    fc.assert(
      fc.property(amounts, rates, (amount, rate) => {
        const { base_amount, tax_amount } = taxWithin(amount, rate);
        return base_amount + tax_amount === amount && base_amount >= 0 && tax_amount >= 0;
      }),
      { numRuns: 20_000 },
    );
  });

  it('the tax is never more than half a minor unit from the exact one', () => {
    fc.assert(
      fc.property(amounts, rates, (amount, rate) => {
        // |base - amount * 10000 / (10000 + rate)| <= 1/2, in whole numbers.
        const divisor = 10_000n + BigInt(rate);
        const off = BigInt(taxWithin(amount, rate).base_amount) * divisor - BigInt(amount) * 10_000n;
        return 2n * (off < 0n ? -off : off) <= divisor;
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    [5_000, 1_100, 4_505, 495],
    [1, 1_100, 1, 0],
    [1, 10_000, 1, 0],
    [3, 10_000, 2, 1],
    [111, 1_100, 100, 11],
    [5_000, 0, 5_000, 0],
    [MAX_AMOUNT, 1_100, 900_900_900_900, 99_099_099_099],
  ])('%i at %i basis points is %i and %i', (amount, rate, base_amount, tax_amount) => {
    expect(taxWithin(amount, rate)).toEqual({ base_amount, tax_amount, rate_basis_points: rate });
  });
});
