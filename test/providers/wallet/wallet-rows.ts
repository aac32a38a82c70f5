import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { WalletPageRequest } from './wallet-client.js';

export interface PageRow {
  readonly payment_id: number;
  readonly ref: string;
  readonly fence: number;
  readonly state: 'unanswered' | 'open' | 'abandoned' | 'closed';
  readonly request: WalletPageRequest;
  readonly page_id: string | null;
  readonly url: string | null;
  readonly expires_at: Date | null;
  readonly lapsed: boolean;
  /** A request on its way has arrived by now, or never will. */
  readonly overdue: boolean;
}

export interface RefundRow {
  readonly refund_id: number;
  readonly ref: string;
  readonly transaction_id: string;
  readonly amount: number;
  readonly fence: number;
}

const PAGE = `payment_id, ref, fence, state, request, page_id, url, expires_at,
  coalesce(expires_at <= clock_timestamp(), false) AS lapsed, asked_at < now() - interval '1 day' AS overdue`;
const REFUND = 'refund_id, ref, transaction_id, amount, fence';

/** What was asked of the wallet, written down before it was asked. Whoever begins to work on a row raises its fence. */
@Injectable()
export class WalletRows {
  /** @returns the fence of whoever makes it */
  async insertPage(tx: EntityManager, payment_id: number, request: WalletPageRequest): Promise<number> {
    const [row] = await tx.query<{ fence: number }[]>(
      'INSERT INTO wallet_pages (payment_id, ref, request) VALUES ($1, $2, $3) RETURNING fence',
      [payment_id, request.ref, request],
    );
    return row!.fence;
  }

  async findPage(manager: EntityManager, payment_id: number): Promise<PageRow | undefined> {
    const [row] = await manager.query<PageRow[]>(`SELECT ${PAGE} FROM wallet_pages WHERE payment_id = $1`, [
      payment_id,
    ]);
    return row;
  }

  async raisePageFence(manager: EntityManager, payment_id: number): Promise<PageRow> {
    const [[row]] = await manager.query<[PageRow[], number]>(
      `UPDATE wallet_pages SET fence = fence + 1 WHERE payment_id = $1 RETURNING ${PAGE}`,
      [payment_id],
    );
    return row!;
  }

  /** @returns false when somebody has begun to work on it since, or has its answer already */
  async attach(
    tx: EntityManager,
    of: { payment_id: number; fence: number },
    page: { id: string; url: string; expires_at: string },
  ): Promise<boolean> {
    const [, changed] = await tx.query<[unknown, number]>(
      `UPDATE wallet_pages SET state = 'open', page_id = $3, url = $4, expires_at = $5
       WHERE payment_id = $1 AND fence = $2 AND state = 'unanswered'`,
      [of.payment_id, of.fence, page.id, page.url, page.expires_at],
    );
    return changed > 0;
  }

  /** Nobody is sent to it any more, and money that arrives on it goes back. @returns false when somebody works on it since */
  async abandon(tx: EntityManager, of: { payment_id: number; fence: number }): Promise<boolean> {
    const [, changed] = await tx.query<[unknown, number]>(
      `UPDATE wallet_pages SET state = CASE state WHEN 'closed' THEN 'closed' ELSE 'abandoned' END
       WHERE payment_id = $1 AND fence = $2`,
      [of.payment_id, of.fence],
    );
    return changed > 0;
  }

  /** Its money has arrived: whoever works on it, there is nothing more to find out. */
  async closePaid(tx: EntityManager, payment_id: number): Promise<void> {
    await tx.query(`UPDATE wallet_pages SET state = 'closed' WHERE payment_id = $1`, [payment_id]);
  }

  /** The wallet takes no more money on it. @returns false when somebody has begun to work on it since */
  async close(tx: EntityManager, of: { payment_id: number; fence: number }): Promise<boolean> {
    const [, changed] = await tx.query<[unknown, number]>(
      `UPDATE wallet_pages SET state = 'closed' WHERE payment_id = $1 AND fence = $2`,
      [of.payment_id, of.fence],
    );
    return changed > 0;
  }

  async insertRefund(tx: EntityManager, row: Omit<RefundRow, 'fence'>): Promise<void> {
    await tx.query('INSERT INTO wallet_refunds (refund_id, ref, transaction_id, amount) VALUES ($1, $2, $3, $4)', [
      row.refund_id,
      row.ref,
      row.transaction_id,
      row.amount,
    ]);
  }

  async raiseRefundFence(manager: EntityManager, refund_id: number): Promise<RefundRow | undefined> {
    const [[row]] = await manager.query<[RefundRow[], number]>(
      `UPDATE wallet_refunds SET fence = fence + 1 WHERE refund_id = $1 RETURNING ${REFUND}`,
      [refund_id],
    );
    return row;
  }

  async isRefundOurs(tx: EntityManager, { refund_id, fence }: RefundRow): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      'SELECT 1 FROM wallet_refunds WHERE refund_id = $1 AND fence = $2 FOR UPDATE',
      [refund_id, fence],
    );
    return rows.length > 0;
  }

  /** A refund of this payment whose answer is not known. */
  async findWaiting(manager: EntityManager, payment_id: number): Promise<{ id: number; amount: number } | undefined> {
    const [row] = await manager.query<{ id: number; amount: number }[]>(
      `SELECT r.id, r.amount FROM refunds r JOIN wallet_refunds w ON w.refund_id = r.id
       WHERE r.payment_id = $1 AND r.status = 'pending' AND NOT r.automatic LIMIT 1`,
      [payment_id],
    );
    return row;
  }

  /**
   * For the worker: refunds without an answer, and every page that the wallet may still take money on, whatever its payment is by
   * now, taken by moving their next look, so that no other worker takes them.
   */
  async takeDue(manager: EntityManager, limit: number): Promise<{ payment_id: number; refund_id: number | null }[]> {
    const [pages] = await manager.query<[{ payment_id: number; refund_id: null }[], number]>(
      `UPDATE wallet_pages SET look_at = now() + interval '1 minute' WHERE payment_id IN (
         SELECT payment_id FROM wallet_pages
         WHERE state <> 'closed' AND look_at <= now() ORDER BY look_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING payment_id, NULL AS refund_id`,
      [limit],
    );
    const [refunds] = await manager.query<[{ payment_id: number; refund_id: number }[], number]>(
      `UPDATE wallet_refunds w SET look_at = now() + interval '1 minute' FROM refunds r
       WHERE r.id = w.refund_id AND w.refund_id IN (
         SELECT d.refund_id FROM wallet_refunds d JOIN refunds o ON o.id = d.refund_id
         WHERE o.status = 'pending' AND d.look_at <= now() ORDER BY d.look_at LIMIT $1 FOR UPDATE OF d SKIP LOCKED)
       RETURNING r.payment_id, w.refund_id`,
      [limit],
    );
    return [...pages, ...refunds];
  }
}
