import { eventually } from '../../support/eventually.js';
import type { TestSimulator } from '../../support/simulator.js';

export interface Held {
  readonly id: number;
  readonly path: string;
  readonly when: 'before' | 'after';
  readonly idempotency_key: string | null;
  readonly object: string | null;
}

/** Waits until that many calls stand at the barrier. */
export async function held(simulator: TestSimulator, count: number): Promise<Held[]> {
  return eventually(async () => {
    const { held: waiting } = await simulator.sim<{ held: Held[] }>('faults');
    return waiting.length >= count && waiting;
  }, `${count} calls stand at the barrier`);
}
