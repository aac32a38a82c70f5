import { chmodSync, cpSync, existsSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { projectFolder } from '../project.mjs';
import { defaultDataFolder, openDataFolder, redisPackageName } from '../stack/data-folder.mjs';

/** What belongs to this checkout alone, or is linked instead. */
const LEFT_OUT = ['node_modules', '.git', '.payonce', 'coverage', 'reports', '.stryker-tmp'];

/**
 * The project in a temporary folder, where it can be changed: packages are linked, the data folder is its own.
 * @param {{ withBuild: boolean }} how with the build, so that only what is changed is built again
 * @returns {string} the folder; the caller removes it
 */
export function makeScratchCopy({ withBuild }) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'payonce-mutants-'));
  // Root's Postgres runs as another user, who has to pass through.
  chmodSync(folder, 0o755);
  const leftOut = withBuild ? LEFT_OUT : [...LEFT_OUT, 'dist'];
  cpSync(projectFolder, folder, {
    recursive: true,
    filter: (source) => !leftOut.includes(relative(projectFolder, source).split(sep)[0] ?? ''),
  });
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
  linkRedis(folder);
  return folder;
}

/**
 * A Redis that was unpacked for this checkout is not downloaded once more.
 * @param {string} folder
 */
function linkRedis(folder) {
  const unpacked = join(defaultDataFolder, redisPackageName);
  if (!existsSync(unpacked)) return;
  symlinkSync(unpacked, join(openDataFolder(join(folder, '.payonce')), redisPackageName));
}
