import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { listRules, listSettings } from '#config';
import { projectFolder } from './project.mjs';
import { configurationPage } from './reference/configuration-page.mjs';
import { readLimits } from './reference/limits.mjs';
import { START_SETTINGS } from './start/settings.mjs';

/**
 * `npm run docs [-- --check]`: writes docs/configuration.md from the configuration's schema and the constants of the built
 * programs. `--check` writes nothing, and fails when the page says something else.
 */
const page = join(projectFolder, 'docs', 'configuration.md');
const text = configurationPage({
  groups: [...listSettings(), { title: 'Only `npm start`', settings: START_SETTINGS }],
  rules: listRules(),
  limits: await readLimits(),
});

if (!process.argv.includes('--check')) {
  writeFileSync(page, text);
} else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/configuration.md is not what the schema says. Run npm run docs, and commit the page.');
  process.exitCode = 1;
}
