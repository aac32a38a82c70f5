import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { endProcess, gone } from '../processes/end.mjs';
import { identify, isRunning, readIdentity } from '../processes/identity.mjs';

/** A guardian whose parent was killed stops its servers in this time, unless it hangs. */
const GUARDIAN_ENDS_MS = 20_000;

/**
 * The processes of a stack, recorded as they start, so that the next run can find and end them after a SIGKILL.
 * @typedef {Record<string, import('../processes/identity.mjs').Identity>} Records
 */

/** @param {string} dataFolder */
export function recordsPath(dataFolder) {
  return join(dataFolder, 'processes.json');
}

/** Writes down one process after another; to be used by the guardian alone. */
export class RecordKeeper {
  /** @type {Records} */
  #records = {};
  #path;
  #dataFolder;

  /** @param {string} dataFolder */
  constructor(dataFolder) {
    this.#dataFolder = dataFolder;
    this.#path = recordsPath(dataFolder);
  }

  /**
   * @param {string} name the latest of this name replaces the one before.
   * @param {number | undefined} pid
   */
  add(name, pid) {
    const identity = identify(pid);
    if (!identity || this.#isAnothers()) return;
    this.#records[name] = identity;
    writeFileSync(`${this.#path}.draft`, JSON.stringify(this.#records), { mode: 0o600 });
    renameSync(`${this.#path}.draft`, this.#path);
  }

  clear() {
    this.#records = {};
    if (!this.#isAnothers()) rmSync(this.#path, { force: true });
  }

  /** The folder was deleted, and another guardian uses a new one. */
  #isAnothers() {
    const { guardian } = readRecords(this.#dataFolder);
    return guardian?.pid !== process.pid && isRunning(guardian);
  }
}

/**
 * Ends processes that an earlier run has left. Call it with the folder's lock held, so that no running stack is
 * affected.
 * @param {string} dataFolder
 * @param {{ of?: import('../processes/identity.mjs').Identity | undefined }} [whose] only those of this guardian.
 * @returns {Promise<string[]>} the names of what had to be ended.
 */
export async function endLeftovers(dataFolder, { of } = {}) {
  const { guardian, ...others } = readRecords(dataFolder);
  if (of && guardian && (guardian.pid !== of.pid || guardian.started !== of.started)) return [];
  // Its parent is gone, so it is stopping right now; killing it would only leave us its work.
  if (guardian && !(await gone(guardian, GUARDIAN_ENDS_MS))) await endProcess(guardian, { graceMs: 2_000 });
  const ended = [];
  // Those who use the servers first, the servers after them.
  const order = Object.keys(others).sort((a, b) => Number(isServer(a)) - Number(isServer(b)));
  for (const name of order) {
    const identity = others[name];
    if (!identity || (await gone(identity, 0))) continue;
    ended.push(name);
    await endProcess(identity, { signal: name === 'postgres' ? 'SIGINT' : 'SIGTERM', graceMs: 10_000 });
  }
  rmSync(recordsPath(dataFolder), { force: true });
  return ended;
}

/**
 * @param {string} dataFolder
 * @param {string} name
 * @returns {boolean} whether a process that was written down under this name still runs.
 */
export function isRecordedRunning(dataFolder, name) {
  return isRunning(readRecords(dataFolder)[name]);
}

/** @param {string} name */
function isServer(name) {
  return name === 'postgres' || name === 'redis';
}

/**
 * @param {string} dataFolder
 * @returns {Records}
 */
function readRecords(dataFolder) {
  try {
    const read = /** @type {Record<string, unknown>} */ (JSON.parse(readFileSync(recordsPath(dataFolder), 'utf8')));
    /** @type {Records} */
    const records = {};
    for (const [name, value] of Object.entries(read)) {
      const identity = readIdentity(value);
      if (identity) records[name] = identity;
    }
    return records;
  } catch {
    return {};
  }
}
