import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '#database';
import type { EntityManager } from 'typeorm';
import type { PaymentMethod } from './payment.js';

/** Money that arrived, as the provider of the method tells it. */
export interface Charge {
  readonly payment_method: PaymentMethod;
  /** Of Stripe or of a bank; confirms one payment only. */
  readonly transaction_id: string;
  /** Minor units. */
  readonly amount_received: number;
  readonly currency: string;
  readonly receipt_url: string | null;
}

@Injectable()
export class ChargesRepository {
  async insert(tx: EntityManager, payment_id: number, charge: Charge): Promise<void> {
    await tx.query(
      `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, receipt_url)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        charge.payment_method,
        charge.transaction_id,
        payment_id,
        charge.amount_received,
        charge.currency,
        charge.receipt_url,
      ],
    );
  }

  async find(manager: EntityManager, payment_id: number): Promise<Charge | null> {
    const [charge] = await manager.query<Charge[]>(
      `SELECT payment_method, transaction_id, amount_received, amount_returned, currency, receipt_url, received_at
       FROM charges WHERE payment_id = $1 ORDER BY id LIMIT 1`,
      [payment_id],
    );
    return charge ?? null;
  }
}

/** The transaction has confirmed a payment already. */
export function isUsedTransaction(error: unknown): boolean {
  return isUniqueViolation(error, 'charges_transaction_unique');
}
