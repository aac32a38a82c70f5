import { StripeError } from '../api/stripe-error.js';
import { hash, isHash, type Rule } from './rule.js';
import { integer, list, text } from './rules.js';

/** https://docs.stripe.com/api/expanding_objects */
export const expand = list(text({ max: 200 }), { max: 100 });

const range = hash({ gt: integer(), gte: integer(), lt: integer(), lte: integer() });

/** `created`: one second, or a range of them. */
export const created: Rule<(at: number) => boolean> = {
  read(value, param) {
    if (!isHash(value)) {
      const second = integer().read(value, param);
      return (at) => at === second;
    }
    const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range.read(value, param);
    return (at) => at > gt && at >= gte && at < lt && at <= lte;
  },
};

/** https://docs.stripe.com/api/pagination */
export const paging = {
  limit: integer({ min: 1, max: 100 }),
  starting_after: text(),
  ending_before: text(),
  expand,
};

/** A plausible email address. */
export const isEmail = (words: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(words);

/** https://docs.stripe.com/error-codes#email-invalid */
export function email(): Rule<string> {
  return {
    read(value, param) {
      const given = text({ max: 800 }).read(value, param);
      if (!isEmail(given)) {
        throw new StripeError(400, `Invalid email address: ${given.slice(0, 80)}`, { code: 'email_invalid', param });
      }
      return given;
    },
  };
}

/** https://docs.stripe.com/get-started/account/statement-descriptors#requirements */
export function statementDescriptor({ min }: { min: number }): Rule<string> {
  return {
    read(value, param) {
      const given = text({ max: 22 }).read(value, param);
      if (/[<>\\'"*]/.test(given) || /[^ -~\u00a0-\u024f]/.test(given)) {
        throw new StripeError(400, 'The statement descriptor contains characters that are not supported.', {
          code: 'invalid_characters',
          param,
        });
      }
      if (!/\p{L}/u.test(given)) {
        throw new StripeError(400, 'The statement descriptor must contain at least one letter.', { param });
      }
      if (given.length < min) {
        throw new StripeError(400, `The statement descriptor must be at least ${min} characters.`, { param });
      }
      return given;
    },
  };
}

/** Currencies that Stripe counts without decimals. https://docs.stripe.com/currencies#zero-decimal */
const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '));
/** https://docs.stripe.com/currencies#three-decimal */
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));

const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** In lower case, as Stripe returns it. */
export const isCurrency = (code: string) => CURRENCIES.has(code);

/** Upper case is accepted and returned in lower case, as Stripe does. */
export const currency: Rule<string> = {
  read(value, param) {
    const given = text().read(value, param).toLowerCase();
    if (!isCurrency(given)) throw new StripeError(400, `Invalid currency: ${given.slice(0, 20)}`, { param });
    return given;
  },
};

export function decimalsOf(code: string): number {
  return ZERO_DECIMAL.has(code) ? 0 : THREE_DECIMAL.has(code) ? 3 : 2;
}

/** Eight digits, with exceptions. https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
export function largestAmount(code: string): number {
  return code === 'idr' ? 999_999_999_999 : 99_999_999;
}

export function inWords(amount: number, code: string, locale = 'en'): string {
  const decimals = decimalsOf(code);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: code.toUpperCase(),
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(amount / 10 ** decimals);
}
