import { countJobFailure, inTransaction, rethrowIfUnreachable } from '#database';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../ledger/ledger.js';
import type { LapsedPayment } from '../ledger/payments.repository.js';

/** Small enough that the row locks are released before a client would notice them. */
const BATCH = 50;

/** Bounds a sweep, even if payments lapse faster than it works. The next sweep continues. */
const MAX_BATCHES = 20;

/**
 * Expires manual payments that were not paid in time, so that their consultations can be paid again. A payment that
 * cannot be expired does not block others. Safe on many workers.
 */
@Injectable()
export class ExpirePayments {
  /**
   * Where the last sweep stopped at its bound. The next one continues there, even if all earlier payments cannot be
   * expired.
   */
  private position: LapsedPayment | undefined;

  constructor(
    private readonly ledger: Ledger,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(ExpirePayments.name);
  }

  /** @returns how many payments expired */
  async run(): Promise<number> {
    let expired = 0;
    for (let batch = 0; batch < MAX_BATCHES; batch++) {
      const lapsed = await this.ledger.payments.lapsed(this.ledger.manager, BATCH, this.position);
      const ids = await this.expireBatch(lapsed.map(({ id }) => id));
      expired += ids.length;
      if (ids.length > 0) this.logger.info({ payment_ids: ids }, 'Payment: Expired');
      this.position = lapsed.length < BATCH ? undefined : lapsed.at(-1);
      if (!this.position) break;
    }
    return expired;
  }

  /**
   * Expires the batch in one transaction. If a row fails, possibly only at commit, it expires each payment in its own
   * transaction.
   */
  private async expireBatch(ids: readonly number[]): Promise<number[]> {
    if (ids.length === 0) return [];
    try {
      return await inTransaction(this.ledger.dataSource, async (tx) => this.expire(tx, ids));
    } catch (error) {
      rethrowIfUnreachable(error);
    }
    const expired: number[] = [];
    for (const id of ids) {
      try {
        expired.push(...(await inTransaction(this.ledger.dataSource, async (tx) => this.expire(tx, [id]))));
      } catch (error) {
        rethrowIfUnreachable(error);
        this.logger.error({ payment_id: id, err: error }, 'Worker: A payment could not be expired');
        await countJobFailure(this.ledger.manager, 'expire-payments', error);
      }
    }
    return expired;
  }

  private async expire(tx: EntityManager, lapsed: readonly number[]): Promise<number[]> {
    const ids = await this.ledger.payments.lockLapsed(tx, lapsed);
    for (const id of ids) {
      const expired = await this.ledger.payments.move(tx, { id, from: 'pending', to: 'expired' });
      if (!expired) throw new Error(`Payment ${id} changed while its row was locked`);
      await this.ledger.invoices.follow(tx, id, 'expired');
    }
    if (ids.length > 0) {
      await this.ledger.audit.record(
        tx,
        ids.map((payment_id) => ({
          action: 'payment.expired',
          lane: 'worker',
          payment_id,
          actor_user_id: null,
          request_id: null,
        })),
      );
    }
    return ids;
  }
}
