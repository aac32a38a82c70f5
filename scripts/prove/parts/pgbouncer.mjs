import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, openSync, closeSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { libraryFolders, unpackDebianPackage } from '../../stack/debian-package.mjs';
import { findOnPath } from '../../stack/find-on-path.mjs';
import { postgresUser } from '../../stack/postgres-user.mjs';
import { Part } from './part.mjs';

const MAX_START_MS = 20_000;

/**
 * @param {string} cache where Debian's package is unpacked once
 * @returns {Promise<{ file: string, env: NodeJS.ProcessEnv } | { missing: string }>}
 */
export async function findPgbouncer(cache) {
  const onPath = findOnPath(process.env['PATH'], ['pgbouncer']);
  if (onPath) return { file: onPath, env: {} };
  const folder = join(cache, 'pgbouncer');
  const file = join(folder, 'usr/sbin/pgbouncer');
  try {
    if (!existsSync(file)) await unpackDebianPackage('pgbouncer', folder);
  } catch (error) {
    return { missing: `Debian's package pgbouncer: ${error instanceof Error ? error.message : String(error)}` };
  }
  return {
    file,
    env: {
      LD_LIBRARY_PATH: libraryFolders(folder)
        .map((name) => join(folder, name))
        .join(':'),
    },
  };
}

/**
 * PgBouncer in transaction mode before one Postgres.
 * @param {{ file: string, env: NodeJS.ProcessEnv }} found
 * @param {{ folder: string, port: number, postgres: () => { port: number, user: string, password: string, database: string } }} how
 */
export function pgbouncer({ file, env }, { folder, port, postgres }) {
  return new Part('pgbouncer', async (spawned) => {
    const { port: behind, user, password, database } = postgres();
    // It refuses to run as root.
    const other = postgresUser();
    mkdirSync(folder, { recursive: true });
    const [users, settings] = [join(folder, 'users.txt'), join(folder, 'pgbouncer.ini')];
    writeFileSync(users, `"${user}" "${password}"\n`, { mode: 0o600 });
    writeFileSync(
      settings,
      [
        '[databases]',
        `${database} = host=127.0.0.1 port=${behind} dbname=${database}`,
        '[pgbouncer]',
        'listen_addr = 127.0.0.1',
        `listen_port = ${port}`,
        'unix_socket_dir =',
        'auth_type = scram-sha-256',
        `auth_file = ${users}`,
        'pool_mode = transaction',
        'default_pool_size = 40',
        'max_client_conn = 500',
        'server_login_retry = 1',
        // Ten minutes by default: too long for a soak to see that connections are given back.
        'server_idle_timeout = 15',
        'query_wait_timeout = 15',
        'ignore_startup_parameters = extra_float_digits,options',
      ].join('\n'),
    );
    for (const path of [folder, users, settings]) if (other) chownSync(path, other.uid, other.gid);
    const log = openSync(join(folder, 'pgbouncer.log'), 'a');
    const child = spawned(
      spawn(file, ['-q', settings], {
        cwd: folder,
        env: { PATH: process.env['PATH'], ...env },
        detached: true,
        stdio: ['ignore', log, log],
        ...(other ? { uid: other.uid, gid: other.gid } : {}),
      }),
    );
    closeSync(log);
    const deadline = Date.now() + MAX_START_MS;
    while (!(await listens(port))) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`pgbouncer does not start; see ${folder}`);
      await pause(50);
    }
  });
}

/** @param {number} port */
function listens(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
