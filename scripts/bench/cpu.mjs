import { readFileSync } from 'node:fs';
import { childrenOf } from '../prove/parts/part.mjs';

/** Linux counts CPU time of processes in hundredths of a second (USER_HZ, see time(7)). */
const MS_PER_TICK = 10;

/**
 * CPU time that these processes and their children have used so far, those that have ended included.
 * @param {readonly (number | undefined)[]} pids
 * @returns {number} ms
 */
export function cpuMsOf(pids) {
  return pids.filter((pid) => pid !== undefined).reduce((sum, pid) => sum + familyTicks(pid) * MS_PER_TICK, 0);
}

/** @param {number} pid */
function familyTicks(pid) {
  const own = timesOf(pid);
  const children = childrenOf(pid).map((child) => timesOf(child).own);
  return own.own + own.endedChildren + children.reduce((sum, ticks) => sum + ticks, 0);
}

/**
 * utime, stime, cutime and cstime of proc_pid_stat(5): the 14th to the 17th field.
 * @param {number} pid
 */
function timesOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(') ') + 2).split(' ');
    const at = (/** @type {number} */ n) => Number(fields[n - 3]);
    return { own: at(14) + at(15), endedChildren: at(16) + at(17) };
  } catch {
    // It ended in between; its parent has its times.
    return { own: 0, endedChildren: 0 };
  }
}
/**
 * @param {number | undefined} pid
 * @returns {number} resident memory in MB (10⁶ bytes)
 */
export function memoryMbOf(pid) {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kib) * 1_024) / 1e6;
}
