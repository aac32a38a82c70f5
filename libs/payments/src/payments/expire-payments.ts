import { inTransaction } from '#database';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { PaymentRows } from './payment-rows.js';

/** Small enough that the row locks are gone before a client would notice them. */
const BATCH = 50;

/** A sweep ends even if payments lapse faster than it works; the next sweep goes on. */
const MOST_BATCHES = 20;

/** Lets go of manual payments nobody paid in time, so that their consultations can be paid again. Safe on many workers. */
@Injectable()
export class ExpirePayments {
  constructor(
    private readonly rows: PaymentRows,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(ExpirePayments.name);
  }

  /** @returns how many payments expired. */
  async run(): Promise<number> {
    let expired = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const ids = await inTransaction(this.rows.dataSource, async (tx) => this.expireBatch(tx));
      expired += ids.length;
      if (ids.length > 0) this.logger.info({ payment_ids: ids }, 'Payment: Expired');
      if (ids.length < BATCH) break;
    }
    return expired;
  }

  private async expireBatch(tx: EntityManager): Promise<number[]> {
    const ids = await this.rows.payments.lockLapsed(tx, BATCH);
    for (const id of ids) {
      const expired = await this.rows.payments.move(tx, { id, from: 'pending', to: 'expired' });
      if (!expired) throw new Error(`Payment ${id} changed while its row was locked`);
      await this.rows.papers.follow(tx, id, 'expired');
    }
    if (ids.length > 0) {
      await this.rows.audit.record(
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
