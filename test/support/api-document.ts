import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
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

const ID = 'https://payonce.test/document';

/** Checks values against schemas of the document, by their place in it. */
export class ByDocument {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });

  constructor(private readonly document: Json) {
    this.ajv.addSchema({ ...document, $id: ID });
  }

  /** What is wrong with an answer; empty if it is as documented. */
  faultsOfAnswer(route: string, answer: { status: number; type: string; body: unknown }): string[] {
    const { path, method, operation } = operationsOf(this.document).find((one) => one.route === route)!;
    const response = operation.responses[answer.status] as Json | undefined;
    if (!response) return [`${route} does not say that it answers ${answer.status}`];
    const type = answer.type.split(';')[0]!;
    const content = response.content as Json;
    if (!(type in content)) return '*/*' in content ? [] : [`${route} ${answer.status} does not say ${type}`];
    if (type !== 'application/json') return [];
    return this.faults(
      pointer('paths', path, method, 'responses', String(answer.status), 'content', type),
      answer.body,
    );
  }

  /** What is wrong with a body; empty if it may be sent. */
  faultsOfBody(path: string, method: string, body: unknown): string[] {
    return this.faults(pointer('paths', path, method, 'requestBody', 'content', 'application/json'), body);
  }

  private faults(place: string, value: unknown): string[] {
    const check = this.check(place);
    return check(value)
      ? []
      : (check.errors ?? []).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
  }

  private readonly checks = new Map<string, ValidateFunction>();

  private check(place: string): ValidateFunction {
    const known = this.checks.get(place) ?? this.ajv.compile({ $ref: `${ID}#${place}/schema` });
    this.checks.set(place, known);
    return known;
  }
}

function pointer(...names: string[]): string {
  return names.map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');
}
