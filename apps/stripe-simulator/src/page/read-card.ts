import type { Stripe } from 'stripe';
import { isEmail } from '../parameters/shared-rules.js';
import { DECLINED_CARDS, type DeclinedCard } from '../payments/outcomes.js';
import type { Sentences } from './sentences.js';

/** Typed values that may be shown again. */
export interface Filled {
  readonly method: 'card' | 'later';
  readonly email: string;
  readonly expiry: string;
  readonly name: string;
}

/** The error of each field. */
export type Wrong = Partial<Record<'email' | 'method' | 'number' | 'expiry' | 'cvc' | 'name', keyof Sentences>>;

export type Card = 'pays' | 'not_test_card' | DeclinedCard;

/** https://docs.stripe.com/testing#cards */
const CARDS: Readonly<Record<string, Card>> = {
  '4242424242424242': 'pays',
  ...Object.fromEntries(Object.values(DECLINED_CARDS).map((declined) => [`400000000000${declined.last4}`, declined])),
};

/** Stripe's names for them. */
export const TYPES = { card: 'card', later: 'customer_balance' } as const;

/** If only one method is offered, it is the default; an email that the shop has set cannot be changed. */
export function readFilled(
  form: Readonly<Record<string, unknown>>,
  { payment_method_types: offered, customer_email }: Stripe.Checkout.Session,
): Filled {
  const method = words(form['method']) || (offered.includes(TYPES.card) ? 'card' : 'later');
  return {
    method: method === 'later' ? 'later' : 'card',
    email: customer_email ?? words(form['email']),
    expiry: words(form['expiry']),
    name: words(form['name']),
  };
}

/**
 * @param now by the simulated clock, in milliseconds.
 * @returns what the card will do, and everything that is wrong with what was typed.
 */
export function readCard(
  form: Readonly<Record<string, unknown>>,
  filled: Filled,
  now: number,
): { card: Card; wrong: Wrong } {
  const number = words(form['number']).replace(/[\s-]/g, '');
  const wrong: Wrong = {};
  if (!isEmail(filled.email)) wrong.email = 'bad_email';
  if (filled.method === 'card') {
    if (!/^\d{13,19}$/.test(number) || !passesLuhn(number)) wrong.number = 'bad_number';
    if (!isAhead(filled.expiry, now)) wrong.expiry = 'bad_expiry';
    if (!/^\d{3,4}$/.test(words(form['cvc']))) wrong.cvc = 'bad_cvc';
    if (filled.name === '') wrong.name = 'bad_name';
  }
  return { card: CARDS[number] ?? 'not_test_card', wrong };
}

function isAhead(expiry: string, now: number): boolean {
  const [, month, year] = /^(0?[1-9]|1[0-2])\s*\/?\s*(?:20)?(\d\d)$/.exec(expiry) ?? [];
  // Valid until the last day of its month.
  return month !== undefined && Date.UTC(2000 + Number(year), Number(month)) > now;
}

/** ISO/IEC 7812: detects mistyped digits. */
function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, 500) : '';
}
