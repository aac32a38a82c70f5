import openapiTS, { astToString } from 'openapi-typescript';

const ABOUT = `/**
 * What goes over the wire: the named schemas of docs/reference/openapi.json, spelled as the API spells them, and the query
 * of each list as \`…_query\`. Amounts are integer minor units; times are ISO 8601 UTC.
 * Made by \`npm run docs\`; do not edit.
 */
`;

/** What openapi-typescript writes for a document without paths; not needed. */
const EMPTY = /^export type (paths|webhooks|operations|\$defs) = Record<string, never>;\n/gm;

/**
 * Types of the document's schemas and queries. Answers are named schemas, so its paths would only add the envelope.
 * @param {Record<string, any>} document
 */
export async function wireTypes(document) {
  const schemas = { ...document.components.schemas, ...queriesOf(document) };
  const reduced = { openapi: document.openapi, info: document.info, paths: {}, components: { schemas } };
  const nodes = await openapiTS(reduced, { immutable: true });
  return ABOUT + astToString(nodes).replace(EMPTY, '');
}

/**
 * The query of each route that reads one, as a schema: `Payments_list_query`.
 * @param {Record<string, any>} document
 */
function queriesOf(document) {
  /** @type {Record<string, object>} */
  const queries = {};
  for (const item of Object.values(document.paths)) {
    for (const { operationId, parameters } of Object.values(item)) {
      const asked = parameters.filter((/** @type {{ in?: string }} */ parameter) => parameter.in === 'query');
      if (asked.length === 0) continue;
      queries[`${operationId}_query`] = {
        type: 'object',
        properties: Object.fromEntries(
          asked.map((/** @type {Record<string, any>} */ { name, schema, description }) => [
            name,
            { description, ...schema },
          ]),
        ),
        required: asked
          .filter((/** @type {{ required: boolean }} */ { required }) => required)
          .map((/** @type {{ name: string }} */ { name }) => name),
        additionalProperties: false,
      };
    }
  }
  return queries;
}
