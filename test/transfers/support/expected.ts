import { type Bill, type Line, type Statement } from './statement.js';

/**
 * What an answer must say without concurrent requests: the status of a success, or one of the codes. Derived from the
 * statement and the earlier answers alone.
 */
export type Expected = readonly (string | number)[];

/** Whether a payment can take `amount`: a pending one up to its rest, an expired one only in full and if still free. */
function canTake(statement: Statement, bill: Bill, amount: number): boolean {
  if (bill.state === 'pending') return amount > 0 && amount <= statement.dueOf(bill);
  return bill.state === 'expired' && amount === bill.amount && !statement.rivalOf(bill);
}

export function ofConfirm(statement: Statement, bill: Bill, line: Line, said: number | undefined): Expected {
  const due = statement.dueOf(bill);
  if (line.recorded === undefined && said === undefined && bill.had_part && bill.state !== 'paid')
    return ['VALIDATION_FAILED'];
  const recorded = line.recorded ?? said ?? (due || bill.amount);
  const free = line.recorded === undefined ? recorded : statement.unmatchedOf(line);
  if (free === 0) return [bill.state === 'paid' ? 'PAYMENT_ALREADY_CONFIRMED' : 'TRANSACTION_ALREADY_USED'];
  if (said !== undefined && said !== recorded) return ['TRANSFER_MISMATCH'];
  if (canTake(statement, bill, Math.min(free, due))) return [200];
  if (bill.state === 'paid') return ['PAYMENT_ALREADY_CONFIRMED'];
  return bill.state === 'expired' && statement.rivalOf(bill) ? ['PAYMENT_EXISTS'] : ['TRANSITION_NOT_ALLOWED'];
}

export function ofRecord(line: Line): Expected {
  return [line.recorded === undefined ? 201 : 'TRANSACTION_ALREADY_USED'];
}

/** What a recorded transfer must pay at once of the payment it was sent for. */
export function matchOfRecord(statement: Statement, bill: Bill | undefined, line: Line, said: number): number {
  if (!bill || bill.method !== line.method) return 0;
  const part = Math.min(said, statement.dueOf(bill));
  return canTake(statement, bill, part) ? part : 0;
}

export function ofMatch(statement: Statement, bill: Bill, line: Line, said: number | undefined): Expected {
  const free = statement.unmatchedOf(line);
  if (free === 0) return ['NOTHING_UNMATCHED'];
  if (bill.state === 'paid') return ['PAYMENT_ALREADY_CONFIRMED'];
  if (bill.state === 'cancelled') return ['TRANSITION_NOT_ALLOWED'];
  const most = Math.min(free, statement.dueOf(bill));
  const amount = said ?? most;
  const refusals = [
    ...(bill.method === line.method ? [] : ['TRANSFER_MISMATCH']),
    ...(bill.state === 'expired' && statement.rivalOf(bill) ? ['PAYMENT_EXISTS'] : []),
    ...(amount > most || (bill.state === 'expired' && amount < bill.amount) ? ['MATCH_TOO_LARGE'] : []),
  ];
  return refusals.length > 0 ? refusals : [200];
}

export function ofUnmatch(statement: Statement, bill: Bill, line: Line): Expected {
  const matched = bill.matched.get(line.reference) ?? 0;
  if (matched === 0) return ['NOTHING_TO_UNMATCH'];
  const returned = statement.outOf(bill, 'succeeded');
  const reserved = statement.outOf(bill, 'pending');
  const others = [...bill.matched].some(([reference, amount]) => reference !== line.reference && amount > 0);
  // Of which of several transfers a refund takes its money is Payonce's choice.
  if (others && returned + reserved > 0) return [200, 'REFUND_PENDING', 'NOTHING_TO_UNMATCH'];
  if (reserved > 0) return ['REFUND_PENDING'];
  return [matched > returned ? 200 : 'NOTHING_TO_UNMATCH'];
}

export function ofRefund(statement: Statement, bill: Bill, said: number | undefined): Expected {
  if (bill.state !== 'paid') return ['TRANSITION_NOT_ALLOWED'];
  const left = statement.refundableOf(bill);
  if (left === 0) return ['NOTHING_LEFT_TO_REFUND'];
  return [(said ?? left) > left ? 'REFUND_TOO_LARGE' : 200];
}

export function ofPayBack(statement: Statement, line: Line, said: number | undefined): Expected {
  const left = statement.unmatchedOf(line);
  if (left === 0) return ['NOTHING_UNMATCHED'];
  return [(said ?? left) > left ? 'REFUND_TOO_LARGE' : 200];
}

export function ofCorrect(statement: Statement, line: Line, said: number): Expected {
  return [line.recorded === undefined || said < statement.allocatedOf(line) ? 'TRANSFER_IN_USE' : 200];
}

export function ofVoid(statement: Statement, line: Line): Expected {
  return [line.recorded === undefined || statement.allocatedOf(line) > 0 ? 'TRANSFER_IN_USE' : 200];
}
