import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Page } from './page.js';
import type { Refund } from './refund.js';
import { COLUMNS as REFUND_COLUMNS } from './refunds.repository.js';
import type { TransferMethod } from './payment-methods.js';
import type { Transfer, TransferMatch, TransferState, UnmatchedTransfer } from './transfer.js';

/** A transfer to be recorded. Minor units. */
export interface NewTransfer {
  readonly payment_method: string;
  readonly transaction_id: string;
  readonly amount: number;
  readonly currency: string;
  readonly payment_id: number | null;
  readonly payer: string | null;
  readonly note: string | null;
  readonly receipt_url: string | null;
  /** null: now */
  readonly received_at: Date | null;
  readonly recorded_by: number;
}

const OF_CHARGES = (what: string, where: string) =>
  `(SELECT coalesce(sum(${what}), 0)::bigint FROM charges c WHERE c.transfer_id = transfers.id AND ${where})`;

/** For a query `FROM transfers`. What was undone is unmatched again; of a voided record nothing is. */
const COLUMNS = `id, payment_method, transaction_id, amount, currency, payment_id, payer, note, receipt_url, received_at,
  recorded_at, voided_at, CASE WHEN voided_at IS NULL THEN amount - amount_allocated ELSE 0 END AS unmatched_amount,
  ${OF_CHARGES('c.amount_received', `c.disposition IN ('accepted', 'partial')`)}
    - (SELECT coalesce(sum(r.amount), 0)::bigint FROM refunds r JOIN charges c ON c.id = r.charge_id
       WHERE c.transfer_id = transfers.id AND r.kind = 'unmatch' AND r.status = 'succeeded') AS matched_amount,
  ${OF_CHARGES('c.amount_returned', `c.disposition = 'returned'`)} AS refunded_amount,
  ${OF_CHARGES('c.amount_reserved', `c.disposition = 'returned'`)} AS refund_pending_amount`;

const STATES: Readonly<Record<TransferState, string>> = {
  unmatched: 'amount_allocated < amount AND voided_at IS NULL',
  allocated: 'amount_allocated = amount AND voided_at IS NULL',
  voided: 'voided_at IS NOT NULL',
};

@Injectable()
export class TransfersRepository {
  /** @returns its id; undefined when its reference is recorded already, also by somebody who is not done yet: then it waits */
  async insert(tx: EntityManager, transfer: NewTransfer): Promise<number | undefined> {
    const [row] = await tx.query<{ id: number }[]>(
      `INSERT INTO transfers (payment_method, transaction_id, amount, currency, payment_id, payer, note, receipt_url,
                              received_at, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, least($9, now()), $10)
       ON CONFLICT (payment_method, upper(transaction_id)) WHERE voided_at IS NULL DO NOTHING RETURNING id`,
      [
        transfer.payment_method,
        transfer.transaction_id,
        transfer.amount,
        transfer.currency,
        transfer.payment_id,
        transfer.payer,
        transfer.note,
        transfer.receipt_url,
        transfer.received_at,
        transfer.recorded_by,
      ],
    );
    return row?.id;
  }

  async find(manager: EntityManager, id: number): Promise<Transfer | undefined> {
    const [transfer] = await manager.query<Transfer[]>(`SELECT ${COLUMNS} FROM transfers WHERE id = $1`, [id]);
    return transfer;
  }

  /**
   * Until the transaction ends, no other process decides whether this reference is used: incoming and outgoing
   * transfers are in different tables, and neither sees uncommitted rows of the other.
   */
  async holdReference(tx: EntityManager, of: { payment_method: string; transaction_id: string }): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1 || ' ' || upper($2), 0))`, [
      of.payment_method,
      of.transaction_id,
    ]);
  }

  /** By the bank's reference, in either case; a voided record is none. */
  async findByReference(
    manager: EntityManager,
    of: { payment_method: string; transaction_id: string },
  ): Promise<Transfer | undefined> {
    const [transfer] = await manager.query<Transfer[]>(
      `SELECT ${COLUMNS} FROM transfers
       WHERE payment_method = $1 AND upper(transaction_id) = upper($2) AND voided_at IS NULL`,
      [of.payment_method, of.transaction_id],
    );
    return transfer;
  }

  /** Locks the row until the transaction ends. Waits for other transactions, and reads it again after the wait. */
  async lock(tx: EntityManager, id: number): Promise<Transfer | undefined> {
    await tx.query('SELECT 1 FROM transfers WHERE id = $1 FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  /** Newest first. Written out by what is given, so that the plan is an index's. */
  async list(
    manager: EntityManager,
    page: Page,
    of: { state: TransferState | null; payment_method: TransferMethod | null; search: string | null },
  ): Promise<Transfer[]> {
    const values: unknown[] = [page.limit];
    const where = [
      of.state === null ? '' : STATES[of.state],
      of.payment_method === null ? '' : `payment_method = $${values.push(of.payment_method)}`,
      of.search === null ? '' : `upper(transaction_id) = upper($${values.push(of.search)})`,
      page.before === null ? '' : `id < $${values.push(page.before)}`,
    ].filter(Boolean);
    return manager.query<Transfer[]>(
      `SELECT ${COLUMNS} FROM transfers ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY id DESC LIMIT $1`,
      values,
    );
  }

  /** Whether it was sent for, or has ever been matched with, a payment of this person. */
  async isAboutOwn(manager: EntityManager, id: number, user_id: number): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `SELECT 1 FROM payments WHERE user_id = $2 AND id IN (
         SELECT payment_id FROM transfers WHERE id = $1 UNION ALL SELECT payment_id FROM charges WHERE transfer_id = $1)`,
      [id, user_id],
    );
    return rows.length > 0;
  }

  async matchesOf(manager: EntityManager, id: number): Promise<TransferMatch[]> {
    return manager.query<TransferMatch[]>(
      `SELECT c.id AS charge_id, c.payment_id, c.amount_received AS amount, c.disposition,
              coalesce(c.recorded_at, c.received_at) AS matched_at,
              CASE c.disposition WHEN 'reversed' THEN c.amount_received
                ELSE (SELECT coalesce(sum(r.amount), 0)::bigint FROM refunds r
                      WHERE r.charge_id = c.id AND r.kind = 'unmatch' AND r.status = 'succeeded') END AS unmatched_amount
       FROM charges c WHERE c.transfer_id = $1 AND c.payment_id IS NOT NULL ORDER BY c.id`,
      [id],
    );
  }

  /** What was unmatched of it and is paid back. */
  async refundsOf(manager: EntityManager, id: number): Promise<Refund[]> {
    return manager.query<Refund[]>(
      `SELECT ${REFUND_COLUMNS} FROM refunds
       WHERE charge_id IN (SELECT c.id FROM charges c WHERE c.transfer_id = $1 AND c.payment_id IS NULL) ORDER BY id`,
      [id],
    );
  }

  /** Transfers sent for a payment that are not fully matched, oldest first. */
  async unmatchedOf(manager: EntityManager, payment_id: number): Promise<UnmatchedTransfer[]> {
    return manager.query<UnmatchedTransfer[]>(
      `SELECT id AS transfer_id, amount, unmatched_amount, refund_pending_amount, currency, received_at
       FROM (SELECT ${COLUMNS} FROM transfers WHERE payment_id = $1 AND voided_at IS NULL) sent
       WHERE unmatched_amount + refund_pending_amount > 0 ORDER BY id`,
      [payment_id],
    );
  }

  /** The sum of its charges changes with each of them; the CHECK refuses more than was received. */
  async allocate(tx: EntityManager, id: number, by: number): Promise<void> {
    await tx.query('UPDATE transfers SET amount_allocated = amount_allocated + $2 WHERE id = $1', [id, by]);
  }

  /** null: it was sent for another payment, and nobody knows which. */
  async setPayment(tx: EntityManager, id: number, payment_id: number | null): Promise<void> {
    await tx.query('UPDATE transfers SET payment_id = $2 WHERE id = $1', [id, payment_id]);
  }

  async correct(
    tx: EntityManager,
    id: number,
    to: { amount: number | null; received_at: Date | null; payer: string | null; note: string | null },
  ): Promise<void> {
    await tx.query(
      `UPDATE transfers SET amount = coalesce($2, amount), received_at = least(coalesce($3, received_at), now()),
              payer = coalesce($4, payer), note = coalesce($5, note) WHERE id = $1`,
      [id, to.amount, to.received_at, to.payer, to.note],
    );
  }

  async void(tx: EntityManager, id: number): Promise<void> {
    await tx.query('UPDATE transfers SET voided_at = now() WHERE id = $1', [id]);
  }

  /**
   * Partial payments of a payment that ends unpaid: their money is unmatched again.
   * @returns how much, of which transfer. Minor units
   */
  async releasePartials(tx: EntityManager, payment_id: number): Promise<{ transfer_id: number; amount: number }[]> {
    const [released] = await tx.query<[{ transfer_id: number; amount: number }[], number]>(
      `WITH reversed AS (
         UPDATE charges SET disposition = 'reversed' WHERE payment_id = $1 AND disposition = 'partial'
         RETURNING transfer_id, amount_received),
       sums AS (SELECT transfer_id, sum(amount_received)::bigint AS amount FROM reversed GROUP BY transfer_id)
       UPDATE transfers SET amount_allocated = amount_allocated - sums.amount FROM sums WHERE id = sums.transfer_id
       RETURNING id AS transfer_id, sums.amount`,
      [payment_id],
    );
    return released;
  }
}
