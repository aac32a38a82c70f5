import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { lastLines, runCommand } from '../processes/run-command.mjs';
import { Fault } from '../say.mjs';
import { newSecret } from './secrets.mjs';

/** 1.3 s on two cores, most of it waiting for the disk; a slow disk may need many times that. */
const MAX_INIT_MS = 120_000;

/** The role the service uses: owner of its database and, as in production, no superuser. */
const SERVICE_ROLE = 'payonce';
const SERVICE_DATABASE = 'payonce';

/**
 * @typedef {{ superuser: string, service: string }} Passwords
 */

/**
 * The cluster under `home`, created if needed. It appears complete with its passwords or not at all: a start killed in
 * between leaves a draft, which the next one deletes.
 * @param {import('./postgres-places.mjs').PostgresPlaces} places
 * @param {{ durable: boolean, reset: string, onSpawn: (pid: number) => void }} how reset: the command that empties
 * this very data.
 * @returns {Promise<{ cluster: string, passwords: Passwords }>}
 */
export async function openCluster(places, { durable, reset, onSpawn }) {
  const { home } = places;
  removeDrafts(home);
  if (!existsSync(home)) await makeCluster(places, { durable, onSpawn });
  const cluster = join(home, 'cluster');
  requireSameMajor(cluster, places.version, reset);
  return { cluster, passwords: readPasswords(home) };
}

/**
 * @param {string} home
 * @returns {Passwords}
 */
export function readPasswords(home) {
  return /** @type {Passwords} */ (JSON.parse(readFileSync(join(home, 'passwords.json'), 'utf8')));
}

/**
 * @param {Passwords} passwords
 * @param {number} port
 */
export function serviceUrl(passwords, port) {
  return `postgres://${SERVICE_ROLE}:${passwords.service}@127.0.0.1:${port}/${SERVICE_DATABASE}`;
}

/** The environment of Postgres' programs, without the user's variables: no PGOPTIONS, no secrets. */
export const postgresEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** @param {import('./postgres-places.mjs').PostgresPlaces} places */
export function asPostgresUser({ user }) {
  return user ? { uid: user.uid, gid: user.gid } : {};
}

/**
 * @param {import('./postgres-places.mjs').PostgresPlaces} places
 * @param {{ durable: boolean, onSpawn: (pid: number) => void }} how
 */
async function makeCluster(places, { durable, onSpawn }) {
  const { home, binaries, user } = places;
  const draft = `${home}.draft-${process.pid}`;
  const cluster = join(draft, 'cluster');
  const passwordFile = join(draft, 'password');
  const passwords = { superuser: newSecret(), service: newSecret() };
  const how = {
    timeoutMs: MAX_INIT_MS,
    onSpawn,
    options: { cwd: draft, env: postgresEnvironment, ...asPostgresUser(places) },
  };
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, passwords.superuser, { mode: 0o600 });
  if (user) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);

  const init = await runCommand(
    join(binaries, 'bin', 'initdb'),
    // The builtin provider sorts and folds case the same on every system, and needs no system locales.
    [
      '--pgdata',
      cluster,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--pwfile',
      passwordFile,
      '--encoding=UTF8',
      '--no-locale',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      ...(durable ? [] : ['--no-sync']),
    ],
    how,
  );
  if (init.code !== 0)
    throw new Fault(`Postgres could not prepare its data in ${dirname(home)}:\n${lastLines(init.stderr, 5)}`);

  // Single-user mode runs before clients can connect, so a finished cluster always has its role and database.
  const setup = await runCommand(
    join(binaries, 'bin', 'postgres'),
    ['--single', '-D', cluster, ...(durable ? [] : ['-F']), 'postgres'],
    {
      ...how,
      input: `CREATE ROLE ${SERVICE_ROLE} LOGIN PASSWORD '${passwords.service}';\nCREATE DATABASE ${SERVICE_DATABASE} OWNER ${SERVICE_ROLE};\n`,
    },
  );
  if (setup.code !== 0 || /ERROR|FATAL|PANIC/.test(setup.stderr)) {
    throw new Fault(`Postgres could not create its database in ${dirname(home)}:\n${lastLines(setup.stderr, 5)}`);
  }
  rmSync(passwordFile);
  writeFileSync(join(draft, 'passwords.json'), JSON.stringify(passwords), { mode: 0o600 });
  renameSync(draft, home);
}

/** @param {string} home */
function removeDrafts(home) {
  for (const name of readdirSync(dirname(home))) {
    if (!name.startsWith(`${basename(home)}.draft-`)) continue;
    rmSync(join(dirname(home), name), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/**
 * @param {string} cluster
 * @param {string} version of the binaries, as in 18.4.0.
 * @param {string} reset
 */
function requireSameMajor(cluster, version, reset) {
  const major = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version.split('.')[0] === major) return;
  throw new Fault(
    `The data folder is of Postgres ${major}, but the installed Postgres is ${version}. Empty it ("${reset}"), or install version ${major} again.`,
  );
}
