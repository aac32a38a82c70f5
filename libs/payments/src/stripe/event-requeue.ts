import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Events about refunds and disputes that could not be applied when they came. */
@Injectable()
export class WaitingNews {
  /**
   * Something has changed about this money (it was booked, a refund of it was answered, a dispute was won): what waited,
   * was given up, or found no room beside it is tried again now. In the transaction that makes the change.
   */
  async requeue(tx: EntityManager, about: { payment_intent: string; payment_id: number }): Promise<void> {
    await this.wake(tx, about.payment_intent);
    await tx.query(
      `UPDATE webhook_events SET status = 'pending', settled_at = NULL, tries = 0, failures = 0, fence = fence + 1,
                                 next_try_at = now()
       WHERE payment_id = $1 AND status = 'quarantined' AND type LIKE 'refund.%'`,
      [about.payment_id],
    );
  }

  /** The money is booked: what was tried in vain, or given up to staff, is tried again now. */
  async wake(tx: EntityManager, payment_intent: string): Promise<void> {
    await tx.query(
      // A row that a process of an earlier version has stored names no payment intent: its payload is searched.
      `UPDATE webhook_events SET status = 'pending', settled_at = NULL, tries = 0, failures = 0, fence = fence + 1,
                                 next_try_at = now()
       WHERE status IN ('pending', 'dead') AND tries > 0 AND (type LIKE 'refund.%' OR type LIKE 'charge.dispute.%')
         AND (payment_intent = $1 OR (payment_intent IS NULL AND position($1 IN payload) > 0))`,
      [payment_intent],
    );
  }
}
