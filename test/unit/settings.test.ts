import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { listSettings } from '#config';

const PROJECT = path.resolve(__dirname, '../..');
const DECLARATIONS = path.join('libs', 'config', 'src', 'variables');

/** The sources of all programs, without those that declare the settings. */
function sources(): string {
  return ['apps', 'libs', 'scripts']
    .flatMap((folder) =>
      readdirSync(path.join(PROJECT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.join(folder, file),
      ),
    )
    .filter(
      (file) =>
        /\.(ts|mjs)$/.test(file) && !/node_modules|\bdist\b|\.spec\./.test(file) && !file.startsWith(DECLARATIONS),
    )
    .map((file) => readFileSync(path.join(PROJECT, file), 'utf8'))
    .join('\n');
}

describe('settings', () => {
  const read = sources();

  test.each(listSettings().flatMap(({ settings }) => settings.map(({ name }) => name)))(
    '%s is read by a program',
    (name) => {
      expect(new RegExp(`\\b${name}\\b`).test(read)).toBe(true);
    },
  );
});
