import { type Holds, shape, time } from '#answers';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

/** One attempt to pay that failed at Stripe, as it is stored. */
export interface FailedAttempt {
  /** Null: it ended before Stripe made a charge. Then `event_id` names it. */
  readonly charge_id: string | null;
  readonly event_id: string | null;
  readonly payment_intent: string;
  /** False: a bank debit, a transfer, a wallet. */
  readonly is_card: boolean;
  readonly payment_method_type: string | null;
  readonly failure_code: string | null;
  readonly decline_code: string | null;
  readonly network_decline_code: string | null;
  readonly message: string | null;
  readonly card_brand: string | null;
  readonly card_last4: string | null;
  /** Seconds since 1970, by Stripe's clock. */
  readonly attempted_at: number;
}

/** A card that Stripe or its issuer declined. Nothing of it was charged. */
const DeclinedAttempt = shape('DeclinedAttempt', {
  at: time.describe('By Stripe’s clock.'),
  code: z.string().nullable().describe('Stripe’s error code, such as `card_declined`.'),
  decline_code: z
    .string()
    .nullable()
    .describe('The issuer’s reason, such as `insufficient_funds`; for the payer `generic_decline` in place of a few.'),
  message: z.string().nullable().describe('Stripe’s sentence for the payer.'),
  card: z.strictObject({ brand: z.string(), last4: z.string() }).nullable(),
});

export const DeclinedAttempts = shape('DeclinedAttempts', {
  count: z.int().min(0).describe('Of cards only: a bank debit that failed is no declined card.'),
  latest: z.array(DeclinedAttempt).max(10).describe('Newest first, ten at most.'),
});
export type DeclinedAttempts = Holds<typeof DeclinedAttempts>;

/** As many as a person looks through; the count says how many there are. */
const MAX_SHOWN = 10;

interface DeclinedRow {
  readonly count: number;
  readonly at: Date;
  readonly code: string | null;
  readonly decline_code: string | null;
  readonly message: string | null;
  readonly brand: string | null;
  readonly last4: string | null;
}

@Injectable()
export class PaymentAttemptsRepository {
  /** Whether a payment of ours has both this id and this reference: ids come again after a restore. */
  async isOurs(manager: EntityManager, payment_id: number, ref: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>('SELECT 1 FROM payments WHERE id = $1 AND ref = $2', [payment_id, ref]);
    return rows.length > 0;
  }

  async isStored(manager: EntityManager, charge_id: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>('SELECT 1 FROM payment_attempts WHERE charge_id = $1', [charge_id]);
    return rows.length > 0;
  }

  /** @returns false when it was stored before, by either of its events */
  async insert(tx: EntityManager, payment_id: number, attempt: FailedAttempt): Promise<boolean> {
    const inserted = await tx.query<unknown[]>(
      `INSERT INTO payment_attempts
         (payment_id, charge_id, event_id, payment_intent, is_card, payment_method_type, failure_code, decline_code,
          network_decline_code, message, card_brand, card_last4, attempted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, to_timestamp($13))
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        payment_id,
        attempt.charge_id,
        attempt.event_id,
        attempt.payment_intent,
        attempt.is_card,
        attempt.payment_method_type,
        attempt.failure_code,
        attempt.decline_code,
        attempt.network_decline_code,
        attempt.message,
        attempt.card_brand,
        attempt.card_last4,
        attempt.attempted_at,
      ],
    );
    return inserted.length > 0;
  }

  /** The card attempts of a payment that were declined, newest first, with the reasons as staff may see them. */
  async findDeclined(manager: EntityManager, payment_id: number): Promise<DeclinedAttempts> {
    const rows = await manager.query<DeclinedRow[]>(
      `SELECT count(*) OVER ()::int AS count, attempted_at AS at, failure_code AS code, decline_code, message,
              card_brand AS brand, card_last4 AS last4
       FROM payment_attempts WHERE payment_id = $1 AND is_card
       ORDER BY attempted_at DESC, id DESC LIMIT ${MAX_SHOWN}`,
      [payment_id],
    );
    return {
      count: rows[0]?.count ?? 0,
      latest: rows.map(({ at, code, decline_code, message, brand, last4 }) => ({
        at,
        code,
        decline_code,
        message,
        card: brand !== null && last4 !== null ? { brand, last4 } : null,
      })),
    };
  }
}
