import { applyDecorators } from '@nestjs/common';
import { ValidateBy, ValidateIf } from 'class-validator';
import {
  IDEMPOTENCY_KEY,
  isGiven,
  NAME_OF_METADATA,
  PLAIN_TEXT,
  RESERVED_NAMES,
  type Schema,
  Shaped,
} from './shapes.js';

type Params = Record<string, string | number>;
type Fields = Record<string, unknown>;

/**
 * A rule whose message is a key of the catalogue (`field.<name>`) with its values, so that the HTTP layer can render
 * it in the reader's language. class-validator carries strings only, hence the JSON; see `toFieldFaults`.
 */
function rule(name: string, params: Params, schema: Schema, test: (value: unknown) => boolean): PropertyDecorator {
  return applyDecorators(
    Shaped({ is: schema }),
    ValidateBy({
      name,
      validator: { validate: test, defaultMessage: () => JSON.stringify({ rule: name, params }) },
    }),
  );
}

/** A JSON number that is whole and exact; a string of digits is refused, as is anything beyond 2^53 - 1. */
export function Integer(range: { min: number; max?: number }): PropertyDecorator {
  const max = range.max ?? Number.MAX_SAFE_INTEGER;
  return rule(
    'integer',
    { min: range.min, max },
    { type: 'integer', minimum: range.min, maximum: max },
    (value) => Number.isSafeInteger(value) && (value as number) >= range.min && (value as number) <= max,
  );
}

/**
 * A whole number in a URL: digits only, no sign, no leading zero.
 * @param schema its description in the OpenAPI document, where that is not a number
 */
export function IntegerText(
  range: { min: number; max: number },
  schema: Schema = { type: 'integer', minimum: range.min, maximum: range.max },
): PropertyDecorator {
  return rule(
    'integer',
    range,
    schema,
    (value) =>
      typeof value === 'string' &&
      /^(0|[1-9]\d{0,15})$/.test(value) &&
      Number(value) >= range.min &&
      Number(value) <= range.max,
  );
}

export function OneOf(...values: readonly string[]): PropertyDecorator {
  return rule(
    'one_of',
    { values: values.join(', ') },
    { type: 'string', enum: [...values] },
    (value) => typeof value === 'string' && values.includes(value),
  );
}

/**
 * Text that Postgres and JSON both store unchanged: no control characters (NUL above all), no half surrogate pairs.
 * Its length is in characters, as Postgres and JSON Schema count them, not in UTF-16 units.
 */
export function isPlainText(value: unknown, length: { min: number; max: number }): value is string {
  if (typeof value !== 'string' || value.length > 2 * length.max || !PLAIN_TEXT.test(value)) return false;
  const characters = [...value].length;
  return characters >= length.min && characters <= length.max;
}

export function Text(length: { min: number; max: number }): PropertyDecorator {
  const schema = { type: 'string', minLength: length.min, maxLength: length.max, pattern: PLAIN_TEXT.source };
  return rule('text', length, schema, (value) => isPlainText(value, length));
}

/** The id of a bank's or provider's transaction: visible ASCII, so that ids that look the same are the same. */
export function TransactionId(): PropertyDecorator {
  return matching('transaction_id', /^[\x21-\x7e]{1,255}$/);
}

/** At this time before midnight UTC, the next day has begun for a bank at UTC+14. */
const DAY_AHEAD_MS = 14 * 3_600_000;
/** The sender's clock may be a little ahead of ours. */
const TIME_AHEAD_MS = 5 * 60_000;

/**
 * An ISO 8601 date, or a time with its zone, not in the future; a date is its beginning in UTC. Where the value is
 * still ahead, because of a date's zone or a clock, the code that stores it uses the current time.
 */
export function PastTime(): PropertyDecorator {
  const form = /^20\d{2}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
  return rule('past_time', {}, { type: 'string', pattern: form.source, examples: ['2026-03-31'] }, (value) => {
    if (typeof value !== 'string' || !form.test(value)) return false;
    const ms = Date.parse(value);
    // Date.parse reads 30 February as 2 March, or refuses it.
    const day = Date.parse(`${value.slice(0, 10)}T00:00:00Z`);
    const isADay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(value.slice(0, 10));
    return !Number.isNaN(ms) && isADay && ms <= Date.now() + (value.length === 10 ? DAY_AHEAD_MS : TIME_AHEAD_MS);
  });
}

/** An id that another system uses for an object it sends us. */
export function ExternalReference(): PropertyDecorator {
  return Text({ min: 1, max: 255 });
}

/** Enough to find a login by; only a message to the address would show whether it exists. */
export function Email(): PropertyDecorator {
  const length = { min: 3, max: 254 };
  const form = /^[^\s@\p{Cc}\p{Cs}]+@[^\s@\p{Cc}\p{Cs}]+$/u;
  const schema = { type: 'string', minLength: length.min, maxLength: length.max, pattern: form.source };
  return rule('email', {}, schema, (value) => isPlainText(value, length) && form.test(value));
}

/** A schema cannot say that a value parses as a URL, only how it begins. */
export function HttpUrl({ max }: { max: number }): PropertyDecorator {
  const form = /^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\p{Cc}\p{Cs}]*$/u;
  return rule(
    'https_url',
    { max },
    { type: 'string', format: 'uri', minLength: 8, maxLength: max, pattern: form.source },
    (value) => isPlainText(value, { min: 8, max }) && form.test(value) && isWithoutLogin(value),
  );
}

/** `https://stripe.com@example.com` looks like an address of Stripe's, but is not. */
function isWithoutLogin(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username === '' && password === '';
}

export function Slug(length: { max: number }): PropertyDecorator {
  return rule(
    'slug',
    length,
    { type: 'string', minLength: 1, maxLength: length.max, pattern: '^[a-z0-9][a-z0-9_-]*$' },
    (value) => typeof value === 'string' && value.length <= length.max && /^[a-z0-9][a-z0-9_-]*$/.test(value),
  );
}

/** We send metadata to Stripe, whose names have 40 characters and no brackets (https://docs.stripe.com/metadata). */
export const METADATA = { entries: 10, name: 40, value: 200 };

export function Metadata(): PropertyDecorator {
  const name = { type: 'string', minLength: 1, maxLength: METADATA.name, pattern: NAME_OF_METADATA.source };
  const schema: Schema = {
    type: 'object',
    maxProperties: METADATA.entries,
    propertyNames: { ...name, not: { enum: RESERVED_NAMES } },
    additionalProperties: { type: 'string', maxLength: METADATA.value, pattern: PLAIN_TEXT.source },
    // Without an example, documentation pages make up random names.
    examples: [{ channel: 'front-desk' }],
  };
  return rule('metadata', METADATA, schema, (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const pairs = Object.entries(value);
    return (
      pairs.length <= METADATA.entries &&
      pairs.every(
        ([name, text]) =>
          isPlainText(name, { min: 1, max: METADATA.name }) &&
          NAME_OF_METADATA.test(name) &&
          isPlainText(text, { min: 0, max: METADATA.value }),
      )
    );
  });
}

/**
 * 1–255 printable ASCII characters without leading or trailing spaces, as in the header of the same name
 * (draft-ietf-httpapi-idempotency-key-header).
 */
export function IdempotencyKey(): PropertyDecorator {
  return matching('idempotency_key', IDEMPOTENCY_KEY);
}

function matching(name: string, form: RegExp): PropertyDecorator {
  const schema = { type: 'string', pattern: form.source };
  return rule(name, {}, schema, (value) => typeof value === 'string' && form.test(value));
}

/** May be omitted; `null` in a body is the same, and is removed before the rules run (`requestValidation`). */
export function Optional(): PropertyDecorator {
  return applyDecorators(
    Shaped({ optional: true }),
    ValidateIf((_object, value) => value !== undefined),
  );
}

/** Of two alternative fields: this one is required when the other is missing. */
export function RequiredUnless(other: string): PropertyDecorator {
  return applyDecorators(
    Shaped({ optional: true, whole: (own) => ({ anyOf: [isGiven(own), isGiven(other)] }) }),
    ValidateIf((object: Fields, value) => value !== undefined || object[other] === undefined),
  );
}

/** Of two alternative fields: not both. */
export function NotTogetherWith(other: string): PropertyDecorator {
  return applyDecorators(
    Shaped({ whole: (own) => ({ not: { allOf: [isGiven(own), isGiven(other)] } }) }),
    ValidateBy({
      name: 'not_together',
      validator: {
        validate: (_value, args) => (args?.object as Fields | undefined)?.[other] === undefined,
        defaultMessage: () => JSON.stringify({ rule: 'not_together', params: { other } }),
      },
    }),
  );
}
