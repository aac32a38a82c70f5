import fc from 'fast-check';
import { taxWithinReturned } from './credit.js';
import { MAX_AMOUNT } from './currencies.js';
import { taxWithin } from './tax.js';

/** An amount with its tax, and the returned part of it. */
const returning = fc
  .record({ amount: fc.integer({ min: 1, max: MAX_AMOUNT }), rate: fc.integer({ min: 0, max: 10_000 }) })
  .chain(({ amount, rate }) =>
    fc.record({
      of: fc.constant({ amount, tax_amount: taxWithin(amount, rate).tax_amount }),
      returned: fc.integer({ min: 0, max: amount }),
    }),
  );

describe('the tax within what was returned', () => {
  it.each([
    ['nothing', 5_000, 495, 0, 0],
    ['all', 5_000, 495, 5_000, 495],
    ['a half, rounded up', 5_000, 495, 2_500, 248],
    ['a unit', 5_000, 495, 1, 0],
    ['half a unit of tax, rounded up', 2, 1, 1, 1],
    ['all but a unit', 5_000, 495, 4_999, 495],
    ['an uneven part, rounded up', 111, 11, 50, 5],
    ['a part that a double rounds up', 999_999_999_956, 90_909_090_905, 500_057_042_788, 45_459_731_162],
    ['beyond what a double multiplies exactly', MAX_AMOUNT, 99_099_099_099, MAX_AMOUNT - 1, 99_099_099_099],
  ])('of %s', (_name, amount, tax_amount, returned, tax) => {
    expect(taxWithinReturned({ amount, tax_amount }, returned)).toBe(tax);
  });

  it('is within half a unit of its exact share, never more than what was returned, and all of it at the end', () => {
    fc.assert(
      fc.property(returning, ({ of, returned }) => {
        const tax = taxWithinReturned(of, returned);
        const off = 2n * (BigInt(tax) * BigInt(of.amount) - BigInt(of.tax_amount) * BigInt(returned));
        expect(off < 0n ? -off : off).toBeLessThanOrEqual(BigInt(of.amount));
        expect(tax).toBeLessThanOrEqual(returned);
        expect(taxWithinReturned(of, of.amount)).toBe(of.tax_amount);
      }),
    );
  });

  it('never falls as more is returned: no credit note is negative, however the refunds are cut', () => {
    fc.assert(
      fc.property(returning, returning, ({ of, returned }, { returned: other }) => {
        const [less, more] = [returned, Math.min(of.amount, other)].sort((a, b) => a - b) as [number, number];
        expect(taxWithinReturned(of, less)).toBeLessThanOrEqual(taxWithinReturned(of, more));
      }),
    );
  });
});
