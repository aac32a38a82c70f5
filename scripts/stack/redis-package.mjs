import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { libraryFolders, runOrThrow, unpackDebianPackage } from './debian-package.mjs';

const MAX_START_MS = 30_000;

/**
 * @param {string} folder
 * @returns {string | undefined} the server unpacked there before.
 */
export function unpackedRedis(folder) {
  const server = join(folder, 'bin', 'redis-server');
  return existsSync(server) ? server : undefined;
}

/**
 * The client that came with the server, and how to run it.
 * @param {string} folder
 * @returns {{ file: string, env: { LD_LIBRARY_PATH: string } } | undefined}
 */
export function unpackedRedisCli(folder) {
  const file = join(folder, 'usr', 'bin', 'redis-cli');
  if (!existsSync(file)) return undefined;
  const libraries = libraryFolders(folder).map((name) => join(folder, name));
  return { file, env: { LD_LIBRARY_PATH: libraries.join(':') } };
}

/**
 * Unpacks Redis from the system's packages.
 * @param {string} folder
 * @returns {Promise<{ server: string | undefined, why: string }>}
 */
export async function unpackRedis(folder) {
  try {
    await unpackDebianPackage('redis-server', folder, async (root) => {
      writeLauncher(root);
      await runOrThrow(join(root, 'bin', 'redis-server'), ['--version'], { timeoutMs: MAX_START_MS });
    });
    return { server: unpackedRedis(folder), why: "from the system's packages" };
  } catch (error) {
    return {
      server: undefined,
      why: `Redis could not be downloaded from the system's packages: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/**
 * A launcher that knows its libraries, so that everybody can run it like an installed one, by its path alone.
 * @param {string} root
 */
function writeLauncher(root) {
  const folders = libraryFolders(root);
  const launcher = join(root, 'bin', 'redis-server');
  mkdirSync(join(root, 'bin'), { recursive: true });
  writeFileSync(
    launcher,
    [
      '#!/bin/sh',
      'here=$(dirname -- "$0")/..',
      `export LD_LIBRARY_PATH="${folders.map((name) => `$here/${name}`).join(':')}"`,
      'exec "$here/usr/bin/redis-server" "$@"',
      '',
    ].join('\n'),
  );
  chmodSync(launcher, 0o755);
}
