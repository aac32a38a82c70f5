import { StripeError } from '../api/stripe-error.js';
import type { Rule } from './rule.js';

/** Parameters that Stripe supports and this simulator does not: refused with an explicit message, never ignored. */
export function notSimulated<const Name extends string>(...names: readonly Name[]): Record<Name, Rule<undefined>> {
  const rule: Rule<undefined> = {
    read(_value, param) {
      throw refusal(param);
    },
  };
  return Object.fromEntries(names.map((name) => [name, rule])) as Record<Name, Rule<undefined>>;
}

/** Accepts some of Stripe's values only, because the others would have an effect that is not simulated. */
export function only<T>(rule: Rule<T>, simulated: (value: T) => boolean): Rule<T> {
  return {
    read(value, param) {
      const given = rule.read(value, param);
      if (!simulated(given)) throw refusal(param);
      return given;
    },
  };
}

function refusal(param: string): StripeError {
  return new StripeError(400, `This simulator does not simulate the parameter: ${param}`, { param });
}
