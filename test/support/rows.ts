import type { TestDatabase } from './database.js';

type Row = Record<string, unknown>;

const DOCUMENT_STATES: Readonly<Record<string, [invoice: string, tax: string]>> = {
  pending: ['pending', 'pending'],
  completed: ['paid', 'due'],
  partially_refunded: ['partially_refunded', 'partially_credited'],
  refunded: ['refunded', 'credited'],
};
const VOID: [string, string] = ['void', 'void'];

/** Numbers for values that must be unique. */
let count = 0;

/**
 * A payment as the program writes it, in one statement: with its documents, and with charge, refund and credit note
 * when its state says that there was money. `change` overrides columns of the payment's row.
 * @returns its id
 */
export async function insertPayment(
  database: Pick<TestDatabase, 'query'>,
  change: Row & { user_id: number; consultation_id: number | null },
): Promise<number> {
  const status = (change.status as string | undefined) ?? 'pending';
  const amount = (change.amount as number | undefined) ?? 5_000;
  const paid = ['completed', 'partially_refunded', 'refunded'].includes(status);
  const refunded = status === 'refunded' ? amount : status === 'partially_refunded' ? 1 : 0;
  const row: Row = {
    amount,
    currency: 'idr',
    payment_method: 'bank_transfer',
    status,
    refunded_amount: refunded,
    completed_at: paid ? new Date() : null,
    ...change,
  };
  const names = Object.keys(row);
  const unique = `${process.pid}-${(count += 1)}`;
  const extra = names.length;
  const [inserted] = await database.query<{ id: string }>(
    `WITH p AS (INSERT INTO payments (${names.join(', ')}) VALUES (${names.map((_, n) => `$${n + 1}`).join(', ')}) RETURNING *),
     i AS (INSERT INTO invoices (invoice_number, payment_id, amount, currency, status, credited_amount)
           SELECT 'INV-20240115103000-' || lpad(id::text, greatest(6, length(id::text)), '0'), id, amount, currency, $${extra + 1}, refunded_amount FROM p RETURNING *),
     t AS (INSERT INTO tax_records (payment_id, invoice_id, amount, base_amount, tax_amount, rate_basis_points, status, credited_base_amount)
           SELECT p.id, i.id, p.amount, p.amount, 0, 0, $${extra + 2}, p.refunded_amount FROM p, i),
     f AS (INSERT INTO transfers (payment_method, transaction_id, amount, amount_allocated, currency, payment_id, received_at)
           SELECT payment_method, 'made-by-test-' || $${extra + 3}, amount, amount, currency, id, now()
           FROM p WHERE $${extra + 4} AND payment_method <> 'stripe' RETURNING id),
     c AS (INSERT INTO charges (payment_method, transaction_id, transfer_id, payment_id, amount_received, amount_returned, currency)
           SELECT payment_method, 'made-by-test-' || $${extra + 3}, (SELECT id FROM f), id, amount, refunded_amount, currency
           FROM p WHERE $${extra + 4} RETURNING *),
     r AS (INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, status, reason, transaction_id, settled_at)
           SELECT id, payment_id, payment_method, amount_returned, currency, 'succeeded', 'test', transaction_id || '-back', now()
           FROM c WHERE amount_returned > 0 RETURNING *),
     n AS (INSERT INTO credit_notes (credit_number, invoice_id, refund_id, kind, amount, base_amount, tax_amount)
           SELECT 'CN-' || r.id, i.id, r.id, 'credit', r.amount, r.amount, 0 FROM r, i)
     SELECT id FROM p`,
    [...Object.values(row), ...(DOCUMENT_STATES[status] ?? VOID), unique, paid],
  );
  return Number(inserted!.id);
}

/** Cancels every pending payment with its documents, so that what they were for can be paid again. */
export async function cancelPending(database: Pick<TestDatabase, 'query'>): Promise<void> {
  await database.query(
    `WITH p AS (UPDATE payments SET status = 'cancelled' WHERE status = 'pending' RETURNING id),
     i AS (UPDATE invoices SET status = 'void' FROM p WHERE payment_id = p.id)
     UPDATE tax_records SET status = 'void' FROM p WHERE payment_id = p.id`,
  );
}
