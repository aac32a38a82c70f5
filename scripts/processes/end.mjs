import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning } from './identity.mjs';

/** How often we check whether a process has ended; checking more often would only use CPU time. */
const LOOK_EVERY_MS = 25;

/** After SIGKILL a process that outlives this hangs in a system call, and we leave it. */
const AFTER_KILL_MS = 5_000;

/**
 * Asks a process to end, waits, and then kills it.
 * @param {import('./identity.mjs').Identity | undefined} identity
 * @param {{ signal?: NodeJS.Signals, graceMs: number, hurry?: AbortSignal | undefined, group?: boolean }} how `hurry`
 * cuts
 * the grace short; `group`: it leads a process group, whose others end with it.
 * @returns {Promise<boolean>} whether it is gone.
 */
export async function endProcess(identity, { signal = 'SIGTERM', graceMs, hurry, group = false }) {
  if (!isRunning(identity)) return true;
  const target = group ? -identity.pid : identity.pid;
  send(target, signal);
  const ended = await gone(identity, graceMs, hurry);
  if (!ended || group) send(target, 'SIGKILL');
  return gone(identity, AFTER_KILL_MS);
}

/**
 * @param {import('./identity.mjs').Identity} identity
 * @param {number} withinMs
 * @param {AbortSignal} [hurry]
 */
export async function gone(identity, withinMs, hurry) {
  const deadline = Date.now() + withinMs;
  while (isRunning(identity)) {
    if (Date.now() >= deadline || hurry?.aborted) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}

/**
 * @param {number} target a pid, or a group's as a negative number.
 * @param {NodeJS.Signals} signal
 */
function send(target, signal) {
  try {
    process.kill(target, signal);
  } catch {
    // It ended in between, or belongs to another user; the wait below distinguishes the two.
  }
}
