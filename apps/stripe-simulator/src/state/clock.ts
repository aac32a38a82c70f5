import type { Store } from './store.js';

/** The simulated time: the machine's, moved forward as far as somebody asked. Kept, so that a restart does not turn it back. */
export class Clock {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  now_ms(): number {
    return Date.now() + this.#offset_ms();
  }

  /** As Stripe writes times: whole seconds since 1970. */
  now(): number {
    return Math.floor(this.now_ms() / 1_000);
  }

  /** @throws RangeError when that would turn time back: nothing Stripe has done is ever undone. */
  advance(ms: number): void {
    if (ms < 0) throw new RangeError('The clock only moves forward.');
    this.#store.settings.put({ id: 'clock', offset_ms: this.#offset_ms() + ms });
  }

  #offset_ms(): number {
    return this.#store.settings.get('clock')?.offset_ms ?? 0;
  }
}
