import { type FieldFault, ValidationFailed } from '#errors';
import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { optionalFieldsOf, RESERVED_NAMES } from './shapes.js';

/** A body with a thousand unknown members gets a hundred faults back, not a thousand. */
const MAX_FAULTS = 100;

/**
 * Validates every request completely before a use case runs: unknown members are faults, and every invalid field is
 * named. Null in an optional member of a body counts as missing.
 * @throws ValidationFailed
 */
export function requestValidation(): ValidationPipe {
  return new RequestValidation({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) =>
      new ValidationFailed(errors.flatMap((error) => toFieldFaults(error)).slice(0, MAX_FAULTS)),
  });
}

/** Refuses a change without any field. @throws ValidationFailed */
export function refuseEmpty<Request extends object>(
  request: Request,
  fields: readonly (keyof Request & string)[],
): void {
  if (fields.every((field) => request[field] === undefined)) {
    throw new ValidationFailed([{ field: 'body', rule: 'at_least_one_of', params: { values: fields.join(', ') } }]);
  }
}

class RequestValidation extends ValidationPipe {
  override async transform(given: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // Path parameters have pipes of their own; this one would turn "1e3" into 1000 first.
    if (metadata.type === 'param') return given;
    // class-validator looks into arrays and lets primitives pass; a body of ours is always one object. A missing body
    // equals an empty one; its missing fields are named one by one.
    const value = metadata.type === 'body' && given === undefined ? {} : given;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (metadata.type === 'body' && !isObject) throw new ValidationFailed([{ field: 'body', rule: 'not_an_object' }]);
    const reserved = isObject ? reservedNames(value) : [];
    if (reserved.length > 0) throw new ValidationFailed(reserved);
    return super.transform(metadata.type === 'body' ? withoutNulls(value as object, metadata) : value, metadata);
  }
}

function withoutNulls(given: object, { metatype }: ArgumentMetadata): object {
  const optional = optionalFieldsOf((metatype?.prototype ?? {}) as object);
  return Object.fromEntries(Object.entries(given).filter(([field, value]) => value !== null || !optional.has(field)));
}

/** Refused, rather than dropped silently. Searched to the depth of our bodies. */
function reservedNames(given: object): FieldFault[] {
  return Object.entries(given).flatMap(([field, value]: [string, unknown]): FieldFault[] => {
    if (isReserved(field)) return [{ field, rule: 'unknown' }];
    const inside = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const name = inside.find(isReserved);
    return name === undefined ? [] : [{ field, rule: 'reserved_name', params: { name } }];
  });
}

const isReserved = (name: string) => RESERVED_NAMES.includes(name);

function toFieldFaults(error: ValidationError): FieldFault[] {
  // Names of unknown members come from outside; a long one would only make the answer long.
  const field = error.property === '' || error.property === undefined ? 'body' : error.property.slice(0, 64);
  return Object.entries(error.constraints ?? { unknownValue: '' }).map(([constraint, message]) => {
    if (constraint === 'whitelistValidation') return { field, rule: 'unknown' };
    if (constraint === 'unknownValue') return { field, rule: 'not_an_object' };
    return { field, ...(JSON.parse(message) as Omit<FieldFault, 'field'>) };
  });
}
