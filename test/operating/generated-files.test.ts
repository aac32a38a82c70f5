import { spawnSync } from 'node:child_process';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');

test('generated files match the program, and are checked without Postgres (if not: npm run docs)', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], {
    cwd: PROJECT,
    encoding: 'utf8',
    timeout: 60_000,
    // Nothing to connect to.
    env: { PATH: process.env.PATH },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}, 60_000);
