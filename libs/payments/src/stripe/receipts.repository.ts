import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Charges of Stripe's whose receipt is still to be asked for. A receipt that is there is never replaced. */
@Injectable()
export class ReceiptsRepository {
  async isDue(manager: EntityManager, payment_intent: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `SELECT 1 FROM charges WHERE payment_method = 'stripe' AND transaction_id = $1 AND receipt_due_at IS NOT NULL`,
      [payment_intent],
    );
    return rows.length > 0;
  }

  /**
   * Taken by moving its next look: after as long again as it has been waiting, for a day. Stripe has the receipt as soon as
   * the money is taken, so that only an outage makes it wait.
   * @returns payment intents
   */
  async takeDue(manager: EntityManager, most: number): Promise<string[]> {
    const [rows] = await manager.query<[{ transaction_id: string }[], number]>(
      `UPDATE charges SET receipt_due_at = CASE WHEN recorded_at > now() - interval '1 day'
                                                THEN now() + greatest(interval '1 minute', now() - recorded_at) END
       WHERE id IN (SELECT id FROM charges WHERE receipt_due_at <= now()
                    ORDER BY receipt_due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING transaction_id`,
      [most],
    );
    return rows.map(({ transaction_id }) => transaction_id);
  }

  async set(manager: EntityManager, payment_intent: string, receipt_url: string): Promise<void> {
    await manager.query(
      `UPDATE charges SET receipt_url = $2, receipt_due_at = NULL
       WHERE payment_method = 'stripe' AND transaction_id = $1 AND receipt_url IS NULL`,
      [payment_intent, receipt_url],
    );
  }
}
