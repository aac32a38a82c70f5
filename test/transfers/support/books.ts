import type { TestDatabase } from '../../support/database.js';
import { differs } from '../../support/documents.js';
import { type MoneyOfPayment, moneyOf } from '../../support/money.js';
import type { Slot } from './prepare.js';
import type { Line, Statement } from './statement.js';

/** A recorded transfer as the tables have it. Minor units. */
export interface BookedTransfer {
  readonly id: number;
  readonly reference: string;
  readonly method: string;
  readonly amount: number;
  readonly allocated: number;
  readonly payment_id: number | null;
  readonly voided: boolean;
}

/** A part of a transfer: what it pays of a payment, or what goes back of it. */
export interface BookedPart {
  readonly transfer_id: number;
  readonly payment_id: number | null;
  readonly disposition: string;
  readonly amount: number;
  /** Refunded, or undone. */
  readonly returned: number;
  /** Of what was returned: undone, so that it is on the transfer again. */
  readonly undone: number;
  readonly reserved: number;
}

/** What left the account, or will. */
export interface BookedRefund {
  readonly id: number;
  readonly kind: string;
  readonly status: string;
  readonly amount: number;
  readonly transaction_id: string | null;
}

/** All rows of one run. */
export interface Books {
  readonly payments: (MoneyOfPayment & { expires: boolean; completions: number; consultation_id: number })[];
  readonly transfers: BookedTransfer[];
  readonly parts: BookedPart[];
  readonly refunds: BookedRefund[];
}

export async function readBooks(
  database: TestDatabase,
  { name, slots }: { name: string; slots: readonly Slot[] },
): Promise<Books> {
  const rows = await database.query<{ id: number; expires: boolean; completions: number; consultation_id: number }>(
    `SELECT id::int, consultation_id::int, expires_at IS NOT NULL AS expires,
            (SELECT count(*)::int FROM audit_log a WHERE a.payment_id = p.id AND a.action = 'payment.completed') AS completions
     FROM payments p WHERE consultation_id = ANY($1) ORDER BY id`,
    [slots.map(({ consultation_id }) => consultation_id)],
  );
  const money = await moneyOf(
    database,
    rows.map(({ id }) => id),
  );
  const transfers = await database.query<BookedTransfer>(
    `SELECT id::int, transaction_id AS reference, payment_method AS method, amount::int, amount_allocated::int AS allocated,
            payment_id::int, voided_at IS NOT NULL AS voided
     FROM transfers WHERE upper(transaction_id) LIKE upper($1) ORDER BY id`,
    [`In-${name}-%`],
  );
  const parts = await database.query<BookedPart>(
    `SELECT transfer_id::int, payment_id::int, disposition, amount_received::int AS amount, amount_returned::int AS returned,
            amount_reserved::int AS reserved,
            (SELECT coalesce(sum(r.amount), 0)::int FROM refunds r
             WHERE r.charge_id = c.id AND r.kind = 'unmatch' AND r.status = 'succeeded') AS undone
     FROM charges c WHERE transfer_id = ANY($1) ORDER BY id`,
    [transfers.map(({ id }) => id)],
  );
  const refunds = await database.query<BookedRefund>(
    `SELECT r.id::int, r.kind, r.status, r.amount::int, r.transaction_id FROM refunds r
     WHERE r.payment_id = ANY($1) OR r.charge_id IN (SELECT id FROM charges WHERE transfer_id = ANY($2)) ORDER BY r.id`,
    [rows.map(({ id }) => id), transfers.map(({ id }) => id)],
  );
  return { payments: money.map((it, n) => ({ ...it, ...rows[n]! })), transfers, parts, refunds };
}

/** After every move: exactly the answered changes were made. */
export function stepDifferences(books: Books, statement: Statement): string[] {
  const live = books.payments
    .filter(({ status }) => ['pending', 'completed', 'partially_refunded'].includes(status))
    .map(({ consultation_id }) => consultation_id);
  return [
    ...differs('live payments per consultation', live.length, new Set(live).size),
    ...differs('payments', statement.bills.length, books.payments.length),
    ...statement.bills.flatMap((bill) => {
      const payment = books.payments.find(({ id }) => id === bill.id);
      const name = `payment ${bill.id}`;
      return [
        ...differs(name, statement.statusOf(bill), payment?.status),
        ...differs(`${name}: refunded`, bill.refunded, payment?.refunded),
        // Of which a part was received, it waits for the rest, however long.
        ...(payment?.status === 'pending'
          ? differs(`${name}: expires`, statement.dueOf(bill) === bill.amount, payment.expires)
          : []),
      ];
    }),
    ...statement.lines.flatMap((line) => {
      const rows = books.transfers.filter((it) => isOf(it, line));
      const [row, ...more] = rows.filter(({ voided }) => !voided);
      const name = `transfer ${line.reference}`;
      if (line.recorded === undefined || !row)
        return differs(`${name}: records`, line.recorded === undefined ? 0 : 1, row ? 1 : 0);
      return [
        ...differs(`${name}: records`, 1, 1 + more.length),
        ...differs(`${name}: method`, line.method, row.method),
        ...differs(`${name}: amount`, line.recorded, row.amount),
        ...differs(`${name}: matched or paid back`, statement.allocatedOf(line), row.allocated),
        ...differs(`${name}: sent for`, line.sent_for, row.payment_id),
      ];
    }),
    ...differs(
      'records that were voided',
      total(statement.lines.map(({ voided }) => voided)),
      books.transfers.filter(({ voided }) => voided).length,
    ),
  ];
}

/** Whether it records this line: case makes no difference, at a bank or at GCash. */
export function isOf(transfer: BookedTransfer, line: Line): boolean {
  return transfer.reference.toUpperCase() === line.reference.toUpperCase();
}

export function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
