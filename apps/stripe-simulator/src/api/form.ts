import qs from 'qs';
import { StripeError } from './stripe-error.js';

/** Parameters as they came: strings, lists and hashes of them. https://docs.stripe.com/api#introduction: form-encoded */
export type RawParameters = Readonly<Record<string, unknown>>;

/** Much more than any request of Payonce has; a session with a hundred line items has about six hundred. */
const MAX_PARAMETERS = 2_000;
const MAX_LIST_LENGTH = 200;
const DEEPEST = 10;

/** @throws StripeError for what cannot be read at all. */
export function readForm(text: string): RawParameters {
  try {
    return qs.parse(text, {
      depth: DEEPEST,
      parameterLimit: MAX_PARAMETERS,
      arrayLimit: MAX_LIST_LENGTH,
      throwOnLimitExceeded: true,
      // A parameter named `constructor` is refused as unknown.
      plainObjects: true,
      allowPrototypes: true,
    });
  } catch (error) {
    throw new StripeError(400, `Invalid request: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Equal for the same parameters in any order; idempotency keys are compared by it. */
export function fingerprintOf(parameters: unknown): string {
  if (Array.isArray(parameters)) return `[${parameters.map(fingerprintOf).join(',')}]`;
  if (typeof parameters === 'object' && parameters !== null) {
    const members = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${fingerprintOf(value)}`).join(',')}}`;
  }
  return JSON.stringify(parameters) ?? 'null';
}
