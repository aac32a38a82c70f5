import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @param {string | undefined} path as in PATH.
 * @param {string[]} names the first that is there counts.
 * @returns {string | undefined}
 */
export function findOnPath(path, names) {
  for (const name of names) {
    for (const folder of (path ?? '').split(delimiter).filter(Boolean)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}
