import { StripeError } from '../api/stripe-error.js';
import { isHash, memberOf, type Rule } from './rule.js';

/** The default maximum length in Stripe's API description. */
const MAX_TEXT_LENGTH = 5_000;

/** https://docs.stripe.com/metadata: up to 50 keys, names up to 40 characters, values up to 500. */
const METADATA = { keys: 50, name: 40, value: 500 };

export function text({ max = MAX_TEXT_LENGTH, empty = false } = {}): Rule<string> {
  return {
    read(value, param) {
      const given = scalar(value, param, 'string');
      if (given === '' && !empty) throw emptyValue(param);
      if ([...given].length > max) {
        throw new StripeError(400, `Invalid string: ${abbreviate(given)}; must be at most ${max} characters`, {
          param,
        });
      }
      return given;
    },
  };
}

export function integer({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = {}): Rule<number> {
  return {
    read(value, param) {
      const given = scalar(value, param, 'integer');
      if (given === '') throw emptyValue(param);
      const number = Number(given);
      if (!/^[+-]?\d{1,16}$/.test(given) || !Number.isSafeInteger(number)) {
        throw new StripeError(400, `Invalid integer: ${abbreviate(given)}`, {
          code: 'parameter_invalid_integer',
          param,
        });
      }
      if (number < min) throw outOfRange(`greater than or equal to ${min}`, param);
      if (number > max) throw outOfRange(`less than or equal to ${max}`, param);
      return number;
    },
  };
}

export function truth(): Rule<boolean> {
  return {
    read(value, param) {
      const given = scalar(value, param, 'boolean');
      if (given === '') throw emptyValue(param);
      if (given !== 'true' && given !== 'false') {
        throw new StripeError(400, `Invalid boolean: ${abbreviate(given)}`, { param });
      }
      return given === 'true';
    },
  };
}

export function oneOf<const Word extends string>(...words: readonly Word[]): Rule<Word> {
  return {
    read(value, param) {
      const given = scalar(value, param, 'string');
      if (given === '') throw emptyValue(param);
      const word = words.find((known) => known === given);
      if (word === undefined) {
        const list = words.length > 1 ? `one of ${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words[0];
        throw new StripeError(400, `Invalid ${param}: must be ${list}`, { param });
      }
      return word;
    },
  };
}

export function address(): Rule<string> {
  return {
    read(value, param) {
      const given = text().read(value, param);
      // {CHECKOUT_SESSION_ID} is Stripe's placeholder and would not be valid in a URL.
      const plain = given.replaceAll('{CHECKOUT_SESSION_ID}', 'cs');
      // The URL parser would silently drop them.
      const controls = /\p{Cc}/u.test(given);
      if (controls || !URL.canParse(plain) || !['http:', 'https:'].includes(new URL(plain).protocol)) {
        throw new StripeError(400, 'Not a valid URL', { code: 'url_invalid', param });
      }
      return given;
    },
  };
}

export function list<T>(rule: Rule<T>, { max = 100 } = {}): Rule<T[]> {
  return {
    read(value, param) {
      // A large index would turn the list into a hash with numeric names.
      const values =
        isHash(value) && Object.keys(value).every((name) => /^\d+$/.test(name)) ? Object.values(value) : value;
      if (!Array.isArray(values)) throw new StripeError(400, 'Invalid array', { param });
      if (values.length > max) {
        throw new StripeError(400, `Array above maximum size; must contain at most ${max} elements`, { param });
      }
      return values.map((item, index) => rule.read(item, memberOf(param, String(index))));
    },
  };
}

/** An empty value removes the key, and an empty hash removes all. https://docs.stripe.com/api/metadata */
export function metadata(): Rule<Record<string, string>> {
  return {
    read(value, param) {
      if (value === '') return {};
      if (!isHash(value)) throw new StripeError(400, 'Invalid object', { param });
      const entries = Object.entries(value).map(([name, of]) => {
        const full = memberOf(param, name);
        // https://docs.stripe.com/metadata: brackets are not taken in names, though they are in values.
        if (typeof of !== 'string' || /[[\]]/.test(name)) {
          throw new StripeError(
            400,
            typeof of === 'string' ? 'Metadata keys cannot contain square brackets' : 'Metadata values must be strings',
            { param: full },
          );
        }
        if ([...name].length > METADATA.name) {
          throw new StripeError(
            400,
            `Metadata keys can have up to ${METADATA.name} characters, but you passed in a key that is ${[...name].length} characters. Invalid key: ${abbreviate(name)}`,
            { param },
          );
        }
        if ([...of].length > METADATA.value) {
          throw new StripeError(
            400,
            `Metadata values can have up to ${METADATA.value} characters, but you passed in a value that is ${[...of].length} characters. Invalid value: ${abbreviate(of)}`,
            { param: full },
          );
        }
        return [name, of] as const;
      });
      if (entries.length > METADATA.keys) {
        throw new StripeError(
          400,
          `You can have up to ${METADATA.keys} metadata keys, but you passed ${entries.length}`,
          {
            param,
          },
        );
      }
      return Object.fromEntries(entries.filter(([, of]) => of !== ''));
    },
  };
}

function scalar(value: unknown, param: string, what: string): string {
  if (typeof value === 'string') return value;
  throw new StripeError(400, `Invalid ${what}: ${abbreviate(JSON.stringify(value))}`, { param });
}

/** https://docs.stripe.com/error-codes#parameter-invalid-empty */
function emptyValue(param: string): StripeError {
  return new StripeError(
    400,
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
    { code: 'parameter_invalid_empty', param },
  );
}

function outOfRange(limit: string, param: string): StripeError {
  return new StripeError(400, `This value must be ${limit}.`, { code: 'parameter_invalid_integer', param });
}

function abbreviate(given: string): string {
  return given.length > 80 ? `${given.slice(0, 40)}...${given.slice(-8)}` : given;
}
