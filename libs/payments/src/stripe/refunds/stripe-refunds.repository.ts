import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Refund } from '../../ledger/refund.js';
import { COLUMNS as REFUND_COLUMNS } from '../../ledger/refunds.repository.js';
import { STRIPE } from '../objects/transaction.js';

/** A refund requested from Stripe, and the state of Stripe's answer. */
export interface RefundCallRow {
  readonly refund_id: number;
  readonly payment_id: number;
  readonly ref: string;
  readonly payment_intent: string;
  readonly fence: number;
  readonly attempt: number;
  readonly request: string;
  readonly api_version: string;
  readonly state: 'unanswered' | 'answered' | 'refused' | 'withdrawn';
  readonly post_again: boolean;
  readonly key_age_seconds: number;
  readonly empty_listings: number;
  readonly ms_since_listed: number | null;
  /** Stripe's id of the refund, once it has one. */
  readonly stripe_id: string | null;
  /** The error code with which Stripe refused the request under the current key. */
  readonly refused_code: string | null;
}

/** How Stripe identifies a refund. Our reference counts only together with the payment intent of the money. */
export interface ReportedRefund {
  readonly ref: string | undefined;
  readonly id: string;
  readonly payment_intent: string | undefined;
}

/** A requested refund whose outcome is unknown. Minor units. */
export interface UnansweredRefund {
  readonly refund_id: number;
  readonly amount: number;
  /** Stripe's ids of refunds that were made there since: staff decide. */
  readonly conflicting_refunds: readonly string[];
}

const COLUMNS = `k.refund_id, r.payment_id, r.ref, c.transaction_id AS payment_intent, k.fence, k.attempt, k.request,
  k.api_version, k.state, k.post_again, extract(epoch FROM clock_timestamp() - k.first_sent_at)::float8 AS key_age_seconds,
  k.empty_listings, (extract(epoch FROM clock_timestamp() - k.last_listed_at) * 1000)::float8 AS ms_since_listed,
  r.transaction_id AS stripe_id, k.refused_code`;
const JOINED = 'k.refund_id = r.id AND c.id = r.charge_id';

const IS_DUE = `due.state IN ('unanswered', 'answered') AND of.status = 'pending' AND due.look_at <= now()`;

@Injectable()
export class StripeRefundsRepository {
  constructor(private readonly gateway: StripeGateway) {}

  /**
   * Inserted with the refund, in its transaction. The first fence is 1: the request that inserts the row also sends it
   * first.
   */
  async insert(tx: EntityManager, row: { refund_id: number; request: string }): Promise<void> {
    await tx.query('INSERT INTO stripe_refunds (refund_id, fence, request, api_version) VALUES ($1, 1, $2, $3)', [
      row.refund_id,
      row.request,
      this.gateway.api_version,
    ]);
  }

  /**
   * Adds a refund that was made outside Payonce. Payonce has requested nothing, and the worker checks it while it is
   * pending.
   */
  async adopt(tx: EntityManager, refund_id: number): Promise<void> {
    await this.insert(tx, { refund_id, request: '{}' });
    await this.answered(tx, refund_id, 'answered');
  }

  async find(manager: EntityManager, refund_id: number): Promise<RefundCallRow | undefined> {
    const [row] = await manager.query<RefundCallRow[]>(
      `SELECT ${COLUMNS} FROM stripe_refunds k, refunds r, charges c WHERE k.refund_id = $1 AND ${JOINED}`,
      [refund_id],
    );
    return row;
  }

  /**
   * The refund that a Stripe refund is about: found by its Stripe id, or otherwise by our reference to the same money.
   */
  async findReported(
    manager: EntityManager,
    reported: ReportedRefund,
  ): Promise<(Refund & { charge_id: number }) | undefined> {
    const [refund] = await manager.query<(Refund & { charge_id: number })[]>(
      `SELECT ${REFUND_COLUMNS}, charge_id FROM refunds
       WHERE payment_method = $4
         AND (transaction_id = $2
              OR ref = $1::uuid AND charge_id = (SELECT c.id FROM charges c WHERE c.payment_method = $4
                                                   AND c.transaction_id = $3 AND c.transfer_id IS NULL))
       ORDER BY transaction_id IS NOT DISTINCT FROM $2 DESC, id LIMIT 1`,
      [reported.ref ?? null, reported.id, reported.payment_intent ?? null, STRIPE],
    );
    return refund;
  }

  async raiseFence(manager: EntityManager, refund_id: number): Promise<RefundCallRow | undefined> {
    const [[row]] = await manager.query<[RefundCallRow[], number]>(
      `UPDATE stripe_refunds k SET fence = k.fence + 1 FROM refunds r, charges c
       WHERE k.refund_id = $1 AND ${JOINED} RETURNING ${COLUMNS}`,
      [refund_id],
    );
    return row;
  }

  /**
   * Stripe or an event has answered, or staff have withdrawn it. A caller that is still waiting for an answer is then
   * too late.
   * @returns whether that is new
   */
  async answered(tx: EntityManager, refund_id: number, state: 'answered' | 'refused' | 'withdrawn'): Promise<boolean> {
    const [, changed] = await tx.query<[unknown, number]>(
      `UPDATE stripe_refunds SET state = $2, fence = fence + 1, conflicting_refunds = '{}'
       WHERE refund_id = $1 AND state <> $2`,
      [refund_id, state],
    );
    return changed > 0;
  }

  /**
   * Stores refunds found at Stripe since ours was first sent. Ours is not sent again while there are any. @returns
   * whether that is new
   */
  async setConflicts(
    manager: EntityManager,
    row: { refund_id: number; fence: number },
    refunds: readonly string[],
  ): Promise<boolean> {
    const [, changed] = await manager.query<[unknown, number]>(
      `UPDATE stripe_refunds SET conflicting_refunds = $3
       WHERE refund_id = $1 AND fence = $2 AND conflicting_refunds IS DISTINCT FROM $3`,
      [row.refund_id, row.fence, refunds],
    );
    return changed > 0;
  }

  /** Whether this fence is still the row's. If not, another process has started to work on it. */
  async holdsFence(tx: EntityManager, row: { refund_id: number; fence: number }): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      'SELECT 1 FROM stripe_refunds WHERE refund_id = $1 AND fence = $2 FOR UPDATE',
      [row.refund_id, row.fence],
    );
    return rows.length > 0;
  }

  /** The key is used up: from now on, only listings can prove whether a refund was made. */
  async stopPosting(
    manager: EntityManager,
    row: { refund_id: number; fence: number },
  ): Promise<RefundCallRow | undefined> {
    const [[stopped]] = await manager.query<[RefundCallRow[], number]>(
      `UPDATE stripe_refunds k SET post_again = false FROM refunds r, charges c
       WHERE k.refund_id = $1 AND k.fence = $2 AND ${JOINED} RETURNING ${COLUMNS}`,
      [row.refund_id, row.fence],
    );
    return stopped;
  }

  /** Stripe has refused. What was done instead is read next, and again if that fails. */
  async setRefused(manager: EntityManager, row: { refund_id: number; fence: number }, code: string): Promise<void> {
    await manager.query('UPDATE stripe_refunds SET refused_code = $3 WHERE refund_id = $1 AND fence = $2', [
      row.refund_id,
      row.fence,
      code,
    ]);
  }

  async countEmptyListing(manager: EntityManager, row: { refund_id: number; fence: number }): Promise<void> {
    await manager.query(
      `UPDATE stripe_refunds SET empty_listings = empty_listings + 1, last_listed_at = clock_timestamp()
       WHERE refund_id = $1 AND fence = $2`,
      [row.refund_id, row.fence],
    );
  }

  async raiseAttempt(
    manager: EntityManager,
    row: { refund_id: number; fence: number },
  ): Promise<RefundCallRow | undefined> {
    const [[raised]] = await manager.query<[RefundCallRow[], number]>(
      `UPDATE stripe_refunds k
       SET attempt = k.attempt + 1, post_again = true, empty_listings = 0, last_listed_at = NULL,
           first_sent_at = clock_timestamp()
       FROM refunds r, charges c
       WHERE k.refund_id = $1 AND k.fence = $2 AND ${JOINED} RETURNING ${COLUMNS}`,
      [row.refund_id, row.fence],
    );
    return raised;
  }

  /** Whether a refund of this charge is unanswered. */
  async anyUnanswered(tx: EntityManager, charge_id: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM stripe_refunds k JOIN refunds r ON r.id = k.refund_id
       WHERE r.charge_id = $1 AND k.state = 'unanswered' AND r.status = 'pending' LIMIT 1`,
      [charge_id],
    );
    return rows.length > 0;
  }

  /** A requested refund of this payment whose outcome only Stripe knows. */
  async findUnanswered(tx: EntityManager, payment_id: number): Promise<UnansweredRefund | undefined> {
    const [waiting] = await tx.query<UnansweredRefund[]>(
      `SELECT r.id AS refund_id, r.amount, k.conflicting_refunds FROM stripe_refunds k JOIN refunds r ON r.id = k.refund_id
       WHERE r.payment_id = $1 AND k.state = 'unanswered' AND r.status = 'pending' AND NOT r.automatic LIMIT 1`,
      [payment_id],
    );
    return waiting;
  }

  /** Takes the refunds that the worker must check and moves their next check forward. */
  async takeDue(
    manager: EntityManager,
    limit: number,
    only: number | null = null,
  ): Promise<{ refund_id: number; payment_id: number }[]> {
    const [rows] = await manager.query<[{ refund_id: number; payment_id: number }[], number]>(
      `UPDATE stripe_refunds k SET looks = k.looks + 1,
         look_at = now() + CASE WHEN k.state = 'unanswered' THEN least(5 * power(2, least(k.looks, 6)), 300)
                                ELSE least(60 * power(2, least(k.looks, 6)), 3600) END * interval '1 second'
       FROM refunds r
       WHERE r.id = k.refund_id AND k.refund_id IN (
         SELECT due.refund_id FROM stripe_refunds due JOIN refunds of ON of.id = due.refund_id
         WHERE ${IS_DUE} AND ($2::bigint IS NULL OR due.refund_id = $2)
         ORDER BY due.look_at LIMIT $1 FOR UPDATE OF due SKIP LOCKED)
       RETURNING k.refund_id, r.payment_id`,
      [limit, only],
    );
    return rows;
  }

  /** The rows that would be taken next; locks nothing. */
  async due(manager: EntityManager, limit: number, except: readonly number[]): Promise<number[]> {
    const rows = await manager.query<{ refund_id: number }[]>(
      `SELECT due.refund_id FROM stripe_refunds due JOIN refunds of ON of.id = due.refund_id
       WHERE ${IS_DUE} AND due.refund_id <> ALL($2) ORDER BY due.look_at LIMIT $1`,
      [limit, except],
    );
    return rows.map((row) => row.refund_id);
  }
}
