import { setTimeout as pause } from 'node:timers/promises';
import { endProcess } from './end.mjs';
import { identify } from './identity.mjs';

/** A process that dies this often in this time would die again; restarting it without end would hide that. */
const MAX_DEATHS = 5;
const WITHIN_MS = 60_000;

const INITIAL_PAUSE_MS = 200;

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 *
 * @typedef {object} Keeping
 * @property {(spawned: (child: ChildProcess) => ChildProcess) => Promise<void>} launch starts the process, hands it to
 *   `spawned` at once, and resolves when it is ready. Rejects if it never was.
 * @property {(how: string) => void} [onDeath] it ended though nobody asked; `how` says with what. It will be started again.
 * @property {(how: string) => void} onGiveUp it ended too often, or could not be started again.
 */

/** Keeps one process running: restarts it when it dies, after pauses that double, up to five times in a minute. */
export class KeptProcess {
  /** @type {ChildProcess | undefined} */
  #child;
  #stopping = false;
  /** @type {number[]} */
  #deaths = [];
  /** @type {Keeping} */
  #keeping;

  /** @param {Keeping} keeping */
  constructor(keeping) {
    this.#keeping = keeping;
  }

  get pid() {
    return this.#child?.pid;
  }

  /** The first start; the caller reports a failure. */
  async start() {
    let ready = false;
    await this.#keeping.launch((child) => {
      this.#child = child;
      child.once('exit', (code, signal) => {
        if (ready) void this.#died(code === null ? `signal ${signal}` : `exit code ${code}`);
      });
      return child;
    });
    ready = true;
    const { exitCode, signalCode } = /** @type {ChildProcess} */ (/** @type {unknown} */ (this.#child));
    if (exitCode !== null || signalCode !== null)
      void this.#died(signalCode ? `signal ${signalCode}` : `exit code ${exitCode}`);
  }

  /** @param {{ signal?: NodeJS.Signals, graceMs: number, hurry?: AbortSignal | undefined }} how */
  async stop(how) {
    this.#stopping = true;
    await endProcess(identify(this.#child?.pid), how);
  }

  /** @param {string} how */
  async #died(how) {
    if (this.#stopping) return;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => at > now - WITHIN_MS), now];
    if (this.#deaths.length > MAX_DEATHS) return this.#keeping.onGiveUp(how);
    this.#keeping.onDeath?.(how);
    await pause(INITIAL_PAUSE_MS * 2 ** (this.#deaths.length - 1));
    if (this.#stopping) return;
    try {
      await this.start();
    } catch (error) {
      await this.#died(error instanceof Error ? error.message : String(error));
    }
  }
}
