import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Word of refunds and disputes that came before the money it is about was booked. */
@Injectable()
export class WaitingNews {
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
