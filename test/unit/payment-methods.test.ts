import {
  isStaffConfirmed,
  isStaffRefunded,
  PAYMENT_METHODS,
  STAFF_CONFIRMED_METHODS,
} from '../../apps/web/src/app/payment-methods.js';
import { PAYMENT_METHOD_TERMS } from '../../libs/database/src/payment-methods.js';
import { TRANSFER_METHODS } from '../../libs/payments/src/ledger/payment-methods.js';

describe('payment methods on the pages', () => {
  it('are those of the server, and are offered in its order', () => {
    expect(PAYMENT_METHODS).toEqual(PAYMENT_METHOD_TERMS.map(({ method }) => method));
    expect(STAFF_CONFIRMED_METHODS).toEqual(TRANSFER_METHODS);
  });

  it.each(PAYMENT_METHOD_TERMS)('$method: confirmed by $confirmed_by, refunded by $refunded_by', (terms) => {
    expect(isStaffConfirmed(terms.method)).toBe(terms.confirmed_by === 'staff');
    expect(isStaffRefunded(terms.method)).toBe(terms.refunded_by === 'staff');
  });

  it.each(['wallet', 'toString'])('%s, which only an external provider has, is not handled by staff', (method) => {
    expect(isStaffConfirmed(method as 'stripe')).toBe(false);
    expect(isStaffRefunded(method as 'stripe')).toBe(false);
  });
});
