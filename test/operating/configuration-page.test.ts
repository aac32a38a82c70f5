import { spawnSync } from 'node:child_process';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');

test('docs/configuration.md is what the schema and the constants say (if not: npm run docs)', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], {
    cwd: PROJECT,
    encoding: 'utf8',
    timeout: 25_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
