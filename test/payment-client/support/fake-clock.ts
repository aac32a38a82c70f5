import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '#payment-client';

/** Time that passes only when a test says so, or when nothing else is left to happen. */
export class FakeClock implements Clock {
  private time_ms = Date.parse('2026-01-15T10:00:00Z');
  private readonly timers = new Map<symbol, { at_ms: number; run: () => void }>();

  now(): number {
    return this.time_ms;
  }

  after(ms: number, run: () => void): () => void {
    const id = Symbol();
    this.timers.set(id, { at_ms: this.time_ms + ms, run });
    return () => this.timers.delete(id);
  }

  get waiting(): number {
    return this.timers.size;
  }

  /** All timers of the next `ms`, in order, with time for what each sets off. */
  async pass(ms: number): Promise<void> {
    const end_ms = this.time_ms + ms;
    await settle();
    for (let next = this.next(); next && next.at_ms <= end_ms; next = this.next()) await this.fire(next);
    this.time_ms = end_ms;
    await settle();
  }

  /** Until the promise has ended, jumps from timer to timer. For worlds without real I/O. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let over = false;
    const end = () => (over = true);
    promise.then(end, end);
    for (let steps = 0; ; steps++) {
      await settle();
      if (over) return promise;
      const next = this.next();
      if (!next || steps > 1_000) throw new Error(`Nothing is left to happen after ${steps} steps`);
      await this.fire(next);
    }
  }

  private next() {
    const [first] = [...this.timers].sort(([, a], [, b]) => a.at_ms - b.at_ms);
    return first && { id: first[0], ...first[1] };
  }

  private async fire({ id, at_ms, run }: { id: symbol; at_ms: number; run: () => void }): Promise<void> {
    this.timers.delete(id);
    this.time_ms = Math.max(this.time_ms, at_ms);
    run();
    await settle();
  }
}

/** Lets everything happen that needs no time: promises, and messages between fakes. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 8; i++) await turn();
}
