import { z } from 'zod';

export type Schema = Record<string, unknown>;

const COMPONENTS = '#/components/schemas/';

/**
 * Converts shapes to schemas: a named one becomes a component of the document, once, and is referenced. Dates are
 * documented in their JSON form.
 */
export class Schemas {
  readonly components: Record<string, Schema> = {};

  of(shape: z.ZodType): Schema {
    const made = z.toJSONSchema(shape, { unrepresentable: 'any', override: asInJson });
    const { $defs = {}, ...schema } = inComponents(made) as Schema;
    Object.assign(this.components, $defs);
    delete schema.$schema;
    return schema;
  }

  /** @returns a reference to it */
  name(name: string, schema: Schema): Schema {
    this.components[name] = schema;
    return { $ref: COMPONENTS + name };
  }
}

function asInJson({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}) {
  if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
  // Answers are read-only anyway.
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
