import type { RawParameters } from '../api/form.js';
import { StripeError } from '../api/stripe-error.js';

/**
 * How one parameter is read: from the string, list or hash that came in to a value, or to the error that Stripe answers.
 * `param` is its full name, as in `line_items[0][quantity]`.
 */
export interface Rule<T> {
  readonly required?: boolean;
  read(value: unknown, param: string): T;
}

type Fields = Readonly<Record<string, Rule<unknown>>>;

/** What a hash of rules reads: required members are there, the others may be undefined. */
export type Read<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends { required: true }
    ? F[Name] extends Rule<infer T>
      ? T
      : never
    : F[Name] extends Rule<infer T>
      ? T | undefined
      : never;
};

export function required<T>(rule: Rule<T>): Rule<T> & { required: true } {
  return { ...rule, required: true };
}

/**
 * A hash with these members and no others. Values cannot be hidden from Stripe by a misspelt name: unknown ones are refused.
 * https://docs.stripe.com/error-codes#parameter-unknown, #parameter-missing
 */
export function hash<F extends Fields>(fields: F): Rule<Read<F>> {
  return {
    read(value, param) {
      if (!isHash(value)) throw new StripeError(400, 'Invalid object', { param });
      const given: RawParameters = value;
      refuseUnknown(
        Object.keys(given).filter((name) => !Object.hasOwn(fields, name)),
        param,
      );
      const read: Record<string, unknown> = {};
      for (const [name, rule] of Object.entries(fields)) {
        const full = memberOf(param, name);
        if (given[name] !== undefined) read[name] = rule.read(given[name], full);
        else if (rule.required) {
          throw new StripeError(400, `Missing required param: ${full}.`, { code: 'parameter_missing', param: full });
        }
      }
      return read as Read<F>;
    },
  };
}

export function isHash(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function memberOf(param: string, name: string): string {
  return param === '' ? name : `${param}[${name}]`;
}

function refuseUnknown(names: string[], within: string): void {
  const [first] = names;
  if (first === undefined) return;
  const full = names.map((name) => memberOf(within, name));
  throw new StripeError(400, `Received unknown parameter${names.length > 1 ? 's' : ''}: ${full.join(', ')}`, {
    code: 'parameter_unknown',
    param: memberOf(within, first),
  });
}
