import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { takeLock } from '../processes/lock-file.mjs';
import { endStragglers } from '../processes/stragglers.mjs';
import { isOurs, lockPath, openDataFolder } from '../stack/data-folder.mjs';
import { placesElsewhere } from '../stack/postgres-places.mjs';
import { endLeftovers } from '../stack/records.mjs';

const PREFIX = 'payonce-test-';
const MARK_PREFIX = 'for-tests-';

/** A younger folder may belong to a run that has not locked it yet, which takes milliseconds. */
const ABANDONED_AFTER_MS = 60_000;

/** @returns {string} the folder of one run of the tests, which is its servers' data folder too. */
export function makeTestFolder() {
  const folder = openDataFolder(mkdtempSync(join(realpathSync(tmpdir()), PREFIX)));
  const lock = takeLock(lockPath(folder));
  if (!lock.held) throw new Error(`${folder} was just created, but another process has locked it.`);
  return folder;
}

/**
 * Where tests keep their own. Its random name is the mark by which we find what they leave running: every process they
 * start has it on its PATH, for the sake of the Redis there.
 * @param {string} testFolder
 * @param {string} redisServer
 */
export function makePlaceForTests(testFolder, redisServer) {
  const mark = `${MARK_PREFIX}${randomBytes(8).toString('hex')}`;
  const folder = join(testFolder, mark);
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  // Root's Postgres runs as another user, who has to pass through.
  for (const path of [folder, bin]) chmodSync(path, 0o755);
  const launcher = join(bin, 'redis-server');
  writeFileSync(launcher, `#!/bin/sh\nexec '${redisServer.replaceAll("'", `'\\''`)}' "$@"\n`);
  chmodSync(launcher, 0o755);
  return { mark, folder, bin };
}

/** @param {string} folder */
export function removeTestFolder(folder) {
  for (const path of [folder, ...placesElsewhere(folder, { all: false })]) {
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs that were killed together with their guardian have left their folders. */
export async function removeAbandonedTestFolders() {
  const parent = realpathSync(tmpdir());
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(parent, name);
    if (!isAbandoned(folder)) continue;
    const lock = takeLock(lockPath(folder));
    if (!lock.held) continue;
    const marks = readdirSync(folder).filter((entry) => entry.startsWith(MARK_PREFIX));
    for (const mark of marks) await endStragglers(mark, { except: [process.pid] });
    await endLeftovers(folder);
    removeTestFolder(folder);
  }
}

/** @param {string} folder */
function isAbandoned(folder) {
  const stat = statSync(folder, { throwIfNoEntry: false });
  const isMine = stat?.uid === process.getuid?.();
  return (
    isMine && existsSync(folder) && isOurs(folder) && Date.now() - (stat?.mtimeMs ?? Infinity) > ABANDONED_AFTER_MS
  );
}
