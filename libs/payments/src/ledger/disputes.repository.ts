import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LockedCharge } from './charge.js';
import type { PaymentDispute } from './payment.js';

/** The state in the ledger; whether an inquiry is closed is in the provider's status. */
export type DisputeState = Exclude<PaymentDispute['state'], 'inquiry_closed'>;

/** What a provider says of a dispute, in our terms. Amounts in minor units of the charge's currency. */
export interface DisputeFacts {
  readonly dispute_id: string;
  readonly amount: number;
  readonly currency: string;
  /** The provider's own word for it. */
  readonly status: string;
  /** Seconds since 1970. */
  readonly opened_at: number;
  readonly state: DisputeState;
  /** The net that left the balance; 0 unless it is lost. */
  readonly lost_amount: number;
  /** Seconds since 1970: when the money was last withdrawn. */
  readonly lost_at: number | null;
  /** The provider: the rest of the charge may still be refunded. */
  readonly charge_refundable: boolean;
}

/** Amounts in minor units. */
export interface KnownDispute {
  readonly id: number;
  readonly dispute_id: string;
  readonly stripe_status: string;
  readonly state: DisputeState;
  readonly amount: number;
  readonly lost_amount: number;
  readonly counted_amount: number;
  readonly charge_refundable: boolean;
}

/** A lost dispute that has not counted for all of its loss. */
interface Undercounted {
  readonly id: number;
  readonly dispute_id: string;
  readonly uncounted: number;
  readonly lost_at: Date | null;
}

const COLUMNS = 'id, dispute_id, stripe_status, state, amount, lost_amount, counted_amount, charge_refundable';

@Injectable()
export class DisputesRepository {
  async find(tx: EntityManager, dispute_id: string): Promise<KnownDispute | undefined> {
    const [dispute] = await tx.query<KnownDispute[]>(
      `SELECT ${COLUMNS} FROM disputes WHERE dispute_id = $1 FOR UPDATE`,
      [dispute_id],
    );
    return dispute;
  }

  /** The one that keeps this payment's money from being refunded: open or lost, and Stripe allows no refund of the rest. */
  async findBlocking(manager: EntityManager, payment_id: number): Promise<PaymentDispute | undefined> {
    const [dispute] = await manager.query<PaymentDispute[]>(
      `SELECT dispute_id, state, amount, currency FROM disputes
       WHERE payment_id = $1 AND state IN ('open', 'lost') AND NOT charge_refundable ORDER BY id DESC LIMIT 1`,
      [payment_id],
    );
    return dispute;
  }

  /**
   * Inserts or updates it as Stripe now has it. What was counted beyond its loss is counted no more; an open one (an appeal)
   * keeps the loss it had.
   */
  async write(tx: EntityManager, charge: LockedCharge, dispute: DisputeFacts): Promise<KnownDispute> {
    const [written] = await tx.query<KnownDispute[]>(
      `INSERT INTO disputes (dispute_id, charge_id, payment_id, amount, currency, stripe_status, state, opened_at,
                             closed_at, lost_amount, lost_at, charge_refundable)
       VALUES ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8), CASE WHEN $7 IN ('won', 'lost') THEN now() END, $9,
               to_timestamp($10), $11)
       ON CONFLICT (dispute_id) DO UPDATE
         SET amount = excluded.amount, stripe_status = excluded.stripe_status, state = excluded.state,
             closed_at = excluded.closed_at, charge_refundable = excluded.charge_refundable, lost_at = excluded.lost_at,
             lost_amount = CASE excluded.state WHEN 'open' THEN disputes.lost_amount ELSE excluded.lost_amount END,
             counted_amount = CASE excluded.state WHEN 'open' THEN disputes.counted_amount
                                ELSE least(disputes.counted_amount, excluded.lost_amount) END
       RETURNING ${COLUMNS}`,
      [
        dispute.dispute_id,
        charge.id,
        charge.payment_id,
        dispute.amount,
        dispute.currency,
        dispute.status,
        dispute.state,
        dispute.opened_at,
        dispute.lost_amount,
        dispute.lost_at,
        dispute.charge_refundable,
      ],
    );
    return written!;
  }

  async lockUndercounted(tx: EntityManager, charge_id: number): Promise<Undercounted[]> {
    return tx.query<Undercounted[]>(
      `SELECT id, dispute_id, lost_amount - counted_amount AS uncounted, lost_at FROM disputes
       WHERE charge_id = $1 AND state = 'lost' AND counted_amount < lost_amount ORDER BY id FOR UPDATE`,
      [charge_id],
    );
  }

  /** Disputes that count as money returned, newest first. */
  async lockCounted(
    tx: EntityManager,
    charge_id: number,
  ): Promise<{ id: number; dispute_id: string; counted_amount: number }[]> {
    return tx.query<{ id: number; dispute_id: string; counted_amount: number }[]>(
      `SELECT id, dispute_id, counted_amount FROM disputes
       WHERE charge_id = $1 AND counted_amount > 0 ORDER BY id DESC FOR UPDATE`,
      [charge_id],
    );
  }

  async count(tx: EntityManager, id: number, more: number): Promise<void> {
    await tx.query('UPDATE disputes SET counted_amount = counted_amount + $2 WHERE id = $1', [id, more]);
  }
}
