import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PaymentDocuments } from '../ledger/invoices.repository.js';
import type { Payment } from '../ledger/payment.js';
import { Ledger } from '../ledger/ledger.js';
import { isOver } from '../ledger/payment-states.js';
import { isSecondLivePayment } from '../ledger/payments.repository.js';
import type { Step } from '../ledger/audit-buffer.js';
import type { Transfer } from '../ledger/transfer.js';

/** The part of a payment that a transfer pays. Minor units. */
export interface Allocation {
  readonly charge_id: number;
  readonly amount: number;
  /** What the payment still needs; 0 when it is completed. */
  readonly amount_due: number;
  readonly payment: Payment;
  readonly documents: PaymentDocuments;
  /** For the audit log. */
  readonly step: Step;
}

/**
 * Matches a part of a transfer with a payment. A payment that has received all it needs completes; one that has
 * received less stays pending, with a charge of disposition `partial`. Runs in a transaction that has locked the
 * payment's row first, then the transfer's.
 */
@Injectable()
export class AllocateTransfer {
  constructor(private readonly ledger: Ledger) {}

  /** How much this payment can accept: what it still needs, or its whole amount if it ended unpaid. Minor units. */
  async dueOf(manager: EntityManager, payment: Payment): Promise<number> {
    if (isOver(payment.status)) return payment.amount;
    if (payment.status !== 'pending') return 0;
    return payment.amount - (await this.ledger.charges.sumOfPartials(manager, payment.id));
  }

  /**
   * @param amount at most `dueOf`, and at most the unmatched part of the transfer
   * @returns undefined, without changes, when the payment cannot accept the money: it is paid or cancelled, or has
   *   another method or currency; or it ended unpaid, and this is not its whole amount or another payment has taken its
   *   place
   */
  async run(
    tx: EntityManager,
    { payment, transfer, amount }: { payment: Payment; transfer: Transfer; amount: number },
  ): Promise<Allocation | undefined> {
    const due = await this.dueOf(tx, payment);
    const fits = transfer.payment_method === payment.payment_method && transfer.currency === payment.currency;
    if (!fits || amount <= 0 || amount > due || (isOver(payment.status) && amount < due)) return undefined;
    return amount < due
      ? this.payPart(tx, { payment, transfer, amount, due })
      : this.complete(tx, { payment, transfer, amount });
  }

  /** The payment no longer expires automatically: the payer has paid a part, and staff handle the rest. */
  private async payPart(
    tx: EntityManager,
    { payment, transfer, amount, due }: { payment: Payment; transfer: Transfer; amount: number; due: number },
  ): Promise<Allocation> {
    const charge_id = await this.insert(tx, { payment, transfer, amount }, 'partial');
    await this.ledger.payments.setExpiry(tx, payment.id, null);
    const amount_due = due - amount;
    return {
      charge_id,
      amount,
      amount_due,
      payment: (await this.ledger.payments.find(tx, payment.id))!,
      documents: await this.ledger.invoices.find(tx, payment.id),
      step: { action: 'payment.partially_paid', detail: { ...detailOf(transfer, amount), charge_id, amount_due } },
    };
  }

  private async complete(
    tx: EntityManager,
    { payment, transfer, amount }: { payment: Payment; transfer: Transfer; amount: number },
  ): Promise<Allocation | undefined> {
    await tx.query('SAVEPOINT allocating');
    try {
      const last = await this.ledger.charges.acceptPartials(tx, payment.id);
      const charge_id = await this.insert(tx, { payment, transfer, amount }, 'accepted');
      const completed_at = last && last > transfer.received_at ? last : transfer.received_at;
      const step = { id: payment.id, from: payment.status, to: 'completed', completed_at } as const;
      const completed = await this.ledger.payments.move(tx, step);
      if (!completed) throw new Error(`Payment ${payment.id} changed while its row was locked`);
      const documents = await this.ledger.invoices.follow(tx, payment.id, 'completed', completed_at);
      await tx.query('RELEASE SAVEPOINT allocating');
      const detail = { from: payment.status, ...detailOf(transfer, amount) };
      const result = { charge_id, amount, amount_due: 0, payment: completed, documents };
      return { ...result, step: { action: 'payment.completed', detail } };
    } catch (error) {
      if (!isSecondLivePayment(error)) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT allocating');
      return undefined;
    }
  }

  private async insert(
    tx: EntityManager,
    { payment, transfer, amount }: { payment: Payment; transfer: Transfer; amount: number },
    disposition: 'accepted' | 'partial',
  ): Promise<number> {
    const { id: transfer_id, payment_method, transaction_id, currency, receipt_url, received_at } = transfer;
    const charge = {
      payment_method,
      transaction_id,
      amount_received: amount,
      currency,
      receipt_url,
      received_at,
      transfer_id,
    };
    const { id } = await this.ledger.charges.insert(tx, payment.id, charge, disposition);
    await this.ledger.transfers.allocate(tx, transfer_id, amount);
    // The transfer was sent for this payment after all. The payer it was attributed to before must not see the rest of
    // it.
    if (transfer.payment_id !== payment.id && transfer.matched_amount === 0)
      await this.ledger.transfers.setPayment(tx, transfer_id, payment.id);
    return id;
  }
}

function detailOf({ id: transfer_id, transaction_id, currency }: Transfer, amount_received: number) {
  return { transfer_id, transaction_id, amount_received, currency };
}
