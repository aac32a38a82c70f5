import fc from 'fast-check';
import { creditorReference, parsePaymentReference } from './payment-reference.js';

const LETTERS = 'CDFHJKLMNPRTVWXY';
const ids = fc.oneof(
  fc.integer({ min: 1, max: 99_999 }),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  fc.constantFrom(1, 9, 10, 999_999, Number.MAX_SAFE_INTEGER),
);
const letters = fc.array(fc.constantFrom(...LETTERS), { minLength: 3, maxLength: 3 }).map((three) => three.join(''));
const CHARACTERS = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

describe('the reference of a payment', () => {
  it.each([
    // Published examples: the Swiss QR-bill guidelines, python-stdnum (twice), mobilefish.com.
    ['539007547034', 'RF18539007547034'],
    ['5390075470Y', 'RF185390075470Y'],
    ['5000056789012345', 'RF485000056789012345'],
  ])('has the check digits of ISO 11649: %s', (body, reference) => {
    expect(creditorReference(body)).toBe(reference);
  });

  it('is read back, in either case, with or without spaces', () => {
    fc.assert(
      fc.property(ids, letters, (payment_id, of_ref) => {
        const reference = creditorReference(`${payment_id}${of_ref}`);
        const grouped = reference.replaceAll(/(.{4})(?=.)/g, '$1 ');
        for (const text of [reference, grouped, reference.toLowerCase(), ` ${grouped.toLowerCase()}\u00a0`])
          expect(parsePaymentReference(text)).toEqual({ payment_id, letters: of_ref });
        expect(reference.length).toBeLessThanOrEqual(25);
      }),
    );
  });

  it('with any one wrong character is none', () => {
    fc.assert(
      fc.property(ids, letters, (payment_id, of_ref) => {
        const reference = creditorReference(`${payment_id}${of_ref}`);
        const wrong = [...reference].flatMap((right, place) =>
          CHARACTERS.filter((one) => one !== right).map(
            (one) => reference.slice(0, place) + one + reference.slice(place + 1),
          ),
        );
        expect(wrong.filter(parsePaymentReference)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('with any two neighbours swapped is none', () => {
    fc.assert(
      fc.property(ids, letters, (payment_id, of_ref) => {
        const reference = creditorReference(`${payment_id}${of_ref}`);
        const swapped = [...reference.slice(1)].map(
          (next, place) => reference.slice(0, place) + next + reference[place] + reference.slice(place + 2),
        );
        expect(swapped.filter((text) => text !== reference).filter(parsePaymentReference)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['an id', '12'],
    ['another creditor’s reference', 'RF18 5390 0754 7034'],
    ['a payment 0', creditorReference('0CDF')],
    ['an id with a zero before it', creditorReference('012CDF')],
    ['an id that no number of ours can hold', creditorReference('9007199254740992CDF')],
    ['an id without letters', creditorReference('12')],
    ['letters that we give to none', creditorReference('12AEI')],
    ['a reference among other words', `for ${creditorReference('12CDF')}`],
  ])('is not read from %s', (_what, text) => {
    expect(parsePaymentReference(text)).toBeUndefined();
  });
});
