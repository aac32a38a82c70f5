import type { StripeEvent } from '#stripe';
import type { EntityManager } from 'typeorm';
import type { Trail } from '../../ledger/audit-buffer.js';
import type { EventResult } from '../inbox/event-processor.js';

/** The payment that an event is about, and the key under which both sides of it lock. */
export interface LocatedPayment {
  readonly payment_id: number;
  readonly lock_key: string;
}

export interface AppliedEvent {
  readonly result: EventResult;
  /** What only follows once the transaction is committed. The payment's lock is still held. */
  readonly afterCommit?: () => Promise<void>;
}

/** How events of one subject are processed: `locate`, lock, `read`, and `apply` in one transaction. */
export interface EventHandler<Read = unknown> {
  /** Undefined: not about anything of ours. @throws EventNotReadyError, StripeUnavailable */
  locate(event: StripeEvent): Promise<LocatedPayment | undefined>;

  /** Reads from Stripe what the event alone does not prove. The lock is held, no transaction is open. @throws StripeUnavailable */
  read(event: StripeEvent, payment_id: number): Promise<Read>;

  /** @throws EventNotReadyError */
  apply(tx: EntityManager, payment_id: number, read: Read, trail: Trail): Promise<AppliedEvent>;
}
