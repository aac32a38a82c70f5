import { chmodSync, mkdirSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../project.mjs';
import { codeOf, Fault } from '../say.mjs';

/** Its presence says that a folder is ours to fill and to empty. */
const MARKER = 'this-is-payonce-data.txt';

export const defaultDataFolder = join(projectFolder, '.payonce');

/**
 * A command to paste that means this very folder: the plain one would mean the project's own.
 * @param {string} folder
 * @param {string} command
 */
export function commandFor(folder, command) {
  if (folder === defaultDataFolder) return command;
  const isPlain = /^[\w./+@:-]+$/.test(folder);
  return `PAYONCE_DATA_DIR=${isPlain ? folder : `'${folder.replaceAll("'", `'\\''`)}'`} ${command}`;
}

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
    makeFolder(folder);
    if (!isOurs(folder)) {
      const strange = readdirSync(folder).length > 0;
      if (strange)
        throw new Fault(`${folder} holds other files. Choose an empty or a new folder for PAYONCE_DATA_DIR.`);
      // Run as root, Postgres runs as another user, who has to pass through here to a folder of its own; nobody can list it.
      chmodSync(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
      writeFileSync(
        join(folder, MARKER),
        `Payonce keeps its local database and its secrets here. To empty the folder, run this in the project:\n${commandFor(folder, 'npm run reset')}\n`,
      );
    }
    return realpathSync(folder);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(
      `The data folder ${folder} cannot be used (${codeOf(error)}). Choose another: PAYONCE_DATA_DIR=/some/folder npm start`,
      { cause: error },
    );
  }
}

/**
 * Level by level: Node's own `recursive` never ends under /proc.
 * @param {string} folder
 */
function makeFolder(folder) {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another start made it just now.
    if (codeOf(error) !== 'EEXIST' || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
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

/** Which `npm ci` or build is running; whoever holds prepare.lock writes and reads it. */
export const preparingName = 'preparing.json';

/** The name of this folder's other folder, for those who run as root where Postgres cannot enter. */
export const placeNameFile = 'name-in-var-lib-payonce.txt';

/**
 * @param {string} folder
 * @param {{ all: boolean }} how
 * @returns {string[]} what a reset removes.
 */
export function contentsToRemove(folder, { all }) {
  const keep = [MARKER, 'prepare.lock', preparingName, ...(all ? [] : [redisPackageName, placeNameFile])];
  return readdirSync(folder)
    .filter((name) => !keep.includes(name))
    .map((name) => join(folder, name));
}
