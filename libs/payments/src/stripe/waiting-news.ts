import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Word of refunds and disputes that came before the money it is about was booked. */
@Injectable()
export class WaitingNews {
  /** The money is booked: what was tried in vain, or given up to staff, is tried again now. */
  async wake(tx: EntityManager, payment_intent: string): Promise<void> {
    await tx.query(
      `UPDATE webhook_events SET status = 'pending', settled_at = NULL, tries = 0, next_try_at = now()
       WHERE status IN ('pending', 'dead') AND tries > 0 AND (type LIKE 'refund.%' OR type LIKE 'charge.dispute.%')
         AND position($1 IN payload) > 0`,
      [payment_intent],
    );
  }
}
