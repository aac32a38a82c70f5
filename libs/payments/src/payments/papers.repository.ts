import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Tax } from '../money/tax.js';
import type { Invoice, Payment, PaymentStatus, TaxRecord } from './payment.js';
import { PAPERS } from './payment-states.js';

const INVOICE = 'id, invoice_number, amount, currency, status, paid_at, created_at';
const TAX = 'id, base_amount, tax_amount, rate_basis_points, status';

export interface Papers {
  readonly invoice: Invoice;
  readonly tax: TaxRecord;
}

/** A payment's invoice and tax record: they are made with it and follow its state. */
@Injectable()
export class PapersRepository {
  /** `INV-<yyyymmddhhmmss>-<payment id, six digits or more>`, in UTC (third seed). */
  async issue(tx: EntityManager, payment: Payment, tax: Tax): Promise<Papers> {
    const [invoice] = await tx.query<Invoice[]>(
      `INSERT INTO invoices (invoice_number, payment_id, amount, currency)
       SELECT 'INV-' || to_char(created_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS') || '-'
              || lpad(id::text, greatest(6, length(id::text)), '0'), id, amount, currency
       FROM payments WHERE id = $1
       RETURNING ${INVOICE}`,
      [payment.id],
    );
    const [record] = await tx.query<TaxRecord[]>(
      `INSERT INTO tax_records (payment_id, invoice_id, amount, base_amount, tax_amount, rate_basis_points)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${TAX}`,
      [payment.id, invoice!.id, payment.amount, tax.base_amount, tax.tax_amount, tax.rate_basis_points],
    );
    return { invoice: invoice!, tax: record! };
  }

  async find(manager: EntityManager, payment_id: number): Promise<Papers> {
    const [invoice] = await manager.query<Invoice[]>(`SELECT ${INVOICE} FROM invoices WHERE payment_id = $1`, [
      payment_id,
    ]);
    const [tax] = await manager.query<TaxRecord[]>(`SELECT ${TAX} FROM tax_records WHERE payment_id = $1`, [
      payment_id,
    ]);
    return { invoice: invoice!, tax: tax! };
  }

  /** Brings the papers to what they say in this state of the payment. */
  async follow(tx: EntityManager, payment_id: number, status: PaymentStatus): Promise<Papers> {
    const says = PAPERS[status];
    const [[invoice]] = await tx.query<[Invoice[], number]>(
      `UPDATE invoices SET status = $2, paid_at = CASE WHEN $2 = 'paid' THEN now() ELSE paid_at END
       WHERE payment_id = $1 RETURNING ${INVOICE}`,
      [payment_id, says.invoice],
    );
    const [[tax]] = await tx.query<[TaxRecord[], number]>(
      `UPDATE tax_records SET status = $2 WHERE payment_id = $1 RETURNING ${TAX}`,
      [payment_id, says.tax],
    );
    return { invoice: invoice!, tax: tax! };
  }
}
