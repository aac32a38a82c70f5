/**
 * A sequence of random numbers that a seed repeats (mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c).
 */
export class Random {
  #state;

  /** @param {number} seed a 32-bit integer */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** @param {number} probability */
  chance(probability) {
    return this.next() < probability;
  }

  /**
   * A whole number, both bounds included.
   * @param {number} min
   * @param {number} max
   */
  between(min, max) {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /**
   * @template Item
   * @param {readonly Item[]} items at least one
   * @returns {Item}
   */
  pick(items) {
    return /** @type {Item} */ (items[Math.floor(this.next() * items.length)]);
  }

  /** A sequence of its own, so that one part's use of numbers does not change another's. */
  fork() {
    return new Random(Math.floor(this.next() * 4_294_967_296));
  }
}
