import { z } from 'zod';

export type Schema = Record<string, unknown>;

const COMPONENTS = '#/components/schemas/';

/**
 * Shapes as schemas: one that has a name goes among the document's components, once, and is referred to.
 * Dates are what JSON makes of them.
 */
export class Schemas {
  readonly components: Record<string, Schema> = {};

  of(shape: z.ZodType): Schema {
    const { $defs = {}, ...schema } = z.toJSONSchema(shape, { unrepresentable: 'any', override: asInJson });
    const name = z.globalRegistry.get(shape)?.id;
    for (const [id, definition] of Object.entries($defs)) this.name(id, inComponents(definition) as Schema);
    const own = without('$schema', inComponents(schema) as Schema);
    return name === undefined ? own : this.name(name, own);
  }

  /** @returns a reference to it */
  name(name: string, schema: Schema): Schema {
    this.components[name] = without('id', schema);
    return { $ref: COMPONENTS + name };
  }
}

function without(name: string, schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== name));
}

function asInJson({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}) {
  if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
  // What nobody may write to is said by every answer anyway.
  delete jsonSchema.readOnly;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}

function inComponents(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(inComponents);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]: [string, unknown]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace('#/$defs/', COMPONENTS)]
        : [key, inComponents(value)],
    ),
  );
}
