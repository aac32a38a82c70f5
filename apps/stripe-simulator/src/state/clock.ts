import type { Store } from './store.js';

/**
 * The simulated time: the machine's time plus the start offset plus all advances. Stored, so that a restart does not
 * turn it back.
 */
export class Clock {
  readonly #store: Store;
  readonly #start_offset_ms: number;

  /** @param start_offset_ms of a simulator that holds nothing yet, and after a reset; negative: behind the machine. */
  constructor(store: Store, start_offset_ms: number) {
    this.#store = store;
    const kept = store.settings.get('clock');
    // Earlier events keep the time of the earlier clock.
    const fresh = !kept && store.sessions.all().length === 0 && store.payment_intents.all().length === 0;
    this.#start_offset_ms = fresh ? start_offset_ms : (kept?.started_at_ms ?? 0);
    if (fresh && start_offset_ms !== 0) this.#put(start_offset_ms, start_offset_ms);
  }

  now_ms(): number {
    return Date.now() + this.#offsets().offset_ms;
  }

  /** As Stripe writes times: whole seconds since 1970. */
  now(): number {
    return Math.floor(this.now_ms() / 1_000);
  }

  /**
   * The time that webhooks are signed at, in seconds: Stripe signs with its own clock, and receivers compare that with
   * theirs. A clock that was started apart from the machine's is really apart; one moved ahead later stands for time that
   * a test does not wait for, which no receiver's clock has taken part in.
   */
  signing_time(): number {
    const { offset_ms, started_at_ms } = this.#offsets();
    return Math.floor((Date.now() + Math.min(offset_ms, Math.max(0, started_at_ms))) / 1_000);
  }

  /** @throws RangeError if time would go backwards. */
  advance(ms: number): void {
    if (ms < 0) throw new RangeError('The clock only moves forward.');
    const { offset_ms, started_at_ms } = this.#offsets();
    this.#put(offset_ms + ms, started_at_ms);
  }

  #put(offset_ms: number, started_at_ms: number): void {
    this.#store.settings.put({ id: 'clock', offset_ms, started_at_ms });
  }

  #offsets(): { offset_ms: number; started_at_ms: number } {
    const kept = this.#store.settings.get('clock');
    if (!kept) return { offset_ms: this.#start_offset_ms, started_at_ms: this.#start_offset_ms };
    return { offset_ms: kept.offset_ms ?? 0, started_at_ms: kept.started_at_ms ?? 0 };
  }
}
