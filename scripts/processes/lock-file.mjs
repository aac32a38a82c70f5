import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { codeOf } from '../say.mjs';
import { identify, isRunning, readIdentity } from './identity.mjs';

/**
 * Each attempt acquires the lock, finds a living owner, or removes a dead one's lock; more dead owners than this are
 * not a coincidence.
 */
const MAX_TRIES = 20;

/**
 * The owner of a lock, and its note to others.
 * @typedef {{ owner: import('./identity.mjs').Identity, note: string }} Holder
 */

/**
 * A lock file. It is held only while its owner's process lives, so a killed owner never blocks.
 * @param {string} path
 * @param {string} [note]
 * @returns {{ held: true, release: () => void, tell: (note: string) => void, isOurs: () => boolean } | { held: false,
 * holder: Holder }}
 */
export function takeLock(path, note = '') {
  const owner = identify(process.pid);
  if (!owner) throw new Error('This process is not in the process table.');
  const draft = `${path}.${process.pid}`;
  /** @param {string} text */
  const write = (text) => writeFileSync(draft, JSON.stringify({ owner, note: text }), { mode: 0o644 });

  const isOurs = () => isSame(readHolder(path)?.owner, owner);

  for (let tries = 0; tries < MAX_TRIES; tries++) {
    write(note);
    try {
      // A link appears with its complete content; with an exclusive open, others could read an empty file.
      linkSync(draft, path);
      return {
        held: true,
        release: () => {
          if (isOurs()) rmSync(path, { force: true });
        },
        isOurs,
        tell: (text) => {
          write(text);
          renameSync(draft, path);
        },
      };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const holder = readHolder(path);
    if (holder && isRunning(holder.owner)) return { held: false, holder };
    putAside(path, holder);
  }
  throw new Error(`The lock file ${path} could not be acquired.`);
}

/**
 * Removes a dead owner's lock. Another process may have done the same and acquired the lock since: the file that we
 * moved away is checked again, and a living owner's is put back.
 * @param {string} path
 * @param {Holder | undefined} dead
 */
function putAside(path, dead) {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved && !isSame(moved.owner, dead?.owner) && isRunning(moved.owner)) {
    try {
      linkSync(aside, path);
    } catch {
      // A third process acquired the lock within these microseconds. Both now think that they hold it, and Postgres
      // refuses the second.
    }
  }
  rmSync(aside, { force: true });
}

/**
 * @param {import('./identity.mjs').Identity | undefined} one
 * @param {import('./identity.mjs').Identity | undefined} other
 */
function isSame(one, other) {
  return one?.pid === other?.pid && one?.started === other?.started;
}

/**
 * @param {string} path
 * @returns {Holder | undefined}
 */
export function readHolder(path) {
  try {
    const read = /** @type {unknown} */ (JSON.parse(readFileSync(path, 'utf8')));
    if (typeof read !== 'object' || read === null || !('owner' in read)) return undefined;
    const owner = readIdentity(read.owner);
    return owner && { owner, note: 'note' in read ? String(read.note) : '' };
  } catch {
    return undefined;
  }
}
