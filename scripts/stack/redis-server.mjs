import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../say.mjs';
import { openLog } from './log-file.mjs';
import { redisAnswers } from './redis-answers.mjs';

/** 50 ms as a rule; a large append-only file is read first. */
const MAX_START_MS = 30_000;

/**
 * Starts Redis on loopback.
 * @param {string} server path of redis-server or valkey-server.
 * @param {{ folder: string, port: number, password: string, durable: boolean, logPath: string, spawned: (child: import('node:child_process').ChildProcess) => unknown }} how
 * @returns {Promise<void>} when it answers.
 */
export async function startRedis(server, { folder, port, password, durable, logPath, spawned }) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const configuration = configurationPath(folder);
  const settings = [
    'bind 127.0.0.1',
    `port ${port}`,
    // In a file and not on the command line, which every user of the machine can read.
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    `appendonly ${durable ? 'yes' : 'no'}`,
    'save ""',
  ];
  writeFileSync(configuration, `${settings.join('\n')}\n`, { mode: 0o600 });
  const log = openLog(logPath);
  const child = spawn(server, [configuration], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
  });
  log.close();
  spawned(child);
  const failed = once(child, 'error').then(([error]) => {
    throw new Fault(`Redis could not be started: ${/** @type {Error} */ (error).message}`);
  });
  await Promise.race([failed, untilReady(child, redisUrl({ port, password }), () => log.sinceOpened())]);
}

/** @param {string} dataFolder */
export function redisFolder(dataFolder) {
  return join(dataFolder, 'redis');
}

/**
 * The address of the Redis that was last started in a folder.
 * @param {string} folder
 */
export function startedRedisUrl(folder) {
  const configuration = readFileSync(configurationPath(folder), 'utf8');
  const [, port] = /^port (\d+)$/m.exec(configuration) ?? [];
  const [, password = ''] = /^requirepass (\S+)$/m.exec(configuration) ?? [];
  return redisUrl({ port: Number(port), password });
}

/** @param {string} folder */
function configurationPath(folder) {
  return join(folder, 'redis.conf');
}

/** @param {{ port: number, password: string }} address */
export function redisUrl({ port, password }) {
  return `redis://:${password}@127.0.0.1:${port}`;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} url
 * @param {() => string} output
 */
async function untilReady(child, url, output) {
  const deadline = Date.now() + MAX_START_MS;
  while (!(await redisAnswers(url))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Fault(`Redis ended while starting:\n${output() || '(it wrote nothing)'}`);
    }
    if (Date.now() > deadline) throw new Fault(`Redis took longer than ${MAX_START_MS / 1000} s to start.`);
    await pause(20);
  }
}
