import { chargedOnce, harmOf } from './verdict.js';

const FEE = 5_000;
const charge = { amount: FEE, status: 'succeeded' };
const payment = { id: 1, status: 'completed', amount: FEE, received: FEE, invoice: 'paid' };
const once = { fee: FEE, charges: [charge], payments: [payment] };

describe('the verdict of the race lab', () => {
  it('is yes for one charge, one payment and one amount; what was declined took no money', () => {
    expect(chargedOnce(once)).toBe(true);
    expect(chargedOnce({ ...once, charges: [{ amount: FEE, status: 'failed' }, charge] })).toBe(true);
  });

  it.each([
    ['two charges in the ledger', { charges: [charge, charge] }],
    ['no charge in the ledger', { charges: [] }],
    ['a charge that failed only', { charges: [{ amount: FEE, status: 'failed' }] }],
    ['two payments', { payments: [payment, { ...payment, id: 2 }] }],
    ['a second payment nobody has paid', { payments: [payment, { ...payment, id: 2, status: 'pending' }] }],
    ['no payment', { payments: [] }],
    ['a payment that is not completed', { payments: [{ ...payment, status: 'pending' }] }],
    ['a payment without a charge', { payments: [{ ...payment, received: null }] }],
    ['an invoice that is not paid', { payments: [{ ...payment, invoice: 'pending' }] }],
    ['another amount at Stripe', { charges: [{ ...charge, amount: FEE + 1 }] }],
    ['another amount in the row', { payments: [{ ...payment, amount: FEE - 1 }] }],
    ['another amount received', { payments: [{ ...payment, received: FEE - 1 }] }],
  ])('is no for %s', (_name, wrong) => {
    expect(chargedOnce({ ...once, ...wrong })).toBe(false);
  });
});

describe('the harm that an attack has done', () => {
  it('is none if every charge was booked once', () => {
    expect(harmOf(once)).toBeUndefined();
    expect(harmOf({ ...once, charges: [], payments: [{ ...payment, received: null }] })).toBeUndefined();
  });

  it.each([
    ['charged_again', { charges: [charge, charge] }],
    ['charged_again', { charges: [charge, charge], payments: [payment, { ...payment, id: 2 }] }],
    ['booked_again', { payments: [{ ...payment, received: 7 * FEE }] }],
    ['booked_again', { payments: [payment, { ...payment, id: 2 }] }],
    ['not_recorded', { payments: [{ ...payment, status: 'pending', received: null }] }],
    ['not_recorded', { payments: [] }],
  ])('is %s: %#', (harm, wrong) => {
    expect(harmOf({ ...once, ...wrong })).toBe(harm);
  });
});
