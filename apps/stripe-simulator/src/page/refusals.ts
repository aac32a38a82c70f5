import { newId } from '../state/ids.js';
import type { Filled, Wrong } from './read-card.js';

/** Errors and typed values of a refused form. */
export interface Refusal {
  readonly session: string;
  readonly filled: Filled;
  readonly wrong: Wrong;
}

/** Enough for the customers who use the page at the same time. */
const MAX_LENGTH = 1_000;

/**
 * A refused form is answered with a redirect to the page, which then shows the errors, so that going back or reloading
 * sends nothing again. Typed values stay here and are not in the URL. Lost at a restart.
 */
export class Refusals {
  readonly #kept = new Map<string, Refusal>();

  /** @returns the token for the URL. */
  keep(refusal: Refusal): string {
    const word = newId('try');
    this.#kept.set(word, refusal);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > MAX_LENGTH) this.#kept.delete(oldest);
    return word;
  }

  of(session: string, word: unknown): Refusal | undefined {
    const kept = typeof word === 'string' ? this.#kept.get(word) : undefined;
    return kept?.session === session ? kept : undefined;
  }
}
