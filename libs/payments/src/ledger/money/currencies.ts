/** Accepted currencies. Amounts are whole minor units; `exponent` is the number of decimal digits. */
export interface CurrencyRules {
  readonly exponent: number;
  /** Stripe's minimum and maximum for one charge, in minor units. */
  readonly stripe: { readonly minimum: number; readonly maximum: number };
}

/**
 * Stripe's maximum has eight digits, except for listed currencies
 * (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).
 */
const EIGHT_DIGITS = 99_999_999;
const TWELVE_DIGITS = 999_999_999_999;

/**
 * Where Stripe's page lists no minimum (idr, php), the converted amount must reach the settlement currency's minimum.
 * Only Stripe knows that rate, so the minimum here is 1 and Stripe decides.
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
export const isCurrency = (code: string): code is Currency => Object.hasOwn(CURRENCIES, code);
export const DEFAULT_CURRENCY: Currency = 'idr';

/** The maximum fee or price has twelve digits, the same bound as in the database. */
export const MAX_AMOUNT = TWELVE_DIGITS;
