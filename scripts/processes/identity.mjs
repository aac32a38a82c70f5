import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

/**
 * Identifies a process. A pid alone is reused within a day, so the process must also have started at the same tick of
 * the same boot. Neither changes when a process renames itself (redis-server does) or is replaced by exec.
 * @typedef {{ pid: number, started: string }} Identity
 */

/**
 * @param {number | undefined} pid
 * @returns {Identity | undefined} undefined when no such process runs; a zombie does not run.
 */
export function identify(pid) {
  if (!pid || !Number.isInteger(pid) || pid < 2) return undefined;
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedElsewhere(pid);
  return started === undefined ? undefined : { pid, started };
}

/**
 * @param {Identity | undefined} identity
 * @returns {identity is Identity}
 */
export function isRunning(identity) {
  return identity !== undefined && identify(identity.pid)?.started === identity.started;
}

/**
 * @param {unknown} value what was read from a file that anybody may have edited.
 * @returns {Identity | undefined}
 */
export function readIdentity(value) {
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('started' in value)) return undefined;
  const { pid, started } = value;
  return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
}

/** @param {number} pid */
function startedOnLinux(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc_pid_stat(5): the name in parentheses may contain anything, so count from the last one. Field 3 is the
    // state, 22 the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ended = fields[0] === 'Z' || fields[0] === 'X';
    return ended ? undefined : `${fields[19]}@${bootId()}`;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function startedElsewhere(pid) {
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

/** @type {string | undefined} */
let boot;

function bootId() {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return boot;
}
