import type { StripeEvent } from '#stripe';
import type { EntityManager } from 'typeorm';

/** What became of an event. Everything else is a failure, to be tried again. */
export interface Heard {
  /** `applied` also when it told us nothing new. `foreign`: not about anything of ours. `quarantined`: for staff to decide. */
  readonly verdict: 'applied' | 'ignored' | 'foreign' | 'quarantined';
  readonly payment_id: number | null;
  /** For staff: why. */
  readonly note?: string;
}

export interface Hearing {
  readonly lane: 'webhook' | 'worker';
  readonly request_id: string | null;
  /** How long to wait for the locks of what the event is about. */
  readonly waitMs: number;
  /** Writes the verdict down, in the very transaction that applies the event where there is one. */
  readonly remember: (tx: EntityManager, heard: Heard) => Promise<void>;
}

/**
 * Stripe tells us something about a session, a refund or a dispute. Safe to tell twice, at once, and in any order.
 */
export abstract class HearStripe {
  /** @throws what makes it worth another try: LockTimeout, StripeUnavailable, a failure of the database, NotYet. */
  abstract hear(event: StripeEvent, hearing: Hearing): Promise<Heard>;
}

/** It cannot be applied yet: something of ours is under way whose answer it must wait for. */
export class NotYet extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'NotYet';
  }
}
