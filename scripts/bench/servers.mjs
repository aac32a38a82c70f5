import { join } from 'node:path';
import process from 'node:process';
import { Part } from '../prove/parts/part.mjs';
import { Fault } from '../say.mjs';
import { defaultDataFolder, openDataFolder } from '../stack/data-folder.mjs';
import { findRedis, howToGetRedis } from '../stack/find-redis.mjs';
import { freePort } from '../stack/free-port.mjs';
import { openCluster } from '../stack/postgres-cluster.mjs';
import { postgresPlaces } from '../stack/postgres-places.mjs';
import { startPostgres } from '../stack/postgres-server.mjs';
import { redisUrl, startRedis } from '../stack/redis-server.mjs';

const REDIS_PASSWORD = 'bench';

/**
 * Postgres on a new cluster, as durable as that of `npm start`. The caller starts it.
 * @param {string} folder
 * @param {string} logs a folder
 * @returns {Promise<{ part: Part, port: number, passwords: { superuser: string, service: string }, elsewhere: string | undefined }>}
 *   elsewhere: where its data is, if not in the folder
 */
export async function preparePostgres(folder, logs) {
  const places = postgresPlaces(openDataFolder(join(folder, 'data')));
  const { cluster, passwords } = await openCluster(places, { durable: true, reset: '', onSpawn: () => {} });
  const how = { cluster, port: await freePort(), durable: true, logPath: join(logs, 'postgres.log') };
  const part = new Part('postgres', (spawned) => startPostgres(places, { ...how, spawned }));
  return { part, port: how.port, passwords, elsewhere: places.elsewhere };
}

/**
 * @param {(text: string) => void} say
 * @returns {Promise<string>} the path of redis-server
 * @throws {Fault} when there is none
 */
export async function redisServer(say) {
  const { server, why } = await findRedis({ env: process.env, dataFolder: openDataFolder(defaultDataFolder), say });
  if (!server) throw new Fault(`The bench needs Redis (${why}). Please ${howToGetRedis.replace(/, or set .*$/, '')}.`);
  return server;
}

/**
 * A node, as durable as that of `npm start`. The caller starts it.
 * @param {string} server
 * @param {string} name
 * @param {{ folder: string, logs: string }} how
 */
export async function prepareRedis(server, name, { folder, logs }) {
  const port = await freePort();
  const how = { folder, port, password: REDIS_PASSWORD, durable: true, logPath: join(logs, `${name}.log`) };
  const part = new Part(name, (spawned) => startRedis(server, { ...how, spawned }));
  return { part, url: redisUrl({ port, password: REDIS_PASSWORD }) };
}
