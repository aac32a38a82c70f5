import { together } from '#database';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { taxWithinReturned } from './money/credit.js';
import type { Tax } from './money/tax.js';
import type { Invoice, Payment, PaymentStatus, TaxRecord } from './payment.js';
import { DOCUMENT_STATES } from './payment-states.js';
import type { CreditNote } from './refund.js';

const INVOICE = 'id, invoice_number, amount, currency, status, credited_amount, paid_at, created_at';
const TAX = 'id, base_amount, tax_amount, rate_basis_points, credited_base_amount, credited_tax_amount, status';
const CREDIT_NOTE = `credit_number, amount, base_amount, tax_amount, coalesce(effective_at, created_at) AS effective_at,
  created_at`;

export interface PaymentDocuments {
  readonly invoice: Invoice;
  readonly tax: TaxRecord;
}

/** A payment's invoice and tax record: they are made with it and follow its state. */
@Injectable()
export class InvoicesRepository {
  /** `INV-<yyyymmddhhmmss>-<payment id, six digits or more>`, in UTC. */
  async issue(tx: EntityManager, payment: Pick<Payment, 'id' | 'amount'>, tax: Tax): Promise<PaymentDocuments> {
    const invoiced = tx.query<Invoice[]>(
      `INSERT INTO invoices (invoice_number, payment_id, amount, currency)
       SELECT 'INV-' || to_char(created_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS') || '-'
              || lpad(id::text, greatest(6, length(id::text)), '0'), id, amount, currency
       FROM payments WHERE id = $1
       RETURNING ${INVOICE}`,
      [payment.id],
    );
    const recorded = tx.query<TaxRecord[]>(
      `INSERT INTO tax_records (payment_id, invoice_id, amount, base_amount, tax_amount, rate_basis_points)
       SELECT $1, id, $2, $3, $4, $5 FROM invoices WHERE payment_id = $1 RETURNING ${TAX}`,
      [payment.id, payment.amount, tax.base_amount, tax.tax_amount, tax.rate_basis_points],
    );
    const [[invoice], [record]] = await together([invoiced, recorded]);
    return { invoice: invoice!, tax: record! };
  }

  async find(manager: EntityManager, payment_id: number): Promise<PaymentDocuments> {
    const [[invoice], [tax]] = await together([
      manager.query<Invoice[]>(`SELECT ${INVOICE} FROM invoices WHERE payment_id = $1`, [payment_id]),
      manager.query<TaxRecord[]>(`SELECT ${TAX} FROM tax_records WHERE payment_id = $1`, [payment_id]),
    ]);
    return { invoice: invoice!, tax: tax! };
  }

  /** Brings the documents to what they say in this state of the payment. @param paid_at when the money was taken */
  async follow(
    tx: EntityManager,
    payment_id: number,
    status: PaymentStatus,
    paid_at?: Date,
  ): Promise<PaymentDocuments> {
    const documents = DOCUMENT_STATES[status];
    const [[[invoice]], [[tax]]] = await together([
      tx.query<[Invoice[], number]>(
        `UPDATE invoices
         SET status = $2, paid_at = CASE WHEN $2 = 'paid' AND paid_at IS NULL THEN coalesce($3, now()) ELSE paid_at END
         WHERE payment_id = $1 RETURNING ${INVOICE}`,
        [payment_id, documents.invoice, paid_at ?? null],
      ),
      tx.query<[TaxRecord[], number]>(`UPDATE tax_records SET status = $2 WHERE payment_id = $1 RETURNING ${TAX}`, [
        payment_id,
        documents.tax,
      ]),
    ]);
    return { invoice: invoice!, tax: tax! };
  }

  /**
   * Brings the documents to what was returned of the payment, and writes the note that says so: a credit, or a reversal with
   * minus signs. Each note is the difference between two totals, so that all of them together are exact.
   */
  async credit(
    tx: EntityManager,
    {
      before,
      after,
      because,
      effective_at,
    }: {
      before: Payment;
      after: Payment;
      because: { refund_id: number } | { dispute_id: number };
      effective_at: Date | null;
    },
  ): Promise<PaymentDocuments & { credit_note: CreditNote }> {
    const { invoice, tax } = await this.find(tx, after.id);
    const whole = { amount: after.amount, tax_amount: tax.tax_amount };
    const credited_tax = taxWithinReturned(whole, after.refunded_amount);
    const amount = after.refunded_amount - before.refunded_amount;
    const tax_amount = credited_tax - taxWithinReturned(whole, before.refunded_amount);
    const refund_id = 'refund_id' in because ? because.refund_id : null;
    const dispute_id = 'dispute_id' in because ? because.dispute_id : null;
    const mark =
      refund_id === null ? `-D${padded(dispute_id!)}${await this.nth(tx, dispute_id!)}` : `-${padded(refund_id)}`;
    const kind = amount > 0 ? 'credit' : 'reversal';
    const [note] = await tx.query<CreditNote[]>(
      `INSERT INTO credit_notes (credit_number, invoice_id, refund_id, dispute_id, kind, amount, base_amount, tax_amount,
                                 effective_at)
       VALUES ('CN-' || to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS') || $1, $2, $3, $4, $5, $6, $7, $8,
               coalesce($9, now()))
       RETURNING ${CREDIT_NOTE}`,
      [
        kind === 'credit' ? mark : `${mark}-R`,
        invoice.id,
        refund_id,
        dispute_id,
        kind,
        amount,
        amount - tax_amount,
        tax_amount,
        effective_at,
      ],
    );
    await tx.query('UPDATE invoices SET credited_amount = $2 WHERE id = $1', [invoice.id, after.refunded_amount]);
    await tx.query('UPDATE tax_records SET credited_base_amount = $2, credited_tax_amount = $3 WHERE id = $1', [
      tax.id,
      after.refunded_amount - credited_tax,
      credited_tax,
    ]);
    return { ...(await this.follow(tx, after.id, after.status)), credit_note: note! };
  }

  /** A dispute that has counted in part before has a note already; the next one has another number. */
  private async nth(tx: EntityManager, dispute_id: number): Promise<string> {
    const [row] = await tx.query<{ notes: number }[]>(
      'SELECT count(*)::int AS notes FROM credit_notes WHERE dispute_id = $1',
      [dispute_id],
    );
    return row!.notes === 0 ? '' : `-${row!.notes + 1}`;
  }

  async creditNoteOf(manager: EntityManager, refund_id: number): Promise<CreditNote | null> {
    const [note] = await manager.query<CreditNote[]>(
      `SELECT ${CREDIT_NOTE} FROM credit_notes WHERE refund_id = $1 AND kind = 'credit'`,
      [refund_id],
    );
    return note ?? null;
  }
}

/** As in an invoice's number: six digits or more. */
function padded(id: number): string {
  return String(id).padStart(6, '0');
}
