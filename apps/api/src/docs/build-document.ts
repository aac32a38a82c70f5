import { shapesOfRequests } from '#validation';
import type { INestApplication, Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { ApiProperty, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { HEADERS_OF_ANSWERS, HEADERS_OF_REQUESTS, responsesOf } from './responses.js';
import { factsOf, type RouteFacts } from './route-facts.js';
import { type Schema, Schemas } from './schemas.js';

interface Operation extends Schema {
  operationId: string;
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { required: boolean; content: Record<string, { schema: { $ref: string } }> };
}

const ABOUT = `A payments backend that charges exactly once. Every answer is \`{ status_code, message, request_id, data }\`. Every
error has a stable \`code\` and, if it can be retried, a \`Retry-After\` header. Amounts are integers in minor units.`;

const BEARER = 'bearer';

/** Tags by route prefix, in the order in which a new reader needs them. */
const TAGS: Readonly<Record<string, string>> = {
  payments: 'Payments for consultations: create, confirm, cancel and refund them, and read their timeline.',
  transfers: 'Money received by bank transfer or GCash: record it, match it with payments, refund unmatched money.',
  checkout: 'Stripe Checkout sessions for products.',
  orders: 'Orders: the payments of a checkout.',
  consultations: 'Consultations that patients pay for.',
  products: 'Products on sale.',
  webhooks: 'Stripe webhook events.',
  ops: 'For staff: search, charges, refunds, webhooks, locks, idempotency keys, and the live audit log.',
  login: 'Demo login.',
  health: 'Health checks for load balancers and orchestrators.',
  metrics: 'Prometheus metrics.',
  docs: 'This document.',
};

/**
 * The running program's document: `@nestjs/swagger` combines Nest's routes with the shapes of our rules; contracts
 * add each route's answers. This module takes a fifth of a second to load: only the first request for the document
 * waits for it.
 */
export function buildDocument(app: INestApplication): Schema {
  setShapes();
  const facts = routesOf(app);
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Payonce')
    .setDescription(ABOUT)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, BEARER)
    .build();
  const document = SwaggerModule.createDocument(app, about, {
    operationIdFactory: (controller, method) => `${controller}.${method}`,
    autoTagControllers: false,
  });
  const requests = (document.components?.schemas ?? {}) as Record<string, Schema>;
  closeRequests(requests);
  const schemas = new Schemas();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
      const route = facts.get(operation.operationId);
      if (!route) throw new Error(`${path} belongs to no controller`);
      (item as Record<string, Schema>)[method] = describeOperation(path, operation, route, { schemas, requests });
    }
  }
  return {
    ...document,
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    components: {
      ...document.components,
      schemas: { ...requests, ...schemas.components },
      headers: HEADERS_OF_ANSWERS,
      parameters: HEADERS_OF_REQUESTS,
    },
  };
}

/** Passes the shapes of our rules to `@nestjs/swagger`. */
function setShapes(): void {
  for (const { target, field, is = {}, optional } of shapesOfRequests()) {
    if (field !== '') ApiProperty({ ...is, ...(optional ? { required: false } : {}) })(target, field);
  }
}

/** Bodies accept no unknown members, and null for an optional one; adds the rules about whole bodies. */
function closeRequests(requests: Record<string, Schema>): void {
  for (const schema of Object.values(requests)) {
    schema.additionalProperties = false;
    const needed = (schema.required ?? []) as readonly string[];
    for (const [field, property] of Object.entries(schema.properties as Record<string, Schema>))
      if (!needed.includes(field)) makeNullable(property);
  }
  for (const { target, field, whole } of shapesOfRequests()) {
    const schema = requests[(target as { constructor: Type }).constructor.name];
    if (schema && whole) Object.assign(schema, whole(field));
  }
}

function makeNullable(property: Schema): void {
  Object.assign(property, {
    type: [property.type, 'null'],
    ...(property.enum ? { enum: [...(property.enum as unknown[]), null] } : {}),
  });
}

function routesOf(app: INestApplication): Map<string, RouteFacts> {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = modules.flatMap((module) => [...module.controllers.values()]).map(({ metatype }) => metatype);
  return new Map(
    (controllers as Type[]).flatMap((controller) =>
      Object.getOwnPropertyNames(controller.prototype)
        .filter((name) => Reflect.hasMetadata(METHOD_METADATA, (controller.prototype as Record<string, object>)[name]!))
        .map((name) => [`${controller.name}.${name}`, factsOf(controller, name)] as const),
    ),
  );
}

function describeOperation(
  path: string,
  operation: Operation,
  route: RouteFacts,
  { schemas, requests }: { schemas: Schemas; requests: Record<string, Schema> },
): Schema {
  const { promised, roles, isPublic, takesKeys } = route;
  const tag = tagOf(path);
  const own = Object.entries(promised.headers ?? {}).map(([name, description]) => {
    return { name, in: 'header', required: false, description, schema: { type: 'string' } };
  });
  const headers = ['Accept-Language', 'X-Request-Id', ...(takesKeys ? ['Idempotency-Key', 'X-Idempotency-Key'] : [])];
  const security = isPublic ? [] : roles ? roles.map((role) => ({ [BEARER]: [role] })) : [{ [BEARER]: [] }];
  const who = isPublic ? 'Public.' : roles ? `For ${roles.join(' and ')} only.` : 'For any authenticated caller.';
  return {
    // By the resource: clients need not know which of its controllers has the route.
    operationId: operation.operationId.replace(/^Staff/, '').replace('Controller.', '_'),
    tags: [tag],
    summary: promised.does,
    description: who,
    security,
    parameters: [
      ...(operation.parameters ?? []).map((parameter) => {
        const part = parameter.in === 'path' ? route.parts.get(parameter.name) : undefined;
        return part ? { ...parameter, schema: part } : parameter;
      }),
      ...own,
      ...headers.map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ],
    ...bodyOf(operation, route, requests),
    responses: responsesOf(route, schemas),
  };
}

function tagOf(path: string): string {
  const tag = /^(?:\/api)?(?:\/v1)?\/([a-z]+)/.exec(path)?.[1] ?? '';
  if (!Object.hasOwn(TAGS, tag)) throw new Error(`${path} has no tag`);
  return tag;
}

/** A body without required members may be omitted. */
function bodyOf({ requestBody }: Operation, { promised }: RouteFacts, requests: Record<string, Schema>): Schema {
  if (promised.bytes) return { requestBody: { required: true, content: { 'application/json': { schema: {} } } } };
  const json = requestBody?.content['application/json'];
  if (!json) return {};
  const {
    required = [],
    minProperties,
    anyOf,
  } = requests[json.schema.$ref.split('/').at(-1)!] as {
    required?: string[];
    minProperties?: number;
    anyOf?: unknown;
  };
  return {
    requestBody: {
      required: required.length > 0 || minProperties !== undefined || anyOf !== undefined,
      content: { 'application/json': json, ...(promised.form ? { 'application/x-www-form-urlencoded': json } : {}) },
    },
  };
}
