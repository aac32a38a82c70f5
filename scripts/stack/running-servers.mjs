import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../processes/identity.mjs';
import { readHolder } from '../processes/lock-file.mjs';
import { codeOf, Fault } from '../say.mjs';
import { commandFor, lockPath } from './data-folder.mjs';
import { readPasswords, serviceUrl } from './postgres-cluster.mjs';
import { runningCluster } from './postgres-places.mjs';
import { readPidFile } from './postgres-server.mjs';
import { isRecordedRunning, recordsPath } from './records.mjs';
import { redisFolder, startedRedisUrl } from './redis-server.mjs';

/**
 * The Postgres that `npm start` runs on a data folder, as the role that the service uses. The address holds a password: it
 * is for a client, and never printed.
 * @param {string} dataFolder
 * @returns {string}
 * @throws {Fault} when none runs, or it is another user's.
 */
export function runningPostgresUrl(dataFolder) {
  requireRunning(dataFolder);
  const running = runningCluster(dataFolder);
  const pidFile = running && readPidFile(join(running.home, 'cluster'));
  if (running && pidFile?.status === 'ready') return serviceUrl(readPasswords(running.home), pidFile.port);
  throw new Fault(
    isUp(dataFolder)
      ? 'Payonce uses your own Postgres: set DATABASE_URL as you did for npm start.'
      : 'Payonce is still starting: try again in a moment.',
  );
}

/**
 * The Redis that `npm start` runs on a data folder; the address holds a password, too.
 * @param {string} dataFolder
 * @returns {string}
 * @throws {Fault} when none runs, or it is another user's.
 */
export function runningRedisUrl(dataFolder) {
  requireRunning(dataFolder);
  if (isRecordedRunning(dataFolder, 'redis')) return startedRedisUrl(redisFolder(dataFolder));
  throw new Fault(
    isUp(dataFolder)
      ? 'Payonce has started no Redis. If it uses your own, set REDIS_URL as you did for npm start.'
      : 'Payonce is still starting: try again in a moment.',
  );
}

/** @param {string} dataFolder */
function requireRunning(dataFolder) {
  if (!isRunning(readHolder(lockPath(dataFolder))?.owner)) {
    throw new Fault(`Payonce is not running: run ${commandFor(dataFolder, 'npm start')}`);
  }
  try {
    if (existsSync(recordsPath(dataFolder))) accessSync(recordsPath(dataFolder), constants.R_OK);
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error;
    throw new Fault('Payonce is running as another user, whose passwords you cannot read. Run this as that user.');
  }
}

/**
 * Whether its address is known, which is the last that a start writes down.
 * @param {string} dataFolder
 */
function isUp(dataFolder) {
  return readHolder(lockPath(dataFolder))?.note !== '';
}
