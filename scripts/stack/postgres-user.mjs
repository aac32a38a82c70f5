import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

/**
 * Whom Postgres runs as when we are root, which it refuses to be.
 * @typedef {{ name: string, uid: number, gid: number }} PostgresUser
 */

/** "nobody" on every Linux, even if /etc/passwd does not list it (distroless containers). */
const NOBODY = { name: 'nobody', uid: 65_534, gid: 65_534 };

/** @returns {PostgresUser | undefined} undefined when we are not root: Postgres then runs as ourselves. */
export function postgresUser() {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readAccounts();
  return accounts.find(({ name }) => name === 'postgres') ?? accounts.find(({ name }) => name === 'nobody') ?? NOBODY;
}

/** @returns {PostgresUser[]} */
function readAccounts() {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
    return lines.map((line) => {
      const [name = '', , uid, gid] = line.split(':');
      return { name, uid: Number(uid), gid: Number(gid) };
    });
  } catch {
    return [];
  }
}

/**
 * Whether this user gets to a file or folder: the search bit of every folder above it, and reading and search at its end.
 * @param {PostgresUser} user
 * @param {string} path of something that exists.
 * @param {{ readable?: boolean }} [end] readable: also the read and execute bits of the last part.
 */
export function canReach(user, path, { readable = false } = {}) {
  const real = realpathSync(path);
  if (readable && !allows(user, real, 0o5)) return false;
  for (let folder = readable ? dirname(real) : real; ; folder = dirname(folder)) {
    if (!allows(user, folder, 0o1)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * @param {PostgresUser} user
 * @param {string} path
 * @param {number} bits of one class: 4 read, 2 write, 1 execute or search.
 */
function allows(user, path, bits) {
  const { uid, gid, mode } = statSync(path);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}
