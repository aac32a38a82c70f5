import fc from 'fast-check';
import { formatMoney, parseMoney, plainMoney } from './money.js';

const LANGUAGES = ['en', 'id'];

describe('money as it is shown', () => {
  it.each([
    [5_000, 'idr', 'en', 'Rp\u00a050.00'],
    [5_000, 'idr', 'id', 'Rp\u00a050,00'],
    [5_000, 'jpy', 'en', '¥5,000'],
    [5_000, 'USD', 'en', '$50.00'],
    [5_000, 'kwd', 'en', 'KWD\u00a05.000'],
  ])('%i %s in %s is %s', (amount, currency, language, text) =>
    expect(formatMoney(amount, currency, language)).toBe(text),
  );
});

describe('money as it is typed', () => {
  it('what is written out is read back, to the unit', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000_000),
        fc.constantFrom('idr', 'jpy', 'usd'),
        fc.constantFrom(...LANGUAGES),
        (amount, currency, language) => {
          expect(parseMoney(plainMoney(amount, currency, language), currency, language)).toBe(amount);
        },
      ),
    );
  });

  it.each([
    ['10', 'idr', 1_000],
    ['10,5', 'idr', 1_050],
    ['10.05', 'idr', 1_005],
    [' 10 ', 'jpy', 10],
    ['1,000.00', 'idr', 100_000],
    ['1.000,5', 'idr', 100_050],
    ['12.345.678', 'idr', 1_234_567_800],
    ['1 234', 'idr', 123_400],
    ['12\u202f345,60', 'idr', 1_234_560],
    ['1,000', 'jpy', 1_000],
  ])('%j %s is %i', (text, currency, amount) =>
    expect(LANGUAGES.map((language) => parseMoney(text, currency, language))).toEqual([amount, amount]),
  );

  it.each([
    ['60.000', 'id', 6_000_000],
    ['60,000', 'en', 6_000_000],
    ['60.000', 'en', undefined],
    ['60,000', 'id', undefined],
    ['1.000', 'en', undefined],
    ['1,000', 'id', undefined],
    ['10.005', 'en', undefined],
    ['10.005', 'id', 1_000_500],
    ['60.000,50', 'id', 6_000_050],
  ])('%j on a page in %s', (text, language, amount) => expect(parseMoney(text, 'idr', language)).toBe(amount));

  it.each([
    '',
    '-1',
    '1,00.00',
    '1,000,00',
    '1.000.00',
    '1,0000.00',
    '1.000,005',
    '1 000 00',
    '1e3',
    '0x10',
    '1.',
    '.5',
    'ten',
    '１０',
    '9999999999999',
  ])('%j is refused rather than guessed', (text) =>
    expect(LANGUAGES.map((language) => parseMoney(text, 'idr', language))).toEqual([undefined, undefined]),
  );
});
