import { amount, type Holds, id, shape, time } from '#answers';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { PaymentMethod } from './payment-methods.js';

/** Money that arrived for a payment and does not match its amount or currency; staff review it. Minor units. */
export const UnmatchedMoney = shape('UnmatchedMoney', {
  charge_id: id,
  amount_received: amount,
  amount_returned: amount,
  currency: z.string(),
  received_at: time,
});
export type UnmatchedMoney = Holds<typeof UnmatchedMoney>;

/** Quarantined money that its provider is asked about again. */
export interface ChargeToReview {
  readonly id: number;
  readonly payment_id: number;
  readonly transaction_id: string;
  /** It was refunded, or to be, before. */
  readonly had_refunds: boolean;
}

/** Charges that wait for a decision, and the ways out of that. */
@Injectable()
export class QuarantineRepository {
  /** Money that could not be refunded automatically waits for staff. */
  async add(tx: EntityManager, id: number): Promise<void> {
    await tx.query(`UPDATE charges SET disposition = 'quarantined' WHERE id = $1`, [id]);
  }

  /**
   * Quarantined money of one method that is due for another look, taken by moving its next one: sooner at first, once a day
   * in the end.
   */
  async takeToReview(manager: EntityManager, payment_method: PaymentMethod, limit: number): Promise<ChargeToReview[]> {
    const [rows] = await manager.query<[ChargeToReview[], number]>(
      `UPDATE charges SET reviews = reviews + 1, review_at = now() + least(power(2, least(reviews, 5)), 24) * interval '1 hour'
       WHERE id IN (
         SELECT id FROM charges
         WHERE disposition = 'quarantined' AND payment_method = $2 AND payment_id IS NOT NULL AND review_at <= now()
         ORDER BY review_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, payment_id, transaction_id,
                 EXISTS (SELECT 1 FROM refunds r WHERE r.charge_id = charges.id) AS had_refunds`,
      [limit, payment_method],
    );
    return rows;
  }

  /** Quarantined money of which nothing is left, so that no decision is needed. */
  async releaseReturned(tx: EntityManager, id: number): Promise<void> {
    await tx.query(
      `UPDATE charges SET disposition = 'returned'
       WHERE id = $1 AND disposition = 'quarantined' AND amount_returned = amount_received`,
      [id],
    );
  }

  /** Staff settled it outside of Payonce. */
  async settleElsewhere(tx: EntityManager, id: number): Promise<void> {
    await tx.query(`UPDATE charges SET disposition = 'settled_elsewhere' WHERE id = $1`, [id]);
  }

  /** Quarantined money matches after all, in the terms its provider's API states for it. */
  async accept(
    tx: EntityManager,
    id: number,
    terms: { amount_received: number; currency: string; received_at: Date; receipt_url: string | null },
  ): Promise<void> {
    await tx.query(
      `UPDATE charges SET disposition = 'accepted', amount_received = $2, currency = $3, received_at = $4,
              receipt_url = coalesce(receipt_url, $5),
              receipt_due_at = CASE WHEN coalesce(receipt_url, $5) IS NULL THEN receipt_due_at END
       WHERE id = $1`,
      [id, terms.amount_received, terms.currency, terms.received_at, terms.receipt_url],
    );
  }

  /** Money that arrived for this payment and waits for staff, since its amount or currency does not match. */
  async findUnmatched(manager: EntityManager, payment_id: number): Promise<UnmatchedMoney | null> {
    const [unmatched] = await manager.query<UnmatchedMoney[]>(
      `SELECT c.id AS charge_id, c.amount_received, c.amount_returned, c.currency, c.received_at
       FROM charges c JOIN payments p ON p.id = c.payment_id
       WHERE c.payment_id = $1 AND c.disposition = 'quarantined'
         AND (c.amount_received, c.currency) <> (p.amount, p.currency) ORDER BY c.id LIMIT 1`,
      [payment_id],
    );
    return unmatched ?? null;
  }
}
