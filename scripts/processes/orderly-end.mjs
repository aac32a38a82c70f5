import process from 'node:process';
import { showFault, say } from '../say.mjs';
import { watchNpm } from './watch-npm.mjs';

/** Under npm one Ctrl-C arrives twice (from the terminal and forwarded by npm); a second Ctrl-C comes later. */
const SECOND_CTRL_C_AFTER_MS = 700;

/** Every step of the shutdown has its own limit; this one is a fallback. */
const MAX_END_MS = 90_000;

/**
 * @typedef {(how: { hurry: AbortSignal }) => Promise<void> | void} Undo
 */

/**
 * Shuts a run down in order, whatever ends it: its own end, a fault, a signal, or the end of npm. Steps are undone in
 * reverse. A second Ctrl-C sets `hurry`.
 */
export class OrderlyEnd {
  /** @type {Undo[]} */
  #undos = [];
  #hurry = new AbortController();
  /** @type {Promise<never> | undefined} */
  #ending;
  #askedAt = 0;
  #onSignal;

  /**
   * @param {{ onSignal: { say: string, codes: Partial<Record<NodeJS.Signals, number>> } }} how the exit code of each
   *   signal, 0 if not named.
   */
  constructor({ onSignal }) {
    this.#onSignal = onSignal;
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(signal, () => this.#asked(signal));
    // An error in an event handler must not skip the shutdown.
    process.on('uncaughtException', (error) => void this.end(1, error));
    watchNpm(() => this.#asked('SIGTERM'));
  }

  /** @param {Undo} undo is called once, when everything begun after it is undone. */
  begun(undo) {
    this.#undos.push(undo);
  }

  /**
   * Waits for a step of the run; never resolves once the shutdown has begun.
   * @template Result
   * @param {Promise<Result>} step
   * @returns {Promise<Result>}
   */
  async unlessEnding(step) {
    try {
      const result = await step;
      return this.#ending ? await this.#ending : result;
    } catch (error) {
      // A failure during the shutdown is a consequence of it.
      if (this.#ending) return this.#ending;
      throw error;
    }
  }

  /**
   * @param {number} code
   * @param {unknown} [fault] shown first.
   * @returns {Promise<never>}
   */
  end(code, fault) {
    if (!this.#ending && fault !== undefined) showFault(fault);
    this.#ending ??= this.#endAll(code);
    return this.#ending;
  }

  /** @param {'SIGINT' | 'SIGTERM' | 'SIGHUP'} signal */
  #asked(signal) {
    if (this.#askedAt === 0) {
      this.#askedAt = Date.now();
      if (!this.#ending) say(this.#onSignal.say);
      void this.end(this.#onSignal.codes[signal] ?? 0);
    } else if (signal === 'SIGINT' && Date.now() - this.#askedAt > SECOND_CTRL_C_AFTER_MS) {
      this.#hurry.abort();
    }
  }

  /** @param {number} code */
  async #endAll(code) {
    setTimeout(() => process.exit(code || 1), MAX_END_MS);
    for (const undo of this.#undos.reverse()) {
      try {
        await undo({ hurry: this.#hurry.signal });
      } catch (error) {
        showFault(error);
        code ||= 1;
      }
    }
    return process.exit(code);
  }
}
