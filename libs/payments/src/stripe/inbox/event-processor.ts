import type { StripeEvent } from '#stripe';
import type { EntityManager } from 'typeorm';

/** How an event was processed. Everything else is a failure, to be tried again. */
export interface EventResult {
  /** `applied` also when it said nothing new. `foreign`: not about anything of ours. `quarantined`: for staff to decide. */
  readonly verdict: 'applied' | 'ignored' | 'foreign' | 'quarantined';
  readonly payment_id: number | null;
  /** For staff: why. */
  readonly note?: string;
}

export interface EventContext {
  readonly lane: 'webhook' | 'worker';
  readonly request_id: string | null;
  /** How long to wait for the lock of the payment that the event is about. */
  readonly waitMs: number;
  /** Stores the result, in the very transaction that applies the event where there is one. */
  readonly onResult: (tx: EntityManager, result: EventResult) => Promise<void>;
}

/** Processes an event of Stripe's. Safe to be given the same event twice, at once, and in any order. */
export abstract class EventProcessor {
  /** @throws what makes it worth another try: LockTimeout, StripeUnavailable, a failure of the database, EventNotReadyError. */
  abstract process(event: StripeEvent, context: EventContext): Promise<EventResult>;
}

/** The event cannot be applied yet: something of ours is under way whose outcome it must wait for. */
export class EventNotReadyError extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'EventNotReadyError';
  }
}
