import { join } from 'node:path';
import { defaultDataFolder, redisPackageName } from './data-folder.mjs';
import { findOnPath } from './find-on-path.mjs';
import { unpackedRedis, unpackRedis } from './redis-package.mjs';

/**
 * The Redis server to run: one on the PATH, one unpacked before, or one unpacked now from the system's packages.
 * Nothing is installed: no service starts at boot, and deleting the data folder removes it.
 * @param {{ env: NodeJS.ProcessEnv, dataFolder: string, say: (text: string) => void }} how
 * @returns {Promise<{ server: string | undefined, why: string }>} why: how it was found, or why there is none.
 */
export async function findRedis({ env, dataFolder, say }) {
  if (env['PAYONCE_REDIS'] === 'none') return { server: undefined, why: 'PAYONCE_REDIS=none' };
  const onPath = findOnPath(env['PATH'], ['redis-server', 'valkey-server']);
  if (onPath) return { server: onPath, why: onPath };
  for (const folder of [dataFolder, defaultDataFolder]) {
    const unpacked = unpackedRedis(join(folder, redisPackageName));
    if (unpacked) return { server: unpacked, why: "from the system's packages" };
  }
  if (!findOnPath(env['PATH'], ['apt-get']) || !findOnPath(env['PATH'], ['dpkg'])) {
    return { server: undefined, why: 'there is no redis-server on the PATH' };
  }
  say("Downloading Redis from the system's packages (once; nothing is installed)…");
  return unpackRedis(join(dataFolder, redisPackageName));
}

/** How to install one, as the end of a sentence. */
export const howToGetRedis =
  'install redis-server or valkey-server (Debian, Ubuntu: apt-get install redis-server), or set REDIS_URL';
