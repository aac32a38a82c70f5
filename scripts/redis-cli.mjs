import { join } from 'node:path';
import process from 'node:process';
import { redisUrls } from './clients/addresses.mjs';
import { connectionWords } from './clients/redis-cli/connection-words.mjs';
import { ownRedisCli } from './clients/redis-cli/own-redis-cli.mjs';
import { runClient } from './clients/run-client.mjs';
import { Fault, showFault, warn } from './say.mjs';
import { dataFolderFrom, defaultDataFolder, redisPackageName } from './stack/data-folder.mjs';
import { findOnPath } from './stack/find-on-path.mjs';
import { unpackedRedisCli } from './stack/redis-package.mjs';

/** As of `npm run psql`. */
const NO_CONNECTION = 2;

/**
 * `npm run redis-cli [-- words for redis-cli]`: opens the Redis that `npm start` runs, or that of REDIS_URL; with redis-cli or
 * valkey-cli where there is one, else with a small client of ours.
 */
try {
  process.exitCode = await openRedis(process.argv.slice(2));
} catch (error) {
  showFault(error);
  process.exitCode = error instanceof Fault ? NO_CONNECTION : 1;
}

/** @param {string[]} words */
async function openRedis(words) {
  const [url = '', ...others] = redisUrls(process.env);
  if (others.length > 0) {
    warn(`This is the first of ${others.length + 1} nodes. To open another, set REDIS_URL to its address alone.`);
  }
  const client = findClient();
  if (!client) return ownRedisCli(url, words);
  const { words: connecting, env } = connectionWords(url);
  return runClient(client.file, [...connecting, ...words], { ...process.env, ...client.env, ...env });
}

/** @returns {{ file: string, env?: NodeJS.ProcessEnv } | undefined} */
function findClient() {
  const file = findOnPath(process.env['PATH'], ['redis-cli', 'valkey-cli']);
  if (file) return { file };
  return [dataFolderFrom(process.env), defaultDataFolder]
    .map((folder) => unpackedRedisCli(join(folder, redisPackageName)))
    .find(Boolean);
}
