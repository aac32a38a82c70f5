import type { TestDatabase } from './database.js';

/** All money of one payment, by columns that earlier versions have, too. Amounts in minor units. */
export interface MoneyOfPayment {
  readonly id: number;
  readonly status: string;
  readonly amount: number;
  readonly refunded: number;
  readonly owed: number;
  readonly processing: boolean;
  readonly method: string;
  readonly charges: BookedCharge[];
  readonly refunds: BookedRefund[];
  readonly disputes: { dispute: string; state: string; amount: number; counted: number }[];
  readonly invoice: [number: string, status: string, amount: number, credited: number];
  readonly tax: [status: string, base: number, tax: number, rate: number, credited_base: number, credited_tax: number];
  readonly credit_notes: [number: string, kind: string, amount: number, base: number, tax: number][];
}

export interface BookedCharge {
  readonly transaction: string;
  readonly disposition: string;
  readonly received: number;
  readonly returned: number;
  readonly reserved: number;
}

export interface BookedRefund {
  readonly id: number;
  readonly ref: string;
  readonly status: string;
  readonly amount: number;
  readonly automatic: boolean;
  readonly transaction: string | null;
}

export interface Money {
  readonly payments: MoneyOfPayment[];
  readonly totals: Record<string, unknown>;
}

/** Everything the ledger says about money: each payment, and the totals of the tables. */
export async function moneyIn(database: TestDatabase): Promise<Money> {
  const [totals] = await database.query<{ totals: Record<string, unknown> }>(TOTALS);
  return { payments: await moneyOf(database), totals: totals!.totals };
}

/** @param ids of payments; all of them when left out. */
export async function moneyOf(database: TestDatabase, ids: readonly number[] | null = null): Promise<MoneyOfPayment[]> {
  const rows = await database.query<{ money: MoneyOfPayment }>(
    `SELECT jsonb_build_object(
              'id', p.id, 'method', p.payment_method, 'status', p.status, 'processing', p.processing,
              'amount', p.amount, 'currency', p.currency, 'quantity', p.quantity,
              'refunded', p.refunded_amount, 'owed', p.refund_owed,
              'charges', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                            'transaction', c.transaction_id, 'disposition', c.disposition, 'currency', c.currency,
                            'received', c.amount_received, 'returned', c.amount_returned, 'reserved', c.amount_reserved)
                            ORDER BY c.id), '[]') FROM charges c WHERE c.payment_id = p.id),
              'refunds', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                            'id', r.id, 'ref', r.ref, 'status', r.status, 'amount', r.amount, 'automatic', r.automatic,
                            'transaction', r.transaction_id) ORDER BY r.id), '[]')
                          FROM refunds r WHERE r.payment_id = p.id),
              'disputes', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                             'dispute', d.dispute_id, 'state', d.state, 'amount', d.amount, 'counted', d.counted_amount)
                             ORDER BY d.id), '[]') FROM disputes d WHERE d.payment_id = p.id),
              'invoice', jsonb_build_array(i.invoice_number, i.status, i.amount, i.credited_amount),
              'tax', jsonb_build_array(t.status, t.base_amount, t.tax_amount, t.rate_basis_points,
                                       t.credited_base_amount, t.credited_tax_amount),
              'credit_notes', (SELECT coalesce(jsonb_agg(jsonb_build_array(
                                 n.credit_number, n.kind, n.amount, n.base_amount, n.tax_amount) ORDER BY n.id), '[]')
                               FROM credit_notes n WHERE n.invoice_id = i.id)) AS money
     FROM payments p LEFT JOIN invoices i ON i.payment_id = p.id LEFT JOIN tax_records t ON t.payment_id = p.id
     WHERE $1::bigint[] IS NULL OR p.id = ANY($1) ORDER BY p.id`,
    [ids],
  );
  return rows.map(({ money }) => money);
}

const TOTALS = `SELECT jsonb_build_object(
       'payments', (SELECT jsonb_object_agg(status, of) FROM (SELECT status, jsonb_build_array(count(*), sum(amount), sum(refunded_amount), sum(refund_owed)) AS of FROM payments GROUP BY 1) s),
       'charges', (SELECT jsonb_object_agg(disposition, of) FROM (SELECT disposition, jsonb_build_array(count(*), sum(amount_received), sum(amount_returned), sum(amount_reserved)) AS of FROM charges GROUP BY 1) s),
       'refunds', (SELECT jsonb_object_agg(status, of) FROM (SELECT status, jsonb_build_array(count(*), sum(amount)) AS of FROM refunds GROUP BY 1) s),
       'disputes', (SELECT jsonb_object_agg(state, of) FROM (SELECT state, jsonb_build_array(count(*), sum(amount), sum(counted_amount)) AS of FROM disputes GROUP BY 1) s),
       'invoices', (SELECT jsonb_object_agg(status, of) FROM (SELECT status, jsonb_build_array(count(*), sum(amount), sum(credited_amount)) AS of FROM invoices GROUP BY 1) s),
       'taxes', (SELECT jsonb_object_agg(status, of) FROM (SELECT status, jsonb_build_array(count(*), sum(tax_amount), sum(credited_tax_amount)) AS of FROM tax_records GROUP BY 1) s),
       'credit_notes', (SELECT jsonb_object_agg(kind, of) FROM (SELECT kind, jsonb_build_array(count(*), sum(amount), sum(tax_amount)) AS of FROM credit_notes GROUP BY 1) s),
       'fees', (SELECT jsonb_build_array(count(*), sum(fee)) FROM consultations),
       'prices', (SELECT jsonb_object_agg(id, price) FROM products)) AS totals`;
