import type { PaymentClientError } from '#payment-client';
import type { Failed, Half, Step, TimelineEntry, Verdict } from './wire.js';

/** One half of an attack: without guards, or with them. */
export interface HalfRun {
  readonly steps: readonly Step[];
  readonly verdict?: Verdict;
  readonly failed?: Failed;
}

/** The state of one attack; its next run replaces it. */
export interface Run {
  readonly state: 'preparing' | 'running' | 'ended';
  /** The half that runs, or ran last. */
  readonly half: Half;
  readonly servers: number;
  readonly halves: Readonly<Record<Half, HalfRun>>;
  readonly error?: PaymentClientError;
  /** The timeline of this installation's payment. */
  readonly timeline?: readonly TimelineEntry[];
}

export const newRun: Run = {
  state: 'preparing',
  half: 'unguarded',
  servers: 0,
  halves: { unguarded: { steps: [] }, guarded: { steps: [] } },
};
