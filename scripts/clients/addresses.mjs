import { Fault } from '../say.mjs';
import { dataFolderFrom } from '../stack/data-folder.mjs';
import { runningPostgresUrl, runningRedisUrl } from '../stack/running-servers.mjs';
import { readSettings } from '../start/settings.mjs';

/**
 * The Postgres to connect to: that of DATABASE_URL, otherwise the one that `npm start` runs.
 * @param {NodeJS.ProcessEnv} env
 * @throws {Fault} when there is none.
 */
export function postgresUrl(env) {
  const { settings, faults } = readSettings(env);
  if (!settings.databaseUrl) return runningPostgresUrl(dataFolderFrom(env));
  if (faults['DATABASE_URL']) throw new Fault(`${faults['DATABASE_URL']}.`);
  return settings.databaseUrl;
}

/**
 * The nodes of REDIS_URL, otherwise the Redis that `npm start` runs.
 * @param {NodeJS.ProcessEnv} env
 * @returns {readonly string[]} one or more
 * @throws {Fault} when there is none.
 */
export function redisUrls(env) {
  const { settings, faults } = readSettings(env);
  if (settings.redisUrls.length === 0) return [runningRedisUrl(dataFolderFrom(env))];
  if (faults['REDIS_URL']) throw new Fault(`${faults['REDIS_URL']}.`);
  return settings.redisUrls;
}
