import type { PaymentClientError } from '#payment-client';
import type { Failed, Step, TimelineEntry, Verdict } from './wire.js';

/** The state of one attack; its next run replaces it. */
export interface Run {
  readonly state: 'preparing' | 'running' | 'ended';
  readonly servers: number;
  readonly steps: readonly Step[];
  readonly verdict?: Verdict;
  readonly failed?: Failed;
  readonly error?: PaymentClientError;
  /** The payment's timeline. */
  readonly timeline?: readonly TimelineEntry[];
}
