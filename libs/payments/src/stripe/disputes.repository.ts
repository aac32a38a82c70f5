import type { StripeDispute } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LockedCharge } from '../payments/charges.repository.js';
import type { PaymentDispute } from '../payments/payment.js';

/** As we keep it: whether an inquiry is closed, Stripe's status beside it says. */
export type DisputeState = Exclude<PaymentDispute['state'], 'inquiry_closed'>;

/** Amounts in minor units. */
interface KnownDispute {
  readonly id: number;
  readonly dispute_id: string;
  readonly state: DisputeState;
  readonly amount: number;
  readonly counted_amount: number;
  /** Of an inquiry: that it is over. */
  readonly closed: boolean;
}

/** A lost dispute that has not counted for all of its amount. */
interface Undercounted {
  readonly id: number;
  readonly dispute_id: string;
  readonly uncounted: number;
}

@Injectable()
export class DisputesRepository {
  async find(tx: EntityManager, dispute_id: string): Promise<KnownDispute | undefined> {
    const [dispute] = await tx.query<KnownDispute[]>(
      `SELECT id, dispute_id, state, amount, counted_amount, stripe_status = 'warning_closed' AS closed
       FROM disputes WHERE dispute_id = $1 FOR UPDATE`,
      [dispute_id],
    );
    return dispute;
  }

  async stateOf(manager: EntityManager, dispute_id: string): Promise<DisputeState | undefined> {
    const [dispute] = await manager.query<{ state: DisputeState }[]>(
      'SELECT state FROM disputes WHERE dispute_id = $1',
      [dispute_id],
    );
    return dispute?.state;
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

  /** Made by the first word of it, changed by the next. Only a lost one counts. */
  async write(
    tx: EntityManager,
    row: { charge: LockedCharge; told: StripeDispute; state: DisputeState },
  ): Promise<void> {
    const { charge, told, state } = row;
    await tx.query(
      `INSERT INTO disputes (dispute_id, charge_id, payment_id, amount, currency, stripe_status, state, opened_at,
                             closed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8), CASE WHEN $7 IN ('won', 'lost') THEN now() END)
       ON CONFLICT (dispute_id) DO UPDATE
         SET amount = excluded.amount, stripe_status = excluded.stripe_status, state = excluded.state,
             closed_at = excluded.closed_at,
             counted_amount = CASE excluded.state WHEN 'lost' THEN disputes.counted_amount ELSE 0 END`,
      [told.id, charge.id, charge.payment_id, told.amount, told.currency, told.status, state, told.created],
    );
  }

  async lockUndercounted(tx: EntityManager, charge_id: number): Promise<Undercounted[]> {
    return tx.query<Undercounted[]>(
      `SELECT id, dispute_id, amount - counted_amount AS uncounted FROM disputes
       WHERE charge_id = $1 AND state = 'lost' AND counted_amount < amount ORDER BY id FOR UPDATE`,
      [charge_id],
    );
  }

  async count(tx: EntityManager, id: number, more: number): Promise<void> {
    await tx.query('UPDATE disputes SET counted_amount = counted_amount + $2 WHERE id = $1', [id, more]);
  }
}
