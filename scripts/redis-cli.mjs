import { spawnSync } from 'node:child_process';
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

/** As in `npm run psql`. */
const NO_CONNECTION = 2;

/**
 * `npm run redis-cli [-- arguments of redis-cli]`: connects to the Redis that `npm start` runs, or that of REDIS_URL,
 * with redis-cli or valkey-cli if installed, otherwise with a built-in client.
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
  const clientEnv = { ...process.env, ...client.env, ...env };
  return runClient(client.file, [...exitCodeOption(client.file, clientEnv), ...connecting, ...words], clientEnv);
}

/**
 * `-e` makes the exit code report a failed command, in redis-cli 7 and every valkey-cli.
 * @param {string} file
 * @param {NodeJS.ProcessEnv} env
 */
function exitCodeOption(file, env) {
  const { stdout } = spawnSync(file, ['--version'], { env, encoding: 'utf8' });
  const [, major = '0'] = /^(?:redis|valkey)-cli (\d+)/.exec(stdout ?? '') ?? [];
  return Number(major) >= 7 ? ['-e'] : [];
}

/** @returns {{ file: string, env?: NodeJS.ProcessEnv } | undefined} */
function findClient() {
  const file = findOnPath(process.env['PATH'], ['redis-cli', 'valkey-cli']);
  if (file) return { file };
  return [dataFolderFrom(process.env), defaultDataFolder]
    .map((folder) => unpackedRedisCli(join(folder, redisPackageName)))
    .find(Boolean);
}
