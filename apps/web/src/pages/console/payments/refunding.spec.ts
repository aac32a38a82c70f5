import { takesReference } from './refunding.js';

describe('a refund that staff make', () => {
  const OF = { payment_id: 1, currency: 'idr', left: 5_000 };

  it.each([
    ['bank_transfer', undefined, true],
    ['gcash', undefined, true],
    ['bank_transfer', 7, false],
    ['stripe', undefined, false],
    ['stripe', 7, false],
  ] as const)(
    '%s, charge %s: a reference of the transfer back can be given: %s',
    (payment_method, charge_id, takes) => {
      expect(takesReference({ ...OF, payment_method, ...(charge_id ? { charge_id } : {}) })).toBe(takes);
    },
  );
});
