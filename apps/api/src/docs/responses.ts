import { type Failure, type Promised } from '#answers';
import type { z } from 'zod';
import { failuresOf, schemaOfFailures } from './failures.js';
import type { RouteFacts } from './route-facts.js';
import type { Schema, Schemas } from './schemas.js';

const text = (description: string, more: Schema = {}) => ({ description, schema: { type: 'string', ...more } });

/** Headers of answers, by their names. */
export const HEADERS_OF_ANSWERS: Readonly<Record<string, Schema>> = {
  'X-Request-Id': text("The request's `X-Request-Id` if it is valid, otherwise a new id."),
  'Content-Language': text('The language of `message`.', { enum: ['en', 'id'] }),
  'Retry-After': { description: 'Seconds to wait before the same request is sent again.', schema: { type: 'integer' } },
  'WWW-Authenticate': text('`Bearer`.'),
  'Idempotent-Replayed': text('`true` if this is the stored answer of an earlier request with the same key.', {
    enum: ['true'],
  }),
};

/** Headers of requests, by their names. */
export const HEADERS_OF_REQUESTS: Readonly<Record<string, Schema>> = Object.fromEntries(
  Object.entries({
    'Accept-Language': text('`en` (default) or `id`: the language of `message`.'),
    'X-Request-Id': text('Your own request id, to find the request in both logs.', {
      pattern: '^[A-Za-z0-9._~:-]{1,128}$',
    }),
    'Idempotency-Key': text(
      'Makes the request idempotent: for at least 24 hours, the same request with the same key gets the first answer. Can also be sent as `X-Idempotency-Key` or as `idempotency_key` in the body; different values are refused. 1 to 255 printable ASCII characters without spaces at the ends, plain or as an RFC 8941 String: `k` and `"k"` are the same key. A plain key contains no comma and has no quotes at its ends.',
    ),
    'X-Idempotency-Key': text('Legacy spelling of `Idempotency-Key`, with the same syntax.'),
  }).map(([name, header]) => [name, { name, in: 'header', required: false, ...header }]),
);

/** Every answer of a route, by status. */
export function responsesOf(route: RouteFacts, schemas: Schemas): Record<string, Schema> {
  const { promised } = route;
  const failures = failuresOf(route, promised);
  const successes = Object.entries(promised.answers ?? {}).map(([status, data]) => [Number(status), data] as const);
  const statuses = new Set([...successes.map(([status]) => status), ...failures.map(({ kind }) => kind.status)]);
  if (promised.plain) statuses.add(200);
  return Object.fromEntries(
    [...statuses].sort().map((status): [string, Schema] => {
      const data = successes.find(([of]) => of === status)?.[1];
      const failed = failures.filter(({ kind }) => kind.status === status);
      if (promised.plain && status === 200)
        return ['200', plainAnswer(promised.plain, promised.events && schemas.of(promised.events))];
      const kinds = [
        ...(data ? [envelopeOf(status, data, promised, schemas)] : []),
        ...(failed.length > 0 ? [schemaOfFailures(failed, schemas)] : []),
      ];
      const schema = kinds.length === 1 ? kinds[0]! : { oneOf: kinds };
      const headers = headersOf(route, failed, data !== undefined);
      return [String(status), { description: saying(failed), headers, content: { 'application/json': { schema } } }];
    }),
  );
}

function envelopeOf(status: number, data: z.ZodType, { beside }: Promised, schemas: Schemas): Schema {
  const more = beside ? (schemas.of(beside) as { properties: Schema; required: string[] }) : undefined;
  return {
    type: 'object',
    properties: {
      status_code: { type: 'integer', const: status },
      message: { type: 'string', description: 'A sentence for a person, in the language of `Accept-Language`.' },
      request_id: { type: 'string' },
      data: schemas.of(data),
      ...more?.properties,
    },
    required: ['status_code', 'message', 'request_id', 'data', ...(more?.required ?? [])],
    additionalProperties: false,
  };
}

function plainAnswer(type: string, event: Schema | undefined): Schema {
  const headers = Object.fromEntries(['X-Request-Id'].map(refToHeader));
  return {
    description: 'Without an envelope.',
    headers,
    content: { [type]: { schema: { type: 'string', ...(event ? { contentSchema: event } : {}) } } },
  };
}

function headersOf({ takesKeys }: RouteFacts, failed: readonly Failure[], succeeded: boolean): Schema {
  const names = [
    'X-Request-Id',
    'Content-Language',
    ...(failed.some(({ kind }) => kind.retryable) ? ['Retry-After'] : []),
    ...(failed.some(({ kind }) => kind.status === 401) ? ['WWW-Authenticate'] : []),
    // A refusal may be a replay: the legacy contract's 409.
    ...(takesKeys && (succeeded || failed.some(({ kind }) => kind.status === 409)) ? ['Idempotent-Replayed'] : []),
  ];
  return Object.fromEntries(names.map(refToHeader));
}

const refToHeader = (name: string): [string, Schema] => [name, { $ref: `#/components/headers/${name}` }];

const saying = (failed: readonly Failure[]) =>
  failed.length === 0 ? 'Done.' : [...new Set(failed.map(({ kind }) => `\`${kind.code}\``))].join(', ');
