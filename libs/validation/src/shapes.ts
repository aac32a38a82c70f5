/** A JSON Schema, as far as our rules say one. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a rule says of its field to whoever writes a client. */
export interface FieldShape {
  readonly is?: Schema;
  readonly optional?: boolean;
  /** What it says of the whole request, by the field's own name. */
  readonly whole?: (own: string) => Schema;
}

export interface ShapeOfField extends FieldShape {
  readonly target: object;
  readonly field: string;
}

const shapes: ShapeOfField[] = [];

/**
 * Said beside the rule, so that the API's document has the bounds that are checked. Only kept here: what makes a document
 * of it takes a fifth of a second to load, and is loaded when somebody reads one.
 */
export function Shaped(said: FieldShape): PropertyDecorator {
  return (target, field) => {
    shapes.push({ ...said, target, field: String(field) });
  };
}

/** That the request has this field: null is its absence. */
export const isGiven = (field: string): Schema => ({
  required: [field],
  properties: { [field]: { not: { type: 'null' } } },
});

/** A request that says nothing of these fields changes nothing: `refuseEmpty` refuses it. */
export const NeverEmpty =
  (...fields: readonly string[]): ClassDecorator =>
  (request) => {
    const whole = () => ({ anyOf: fields.map(isGiven) });
    shapes.push({ target: request.prototype as object, field: '', whole });
  };

/** The fields of a request that may be left out, by its class or one that it extends. */
export function optionalFieldsOf(request: object): ReadonlySet<string> {
  const own = shapes.filter(
    ({ target, optional }) => optional && (target === request || Object.prototype.isPrototypeOf.call(target, request)),
  );
  return new Set(own.map(({ field }) => field));
}

/** What all rules of all requests have said so far, in the order of saying. */
export const shapesOfRequests = (): readonly ShapeOfField[] => shapes;

/** No control characters, no half surrogate pairs. */
export const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]*$/u;

/** A name of metadata: no brackets either, which Stripe refuses (https://docs.stripe.com/metadata). */
export const NAME_OF_METADATA = /^[^\p{Cc}\p{Cs}[\]]*$/u;

/** 1–255 printable ASCII characters, without blanks at the ends, which no header could carry. */
export const IDEMPOTENCY_KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/**
 * Names that every object has (`constructor`, `toString`, …), and `prototype`, are lost on their way through Nest and
 * class-transformer.
 */
export const RESERVED_NAMES: readonly string[] = [...Object.getOwnPropertyNames(Object.prototype), 'prototype'];
