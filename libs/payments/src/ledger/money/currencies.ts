/** What we take. Amounts are whole minor units: `exponent` digits of them stand behind the point. */
export interface CurrencyRules {
  readonly exponent: number;
  /** Stripe's least and most for one charge, in minor units. */
  readonly stripe: { readonly minimum: number; readonly maximum: number };
}

/** Eight digits, unless a currency is named as an exception (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
const EIGHT_DIGITS = 99_999_999;
const TWELVE_DIGITS = 999_999_999_999;

/**
 * Where Stripe's page names no minimum (idr, php), the converted amount must reach the settlement currency's; only
 * Stripe knows that rate, so 1 stands here and Stripe decides.
 */
export const CURRENCIES = {
  idr: { exponent: 2, stripe: { minimum: 1, maximum: TWELVE_DIGITS } },
  php: { exponent: 2, stripe: { minimum: 1, maximum: EIGHT_DIGITS } },
  usd: { exponent: 2, stripe: { minimum: 50, maximum: EIGHT_DIGITS } },
  eur: { exponent: 2, stripe: { minimum: 50, maximum: EIGHT_DIGITS } },
  gbp: { exponent: 2, stripe: { minimum: 30, maximum: EIGHT_DIGITS } },
  sgd: { exponent: 2, stripe: { minimum: 50, maximum: EIGHT_DIGITS } },
  myr: { exponent: 2, stripe: { minimum: 200, maximum: EIGHT_DIGITS } },
  aud: { exponent: 2, stripe: { minimum: 50, maximum: EIGHT_DIGITS } },
  jpy: { exponent: 0, stripe: { minimum: 50, maximum: EIGHT_DIGITS } },
} as const satisfies Record<string, CurrencyRules>;

export type Currency = keyof typeof CURRENCIES;
export const CURRENCY_CODES = Object.keys(CURRENCIES) as Currency[];
export const DEFAULT_CURRENCY: Currency = 'idr';

/** The most a fee or price may be: what twelve digits hold, as the database has it too. */
export const MAX_AMOUNT = TWELVE_DIGITS;
