import { type AppConfig, DEFAULTS, loadConfig } from '../../apps/web/src/app/config.js';
import {
  isStaffConfirmed,
  isStaffRefunded,
  methodLabel,
  methodName,
  offeredMethods,
  PAYMENT_METHODS,
  payerLabel,
  STAFF_CONFIRMED_METHODS,
  staffMethodNames,
} from '../../apps/web/src/app/payment-methods.js';
import { PAYMENT_METHOD_TERMS } from '../../libs/database/src/payment-methods.js';
import { TRANSFER_METHODS } from '../../libs/payments/src/ledger/payment-methods.js';

async function loadConfigOf(facts: Partial<AppConfig>): Promise<void> {
  const answer = jest.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json({ ...DEFAULTS, ...facts }));
  await loadConfig();
  answer.mockRestore();
}

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

  it('with a page are offered when their provider is configured here, those of staff always', async () => {
    expect(offeredMethods()).toEqual(STAFF_CONFIRMED_METHODS);
    const withPage = PAYMENT_METHODS.filter((method) => !isStaffConfirmed(method));
    await loadConfigOf({ page_methods: [...withPage, 'wallet'] });
    expect(offeredMethods()).toEqual(PAYMENT_METHODS);
  });

  describe('of an external provider, as the server describes them', () => {
    const wallet = 'wallet' as 'stripe';
    beforeAll(() =>
      loadConfigOf({ external_methods: [{ method: 'wallet', name: 'Wallet Pay', refunded_by: 'staff' }] }),
    );

    it('are paid on a page, and refunded by who the server says', () =>
      expect([isStaffConfirmed(wallet), isStaffRefunded(wallet)]).toEqual([false, true]));

    it('have the name that the provider gives itself', () => {
      expect([methodName(wallet, 'en'), methodLabel(wallet, 'id'), payerLabel(wallet, 'id')]).toEqual(
        Array(3).fill('Wallet Pay'),
      );
    });
  });

  const NAMED = ['stripe', 'gcash', 'bank_transfer'] as const;

  it('are named within a sentence, in a list, and to payers', () => {
    expect(NAMED.map((method) => methodName(method, 'en'))).toEqual(['Stripe', 'GCash', 'bank transfer']);
    expect(NAMED.map((method) => methodLabel(method, 'id'))).toEqual(['Stripe', 'GCash', 'Transfer bank']);
    expect(NAMED.map((method) => payerLabel(method, 'en'))).toEqual(['Card (Stripe)', 'GCash', 'Bank transfer']);
    expect([staffMethodNames('en'), staffMethodNames('id')]).toEqual([
      'GCash or bank transfer',
      'GCash atau transfer bank',
    ]);
  });
});
