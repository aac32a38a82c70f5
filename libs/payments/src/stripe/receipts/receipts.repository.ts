import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface DueReceipt {
  readonly payment_intent: string;
  /** Stripe has had 30 days to create it. */
  readonly is_overdue: boolean;
}

/** Stripe charges whose receipt is still missing. A stored receipt is never replaced. */
@Injectable()
export class ReceiptsRepository {
  /**
   * Takes due charges and moves their next check forward by as long as they have waited so far. Stripe has the receipt
   * as soon as the money is taken, so only an outage or a key without the permission delays it.
   */
  async takeDue(manager: EntityManager, limit: number): Promise<DueReceipt[]> {
    const [rows] = await manager.query<[DueReceipt[], number]>(
      `UPDATE charges SET receipt_due_at = now() + greatest(interval '1 minute', now() - recorded_at)
       WHERE id IN (SELECT id FROM charges WHERE receipt_due_at <= now()
                    ORDER BY receipt_due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING transaction_id AS payment_intent, recorded_at < now() - interval '30 days' AS is_overdue`,
      [limit],
    );
    return rows;
  }

  async set(manager: EntityManager, payment_intent: string, receipt_url: string): Promise<void> {
    await manager.query(
      `UPDATE charges SET receipt_url = $2, receipt_due_at = NULL
       WHERE payment_method = 'stripe' AND transaction_id = $1 AND transfer_id IS NULL AND receipt_url IS NULL`,
      [payment_intent, receipt_url],
    );
  }

  async giveUp(manager: EntityManager, payment_intent: string): Promise<void> {
    await manager.query(
      `UPDATE charges SET receipt_due_at = NULL WHERE payment_method = 'stripe' AND transaction_id = $1`,
      [payment_intent],
    );
  }
}
