import { newId } from '../state/ids.js';
import type { Filled, Wrong } from './read-card.js';

/** What the page has to say to whoever was refused, and what they had typed. */
export interface Refusal {
  readonly session: string;
  readonly filled: Filled;
  readonly wrong: Wrong;
}

/** Enough for as many customers as ever stand at the page at once. */
const MAX_LENGTH = 1_000;

/**
 * A refused form is answered with a way back to the page, which then says why: a browser that goes back or loads it again
 * sends nothing a second time. What was typed stays here, out of the address. Forgotten by a restart.
 */
export class Refusals {
  readonly #kept = new Map<string, Refusal>();

  /** @returns the word that the address names it by. */
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
