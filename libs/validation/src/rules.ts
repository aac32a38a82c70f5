import { applyDecorators } from '@nestjs/common';
import { ValidateBy, ValidateIf } from 'class-validator';

type Params = Record<string, string | number>;
type Fields = Record<string, unknown>;

/**
 * A rule whose message is a key of the catalogue (`field.<name>`) with its values, so that the edge can say it in the
 * reader's language. class-validator carries strings only, hence the JSON; see `toFieldFaults`.
 */
function rule(name: string, params: Params, test: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({
    name,
    validator: { validate: test, defaultMessage: () => JSON.stringify({ rule: name, params }) },
  });
}

/** A JSON number that is whole and exact; a text of digits is refused, as is anything beyond 2^53 - 1. */
export function Integer(range: { min: number; max?: number }): PropertyDecorator {
  const max = range.max ?? Number.MAX_SAFE_INTEGER;
  return rule(
    'integer',
    { min: range.min, max },
    (value) => Number.isSafeInteger(value) && (value as number) >= range.min && (value as number) <= max,
  );
}

/** A whole number as it stands in an address: digits only, no sign, no leading zero. */
export function IntegerText(range: { min: number; max: number }): PropertyDecorator {
  return rule(
    'integer',
    range,
    (value) =>
      typeof value === 'string' &&
      /^(0|[1-9]\d{0,15})$/.test(value) &&
      Number(value) >= range.min &&
      Number(value) <= range.max,
  );
}

export function OneOf(...values: readonly string[]): PropertyDecorator {
  return rule('one_of', { values: values.join(', ') }, (value) => typeof value === 'string' && values.includes(value));
}

/** Text that Postgres and JSON both keep as it is: no control characters (NUL above all), no half surrogate pairs. */
export function isPlainText(value: unknown, length: { min: number; max: number }): value is string {
  return (
    typeof value === 'string' &&
    value.length >= length.min &&
    value.length <= length.max &&
    !/[\p{Cc}\p{Cs}]/u.test(value)
  );
}

export function Text(length: { min: number; max: number }): PropertyDecorator {
  return rule('text', length, (value) => isPlainText(value, length));
}

/** The id of a bank's or provider's transaction: visible ASCII, so that what looks the same is the same. */
export function TransactionId(): PropertyDecorator {
  return rule('transaction_id', {}, (value) => typeof value === 'string' && /^[\x21-\x7e]{1,255}$/.test(value));
}

/** Enough to find a login by; whether the address exists only a letter to it would tell. */
export function Email(): PropertyDecorator {
  return rule('email', {}, (value) => isPlainText(value, { min: 3, max: 254 }) && /^[^\s@]+@[^\s@]+$/.test(value));
}

export function HttpUrl(length: { max: number }): PropertyDecorator {
  return rule(
    'https_url',
    length,
    (value) => isPlainText(value, { min: 8, max: length.max }) && /^https?:\/\//i.test(value) && URL.canParse(value),
  );
}

export function Slug(length: { max: number }): PropertyDecorator {
  return rule(
    'slug',
    length,
    (value) => typeof value === 'string' && value.length <= length.max && /^[a-z0-9][a-z0-9_-]*$/.test(value),
  );
}

/** Ours goes along to Stripe, whose names have 40 characters and no brackets (https://docs.stripe.com/metadata). */
const METADATA = { entries: 10, name: 40, value: 200 };

export function Metadata(): PropertyDecorator {
  return rule('metadata', METADATA, (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const pairs = Object.entries(value);
    return (
      pairs.length <= METADATA.entries &&
      pairs.every(
        ([name, text]) =>
          isPlainText(name, { min: 1, max: METADATA.name }) &&
          !/[[\]]/.test(name) &&
          isPlainText(text, { min: 0, max: METADATA.value }),
      )
    );
  });
}

/** 1–255 printable ASCII characters, as in the header of the same name (draft-ietf-httpapi-idempotency-key-header). */
export function IdempotencyKey(): PropertyDecorator {
  return rule('idempotency_key', {}, (value) => typeof value === 'string' && /^[\x20-\x7e]{1,255}$/.test(value));
}

/** May be left out; null counts as given and wrong, unlike class-validator's own IsOptional. */
export function Optional(): PropertyDecorator {
  return applyDecorators(ValidateIf((_object, value) => value !== undefined));
}

/** Two ways to say one thing: this field must be there when the other is not. */
export function RequiredUnless(other: string): PropertyDecorator {
  return applyDecorators(ValidateIf((object: Fields, value) => value !== undefined || object[other] === undefined));
}

/** Two ways to say one thing: not both. */
export function NotTogetherWith(other: string): PropertyDecorator {
  return ValidateBy({
    name: 'not_together',
    validator: {
      validate: (_value, args) => (args?.object as Fields)[other] === undefined,
      defaultMessage: () => JSON.stringify({ rule: 'not_together', params: { other } }),
    },
  });
}
