import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { takeLock } from '../processes/lock-file.mjs';
import { OrderlyEnd } from '../processes/orderly-end.mjs';
import { projectFolder } from '../project.mjs';
import { codeOf, Fault, say } from '../say.mjs';
import { defaultDataFolder, openDataFolder } from '../stack/data-folder.mjs';
import { build } from './build.mjs';
import { endPreparing } from './children.mjs';
import { installPackages } from './packages.mjs';
import { linkPostgresLibraries } from './postgres-links.mjs';

/** Long enough for another run's `npm ci` on a slow network. */
const MAX_WAIT_MS = 15 * 60_000;

/**
 * Ends the process: with 0 when all is there, with 1 after a fault, and as a shell says it (130 …) after a signal.
 * @param {{ builds: boolean }} what
 */
export async function prepare({ builds }) {
  const ending = new OrderlyEnd({
    onSignal: { say: 'Stopping…', codes: { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } },
  });
  try {
    const lock = await ending.unlessEnding(waitForLock(join(openDataFolder(defaultDataFolder), 'prepare.lock')));
    ending.begun(lock.release);
    ending.begun(endPreparing);
    // The `npm ci` of a killed run continues, and two of them delete each other's packages.
    await ending.unlessEnding(endPreparing());
    await ending.unlessEnding(installPackages());
    linkPostgresLibraries();
    if (builds) await ending.unlessEnding(build());
    await ending.end(0);
  } catch (error) {
    await ending.end(1, isOfWriting(error) ? cannotWrite() : error);
  }
}

/**
 * Two runs at once in one checkout would delete each other's packages; the second waits, and then finds everything
 * done.
 * @param {string} path
 */
async function waitForLock(path) {
  const deadline = Date.now() + MAX_WAIT_MS;
  for (let announced = false; ; announced = true) {
    const lock = takeLock(path);
    if (lock.held) return lock;
    const { pid } = lock.holder.owner;
    if (Date.now() > deadline)
      throw new Fault(
        `Another start of this checkout (pid ${pid}) has been preparing it for too long. Stop it, then try again.`,
      );
    if (!announced) say(`Another start of this checkout (pid ${pid}) is preparing it; waiting…`);
    await pause(100);
  }
}

/** @param {unknown} error of the system, or a sentence of ours that it caused. */
function isOfWriting(error) {
  const code = codeOf(error) || codeOf(error instanceof Error ? error.cause : undefined);
  return ['EACCES', 'EPERM', 'EROFS'].includes(code);
}

/** Another data folder would not help: packages, build and their lock are in the project. */
function cannotWrite() {
  const who = process.getuid?.() === 0 ? 'Nobody can write' : 'This user cannot write';
  return new Fault(`${who} to ${projectFolder}: run it as its owner, or copy it to a folder of your own.`);
}
