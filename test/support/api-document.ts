import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { RecordedAnswer } from './recorded-answers.js';
import { ask } from './http.js';

export type Json = Record<string, any>;

/** The document as the running program gives it out. */
export async function readDocument(url: string): Promise<Json> {
  const reply = await ask(url, '/api/docs-json');
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  return reply.body;
}

export const METHODS = ['get', 'post', 'patch', 'put', 'delete'];

/** `GET /api/v1/payments/{id}` for every operation there is. */
export function operationsOf(document: Json): { route: string; path: string; method: string; operation: Json }[] {
  return Object.entries(document.paths as Json).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => ({
      // As the program spells its routes.
      route: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      path,
      method,
      operation: item[method] as Json,
    })),
  );
}

/** The codes of the errors that an operation answers: each has a schema of its name. */
export function codesOf(operation: Json): string[] {
  const failures = Object.entries(operation.responses as Record<string, Json>).filter(
    ([status]) => Number(status) >= 400,
  );
  const refs = JSON.stringify(failures).matchAll(/"#\/components\/schemas\/([A-Z_]+)"/g);
  return [...new Set([...refs].map(([, name]) => name!))];
}

/** What a client does something about. */
const SAID_OF_HEADERS = ['X-Request-Id', 'Content-Language', 'Retry-After', 'WWW-Authenticate', 'Idempotent-Replayed'];

/** Checks values against schemas of the document, by their place in it. */
export class ByDocument {
  // The document is held against OpenAPI's own schema elsewhere: once, not at every use.
  private readonly ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateFormats: false,
    meta: false,
    validateSchema: false,
  });
  private readonly operations: ReadonlyMap<string, Json>;
  private readonly checks = new Map<string, ValidateFunction>();

  constructor(private readonly document: Json) {
    this.operations = new Map(operationsOf(document).map(({ route, operation }) => [route, operation]));
  }

  /** What is wrong with an answer; empty if it is as documented. */
  faultsOfAnswer(route: string, answer: Pick<RecordedAnswer, 'status' | 'type' | 'headers' | 'body'>): string[] {
    const response = this.operations.get(route)?.responses[answer.status] as Json | undefined;
    if (!response) return [`it is not said that it answers ${answer.status}`];
    const unsaid = SAID_OF_HEADERS.filter((name) => answer.headers.has(name) && !(name in (response.headers ?? {})));
    if (unsaid.length > 0) return [`it is not said that it answers ${unsaid.join(', ')}`];
    const type = answer.type.split(';')[0]!;
    const content = response.content as Json;
    if (!(type in content)) return '*/*' in content ? [] : [`it is not said that it answers ${type}`];
    if (content[type].schema.type === 'string') return [];
    return this.faults(`${route} ${answer.status}`, content[type].schema, answer.body);
  }

  /** What is wrong with an event of a stream; empty if it is as documented. */
  faultsOfEvent(route: string, event: unknown): string[] {
    const { schema } = this.operations.get(route)!.responses[200].content['text/event-stream'] as Json;
    return this.faults(`${route} event`, schema.contentSchema, event);
  }

  /** What is wrong with a body; empty if it may be sent. */
  faultsOfBody(route: string, body: unknown): string[] {
    return this.faults(route, this.operations.get(route)!.requestBody.content['application/json'].schema, body);
  }

  /** The named schemas it is made of: to read all of them each time takes far longer. */
  private partsOf(schema: Json): Json {
    const named = this.document.components.schemas as Json;
    return { schemas: Object.fromEntries([...reachOf(schema, named)].map((name) => [name, named[name]])) };
  }

  private faults(place: string, schema: Json, value: unknown): string[] {
    const check = this.checks.get(place) ?? this.ajv.compile({ ...schema, components: this.partsOf(schema) });
    this.checks.set(place, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(
      (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
    );
  }
}

const COMPONENTS = '#/components/schemas/';

/** The names of the schemas that a part of a document is made of. */
export function reachOf(part: unknown, named: Json, found = new Set<string>()): Set<string> {
  for (const [, ref] of JSON.stringify(part).matchAll(/"\$ref":"([^"]+)"/g)) {
    const name = ref!.slice(COMPONENTS.length);
    if (!ref!.startsWith(COMPONENTS) || found.has(name)) continue;
    found.add(name);
    reachOf(named[name], named, found);
  }
  return found;
}
