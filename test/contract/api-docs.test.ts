import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Json, operationsOf, readDocument } from '../support/api-document.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { type Program, startApi } from '../support/processes.js';
import { TABLE } from '../support/routes-by-role.js';

/** The description of OpenAPI 3.1 by those who make it, from a package. */
const META_SCHEMA = require.resolve('@seriousme/openapi-schema-validator/schemas/v3.1/schema.json');

describe('the API, described', () => {
  let database: TestDatabase;
  let api: Program;
  let document: Json;

  beforeAll(async () => {
    database = await createDatabase();
    api = await startApi({ DATABASE_URL: database.url, LOGIN_ENABLED: 'true' });
    document = await readDocument(api.url);
  });

  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  it('is valid OpenAPI 3.1', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const check = ajv.compile(JSON.parse(readFileSync(META_SCHEMA, 'utf8')) as Json);
    expect([check(document), check.errors]).toEqual([true, null]);
    expect(document.openapi).toBe('3.1.0');
    // And it can tell: a document without paths' answers is none.
    expect(check({ ...document, info: {} })).toBe(false);
  });

  it('has the routes of the running program, and no others', () => {
    expect(
      operationsOf(document)
        .map(({ route }) => route)
        .sort(),
    ).toEqual(Object.keys(TABLE).sort());
  });
});
