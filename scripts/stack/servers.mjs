import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { KeptProcess } from '../processes/kept-process.mjs';
import { takeLock } from '../processes/lock-file.mjs';
import { Fault } from '../say.mjs';
import { commandFor } from './data-folder.mjs';
import { freePort } from './free-port.mjs';
import { openCluster, serviceUrl } from './postgres-cluster.mjs';
import { clusterLockPath, postgresPlaces } from './postgres-places.mjs';
import { startPostgres } from './postgres-server.mjs';
import { redisFolder, redisUrl, startRedis } from './redis-server.mjs';
import { newSecret } from './secrets.mjs';

/** The port may be taken between our choice and the server's bind; three times in a row it is something else. */
const MAX_FIRST_STARTS = 3;

/**
 * @typedef {object} Watching
 * @property {(pid: number | undefined, role?: string) => void} spawned
 * @property {(kept: KeptProcess) => void} kept is told before the first start, so that a stop in the middle finds it.
 * @property {(how: string) => void} onDeath
 * @property {(how: string) => void} onGiveUp
 */

/**
 * @param {{ dataFolder: string, durable: boolean }} options
 * @param {Watching & { locked: (release: () => void) => void, onLost: (message: string) => void }} watching
 */
export async function keepPostgres({ dataFolder, durable }, watching) {
  const places = postgresPlaces(dataFolder);
  const lock = lockCluster(places.home);
  watching.locked(lock.release);
  const { cluster, passwords } = await openCluster(places, {
    durable,
    reset: commandFor(dataFolder, 'npm run reset'),
    onSpawn: (pid) => watching.spawned(pid, 'postgres-setup'),
  });
  const port = await startOnFreePort(watching, async (port, spawned) => {
    if (!lock.isOurs()) {
      // The folder was deleted, and another Postgres may run in a new one, which must not be stopped.
      const lost = `${places.home} was deleted under its Postgres.`;
      watching.onLost(lost);
      throw new Fault(lost);
    }
    await startPostgres(places, { cluster, port, durable, logPath: join(dataFolder, 'postgres.log'), spawned });
  });
  return {
    databaseUrl: serviceUrl(passwords, port),
    maintenanceUrl: `postgres://postgres:${passwords.superuser}@127.0.0.1:${port}/postgres`,
    ...(places.elsewhere ? { postgresElsewhere: places.elsewhere } : {}),
    ...(places.notice ? { notice: places.notice } : {}),
  };
}

/**
 * One Postgres at a time for each cluster, whatever data folder leads there.
 * @param {string} home
 */
function lockCluster(home) {
  // Its reader should know whom to stop: the one who started us.
  const lock = takeLock(clusterLockPath(home), String(process.ppid));
  if (lock.held) return lock;
  throw new Fault(`Payonce is already running on this data, ${home} (pid ${lock.holder.note}). Stop it first.`);
}

/**
 * @param {{ dataFolder: string, durable: boolean, redisServer: string | undefined }} options
 * @param {Watching} watching
 */
export async function keepRedis({ dataFolder, durable, redisServer }, watching) {
  if (!redisServer) return {};
  const password = newSecret();
  const folder = redisFolder(dataFolder);
  const port = await startOnFreePort(watching, (port, spawned) =>
    startRedis(redisServer, { folder, port, password, durable, logPath: join(dataFolder, 'redis.log'), spawned }),
  );
  return { redisUrl: redisUrl({ port, password }) };
}

/**
 * Starts a server on a free port and keeps that port across restarts.
 * @param {Watching} watching
 * @param {(port: number, spawned: (child: import('node:child_process').ChildProcess) => unknown) => Promise<void>}
 * launch
 * @returns {Promise<number>} the port.
 */
async function startOnFreePort(watching, launch) {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    const kept = new KeptProcess({
      launch: (spawned) =>
        launch(port, (child) => {
          spawned(child);
          watching.spawned(child.pid);
        }),
      onDeath: watching.onDeath,
      onGiveUp: watching.onGiveUp,
    });
    watching.kept(kept);
    try {
      await kept.start();
      return port;
    } catch (error) {
      await kept.stop({ graceMs: 0 });
      if (tries >= MAX_FIRST_STARTS) throw error;
      await pause(300);
    }
  }
}
