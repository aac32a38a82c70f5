import fc from 'fast-check';
import { fingerprintOf } from './fingerprint.js';

const of = (body: unknown, more: { params?: unknown; query?: unknown } = {}) =>
  fingerprintOf({ params: {}, query: {}, ...more, body });

describe('the fingerprint of a request', () => {
  it.each([
    ['members in another order', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['the key in the body, or none', { a: 1, idempotency_key: 'k' }, { a: 1 }],
    ['a member that is null, or left out', { a: 1, note: null }, { a: 1 }],
    ['no body, or an empty one', undefined, {}],
    ['a number written in two ways', JSON.parse('1e2'), 100],
  ])('is the same for %s', (_name, one, other) => {
    expect(of(one)).toBe(of(other));
  });

  it.each([
    ['a number and its text', { a: 1 }, { a: '1' }],
    ['lists in another order', { a: [1, 2] }, { a: [2, 1] }],
    ['a null within a member', { a: { b: null } }, { a: {} }],
    ['a null in a list', { a: [null] }, { a: [] }],
    ['a key deeper in the body', { a: { idempotency_key: 'k' } }, { a: {} }],
    ['a list and an object of its indexes', ['x'], { 0: 'x' }],
    ['an empty list and an empty object', { a: [] }, { a: {} }],
    ['false, and left out', { a: false }, {}],
    ['an empty text, and left out', { a: '' }, {}],
    ['a name that ends where another begins', { ab: 'c' }, { a: 'bc' }],
  ])('differs for %s', (_name, one, other) => {
    expect(of(one)).not.toBe(of(other));
  });

  it('takes path parameters and query in, each in its place', () => {
    const plain = of({});
    const [inPath, inQuery, inBody] = [
      of({}, { params: { id: '1' } }),
      of({}, { query: { id: '1' } }),
      of({ id: '1' }),
    ];
    expect(new Set([plain, inPath, inQuery, inBody]).size).toBe(4);
  });

  it('is the same for two texts of one JSON value, and differs for two values', () => {
    // `__proto__` never reaches it: the parser of bodies refuses it.
    const values = fc
      .jsonValue({ noUnicodeString: false })
      .filter((value) => !JSON.stringify(value).includes('__proto__'));
    fc.assert(
      fc.property(values, values, (one, other) => {
        expect(of({ it: one })).toBe(of({ it: JSON.parse(JSON.stringify(one)) }));
        const same = canonicalText(one) === canonicalText(other);
        // A null member of the body is a member left out.
        if (one !== null && other !== null) expect(of({ it: one }) === of({ it: other })).toBe(same);
      }),
    );
  });
});

/** Independent of the code under test: entries sorted, depth first, and no object taken for a list. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? { object: Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)) }
      : inner,
  );
}
