import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Every living process that has to do with a folder: on its command line, in its environment or as its working folder. */
export function processesOf(folder: string): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => !isZombie(pid))
    .filter((pid) =>
      [look(pid, 'cmdline'), look(pid, 'environ'), workingFolder(pid)].some((text) => text.includes(folder)),
    )
    .map((pid) => ({ pid: Number(pid), command: look(pid, 'cmdline').replaceAll('\0', ' ') }));
}

/** The folder's name is random, so a process that has it was started by this test. */
export function endProcessesOf(folder: string): void {
  for (const { pid } of processesOf(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
}

/** Ended, its parent just has not asked how. */
function isZombie(pid: string): boolean {
  return /^State:\s+Z/m.test(look(pid, 'status'));
}

function look(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}

function workingFolder(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}
