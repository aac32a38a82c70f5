import type { StripeDispute } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LockedCharge } from '../payments/charges.repository.js';
import type { PaymentDispute } from '../payments/payment.js';

export type DisputeState = PaymentDispute['state'];

@Injectable()
export class DisputesRepository {
  async find(tx: EntityManager, dispute_id: string): Promise<{ id: number; state: DisputeState } | undefined> {
    const [dispute] = await tx.query<{ id: number; state: DisputeState }[]>(
      'SELECT id, state FROM disputes WHERE dispute_id = $1 FOR UPDATE',
      [dispute_id],
    );
    return dispute;
  }

  /** The one that keeps this payment's money from being refunded: open, or lost. */
  async findBlocking(manager: EntityManager, payment_id: number): Promise<PaymentDispute | undefined> {
    const [dispute] = await manager.query<PaymentDispute[]>(
      `SELECT dispute_id, state, amount, currency FROM disputes
       WHERE payment_id = $1 AND state IN ('open', 'lost') ORDER BY id DESC LIMIT 1`,
      [payment_id],
    );
    return dispute;
  }

  /** Made by the first word of it, changed by the next. @returns its id */
  async write(
    tx: EntityManager,
    row: { charge: LockedCharge; told: StripeDispute; state: DisputeState; counted_amount: number },
  ): Promise<number> {
    const { charge, told, state, counted_amount } = row;
    const [written] = await tx.query<{ id: number }[]>(
      `INSERT INTO disputes (dispute_id, charge_id, payment_id, amount, counted_amount, currency, stripe_status, state,
                             opened_at, closed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9), CASE WHEN $8 IN ('won', 'lost') THEN now() END)
       ON CONFLICT (dispute_id) DO UPDATE
         SET counted_amount = excluded.counted_amount, stripe_status = excluded.stripe_status, state = excluded.state,
             closed_at = excluded.closed_at
       RETURNING id`,
      [
        told.id,
        charge.id,
        charge.payment_id,
        told.amount,
        counted_amount,
        told.currency,
        told.status,
        state,
        told.created,
      ],
    );
    return written!.id;
  }
}
