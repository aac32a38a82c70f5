import { PaymentClientError, type PaymentMethod } from '#payment-client';
import { failureSentence, refusedFields } from './failure-sentence.js';
import { isProviderUnavailable } from './failures.js';

const failure = (code: string, data?: unknown) =>
  new PaymentClientError('The server’s sentence', { code, status: 409, retryable: false, data });
/** Intl writes money with no-break spaces. */
const said = (error: PaymentClientError, language: 'en' | 'id', method?: PaymentMethod) =>
  failureSentence(error, language, method).replaceAll('\u00a0', ' ');

describe('what went wrong, for a person', () => {
  const IDR_50 = { amount: 5_000, currency: 'idr' };
  const IDR_70 = { amount: 7_000, currency: 'idr' };
  const REFUND = { payment_id: 1, refund_id: 7, status: 'pending', amount: 5_000, currency: 'idr' };

  it.each([
    ['STRIPE_UNAVAILABLE', 'stripe', 'Stripe', 'Stripe'],
    ['PROVIDER_UNAVAILABLE', 'wallet' as 'stripe', 'wallet', 'wallet'],
    ['PROVIDER_UNAVAILABLE', undefined, 'The payment provider', 'Penyedia pembayaran'],
  ] as const)('%s of %s: a refund that waits stays reserved, and must not be requested again', (code, of, en, id) => {
    const waits = failure(code, REFUND);
    expect(said(waits, 'en', of)).toContain(`${en} hasn’t answered refund 7 of Rp 50.00 yet. It stays reserved`);
    expect(said(waits, 'id', of)).toContain(`${id} belum menjawab pengembalian 7 sebesar Rp 50,00`);
    expect(isProviderUnavailable(waits)).toBe(true);
  });

  it('a refund that needs a decision names the provider of its payment', () => {
    const undecided = failure('REFUND_NEEDS_DECISION', { ...REFUND, conflicting_refunds: ['re_1'] });
    expect(said(undecided, 'en', 'stripe')).toContain('Stripe never answered refund 7 of Rp 50.00, and another refund');
    expect(said(undecided, 'id', 'wallet' as 'stripe')).toContain('wallet tidak pernah menjawab pengembalian 7');
  });

  it.each(['PROVIDER_REFUSED', 'STRIPE_REFUSED', 'LOCK_TIMEOUT'])('%s is a clear answer', (code) =>
    expect(isProviderUnavailable(failure(code))).toBe(false),
  );

  it.each([
    ['AMOUNT_MISMATCH', { expected: { amount: 6_000, currency: 'idr' } }, 'It is now Rp 60.00.'],
    ['REFUND_TOO_LARGE', { refundable_amount: 4_000, currency: 'jpy' }, 'At most ¥4,000 can still be refunded.'],
    [
      'CHARGE_NOT_ACCEPTABLE',
      { received: IDR_50, expected: IDR_70, status: 'pending' },
      'Rp 50.00 arrived, the amount due',
    ],
    ['CHARGE_NOT_ACCEPTABLE', { received: IDR_50, expected: IDR_50, status: 'expired' }, 'the payment is expired'],
    ['CHARGE_NOT_ACCEPTABLE', { received: IDR_50, expected: IDR_50, status: 'pending' }, 'The server’s sentence'],
    ['TRANSITION_NOT_ALLOWED', { payment_id: 1, status: 'expired', transfer_id: 3 }, 'recorded as transfer 3'],
    ['TRANSITION_NOT_ALLOWED', { payment_id: 1, status: 'expired' }, 'The server’s sentence'],
    ['STRIPE_UNAVAILABLE', undefined, 'The server’s sentence'],
    ['A_NEW_CODE', { amount: 1 }, 'The server’s sentence'],
  ])('%s %j: %s', (code, data, sentence) => expect(said(failure(code, data), 'en')).toContain(sentence));

  it('names every field that was refused', () => {
    const refused = failure('VALIDATION_FAILED', {
      fields: { payer: ['is too long', 'is odd'], other: ['is missing'] },
    });
    expect(refusedFields(refused, 'en')).toEqual(['The payer is too long; is odd.', 'other is missing.']);
    expect(refusedFields(failure('LOCK_TIMEOUT'), 'en')).toEqual([]);
  });
});
