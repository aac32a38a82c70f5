import type { StripeEvent } from '#stripe';
import type { EntityManager } from 'typeorm';

/** How an event was processed. Anything else is a failure and is tried again. */
export interface EventResult {
  /**
   * `applied` also when the event contained nothing new. `foreign`: not about anything of ours. `quarantined`: staff
   * decide.
   */
  readonly verdict: 'applied' | 'ignored' | 'foreign' | 'quarantined';
  readonly payment_id: number | null;
  /** The reason, for staff. */
  readonly note?: string;
}

export interface EventContext {
  readonly lane: 'webhook' | 'worker';
  readonly request_id: string | null;
  /** How long to wait for the lock of the payment that the event is about. */
  readonly waitMs: number;
  /** Stores the result, in the transaction that applies the event if there is one. */
  readonly onResult: (tx: EntityManager, result: EventResult) => Promise<void>;
}

/** Processes Stripe events. The same event may be passed twice, concurrently, and in any order. */
export abstract class EventProcessor {
  /**
   * @throws errors after which the event should be tried again: LockTimeout, StripeUnavailable, a database failure,
   *   EventNotReadyError
   */
  abstract process(event: StripeEvent, context: EventContext): Promise<EventResult>;
}

/** The event cannot be applied yet: it depends on the outcome of an operation of ours that is still in progress. */
export class EventNotReadyError extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'EventNotReadyError';
  }
}
