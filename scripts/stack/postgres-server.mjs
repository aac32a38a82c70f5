import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endProcess } from '../processes/end.mjs';
import { identify } from '../processes/identity.mjs';
import { Fault } from '../say.mjs';
import { openLog } from './log-file.mjs';
import { asPostgresUser, postgresEnvironment } from './postgres-cluster.mjs';

/** 0.1 s as a rule; recovery after a crash reads the whole log since the last checkpoint. */
const MAX_START_MS = 60_000;

/**
 * Starts Postgres on its cluster, on loopback only.
 * @param {import('./postgres-places.mjs').PostgresPlaces} places
 * @param {{ cluster: string, port: number, durable: boolean, logPath: string, spawned: (child: import('node:child_process').ChildProcess) => unknown }} how
 *   durable false: no fsync, for data that nobody misses after a power cut.
 * @returns {Promise<void>} when it takes connections.
 */
export async function startPostgres(places, { cluster, port, durable, logPath, spawned }) {
  await endForgottenServer(cluster);
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    // TCP alone: a socket's path may be too long in a deep folder, and /tmp is everybody's.
    unix_socket_directories: '',
    max_connections: 200,
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openLog(logPath);
  const child = spawn(join(places.binaries, 'bin', 'postgres'), ['-D', cluster, ...flags], {
    cwd: cluster,
    env: postgresEnvironment,
    // A session of its own, so that a terminal's Ctrl-C does not reach it before the API has finished.
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
    ...asPostgresUser(places),
  });
  log.close();
  spawned(child);
  const failed = once(child, 'error').then(([error]) => {
    throw new Fault(`Postgres could not be started: ${/** @type {Error} */ (error).message}`);
  });
  await Promise.race([failed, untilReady(child, cluster, () => log.sinceOpened())]);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} cluster
 * @param {() => string} output
 */
async function untilReady(child, cluster, output) {
  const deadline = Date.now() + MAX_START_MS;
  // A standby says that it stands by.
  const isUp = (/** @type {string | undefined} */ status) => status === 'ready' || status === 'standby';
  while (!isUp(readPidFile(cluster)?.status) || readPidFile(cluster)?.pid !== child.pid) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Fault(`Postgres ended while starting:\n${output() || '(it wrote nothing)'}`);
    }
    if (Date.now() > deadline) throw new Fault(`Postgres took longer than ${MAX_START_MS / 1000} s to start.`);
    await pause(20);
  }
}

/**
 * Its pid file as pg_ctl reads it: the first line is the pid, the fourth the port, the eighth the state.
 * @param {string} cluster
 */
export function readPidFile(cluster) {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
}

/**
 * A server of an earlier run that our own records missed. After a restart of a container its pid may be any process's,
 * so only one with this very cluster on its command line is ended; otherwise the file is a leftover that would stop Postgres.
 * @param {string} cluster
 */
async function endForgottenServer(cluster) {
  const pid = readPidFile(cluster)?.pid;
  if (!pid) return;
  const server = identify(pid);
  if (server && commandLine(pid).includes(cluster)) await endProcess(server, { signal: 'SIGINT', graceMs: 5_000 });
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** @param {number} pid */
function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
