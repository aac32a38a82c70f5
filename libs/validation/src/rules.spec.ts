import { validateSync } from 'class-validator';
import {
  Email,
  ExternalReference,
  HttpUrl,
  IdempotencyKey,
  Integer,
  IntegerText,
  Metadata,
  NotTogetherWith,
  OneOf,
  Optional,
  PastTime,
  RequiredUnless,
  Slug,
  Text,
  TransactionId,
} from './rules.js';

/** The rules that a value breaks, as the only field of a request. */
function broken(decorate: PropertyDecorator, value: unknown): string[] {
  class Request {
    it = value;
  }
  decorate(Request.prototype, 'it');
  return rulesBroken(new Request());
}

function rulesBroken(request: object): string[] {
  return validateSync(request, { stopAtFirstError: true }).flatMap(({ constraints = {} }) =>
    Object.values(constraints).map((message) => (JSON.parse(message) as { rule: string }).rule),
  );
}

const NOW = Date.parse('2026-03-31T12:00:00Z');
const HALF_A_PAIR = '\ud83d';

describe('rules of fields', () => {
  it.each([
    ['Integer', Integer({ min: 1 }), [1, Number.MAX_SAFE_INTEGER], [0, 1.5, '1', NaN, 2 ** 53, null, [1], true]],
    ['Integer to a maximum', Integer({ min: 0, max: 5 }), [0, 5, -0], [-1, 6]],
    [
      'IntegerText',
      IntegerText({ min: 1, max: 100 }),
      ['1', '100'],
      ['0', '101', '01', '+1', '1.0', '1e1', ' 1', '', 1, ['1']],
    ],
    ['OneOf', OneOf('stripe', 'gcash'), ['stripe', 'gcash'], ['Stripe', '', 'toString', ['stripe'], 0]],
    ['Text', Text({ min: 1, max: 3 }), ['a', 'äöü', '👍👍👍', ' '], ['', 'abcd', 'a\u0000', 'a\n', HALF_A_PAIR, 7]],
    ['TransactionId', TransactionId(), ['pi_1', 'x'.repeat(255)], ['', 'a b', 'é', 'x'.repeat(256), 1]],
    ['ExternalReference', ExternalReference(), ['Order 7 ü'], ['', 'x'.repeat(256)]],
    ['Email', Email(), ['a@b', 'patient@test.com'], ['a', '@b.c', 'a@', 'a b@c', `a@${'b'.repeat(254)}`, 'a@b@c']],
    [
      'HttpUrl',
      HttpUrl({ max: 40 }),
      ['https://example.com/a?b=c', 'http://localhost:3000', 'HTTPS://example.com'],
      [
        'ftp://example.com',
        'javascript:alert(1)',
        '//example.com',
        'https://',
        'https://stripe.com@example.com',
        'https://user:pass@example.com',
        `https://example.com/${'x'.repeat(40)}`,
        'https://exa\nmple.com',
        7,
      ],
    ],
    ['Slug', Slug({ max: 5 }), ['a', 'a-b_1', '0'], ['', '-a', '_a', 'A', 'a b', 'abcdef', 1]],
    ['IdempotencyKey', IdempotencyKey(), ['k', 'a b', 'x'.repeat(255)], ['', ' k', 'k ', 'é', 'x'.repeat(256), 1]],
    [
      'Metadata',
      Metadata(),
      [{}, { channel: 'desk' }, { a: '' }, Object.fromEntries([...'abcdefghij'].map((name) => [name, 'x']))],
      [
        { a: 1 },
        { '': 'x' },
        { 'a[b]': 'x' },
        { ['x'.repeat(41)]: 'x' },
        { a: 'x'.repeat(201) },
        { a: 'line\nbreak' },
        Object.fromEntries([...'abcdefghijk'].map((name) => [name, 'x'])),
        ['x'],
        null,
        'x',
      ],
    ],
  ] as [string, PropertyDecorator, unknown[], unknown[]][])('%s', (_name, decorate, good, bad) => {
    expect(good.filter((value) => broken(decorate, value).length > 0)).toEqual([]);
    expect(bad.filter((value) => broken(decorate, value).length !== 1)).toEqual([]);
  });

  describe('PastTime', () => {
    beforeAll(() => jest.useFakeTimers({ now: NOW }));
    afterAll(() => jest.useRealTimers());

    it.each([
      '2026-03-31',
      '2026-03-31T12:00:00Z',
      '2026-03-31T19:00+07:00',
      '2024-02-29',
      // The day has begun in the Pacific, and a clock may be a little ahead.
      '2026-04-01',
      '2026-03-31T12:05:00Z',
    ])('takes %s', (text) => {
      expect(broken(PastTime(), text)).toEqual([]);
    });

    it.each([
      ['ahead of every zone', '2026-04-02'],
      ['more than a little ahead', '2026-03-31T12:05:01Z'],
      ['no day', '2026-02-30'],
      ['no day of this year', '2026-02-29T00:00:00Z'],
      ['no time', '2026-03-31T25:00:00Z'],
      ['without a zone', '2026-03-31T12:00:00'],
      ['of another century', '1999-12-31'],
      ['a number', NOW],
    ])('refuses what is %s: %s', (_why, value) => {
      expect(broken(PastTime(), value)).toEqual(['past_time']);
    });
  });

  it('Optional: may be left out, and is checked when it is there', () => {
    class Request {
      @Optional()
      @Text({ min: 1, max: 5 })
      it: unknown;
    }
    expect(rulesBroken(new Request())).toEqual([]);
    expect(rulesBroken(Object.assign(new Request(), { it: '' }))).toEqual(['text']);
  });

  it('RequiredUnless and NotTogetherWith: one of two fields, and only one', () => {
    class Request {
      @RequiredUnless('other')
      @NotTogetherWith('other')
      @Integer({ min: 1 })
      it: unknown;

      other: unknown;
    }
    const of = (fields: object) => rulesBroken(Object.assign(new Request(), fields));
    expect(of({ it: 1 })).toEqual([]);
    expect(of({ other: 1 })).toEqual([]);
    expect(of({})).toHaveLength(1);
    expect(of({ it: 1, other: 1 })).toEqual(['not_together']);
  });
});
