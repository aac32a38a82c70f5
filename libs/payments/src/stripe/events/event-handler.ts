import type { StripeEvent } from '#stripe';
import type { EntityManager } from 'typeorm';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import type { EventResult } from '../inbox/event-processor.js';

/**
 * The payment that an event is about, and the lock key: the payment's own. For a session from before purchase ids it is the
 * session's, and only the payment's row lock keeps other writers away.
 */
export interface LocatedPayment {
  readonly payment_id: number;
  readonly lock_key: string;
}

export interface AppliedEvent {
  readonly result: EventResult;
  /** Runs once the transaction is committed, while the payment's lock is still held. */
  readonly afterCommit?: () => Promise<void>;
}

/** How events of one subject are processed: `locate`, take the lock, `read`, and `apply` in one transaction. */
export interface EventHandler<Read = unknown> {
  /** @returns undefined when the event is not about anything of ours @throws EventNotReadyError, StripeUnavailable */
  locate(event: StripeEvent): Promise<LocatedPayment | undefined>;

  /**
   * Reads from Stripe what the event alone does not prove. The lock is held and no transaction is open. @throws
   * StripeUnavailable
   */
  read(event: StripeEvent, payment_id: number): Promise<Read>;

  /** @throws EventNotReadyError */
  apply(tx: EntityManager, payment_id: number, read: Read, auditBuffer: AuditBuffer): Promise<AppliedEvent>;
}
