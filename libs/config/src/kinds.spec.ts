import { flag, oneOf, optionalNumber, partsOf, wholeNumber } from './kinds.js';

describe('kinds of settings', () => {
  it.each([
    ['true', true],
    ['1', true],
    ['on', true],
    ['false', false],
    ['0', false],
    ['off', false],
  ])('a flag: %s is %s', (word, value) => {
    expect(flag(!value).parse(word)).toBe(value);
  });

  it('a flag that is not set is its default, and any other word is a fault', () => {
    expect([flag(true).parse(undefined), flag(false).parse(undefined)]).toEqual([true, false]);
    expect(flag(true).safeParse('yes').error?.issues[0]?.message).toBe('must be true or false');
  });

  const port = wholeNumber({ min: 0, max: 65_535, byDefault: 3_000 });

  it.each([
    ['0', 0],
    ['65535', 65_535],
    ['0080', 80],
    [undefined, 3_000],
  ])('a whole number: %s is %s', (text, value) => {
    expect(port.parse(text)).toBe(value);
  });

  it.each(['-1', '65536', '1.5', '1e3', '0x10', ' 80', '', 'many', '9'.repeat(16)])(
    'a whole number: “%s” is a fault that names the range and never the value',
    (text) => {
      expect(port.safeParse(text).error?.issues[0]?.message).toBe('must be a whole number from 0 to 65535');
    },
  );

  it('a number without a default may be missing', () => {
    expect(optionalNumber({ min: 1, max: 2 }).parse(undefined)).toBeUndefined();
  });

  it('one of some words, its default when it is missing', () => {
    const level = oneOf(['debug', 'info', 'warn'], 'info');
    expect([level.parse(undefined), level.parse('warn')]).toEqual(['info', 'warn']);
    expect(level.safeParse('loud').error?.issues[0]?.message).toBe('must be debug, info or warn');
  });

  it('a list is separated by commas, with or without blanks', () => {
    expect(partsOf('a, b ,c')).toEqual(['a', 'b', 'c']);
  });
});
