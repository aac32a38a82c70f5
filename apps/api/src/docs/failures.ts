import * as errors from '#errors';
import { type Failure, type Promised } from '#answers';
import {
  CHARGE_FAILURES,
  PAYMENT_FAILURES,
  REFERENCE_FAILURES,
  REFUND_FAILURES,
  TRANSFER_FAILURES,
  WAITING_REFUND,
} from '#payments';
import { EVENT_FAILURES } from '#webhooks';
import { z } from 'zod';
import type { RouteFacts } from './route-facts.js';
import type { Schema, Schemas } from './schemas.js';

/** The `data` of a failure by its code; always present unless it is optional. */
const DATA: Readonly<Record<string, z.ZodType>> = {
  ...PAYMENT_FAILURES,
  ...REFUND_FAILURES,
  ...REFERENCE_FAILURES,
  ...CHARGE_FAILURES,
  ...TRANSFER_FAILURES,
  ...EVENT_FAILURES,
  VALIDATION_FAILED: z.strictObject({
    fields: z.record(z.string(), z.array(z.string()).min(1)).describe('Every invalid field with its messages.'),
  }),
  PAYMENT_IN_PROGRESS: z.strictObject({ idempotency_key: z.string().nullable(), retry_after: z.int().min(1) }),
};

/** Every route may be refused with these, before our code sees the request or because of a bug. */
const ALWAYS = [
  errors.MalformedRequest,
  errors.RequestTimeout,
  errors.HeadersTooLarge,
  errors.InternalError,
  errors.ServiceUnavailable,
];
const OF_DATABASE = [errors.DatabaseUnavailable, errors.LockTimeout];
const OF_TOKENS = [errors.Unauthenticated, errors.IdentityProviderUnavailable, errors.DatabaseRestored, ...OF_DATABASE];
const OF_KEYS = [errors.IdempotencyKeyMissing, errors.IdempotencyKeyReused, errors.PaymentInProgress];

/** The errors of a route: those that its contract names, and those that follow from its other declarations. */
export function failuresOf(route: RouteFacts, { refuses = [], answers, bytes }: Promised): Failure[] {
  return [
    ...ALWAYS,
    ...(bytes ? [] : [errors.UnsupportedMediaType]),
    ...(route.writes ? [errors.PayloadTooLarge] : []),
    ...((route.writes && !bytes) || route.checksAddress ? [errors.ValidationFailed] : []),
    ...(route.isPublic ? [] : OF_TOKENS),
    ...(route.isPublic && route.writes && answers ? OF_DATABASE : []),
    ...(route.roles ? [errors.Forbidden] : []),
    ...(route.takesKeys ? OF_KEYS : []),
    ...refuses,
  ];
}

/** The failures of one status: one schema for each code, which discriminates them. */
export function schemaOfFailures(failures: readonly Failure[], schemas: Schemas): Schema {
  const codes = [...new Set(failures.map((failure) => failure.kind.code))].sort();
  const refs = codes.map((code) =>
    schemas.name(
      code,
      envelopeOf(
        failures.find((failure) => failure.kind.code === code)!,
        schemas,
      ),
    ),
  );
  return refs.length === 1 ? refs[0]! : { oneOf: refs, discriminator: { propertyName: 'code' } };
}

function envelopeOf(failure: Failure, schemas: Schemas): Schema {
  const { kind } = failure;
  const data = dataOf(failure);
  const always = data !== undefined && !data.safeParse(undefined).success;
  return {
    type: 'object',
    description: kind.title,
    properties: {
      status_code: { type: 'integer', const: kind.status },
      code: { type: 'string', const: kind.code },
      error: { type: 'string', const: kind.title },
      message: { type: 'string', description: 'A sentence for a person, in the language of `Accept-Language`.' },
      request_id: { type: 'string' },
      ...(data === undefined ? {} : { data: schemas.of(data) }),
    },
    required: ['status_code', 'code', 'error', 'message', 'request_id', ...(always ? ['data'] : [])],
    additionalProperties: false,
  };
}

function dataOf(failure: Failure): z.ZodType | undefined {
  // Each provider has a code of its own for it.
  const { prototype } = failure as { prototype?: unknown };
  return prototype instanceof errors.ProviderUnavailable ? WAITING_REFUND : DATA[failure.kind.code];
}
