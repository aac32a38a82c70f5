import { decimalsOf } from '../../apps/stripe-simulator/src/parameters/shared-rules.js';
import { CURRENCIES as ON_PAGES, exponentOf } from '../../apps/web/src/design/money.js';
import { CURRENCIES, CURRENCY_CODES } from '../../libs/payments/src/ledger/money/currencies.js';

describe('decimals of a currency', () => {
  it('are known to the pages for every currency that the API accepts', () => {
    expect(ON_PAGES).toEqual(CURRENCY_CODES);
  });

  // Browsers are no witness: Intl has no decimals for idr, which Stripe counts in hundredths.
  it.each(CURRENCY_CODES)('are the same for %s in the ledger, on the pages and at Stripe', (code) => {
    const { exponent } = CURRENCIES[code];
    expect({ pages: exponentOf(code), stripe: decimalsOf(code) }).toEqual({ pages: exponent, stripe: exponent });
  });
});
