import { inTransaction } from '#database';
import { Injectable } from '@nestjs/common';
import type { AuditBuffer } from '../ledger/audit-buffer.js';
import { Ledger } from '../ledger/ledger.js';
import type { ProviderCharges, StatedMoney } from '../provider/provider-charges.js';
import { ReadReceivedMoney } from './receipts/stripe-money.js';
import { ReadChargeFacts } from './refunds/charge-facts.js';

/** Money that Stripe has taken, by its API. */
@Injectable()
export class StripeProviderCharges implements ProviderCharges {
  constructor(
    private readonly ledger: Ledger,
    private readonly facts: ReadChargeFacts,
    private readonly money: ReadReceivedMoney,
  ) {}

  async refresh(
    of: { payment_id: number; transaction_id: string },
    auditBuffer: AuditBuffer,
  ): Promise<StatedMoney | undefined> {
    const facts = await this.facts.read(of.transaction_id);
    const received = await this.money.received(of.transaction_id);
    await inTransaction(this.ledger.dataSource, async (tx) => {
      const payment = await this.ledger.payments.lock(tx, of.payment_id);
      if (payment) await this.facts.book(tx, payment, facts, auditBuffer);
    });
    auditBuffer.committed();
    return received;
  }
}
