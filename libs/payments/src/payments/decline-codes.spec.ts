import { declineCodeForPayer } from './decline-codes.js';

describe('a decline code as its payer sees it', () => {
  it.each(['insufficient_funds', 'expired_card', 'incorrect_cvc', 'generic_decline', 'a_code_of_next_year', null])(
    '%s as it is',
    (code) => {
      expect(declineCodeForPayer(code)).toBe(code);
    },
  );

  // https://docs.stripe.com/declines/codes: “Don’t report more detailed information to your customer.”
  it.each(['fraudulent', 'lost_card', 'stolen_card', 'merchant_blacklist', 'pickup_card', 'restricted_card', 'rule'])(
    '%s as a generic decline',
    (code) => {
      expect(declineCodeForPayer(code)).toBe('generic_decline');
    },
  );
});
