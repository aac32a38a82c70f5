import type { PaymentClientError } from '#payment-client';
import type { Failed, Step, TimelineEntry, Verdict } from './wire.js';

/** What is known of one attack; the next run of it begins anew. */
export interface Run {
  readonly state: 'preparing' | 'running' | 'ended';
  readonly servers: number;
  readonly steps: readonly Step[];
  readonly verdict?: Verdict;
  readonly failed?: Failed;
  readonly error?: PaymentClientError;
  /** What the server itself has written down of the payment. */
  readonly timeline?: readonly TimelineEntry[];
}
