import type { EntityManager } from 'typeorm';

/** Requeues inbox events that wait for money. Implemented by the module that stores the events. */
export abstract class EventRequeue {
  /**
   * Something about this money has changed: it was booked, a refund of it was answered, or a dispute was won. Events
   * about its refunds and disputes that were postponed or dead are due now. Runs in the transaction that makes the
   * change.
   * @param of.payment_id also requeues quarantined refund events of this payment, because they may have room now
   */
  abstract requeue(tx: EntityManager, of: { payment_intent: string; payment_id?: number }): Promise<void>;
}
