import type { EntityManager } from 'typeorm';

/** Events in the inbox that wait for money: implemented by whoever stores the events. */
export abstract class EventRequeue {
  /**
   * Something has changed about this money (it was booked, a refund of it was answered, a dispute was won): events about its
   * refunds and disputes that were postponed or given up are tried again now. In the transaction that makes the change.
   * @param of.payment_id also refund events of this payment that were quarantined, for they may have room now
   */
  abstract requeue(tx: EntityManager, of: { payment_intent: string; payment_id?: number }): Promise<void>;
}
