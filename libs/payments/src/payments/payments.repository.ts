import { isUniqueViolation } from '#database';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Payment, PaymentStatus } from './payment.js';

const COLUMNS = `id, user_id, consultation_id, product_id, amount, currency, payment_method, status, processing,
  refunded_amount, metadata, expires_at, completed_at, created_at, updated_at`;

export interface PaymentDraft {
  id: number;
  user_id: number;
  consultation_id: number;
  amount: number;
  currency: string;
  payment_method: string;
  metadata: Readonly<Record<string, string>>;
  /** null: it stays pending until somebody decides. */
  expires_in_minutes: number | null;
}

@Injectable()
export class PaymentsRepository {
  /** The id of a payment that is yet to be: its lock can be taken before its row exists (second seed). */
  async drawId(manager: EntityManager): Promise<number> {
    const [drawn] = await manager.query<{ id: number }[]>(
      `SELECT nextval(pg_get_serial_sequence('payments', 'id')) AS id`,
    );
    return drawn!.id;
  }

  async find(manager: EntityManager, id: number): Promise<Payment | undefined> {
    const [payment] = await manager.query<Payment[]>(`SELECT ${COLUMNS} FROM payments WHERE id = $1`, [id]);
    return payment;
  }

  /** Waits for whoever is changing this payment, then holds it until the transaction ends. */
  async lock(tx: EntityManager, id: number): Promise<Payment | undefined> {
    const [payment] = await tx.query<Payment[]>(`SELECT ${COLUMNS} FROM payments WHERE id = $1 FOR UPDATE`, [id]);
    return payment;
  }

  /** The one payment that keeps this consultation from being paid again. */
  async findLive(manager: EntityManager, consultation_id: number): Promise<Payment | undefined> {
    const [payment] = await manager.query<Payment[]>(
      `SELECT ${COLUMNS} FROM payments
       WHERE consultation_id = $1 AND status IN ('pending', 'completed', 'partially_refunded')`,
      [consultation_id],
    );
    return payment;
  }

  async insert(tx: EntityManager, draft: PaymentDraft): Promise<Payment> {
    const [payment] = await tx.query<Payment[]>(
      `INSERT INTO payments (id, user_id, consultation_id, amount, currency, payment_method, metadata, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => $8))
       RETURNING ${COLUMNS}`,
      [
        draft.id,
        draft.user_id,
        draft.consultation_id,
        draft.amount,
        draft.currency,
        draft.payment_method,
        JSON.stringify(draft.metadata),
        draft.expires_in_minutes,
      ],
    );
    return payment!;
  }

  /** Only from the state we think it is in. Undefined: somebody else moved it first, and nothing was changed. */
  async move(
    tx: EntityManager,
    step: { id: number; from: PaymentStatus; to: PaymentStatus },
  ): Promise<Payment | undefined> {
    const [moved] = await tx.query<[Payment[], number]>(
      `UPDATE payments
       SET status = $3, processing = false, updated_at = now(),
           completed_at = CASE WHEN $3 = 'completed' THEN now() ELSE completed_at END
       WHERE id = $1 AND status = $2
       RETURNING ${COLUMNS}`,
      [step.id, step.from, step.to],
    );
    return moved[0];
  }

  /** Lapsed payments nobody else is working on, held until the transaction ends. */
  async lockLapsed(tx: EntityManager, most: number): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      `SELECT id FROM payments
       WHERE status = 'pending' AND expires_at <= now() AND NOT processing
       ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [most],
    );
    return rows.map((row) => row.id);
  }
}

/** The index over live payments refused a second one. */
export function isSecondLivePayment(error: unknown): boolean {
  return isUniqueViolation(error, 'payments_one_live_per_consultation');
}
