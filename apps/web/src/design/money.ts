import type { Schemas } from '#payment-client';

/** The currencies that the API takes. */
export type Currency = NonNullable<Schemas['StartPaymentRequest']['currency']>;

/**
 * Digits after the decimal point; a currency of the API that is missing here does not compile. test/unit/currencies
 * compares them with the server's.
 */
const EXPONENTS = {
  idr: 2,
  php: 2,
  usd: 2,
  eur: 2,
  gbp: 2,
  sgd: 2,
  myr: 2,
  aud: 2,
  jpy: 0,
} as const satisfies Readonly<Record<Currency, number>>;

export const CURRENCIES = Object.keys(EXPONENTS) as Currency[];

const formats = new Map<string, Intl.NumberFormat>();

/** @param amount whole minor units: 5000 idr is "Rp 50.00", 5000 jpy "¥5,000". */
export function formatMoney(amount: number, currency: string, language: string): string {
  const exponent = exponentOf(currency);
  return formatOf(currency, exponent, language).format(amount / 10 ** exponent);
}

export function exponentOf(currency: string): number {
  const code = currency.toLowerCase();
  if (Object.hasOwn(EXPONENTS, code)) return EXPONENTS[code as Currency];
  // Other currencies: formatted by the browser.
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

function formatOf(currency: string, exponent: number, language: string): Intl.NumberFormat {
  const key = `${currency} ${language}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, {
      style: 'currency',
      currency: currency.toUpperCase(),
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: exponent,
      maximumFractionDigits: exponent,
    });
    formats.set(key, format);
  }
  return format;
}

/** A tax rate: 1100 basis points are "11". */
export function percentOf(basis_points: number, language: string): string {
  return new Intl.NumberFormat(language).format(basis_points / 100);
}

/** Groups of three digits, all behind the same separator; the decimals, if any, behind the other. */
const GROUPED = /^\d{1,3}(?:([.,'\u0020\u00a0\u202f])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,3})?$/;

/**
 * Parses a typed amount into minor units, with or without thousands separators. "1.000" alone is a thousand where the
 * page's language groups by points, and is refused where it groups by commas.
 */
export function parseMoney(text: string, currency: string, language: string): number | undefined {
  const exponent = exponentOf(currency);
  const [, whole, , decimals = ''] =
    /^(\d{1,12})([.,](\d{1,3}))?$/.exec(ungrouped(text.trim(), exponent, language)) ?? [];
  if (whole === undefined || decimals.length > exponent) return undefined;
  const minor = Number(whole + decimals.padEnd(exponent, '0'));
  return Number.isSafeInteger(minor) ? minor : undefined;
}

function ungrouped(text: string, exponent: number, language: string): string {
  const separator = GROUPED.exec(text)?.[1];
  if (separator === undefined) return text;
  const groups = text.split(separator).length - 1;
  const isAmbiguous = exponent > 0 && groups === 1 && /[.,]/.test(separator) && !/[.,]\d+[.,]/.test(text);
  const isOfThousands = !isAmbiguous || partOf(1_000, 'group', language) === separator;
  return isOfThousands ? text.replaceAll(separator, '') : text;
}

function partOf(number: number, type: 'group' | 'decimal', language: string): string | undefined {
  return new Intl.NumberFormat(language).formatToParts(number).find((part) => part.type === type)?.value;
}

/** Formats an amount so that `parseMoney` can read it, with the language's decimal separator. */
export function plainMoney(amount: number, currency: string, language: string): string {
  const exponent = exponentOf(currency);
  const digits = String(amount).padStart(exponent + 1, '0');
  return exponent === 0
    ? digits
    : digits.slice(0, -exponent) + partOf(0.1, 'decimal', language) + digits.slice(-exponent);
}
