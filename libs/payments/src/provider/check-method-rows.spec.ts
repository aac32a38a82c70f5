import { methodFaults } from './check-method-rows.js';
import type { PaymentProvider } from './payment-provider.js';

const wallet = { name: 'wallet', methods: ['wallet'], hosted: {}, refunds: {} } as unknown as PaymentProvider;
const row = { method: 'wallet', confirmed_by: 'page', refunded_by: 'provider' } as const;

describe('the rows of registered methods', () => {
  it('agree with their providers; other rows are of providers that this program does not have', () => {
    expect(methodFaults([wallet], [row, { ...row, method: 'coins' }])).toEqual([]);
  });

  it('are named when they are missing', () => {
    expect(methodFaults([wallet], [])).toEqual([
      'Payment method wallet has no row in payment_methods: run the migrations, with the migration of the provider wallet',
    ]);
  });

  it.each([
    ['confirmed_by', { confirmed_by: 'staff' }],
    ['refunded_by', { refunded_by: 'staff' }],
  ] as const)('are named when they say something else: %s', (column, other) => {
    expect(methodFaults([wallet], [{ ...row, ...other }])).toEqual([
      expect.stringMatching(new RegExp(`^Payment method wallet has ${column} = `)),
    ]);
  });
});
