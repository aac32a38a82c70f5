import process from 'node:process';
import { showFault, say } from '../say.mjs';
import { watchNpm } from './watch-npm.mjs';

/** One Ctrl-C arrives twice under npm (from the terminal and handed on by npm); a person's second one comes later. */
const SECOND_CTRL_C_AFTER_MS = 700;

/** Everything that ends us is bounded by itself; this is for what we have not thought of. */
const MAX_END_MS = 90_000;

/**
 * @typedef {(how: { hurry: AbortSignal }) => Promise<void> | void} Undo
 */

/**
 * Ends a run in order, whatever ends it: its own end, a fault, a signal, or the death of npm. What was begun is undone
 * in reverse. A second Ctrl-C sets `hurry`.
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
    // A fault of ours in some event must not skip what follows.
    process.on('uncaughtException', (error) => void this.end(1, error));
    watchNpm(() => this.#asked('SIGTERM'));
  }

  /** @param {Undo} undo is called once, when everything begun after it is undone. */
  begun(undo) {
    this.#undos.push(undo);
  }

  /**
   * Waits for a step of the run; once the end has begun, never goes on.
   * @template Result
   * @param {Promise<Result>} step
   * @returns {Promise<Result>}
   */
  async unlessEnding(step) {
    try {
      const result = await step;
      return this.#ending ? await this.#ending : result;
    } catch (error) {
      // What fails now fails because we are ending.
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
