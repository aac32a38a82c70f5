import { inTransaction } from '#database';
import { LockTimeout, ProviderRefused, ProviderUnavailable, RefundAlreadySettled, RefundNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import {
  type AuditBuffer,
  type InsertedRefund,
  Ledger,
  type Payment,
  type ProviderRefunds,
  RefundAccounting,
  RefundsRepository,
  type Withdrawal,
} from '#payments';
import type { EntityManager } from 'typeorm';
import { WalletClient, type WalletRefund } from './wallet-client.js';
import { type RefundRow, WalletRows } from './wallet-rows.js';

/** Refunds that the wallet makes, under our reference: asked again, it answers with the one it has made. */
@Injectable()
export class WalletRefunds implements ProviderRefunds {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
    private readonly accounting: RefundAccounting,
    private readonly rows: WalletRows,
    private readonly client: WalletClient,
  ) {}

  /** While an earlier one has no answer, another in other words would pay back beside it. */
  async assertRefundable(manager: EntityManager, { id: payment_id, currency }: Payment): Promise<void> {
    const waiting = await this.rows.findWaiting(manager, payment_id);
    if (!waiting) return;
    const data = { payment_id, refund_id: waiting.id, status: 'pending', amount: waiting.amount, currency };
    throw new ProviderUnavailable({ data });
  }

  async prepare(tx: EntityManager, of: { transaction_id: string; refund: InsertedRefund }): Promise<void> {
    const { id: refund_id, ref, amount } = of.refund;
    await this.rows.insertRefund(tx, { refund_id, ref, transaction_id: of.transaction_id, amount });
  }

  async pursue(refund_id: number, auditBuffer: AuditBuffer): Promise<void> {
    const row = await this.rows.raiseRefundFence(this.ledger.manager, refund_id);
    const refund = await this.refunds.find(this.ledger.manager, refund_id);
    if (!row || refund?.status !== 'pending') return;
    try {
      await this.settle(row, await this.client.createRefund(row), auditBuffer);
    } catch (error) {
      if (error instanceof ProviderRefused) await this.settle(row, undefined, auditBuffer);
      throw error;
    }
  }

  failure(): ProviderRefused {
    return new ProviderRefused({ data: { provider_code: 'refund_failed' } });
  }

  async prepareWithdrawal(
    refund_id: number,
    ifUnreachable: 'refuse' | 'withdraw',
    auditBuffer: AuditBuffer,
  ): Promise<Withdrawal> {
    const row = await this.rows.raiseRefundFence(this.ledger.manager, refund_id);
    if (!row) throw new RefundNotFound(refund_id);
    const made = await this.client.findRefund(row.ref).catch((error: unknown) => {
      if (ifUnreachable === 'withdraw') return undefined;
      throw error;
    });
    if (made) {
      await this.settle(row, made, auditBuffer);
      throw new RefundAlreadySettled((await this.refunds.find(this.ledger.manager, refund_id))!);
    }
    return {
      asked: made === null,
      mark: async (tx) => {
        if (!(await this.rows.isRefundOurs(tx, row))) throw new LockTimeout();
      },
      follow: async (_tx, payment) => payment,
    };
  }

  /** @param made undefined: the wallet has said no */
  private async settle(row: RefundRow, made: WalletRefund | undefined, auditBuffer: AuditBuffer): Promise<void> {
    await inTransaction(this.ledger.dataSource, async (tx) => {
      const found = await this.refunds.find(tx, row.refund_id);
      const payment = (await this.ledger.payments.lock(tx, found!.payment_id!))!;
      const charge = await this.ledger.charges.lock(tx, await this.refunds.chargeOf(tx, row.refund_id));
      const refund = (await this.refunds.find(tx, row.refund_id))!;
      if (refund.status !== 'pending') return;
      const how = made ? ({ status: 'succeeded', transaction_id: made.id } as const) : ({ status: 'failed' } as const);
      await this.accounting.settle(tx, { payment, charge, refund }, how);
      const detail = { refund_id: refund.id, amount: refund.amount, transaction_id: made?.id ?? null };
      await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, { action: `refund.${how.status}`, detail }));
    });
    auditBuffer.committed();
  }
}
