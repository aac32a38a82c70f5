import type { StripeDispute, StripeEvent } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { DisputeUpdates, type ReadDispute } from '../disputes/dispute-updates.js';
import { paymentIntentOf } from '../objects/reference.js';
import type { AppliedEvent, EventHandler, LocatedPayment } from './event-handler.js';
import { LocateMoney, resultOfMoney } from './locate-money.js';

/** Processes events about disputes. They come in any order: each only shows that something changed. */
@Injectable()
export class DisputeEvents implements EventHandler<ReadDispute> {
  constructor(
    private readonly updates: DisputeUpdates,
    private readonly money: LocateMoney,
  ) {}

  async locate(event: StripeEvent): Promise<LocatedPayment | undefined> {
    const dispute = event.data.object as StripeDispute;
    return this.money.located(await this.updates.paymentOf(dispute), paymentIntentOf(dispute));
  }

  async read(event: StripeEvent): Promise<ReadDispute> {
    return this.updates.read(event.data.object as StripeDispute);
  }

  async apply(
    tx: EntityManager,
    payment_id: number,
    read: ReadDispute,
    auditBuffer: AuditBuffer,
  ): Promise<AppliedEvent> {
    return { result: resultOfMoney(payment_id, await this.updates.apply(tx, payment_id, read, auditBuffer)) };
  }
}
