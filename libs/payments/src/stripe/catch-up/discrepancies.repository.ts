import { amount, type Holds, id, shape, time } from '#answers';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Page } from '../../ledger/page.js';

/**
 * `unknown_payment`: paid, with our reference, for a payment that is not in the database. `paid_twice`: a second
 * payment for one that already has its money.
 */
export const DISCREPANCY_KINDS = ['unknown_payment', 'paid_twice'] as const;

/** Money at Stripe that the database cannot account for. Minor units. */
export const Discrepancy = shape('Discrepancy', {
  id,
  kind: z.enum(DISCREPANCY_KINDS),
  stripe_id: z.string().describe('The checkout session at Stripe.'),
  payment_id: id.nullable(),
  amount,
  currency: z.string(),
  detail: z.record(z.string(), z.unknown()),
  found_at: time,
  resolved_at: time.nullable(),
  resolved_by: id.nullable(),
  note: z.string().nullable(),
});
export type Discrepancy = Holds<typeof Discrepancy>;

const COLUMNS = `id, kind, stripe_id, payment_id, amount, currency, detail, found_at, resolved_at, resolved_by, note`;

@Injectable()
export class DiscrepanciesRepository {
  /** @returns undefined when it was already recorded */
  async record(
    manager: EntityManager,
    found: Pick<Discrepancy, 'kind' | 'stripe_id' | 'payment_id' | 'amount' | 'currency' | 'detail'>,
  ): Promise<Discrepancy | undefined> {
    const [row] = await manager.query<Discrepancy[]>(
      `INSERT INTO stripe_discrepancies (kind, stripe_id, payment_id, amount, currency, detail)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, stripe_id) DO NOTHING RETURNING ${COLUMNS}`,
      [found.kind, found.stripe_id, found.payment_id, found.amount, found.currency, JSON.stringify(found.detail)],
    );
    return row;
  }

  /** Newest first. */
  async list(manager: EntityManager, page: Page, state: 'open' | 'resolved' | null): Promise<Discrepancy[]> {
    const values: unknown[] = [page.limit];
    const where = [
      state === null ? '' : state === 'open' ? 'resolved_at IS NULL' : 'resolved_at IS NOT NULL',
      page.before === null ? '' : `id < $${values.push(page.before)}`,
    ].filter(Boolean);
    return manager.query<Discrepancy[]>(
      `SELECT ${COLUMNS} FROM stripe_discrepancies ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
       ORDER BY id DESC LIMIT $1`,
      values,
    );
  }

  /** Locked until the transaction ends, so that two requests to resolve it run one after the other. */
  async lock(tx: EntityManager, discrepancy_id: number): Promise<Discrepancy | undefined> {
    const [row] = await tx.query<Discrepancy[]>(
      `SELECT ${COLUMNS} FROM stripe_discrepancies WHERE id = $1 FOR UPDATE`,
      [discrepancy_id],
    );
    return row;
  }

  async resolve(
    tx: EntityManager,
    discrepancy_id: number,
    by: { user_id: number; note: string },
  ): Promise<Discrepancy> {
    const [[row]] = await tx.query<[Discrepancy[], number]>(
      `UPDATE stripe_discrepancies SET resolved_at = now(), resolved_by = $2, note = $3 WHERE id = $1 RETURNING ${COLUMNS}`,
      [discrepancy_id, by.user_id, by.note],
    );
    return row!;
  }

  async countOpen(manager: EntityManager): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      'SELECT count(*) AS count FROM stripe_discrepancies WHERE resolved_at IS NULL',
    );
    return row!.count;
  }
}
