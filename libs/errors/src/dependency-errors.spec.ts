import { kind } from './app-error.js';
import { ProviderUnavailable, StripeUnavailable } from './dependency-errors.js';

class PayPalUnavailable extends ProviderUnavailable {
  static override readonly kind = kind(503, 'PAYPAL_UNAVAILABLE', 'PayPal unavailable', { retryable: true });
  constructor(details: ConstructorParameters<typeof ProviderUnavailable>[0] = {}) {
    super(details, PayPalUnavailable.kind);
  }
}

describe('a refund whose provider gave no clear answer', () => {
  const details = { params: { refund_id: 7 }, data: { refund_id: 7, status: 'pending' } };

  it.each([new ProviderUnavailable(), new PayPalUnavailable(), new StripeUnavailable()])(
    'fails with the code of its provider, and the facts of the refund: %s',
    (error) => {
      const waits = error.ofRefund(details);
      expect(waits).toMatchObject({ kind: error.kind, cause: error, ...details, retryAfterSeconds: 5 });
    },
  );
});
