import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { cameAfterClosing } from '../../ledger/came-after-closing.js';
import { AutomaticRefunds } from '../refunds/automatic-refunds.js';
import { EventRequeue } from '../inbox/event-requeue.js';
import type { NewCharge } from '../../ledger/charge.js';
import type { PaymentDocuments } from '../../ledger/invoices.repository.js';
import type { Payment } from '../../ledger/payment.js';
import { Ledger } from '../../ledger/ledger.js';
import { mayBecome } from '../../ledger/payment-states.js';
import { isSecondLivePayment } from '../../ledger/payments.repository.js';
import type { AuditBuffer, Step } from '../../ledger/audit-buffer.js';

/** The outcome of booking money that arrived. All of it is recorded, whatever the outcome. */
export type Received =
  | { readonly is: 'completed'; readonly payment: Payment; readonly documents: PaymentDocuments }
  /** It could no longer pay anything: it is refunded automatically. */
  | { readonly is: 'returned'; readonly refund_id: number }
  /** It does not match what was requested: staff decide. */
  | { readonly is: 'quarantined' }
  /** It was already booked. */
  | { readonly is: 'known'; readonly payment_id: number | null };

/**
 * Books money that Stripe reports as received, whichever source reported it. The money completes its payment, is
 * refunded once, or is quarantined. Runs in a transaction that has locked the payment's row.
 */
@Injectable()
export class BookCharge {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: AutomaticRefunds,
    private readonly waitingEvents: EventRequeue,
  ) {}

  async run(tx: EntityManager, payment: Payment, charge: NewCharge, auditBuffer: AuditBuffer): Promise<Received> {
    const known = await this.ledger.charges.findTransaction(tx, charge);
    if (known) return { is: 'known', payment_id: known.payment_id };
    const received = await this.book(tx, payment, charge, auditBuffer);
    await this.waitingEvents.requeue(tx, { payment_intent: charge.transaction_id });
    return received;
  }

  private async book(
    tx: EntityManager,
    payment: Payment,
    charge: NewCharge,
    auditBuffer: AuditBuffer,
  ): Promise<Received> {
    const { transaction_id, amount_received, currency } = charge;
    const detail = { transaction_id, amount_received, currency, from: payment.status };
    if (amount_received !== payment.amount || currency !== payment.currency) {
      await this.ledger.charges.insert(tx, payment.id, charge, 'quarantined');
      const expected = { amount: payment.amount, currency: payment.currency };
      await this.ledger.audit.record(
        tx,
        auditBuffer.entries(payment.id, { action: 'money.quarantined', detail: { ...detail, expected } }),
      );
      return { is: 'quarantined' };
    }
    const completed = mayBecome(payment.status, 'completed') ? await this.complete(tx, payment, charge) : undefined;
    if (completed) {
      await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, { action: 'payment.completed', detail }));
      return { is: 'completed', ...completed };
    }
    const { id: charge_id } = await this.ledger.charges.insert(tx, payment.id, charge, 'returned');
    const refund_id = await this.refunds.reserve(tx, { charge_id, payment_id: payment.id, charge });
    const steps: Step[] = [{ action: 'money.returned_automatically', detail: { ...detail, refund_id } }];
    const cancelled = await this.cancelIfPending(tx, payment);
    await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, ...steps, ...cancelled));
    return { is: 'returned', refund_id };
  }

  /**
   * The page was paid after its consultation or product had been closed, so the payment must not be paid again.
   * @returns the steps to audit
   */
  private async cancelIfPending(tx: EntityManager, { id, status }: Payment): Promise<Step[]> {
    if (status !== 'pending') return [];
    await this.ledger.payments.move(tx, { id, from: 'pending', to: 'cancelled' });
    await this.ledger.invoices.follow(tx, id, 'cancelled');
    return [{ action: 'payment.cancelled', detail: { from: 'pending', to: 'cancelled', because: 'closed' } }];
  }

  /**
   * @returns undefined when another payment has taken its place and the unique index refused, or when the money was
   *   taken after the consultation or product was closed. All changes of this attempt are then undone.
   */
  private async complete(
    tx: EntityManager,
    payment: Payment,
    charge: NewCharge,
  ): Promise<{ payment: Payment; documents: PaymentDocuments } | undefined> {
    await tx.query('SAVEPOINT completing');
    try {
      const { id: charge_id, received_at } = await this.ledger.charges.insert(tx, payment.id, charge);
      if (await cameAfterClosing(tx, charge_id)) {
        await tx.query('ROLLBACK TO SAVEPOINT completing');
        return undefined;
      }
      const step = { id: payment.id, from: payment.status, to: 'completed', completed_at: received_at } as const;
      const completed = await this.ledger.payments.move(tx, step);
      if (!completed) throw new Error(`Payment ${payment.id} changed while its row was locked`);
      const documents = await this.ledger.invoices.follow(tx, payment.id, 'completed', received_at);
      await tx.query('RELEASE SAVEPOINT completing');
      return { payment: completed, documents };
    } catch (error) {
      if (!isSecondLivePayment(error)) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT completing');
      return undefined;
    }
  }
}
