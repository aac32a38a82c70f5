import { chmodSync, mkdirSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../project.mjs';
import { codeOf, Fault } from '../say.mjs';

/** Marks a folder as ours, so that we may write to it and empty it. */
const MARKER = 'this-is-payonce-data.txt';

export const defaultDataFolder = join(projectFolder, '.payonce');

/**
 * A command to paste for this folder; the plain command would mean the project's own.
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
 * Creates the folder if needed and marks it as ours.
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
      // As root, Postgres runs as another user, who has to traverse this folder to reach its own; others cannot list
      // it.
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
    // Another start has just created it.
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

/** Kept when the rest is emptied: the marker, and Redis as unpacked from the system's packages. */
export const redisPackageName = 'redis-package';

/** Which `npm ci` or build is running; the holder of prepare.lock writes and reads it. */
export const preparingName = 'preparing.json';

/** The file with the name of this folder's other folder, used as root if Postgres cannot enter this one. */
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
