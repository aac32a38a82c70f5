import { Injectable } from '@nestjs/common';
import { isCheckViolation } from '#database';
import type { EntityManager } from 'typeorm';
import {
  type Disposition,
  type FoundCharge,
  type ListedCharge,
  type LockedCharge,
  type NewCharge,
  type ProviderTransaction,
  refundable,
  type Returns,
} from './charge.js';
import type { Page } from './page.js';

const SUMS = `read_fence, id, payment_id, transaction_id, disposition, amount_received, amount_returned, amount_reserved, currency`;

/** In the words of the index: money of a transfer has a bank's reference, which is not its own alone. */
const IS_TRANSACTION = 'payment_method = $1 AND transaction_id = $2 AND transfer_id IS NULL';

/** Charges that were booked before there was a `recorded_at` have one time for both. */
const RECORDED_AT = 'coalesce(recorded_at, received_at) AS recorded_at';

const LISTED = `id, payment_id, payment_method, transaction_id, disposition, amount_received, amount_returned,
  amount_reserved, currency, receipt_url, received_at, ${RECORDED_AT}, transfer_id`;

const FOUND = `payment_method, transaction_id, amount_received, amount_returned, currency, receipt_url, received_at,
  ${RECORDED_AT}, transfer_id`;

@Injectable()
export class ChargesRepository {
  /** Newest first. Written out by what is given, so that the plan is an index's. */
  async list(manager: EntityManager, page: Page, disposition: Disposition | null): Promise<ListedCharge[]> {
    const values: unknown[] = [page.limit];
    const where = [
      disposition === null ? '' : `disposition = $${values.push(disposition)}`,
      page.before === null ? '' : `id < $${values.push(page.before)}`,
    ].filter(Boolean);
    return manager.query<ListedCharge[]>(
      `SELECT ${LISTED} FROM charges ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY id DESC LIMIT $1`,
      values,
    );
  }

  /** @returns its id, and when the provider took the money */
  async insert(
    tx: EntityManager,
    payment_id: number | null,
    charge: NewCharge,
    disposition: Disposition = 'accepted',
  ): Promise<{ id: number; received_at: Date }> {
    const [row] = await tx.query<{ id: number; received_at: Date }[]>(
      `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, receipt_url, disposition,
                            received_at, transfer_id, receipt_due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, now()), $9,
               CASE WHEN $10 AND $6::text IS NULL THEN now() END) RETURNING id, received_at`,
      [
        charge.payment_method,
        charge.transaction_id,
        payment_id,
        charge.amount_received,
        charge.currency,
        charge.receipt_url,
        disposition,
        charge.received_at ?? null,
        charge.transfer_id ?? null,
        charge.receipt_follows ?? false,
      ],
    );
    return row!;
  }

  /** Money of a provider's that is booked already. Held until the transaction ends. */
  async lockTransaction(tx: EntityManager, of: ProviderTransaction): Promise<LockedCharge | undefined> {
    const [charge] = await tx.query<LockedCharge[]>(`SELECT ${SUMS} FROM charges WHERE ${IS_TRANSACTION} FOR UPDATE`, [
      of.payment_method,
      of.transaction_id,
    ]);
    return charge;
  }

  async findTransaction(manager: EntityManager, of: ProviderTransaction): Promise<LockedCharge | undefined> {
    const [charge] = await manager.query<LockedCharge[]>(`SELECT ${SUMS} FROM charges WHERE ${IS_TRANSACTION}`, [
      of.payment_method,
      of.transaction_id,
    ]);
    return charge;
  }

  async lock(tx: EntityManager, id: number): Promise<LockedCharge> {
    const [charge] = await tx.query<LockedCharge[]>(`SELECT ${SUMS} FROM charges WHERE id = $1 FOR UPDATE`, [id]);
    return charge!;
  }

  async describe(manager: EntityManager, id: number): Promise<ListedCharge | undefined> {
    const [charge] = await manager.query<ListedCharge[]>(`SELECT ${LISTED} FROM charges WHERE id = $1`, [id]);
    return charge;
  }

  /** Before a provider is asked about a charge: what an earlier question has found out may be written no more. */
  async raiseReadFence(manager: EntityManager, of: ProviderTransaction): Promise<number | undefined> {
    const [[row]] = await manager.query<[{ read_fence: number }[], number]>(
      `UPDATE charges SET read_fence = read_fence + 1 WHERE ${IS_TRANSACTION} RETURNING read_fence`,
      [of.payment_method, of.transaction_id],
    );
    return row?.read_fence;
  }

  /** What pays it, or came for it. A match that was undone did neither: that money is another's. */
  async find(manager: EntityManager, payment_id: number): Promise<FoundCharge | null> {
    const [charge] = await manager.query<FoundCharge[]>(
      `SELECT ${FOUND} FROM charges WHERE payment_id = $1 AND disposition <> 'reversed'
       ORDER BY disposition <> 'accepted', id LIMIT 1`,
      [payment_id],
    );
    return charge ?? null;
  }

  /** The money that pays a payment, or a part of it: by transfers it may be several charges. Oldest first. */
  async listPaying(manager: EntityManager, payment_id: number): Promise<FoundCharge[]> {
    return manager.query<FoundCharge[]>(
      `SELECT ${FOUND} FROM charges WHERE payment_id = $1 AND disposition IN ('accepted', 'partial') ORDER BY id`,
      [payment_id],
    );
  }

  /** The money that pays this payment, held until the transaction ends. Only for a payment that is paid. */
  async lockAccepted(tx: EntityManager, payment_id: number): Promise<LockedCharge[]> {
    const charges = await tx.query<LockedCharge[]>(
      `SELECT ${SUMS} FROM charges WHERE payment_id = $1 AND disposition = 'accepted' ORDER BY id FOR UPDATE`,
      [payment_id],
    );
    if (charges.length === 0) throw new Error(`Payment ${payment_id} is paid and has no charge`);
    return charges;
  }

  /** What one transfer pays of a payment, held until the transaction ends. */
  async lockMatches(tx: EntityManager, of: { transfer_id: number; payment_id: number }): Promise<LockedCharge[]> {
    return tx.query<LockedCharge[]>(
      `SELECT ${SUMS} FROM charges
       WHERE transfer_id = $1 AND payment_id = $2 AND disposition IN ('accepted', 'partial') ORDER BY id FOR UPDATE`,
      [of.transfer_id, of.payment_id],
    );
  }

  /** How much of a pending payment has been received. Minor units. */
  async sumOfPartials(manager: EntityManager, payment_id: number): Promise<number> {
    const [row] = await manager.query<{ amount: number }[]>(
      `SELECT coalesce(sum(amount_received), 0)::bigint AS amount FROM charges
       WHERE payment_id = $1 AND disposition = 'partial'`,
      [payment_id],
    );
    return row!.amount;
  }

  /** Whether parts of a payment that is not paid have been received, also if they were taken off it again. */
  async hasParts(manager: EntityManager, payment_id: number): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `SELECT 1 FROM charges WHERE payment_id = $1 AND disposition IN ('partial', 'reversed')
         AND NOT EXISTS (SELECT 1 FROM charges paid WHERE paid.payment_id = $1 AND paid.disposition = 'accepted') LIMIT 1`,
      [payment_id],
    );
    return rows.length > 0;
  }

  /** The rest has come: together they pay the payment. @returns when the last of them was received; null: there were none */
  async acceptPartials(tx: EntityManager, payment_id: number): Promise<Date | null> {
    const [rows] = await tx.query<[{ received_at: Date }[], number]>(
      `UPDATE charges SET disposition = 'accepted' WHERE payment_id = $1 AND disposition = 'partial' RETURNING received_at`,
      [payment_id],
    );
    return rows.reduce<Date | null>((last, row) => (last && last > row.received_at ? last : row.received_at), null);
  }

  /** A match or a pay-back that did not happen after all. */
  async reverse(tx: EntityManager, id: number): Promise<void> {
    await tx.query(`UPDATE charges SET disposition = 'reversed' WHERE id = $1`, [id]);
  }

  /** What a payment's money is doing: on its way back, and what a refund would be granted, which in a dispute is nothing. */
  async findRefundable(
    manager: EntityManager,
    payment_id: number,
  ): Promise<{ refund_pending_amount: number; refundable_amount: number }> {
    const charges = await manager.query<(LockedCharge & { disputed: boolean })[]>(
      `SELECT ${SUMS}, EXISTS (SELECT FROM disputes d
                               WHERE d.payment_id = charges.payment_id AND d.state IN ('open', 'lost')
                                 AND NOT d.charge_refundable) AS disputed
       FROM charges WHERE payment_id = $1 AND disposition = 'accepted'`,
      [payment_id],
    );
    return {
      refund_pending_amount: charges.reduce((sum, { amount_reserved }) => sum + amount_reserved, 0),
      refundable_amount: refundable(...charges.filter(({ disputed }) => !disputed)),
    };
  }

  /**
   * Lost disputes may be about more than arrived, and about what a refund is still to give back: twice has left only what
   * refunds have returned, and what is more than arrived. A refund came to nothing as long as no more than a part of it was
   * made since, and its money is here and in no dispute.
   */
  async findReturns(manager: EntityManager, payment_id: number): Promise<Returns> {
    const [returns] = await manager.query<[Returns]>(
      `SELECT coalesce(sum(taken.counted) FILTER (WHERE c.disposition = 'accepted'), 0)::bigint AS charged_back_amount,
              coalesce(sum(greatest(0, least(taken.disputed - taken.counted, c.amount_returned - taken.counted,
                                             c.amount_returned - taken.counted + taken.disputed - c.amount_received)))
                         FILTER (WHERE c.disposition = 'accepted'), 0)::bigint AS returned_twice_amount,
              coalesce(bool_or(c.amount_received > c.amount_returned + c.amount_reserved AND NOT taken.blocked AND EXISTS (
                SELECT FROM refunds f
                WHERE f.charge_id = c.id AND f.status = 'failed'
                  AND f.amount > (SELECT coalesce(sum(r.amount), 0) FROM refunds r
                                  WHERE r.charge_id = c.id AND r.status IN ('pending', 'succeeded')
                                    AND r.created_at > f.settled_at))), false) AS refund_failed,
              (SELECT coalesce(sum(r.amount), 0)::bigint FROM refunds r
               WHERE r.payment_id = $1 AND r.kind = 'unmatch' AND r.status = 'succeeded') AS unmatched_amount,
              CASE WHEN bool_or(c.amount_received > c.amount_returned + c.amount_reserved) FILTER (WHERE unused.is) THEN 'here'
                   WHEN bool_or(c.amount_reserved > 0) FILTER (WHERE unused.is) THEN 'on_its_way'
                   WHEN bool_or(unused.is) THEN 'gone_back' END AS unused_money
       FROM charges c
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(d.counted_amount), 0) AS counted,
                coalesce(sum(d.lost_amount), 0) AS disputed,
                count(*) FILTER (WHERE NOT d.charge_refundable) > 0 AS blocked
         FROM disputes d WHERE d.charge_id = c.id AND d.state IN ('open', 'lost') AND d.currency = c.currency) taken
       CROSS JOIN LATERAL (SELECT c.disposition IN ('returned', 'quarantined') AS is) unused
       WHERE c.payment_id = $1`,
      [payment_id],
    );
    return returns;
  }

  /** Moves money between what is left, what is reserved and what is returned. The CHECK refuses what is not there. */
  async shift(tx: EntityManager, id: number, by: { reserved: number; returned: number }): Promise<void> {
    await tx.query(
      `UPDATE charges SET amount_reserved = amount_reserved + $2, amount_returned = amount_returned + $3 WHERE id = $1`,
      [id, by.reserved, by.returned],
    );
  }
}

/** Refunds together would have exceeded the money that arrived. */
export function isMoreThanArrived(error: unknown): boolean {
  return isCheckViolation(error, 'charges_returned_within_received');
}
