/** A JSON Schema, as far as our rules define one. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a rule states about its field for the API's document. */
export interface FieldShape {
  readonly is?: Schema;
  readonly optional?: boolean;
  /** What it states about the whole request, by the field's own name. */
  readonly whole?: (own: string) => Schema;
}

export interface ShapeOfField extends FieldShape {
  readonly target: object;
  readonly field: string;
}

const shapes: ShapeOfField[] = [];

/**
 * Declared beside the rule, so that the API's document has the bounds that are checked. Here they are only stored:
 * the code that builds the document takes a fifth of a second to load, and is loaded when a client requests it.
 */
export function Shaped(said: FieldShape): PropertyDecorator {
  return (target, field) => {
    shapes.push({ ...said, target, field: String(field) });
  };
}

/** What the field is for, in the API's document: what its name and bounds do not say. A comment does not get there. */
export const Describe = (description: string): PropertyDecorator => Shaped({ is: { description } });

/** The request has this field: null counts as missing. */
export const isGiven = (field: string): Schema => ({
  required: [field],
  properties: { [field]: { not: { type: 'null' } } },
});

/** A request without any of these fields changes nothing: `refuseEmpty` refuses it. */
export const NeverEmpty =
  (...fields: readonly string[]): ClassDecorator =>
  (request) => {
    const whole = () => ({ anyOf: fields.map(isGiven) });
    shapes.push({ target: request.prototype as object, field: '', whole });
  };

/** The fields that may be omitted from a request, by its class or one that it extends. */
export function optionalFieldsOf(request: object): ReadonlySet<string> {
  const own = shapes.filter(
    ({ target, optional }) => optional && (target === request || Object.prototype.isPrototypeOf.call(target, request)),
  );
  return new Set(own.map(({ field }) => field));
}

/** The shapes of all rules of all requests so far, in the order of declaration. */
export const shapesOfRequests = (): readonly ShapeOfField[] => shapes;

/** No control characters, no half surrogate pairs. */
export const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]*$/u;

/** A name of metadata: also no brackets, which Stripe refuses (https://docs.stripe.com/metadata). */
export const NAME_OF_METADATA = /^[^\p{Cc}\p{Cs}[\]]*$/u;

/** 1–255 printable ASCII characters, without leading or trailing spaces, which no header could carry. */
export const IDEMPOTENCY_KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/**
 * Names that every object has (`constructor`, `toString`, …), and `prototype`: Nest and class-transformer drop them.
 */
export const RESERVED_NAMES: readonly string[] = [...Object.getOwnPropertyNames(Object.prototype), 'prototype'];
