import { crashPoint } from '#crash-points';
import { type StripeEvent, StripeGateway, type StripeRefund } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { paymentIntentOf } from '../objects/reference.js';
import { isCurrentVersion } from '../objects/reference.js';
import { type ReadRefund, RefundUpdates } from '../refunds/refund-updates.js';
import type { AppliedEvent, EventHandler, LocatedPayment } from './event-handler.js';
import { LocateMoney, resultOfMoney } from './locate-money.js';

/** Processes events about refunds: those Payonce requested, and those made in Stripe's dashboard. */
@Injectable()
export class RefundEvents implements EventHandler<ReadRefund> {
  constructor(
    private readonly updates: RefundUpdates,
    private readonly money: LocateMoney,
    private readonly gateway: StripeGateway,
  ) {}

  async locate(event: StripeEvent): Promise<LocatedPayment | undefined> {
    const refund = event.data.object as StripeRefund;
    return this.money.located(await this.updates.paymentOf(refund), paymentIntentOf(refund));
  }

  async read(event: StripeEvent): Promise<ReadRefund> {
    return this.updates.read(event.data.object as StripeRefund, { isCurrent: isCurrentVersion(event, this.gateway) });
  }

  async apply(
    tx: EntityManager,
    payment_id: number,
    read: ReadRefund,
    auditBuffer: AuditBuffer,
  ): Promise<AppliedEvent> {
    const outcome = await this.updates.apply(tx, payment_id, read, auditBuffer);
    return { result: resultOfMoney(payment_id, outcome), afterCommit: async () => crashPoint('refund.committed') };
  }
}
