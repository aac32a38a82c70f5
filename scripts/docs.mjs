import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { listRules, listSettings } from '#config';
import { projectFolder } from './project.mjs';
import { readApiDocument } from './reference/api-document.mjs';
import { configurationPage } from './reference/configuration-page.mjs';
import { readLimits } from './reference/limits.mjs';
import { wireTypes } from './reference/wire-types.mjs';
import { START_SETTINGS } from './start/settings.mjs';

/**
 * `npm run docs [-- --check]`: writes the generated files: the configuration page, the API's OpenAPI document and the
 * wire types. `--check` writes nothing and fails if a file is out of date. Neither needs Postgres or Redis.
 */
const document = await readApiDocument();
const files = {
  'docs/configuration.md': configurationPage({
    groups: [...listSettings(), { title: 'Only `npm start`', settings: START_SETTINGS }],
    rules: listRules(),
    limits: await readLimits(),
  }),
  'docs/reference/openapi.json': JSON.stringify(document, null, 2) + '\n',
  'libs/payment-client/src/api-types.ts': await wireTypes(document),
};

for (const [name, text] of Object.entries(files)) {
  const file = join(projectFolder, name);
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else if (read(file) !== text) {
    console.error(`${name} is out of date. Run npm run docs, and commit the file.`);
    process.exitCode = 1;
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
