import { existsSync, rmSync } from 'node:fs';
import process from 'node:process';
import { takeLock } from './processes/lock-file.mjs';
import { Fault, say, showFault } from './say.mjs';
import {
  commandFor,
  contentsToRemove,
  dataFolderFrom,
  isOurs,
  lockPath,
  openDataFolder,
} from './stack/data-folder.mjs';
import { placesElsewhere, runnerOf } from './stack/postgres-places.mjs';
import { endLeftovers } from './stack/records.mjs';

/** `npm run reset [-- --all]`: empties the data folder; with --all also deletes unpacked and copied server binaries. */
try {
  await reset(dataFolderFrom(process.env), { all: process.argv.includes('--all') });
} catch (error) {
  showFault(error);
  process.exitCode = 1;
}

/**
 * @param {string} folder
 * @param {{ all: boolean }} how
 */
async function reset(folder, { all }) {
  if (!existsSync(folder)) return say(`Nothing to empty: ${folder} does not exist.`);
  if (!isOurs(folder)) throw new Fault(`${folder} is not a data folder of Payonce. Nothing was removed.`);
  const dataFolder = openDataFolder(folder);
  const lock = takeLock(lockPath(dataFolder));
  if (!lock.held) throw new Fault(`Payonce is running on ${dataFolder} (pid ${lock.holder.owner.pid}). Stop it first.`);
  await endLeftovers(dataFolder);
  const runner = runnerOf(dataFolder);
  if (runner)
    throw new Fault(`Payonce is running on the Postgres of ${dataFolder} (pid ${runner.note}). Stop it first.`);
  for (const path of [...contentsToRemove(dataFolder, { all }), ...placesElsewhere(dataFolder, { all })]) {
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
  say(`Emptied ${dataFolder}. The next "${commandFor(dataFolder, 'npm start')}" begins afresh.`);
}
