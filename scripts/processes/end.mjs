import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning } from './identity.mjs';

/** How often we look whether a process is gone; half of it would only burn processor time. */
const LOOK_EVERY_MS = 25;

/** After SIGKILL only the kernel is busy; a process that outlives this hangs in a system call and we leave it. */
const AFTER_KILL_MS = 5_000;

/**
 * Asks a process to end, waits, and ends it by force.
 * @param {import('./identity.mjs').Identity | undefined} identity
 * @param {{ signal?: NodeJS.Signals, graceMs: number, hurry?: AbortSignal | undefined }} how `hurry` cuts the grace short.
 * @returns {Promise<boolean>} whether it is gone.
 */
export async function endProcess(identity, { signal = 'SIGTERM', graceMs, hurry }) {
  if (!isRunning(identity)) return true;
  send(identity, signal);
  if (await gone(identity, graceMs, hurry)) return true;
  send(identity, 'SIGKILL');
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
 * @param {import('./identity.mjs').Identity} identity
 * @param {NodeJS.Signals} signal
 */
function send(identity, signal) {
  try {
    process.kill(identity.pid, signal);
  } catch {
    // It ended between our look and the signal, or belongs to somebody else; the wait that follows tells which.
  }
}
