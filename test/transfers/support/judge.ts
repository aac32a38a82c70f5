import { differs, documentDifferences } from '../../support/documents.js';
import { type BookedPart, type Books, isOf, total } from './books.js';
import { type Bill, type Line, type Statement, sum } from './statement.js';

/** What the API shows: of each payment to its patient, of each transfer to staff. Minor units. */
export interface Shown {
  readonly payments: ReadonlyMap<number, ShownPayment>;
  readonly transfers: ReadonlyMap<number, ShownTransfer>;
}

export interface ShownPayment {
  readonly payment: { status: string; refunded_amount: number };
  readonly amount_due: number;
  readonly refundable_amount: number;
  readonly charge: { transaction_id: string } | null;
  readonly unmatched_transfers: readonly {
    transfer_id: number;
    amount: number;
    unmatched_amount: number;
    refund_pending_amount: number;
  }[];
}

export interface ShownTransfer {
  readonly amount: number;
  readonly matched_amount: number;
  readonly unmatched_amount: number;
  readonly refunded_amount: number;
  readonly refund_pending_amount: number;
}

/**
 * Every difference between the bank's statement and the books, in words; none is how it must be. What is right comes from
 * the statement and from what staff were answered; the books are only read.
 */
export function differences(books: Books, shown: Shown, statement: Statement): string[] {
  return [
    ...statement.lines.flatMap((line) => ofLine(line, books, shown, statement)),
    ...statement.bills.flatMap((bill) => ofBill(bill, books, statement)),
    ...statement.bills.flatMap((bill) => ofShownPayment(bill, shown.payments.get(bill.id)!, statement)),
    ...books.transfers.filter(({ voided }) => voided).flatMap(({ id }) => ofVoided(id, shown)),
    ...ofMoneyOut(books, statement),
  ];
}

/** Each unit of it is in one place: it pays a payment, or is unmatched, paid back, or about to be. */
function ofLine(line: Line, books: Books, shown: Shown, statement: Statement): string[] {
  const name = `line ${line.reference} of ${line.amount}`;
  const rows = books.transfers.filter((it) => isOf(it, line) && !it.voided);
  if (line.recorded === undefined) return differs(`${name}: records`, 0, rows.length);
  if (rows.length !== 1) return [`${name} is recorded ${rows.length} times`];
  const [row] = rows;
  // A payout above the amount received cannot be corrected in the database.
  const isOverspent = statement.allocatedOf(line) > line.amount;
  const parts = books.parts.filter(({ transfer_id }) => transfer_id === row!.id);
  const paying = parts.filter(({ disposition }) => disposition === 'accepted' || disposition === 'partial');
  const back = parts.filter(({ disposition }) => disposition === 'returned');
  const matched = total(paying.map(({ amount, undone }) => amount - undone));
  const paid_back = total(back.map(({ returned }) => returned));
  const reserved = total(back.map((part) => part.reserved));
  const staff = shown.transfers.get(row!.id);
  return [
    ...(isOverspent ? [] : differs(`${name}: recorded`, line.amount, row!.amount)),
    ...differs(`${name}: matched`, statement.matchedOf(line), matched),
    ...differs(`${name}: paid back`, statement.outOf(line, 'succeeded'), paid_back),
    ...differs(`${name}: reserved`, statement.outOf(line, 'pending'), reserved),
    ...differs(`${name}: unmatched`, row!.amount - matched - paid_back - reserved, staff?.unmatched_amount),
    ...differs(
      `${name}: shown`,
      [row!.amount, matched, paid_back, reserved].join(),
      [staff?.amount, staff?.matched_amount, staff?.refunded_amount, staff?.refund_pending_amount].join(),
    ),
    ...statement.bills.flatMap((bill) =>
      differs(
        `${name}: pays of payment ${bill.id}`,
        bill.matched.get(line.reference) ?? 0,
        total(paying.filter(({ payment_id }) => payment_id === bill.id).map(({ amount, undone }) => amount - undone)),
      ),
    ),
  ];
}

/** There was no such money: no answer says that it can be matched or paid back. */
function ofVoided(id: number, shown: Shown): string[] {
  const staff = shown.transfers.get(id);
  return [
    ...differs(`voided transfer ${id}: unmatched`, 0, staff?.unmatched_amount),
    ...differs(`voided transfer ${id}: matched`, 0, staff?.matched_amount),
  ];
}

function ofBill(bill: Bill, books: Books, statement: Statement): string[] {
  const payment = books.payments.find(({ id }) => id === bill.id);
  if (!payment) return [`payment ${bill.id} is missing`];
  const name = `payment ${bill.id} (${payment.status})`;
  const parts = books.parts.filter(({ payment_id }) => payment_id === bill.id);
  const of = (disposition: string) => parts.filter((part) => part.disposition === disposition);
  const received = (some: BookedPart[]) => total(some.map(({ amount }) => amount));
  const isPaid = bill.state === 'paid';
  const reserved = total(parts.map((part) => part.reserved));
  return [
    ...differs(`${name}: status`, statement.statusOf(bill), payment.status),
    // It is paid if and only if what was allocated when it completed is its amount.
    ...differs(`${name}: allocated when it completed`, isPaid ? bill.amount : 0, received(of('accepted'))),
    ...differs(
      `${name}: received of it`,
      bill.state === 'pending' ? sum(bill.matched.values()) : 0,
      received(of('partial')),
    ),
    ...differs(`${name}: completed`, isPaid ? 1 : 0, payment.completions),
    ...differs(`${name}: said to be completed`, isPaid ? 1 : 0, bill.completions),
    ...differs(`${name}: refunded`, bill.refunded, payment.refunded),
    ...differs(`${name}: returned`, bill.refunded, total(parts.map(({ returned }) => returned))),
    ...differs(`${name}: reserved`, statement.outOf(bill, 'pending'), reserved),
    ...(payment.refunded + reserved > bill.amount ? [`${name}: ${payment.refunded} and ${reserved} go back`] : []),
    ...(parts.some(({ amount, returned, reserved: held }) => returned + held > amount)
      ? [`${name}: more goes back of a transfer than it paid`]
      : []),
    ...documentDifferences(payment),
  ];
}

/** The answer to its patient agrees with the statement. */
function ofShownPayment(bill: Bill, shown: ShownPayment, statement: Statement): string[] {
  const name = `payment ${bill.id} as shown`;
  const unmatched = statement.lines
    .filter((line) => line.recorded !== undefined && line.sent_for === bill.id)
    .map((line) => [line.transfer_id, line.recorded, statement.unmatchedOf(line), statement.outOf(line, 'pending')])
    .filter(([, , left, pending]) => left! + pending! > 0);
  const told = shown.unmatched_transfers.map((it) => [
    it.transfer_id,
    it.amount,
    it.unmatched_amount,
    it.refund_pending_amount,
  ]);
  const due = bill.state === 'pending' ? statement.dueOf(bill) : 0;
  const mayShow = [...bill.matched].filter(([, amount]) => amount > 0 || bill.state === 'paid').map(([line]) => line);
  const { charge } = shown;
  return [
    ...differs(`${name}: status`, statement.statusOf(bill), shown.payment.status),
    ...differs(`${name}: refunded`, bill.refunded, shown.payment.refunded_amount),
    ...differs(`${name}: due`, due, shown.amount_due),
    ...differs(`${name}: refundable`, statement.refundableOf(bill), shown.refundable_amount),
    ...differs(`${name}: unmatched`, byId(unmatched as number[][]), byId(told)),
    ...(charge && !mayShow.some((line) => line.toUpperCase() === charge.transaction_id.toUpperCase())
      ? [`${name}: ${charge.transaction_id} is called its money`]
      : []),
  ];
}

/** Each payout on the statement is settled, once. */
function ofMoneyOut(books: Books, statement: Statement): string[] {
  const lineOf = (amount: number, reference: string | null) => `${reference}: ${amount}`;
  const settled = books.refunds
    .filter(({ kind, status }) => kind === 'refund' && status === 'succeeded')
    .map(({ amount, transaction_id }) => lineOf(amount, transaction_id));
  const sent = statement.refunds
    .filter(({ status }) => status === 'succeeded')
    .map(({ amount, transaction_id }) => lineOf(amount, transaction_id));
  const pending = (some: readonly { status: string; amount: number }[]) =>
    total(some.filter(({ status }) => status === 'pending').map(({ amount }) => amount));
  return [
    ...differs('money out', sent.sort().join(' | '), settled.sort().join(' | ')),
    ...differs('money about to go out', pending(statement.refunds), pending(books.refunds)),
  ];
}

function byId(rows: readonly number[][]): string {
  return JSON.stringify([...rows].sort(([a], [b]) => a! - b!));
}
