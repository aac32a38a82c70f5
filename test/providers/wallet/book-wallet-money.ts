import { Injectable } from '@nestjs/common';
import {
  AuditBuffer,
  cameAfterClosing,
  isSecondLivePayment,
  Ledger,
  mayBecome,
  type NewCharge,
  type Payment,
  RefundsRepository,
} from '#payments';
import type { EntityManager } from 'typeorm';
import type { WalletPage } from './wallet-client.js';
import { WalletRows } from './wallet-rows.js';

/** What was done with money that the wallet has taken. */
export type Booked = 'completed' | 'returned' | 'quarantined' | 'known';

/** Money of a page that was paid: it completes its payment, goes back once, or waits for staff. Never is it nobody's. */
@Injectable()
export class BookWalletMoney {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
    private readonly rows: WalletRows,
  ) {}

  /** In a transaction that holds the payment's row. */
  async run(tx: EntityManager, payment: Payment, page: WalletPage, auditBuffer: AuditBuffer): Promise<Booked> {
    const charge: NewCharge = {
      payment_method: payment.payment_method,
      transaction_id: page.transaction_id!,
      amount_received: page.amount,
      currency: page.currency,
      receipt_url: null,
    };
    await this.rows.closePaid(tx, payment.id);
    if (await this.ledger.charges.findTransaction(tx, charge)) return 'known';
    const { transaction_id, amount_received, currency } = charge;
    const detail = { transaction_id, amount_received, currency, from: payment.status };
    if (amount_received !== payment.amount || currency !== payment.currency) {
      await this.ledger.charges.insert(tx, payment.id, charge, 'quarantined');
      await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, { action: 'money.quarantined', detail }));
      return 'quarantined';
    }
    if (mayBecome(payment.status, 'completed') && (await this.complete(tx, payment, charge))) {
      await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, { action: 'payment.completed', detail }));
      return 'completed';
    }
    const refund_id = await this.giveBack(tx, payment, charge);
    const step = { action: 'money.returned_automatically', detail: { ...detail, refund_id } } as const;
    await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, step));
    return 'returned';
  }

  /** False: another payment has taken its place, or it was paid after the closing of what it is for. */
  private async complete(tx: EntityManager, payment: Payment, charge: NewCharge): Promise<boolean> {
    await tx.query('SAVEPOINT completing');
    try {
      const { id, received_at } = await this.ledger.charges.insert(tx, payment.id, charge);
      if (!(await cameAfterClosing(tx, id))) {
        const step = { id: payment.id, from: payment.status, to: 'completed', completed_at: received_at } as const;
        await this.ledger.payments.move(tx, step);
        await this.ledger.invoices.follow(tx, payment.id, 'completed', received_at);
        return true;
      }
    } catch (error) {
      if (!isSecondLivePayment(error)) throw error;
    }
    await tx.query('ROLLBACK TO SAVEPOINT completing');
    return false;
  }

  private async giveBack(tx: EntityManager, payment: Payment, charge: NewCharge): Promise<number> {
    const { amount_received: amount, transaction_id } = charge;
    const { id: charge_id } = await this.ledger.charges.insert(tx, payment.id, charge, 'returned');
    await this.ledger.charges.shift(tx, charge_id, { reserved: amount, returned: 0 });
    const draft = { charge_id, amount, reason: 'It could pay nothing: returned automatically', requested_by: null };
    const refund = await this.refunds.insert(tx, { ...draft, automatic: true });
    await this.rows.insertRefund(tx, { refund_id: refund.id, ref: refund.ref, transaction_id, amount });
    if (payment.status === 'pending') {
      await this.ledger.payments.move(tx, { id: payment.id, from: 'pending', to: 'cancelled' });
      await this.ledger.invoices.follow(tx, payment.id, 'cancelled');
    }
    return refund.id;
  }
}
