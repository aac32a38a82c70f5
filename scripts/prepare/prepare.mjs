import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { takeLock } from '../processes/lock-file.mjs';
import { Fault, say, showFault } from '../say.mjs';
import { defaultDataFolder, openDataFolder } from '../stack/data-folder.mjs';
import { build } from './build.mjs';
import { installPackages } from './packages.mjs';
import { linkPostgresLibraries } from './postgres-links.mjs';

/** Another one's `npm ci` on a slow network. */
const LONGEST_WAIT_MS = 15 * 60_000;

/** @returns {Promise<number>} the exit code. */
export async function prepare() {
  try {
    const lock = await waitForLock(join(openDataFolder(defaultDataFolder), 'prepare.lock'));
    try {
      await installPackages();
      linkPostgresLibraries();
      await build();
    } finally {
      lock.release();
    }
    return 0;
  } catch (error) {
    showFault(error);
    return 1;
  }
}

/**
 * Two at once in one checkout would delete each other's packages; the second waits, and then finds all done.
 * @param {string} path
 */
async function waitForLock(path) {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (let told = false; ; told = true) {
    const lock = takeLock(path);
    if (lock.held) return lock;
    const { pid } = lock.holder.owner;
    if (Date.now() > deadline)
      throw new Fault(
        `Another start of this checkout (pid ${pid}) has been preparing it for too long. End it, then try again.`,
      );
    if (!told) say(`Another start of this checkout (pid ${pid}) is preparing it; waiting…`);
    await pause(100);
  }
}
