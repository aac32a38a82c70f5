import { chmodSync, mkdirSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../project.mjs';
import { codeOf, Fault } from '../say.mjs';

/** Its presence says that a folder is ours to fill and to empty. */
const MARKER = 'this-is-payonce-data.txt';

const MARKER_TEXT = `Payonce keeps its local database and its secrets here. "npm run reset" empties this folder.\n`;

export const defaultDataFolder = join(projectFolder, '.payonce');

/** @param {NodeJS.ProcessEnv} env */
export function dataFolderFrom(env) {
  return env['PAYONCE_DATA_DIR'] ? resolve(env['PAYONCE_DATA_DIR']) : defaultDataFolder;
}

/**
 * Makes the folder if need be and marks it as ours.
 * @param {string} folder
 * @returns {string} its real path, so that two names of one folder share one lock.
 * @throws {Fault} when it holds something else, or cannot be made or written.
 */
export function openDataFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    if (!isOurs(folder)) {
      const strange = readdirSync(folder).length > 0;
      if (strange)
        throw new Fault(`${folder} holds other files. Choose an empty or a new folder for PAYONCE_DATA_DIR.`);
      // Run as root, Postgres runs as another user, who has to pass through here to a folder of its own; nobody can list it.
      chmodSync(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
      writeFileSync(join(folder, MARKER), MARKER_TEXT);
    }
    return realpathSync(folder);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(
      `The data folder ${folder} cannot be used (${codeOf(error)}). Choose another: PAYONCE_DATA_DIR=/some/folder npm start`,
    );
  }
}

/** @param {string} folder */
export function isOurs(folder) {
  return statSync(join(folder, MARKER), { throwIfNoEntry: false })?.isFile() ?? false;
}

/** @param {string} folder */
export function lockPath(folder) {
  return join(folder, 'running.json');
}

/** What stays when the rest is emptied: the marker, and Redis as unpacked from the system's packages. */
export const redisPackageName = 'redis-package';

/**
 * @param {string} folder
 * @param {{ all: boolean }} how
 * @returns {string[]} what a reset removes.
 */
export function contentsToRemove(folder, { all }) {
  const keep = [MARKER, 'prepare.lock', ...(all ? [] : [redisPackageName])];
  return readdirSync(folder)
    .filter((name) => !keep.includes(name))
    .map((name) => join(folder, name));
}
