import type { Schemas } from '../../../libs/payment-client/src/wire.js';
import type { Reply } from '../../support/http.js';

export type Method = 'bank_transfer' | 'gcash';

/** One line of money received on the bank's statement, and what staff have said of it. Minor units. */
export interface Line {
  readonly reference: string;
  readonly method: Method;
  /** What the bank says. */
  readonly amount: number;
  /** What staff recorded last; undefined: not recorded in Payonce, or the record was voided. */
  recorded: number | undefined;
  transfer_id: number | undefined;
  sent_for: number | null;
  voided: number;
}

/** One payment, and what the answers said of it. Minor units. */
export interface Bill {
  readonly id: number;
  readonly consultation_id: number;
  readonly method: Method;
  readonly amount: number;
  state: 'pending' | 'paid' | 'cancelled' | 'expired';
  /** Returned or undone since it was paid. */
  refunded: number;
  /** What each line pays of it, less what was undone; by the line's reference. */
  readonly matched: Map<string, number>;
  /** Answers that said it was completed. */
  completions: number;
  /** A part of it was received while it needed more, also if that was taken off it again. */
  had_part: boolean;
}

/** Money that goes back: of a payment, or of what is unmatched of a line. */
export interface PaidOut {
  readonly id: number;
  readonly of: Bill | Line;
  readonly amount: number;
  status: Schemas['Refund']['status'];
  transaction_id: string | null;
}

/** A confirmation's answer; a refusal that recorded the money has the transfer's id alone. */
export type Confirmed = Schemas['ConfirmedPayment'] & {
  readonly transfer: Schemas['Transfer'];
  readonly transfer_id?: number;
};
export type Ended = Schemas['SettledRefund'] | Schemas['RefundedTransfer'];

/** The bank's statement of one run beside what Payonce has answered. It does not depend on Payonce's implementation. */
export class Statement {
  readonly lines: Line[] = [];
  readonly bills: Bill[] = [];
  readonly refunds: PaidOut[] = [];
  /** Consultations that staff have closed. */
  readonly closed = new Set<number>();

  arrives(reference: string, method: Method, amount: number): Line {
    const line = { reference, method, amount, recorded: undefined, transfer_id: undefined, sent_for: null, voided: 0 };
    this.lines.push(line);
    return line;
  }

  /** What a payment needs, or would need if it had ended unpaid and could still be paid. */
  dueOf(bill: Bill): number {
    if (bill.state === 'expired') return bill.amount;
    return bill.state === 'pending' ? bill.amount - sum(bill.matched.values()) : 0;
  }

  /** Another payment of the same consultation that is pending, or paid and not wholly refunded. */
  rivalOf(bill: Bill): Bill | undefined {
    return this.bills.find((it) => it !== bill && it.consultation_id === bill.consultation_id && isLive(it));
  }

  matchedOf(line: Line): number {
    return sum(this.bills.map((bill) => bill.matched.get(line.reference) ?? 0));
  }

  outOf(of: Bill | Line, status: PaidOut['status']): number {
    return sum(this.refunds.filter((it) => it.of === of && it.status === status).map(({ amount }) => amount));
  }

  allocatedOf(line: Line): number {
    return this.matchedOf(line) + this.outOf(line, 'pending') + this.outOf(line, 'succeeded');
  }

  unmatchedOf(line: Line): number {
    return line.recorded === undefined ? 0 : line.recorded - this.allocatedOf(line);
  }

  /** What a refund of this payment may still take. */
  refundableOf(bill: Bill): number {
    return bill.state === 'paid' ? bill.amount - bill.refunded - this.outOf(bill, 'pending') : 0;
  }

  statusOf(bill: Bill): string {
    if (bill.state !== 'paid') return bill.state;
    if (bill.refunded === 0) return 'completed';
    return bill.refunded < bill.amount ? 'partially_refunded' : 'refunded';
  }

  created(bill: Omit<Bill, 'state' | 'refunded' | 'matched' | 'completions' | 'had_part'>): void {
    this.bills.push({ ...bill, state: 'pending', refunded: 0, matched: new Map(), completions: 0, had_part: false });
  }

  /** A confirmation was answered: the money is recorded where it is accepted, and where the refusal names its transfer. */
  confirmed(bill: Bill, line: Line, said: number | undefined, { status, body }: Reply<Confirmed>): void {
    if (status === 200) {
      const { transfer, charge, amount_due } = body.data;
      this.recordedAs(line, transfer.id, transfer.amount, transfer.payment_id);
      this.match(bill, line, charge.amount_received, amount_due);
    } else if (status === 409 && LEAVES_UNMATCHED.includes(body.code!) && body.data.transfer_id) {
      this.recordedAs(line, body.data.transfer_id, line.recorded ?? said ?? (this.dueOf(bill) || bill.amount), bill.id);
    }
  }

  recorded(line: Line, { status, body }: Reply<Schemas['RecordedTransfer']>): void {
    if (status !== 201) return;
    const { transfer, match } = body.data;
    this.recordedAs(line, transfer.id, transfer.amount, transfer.payment_id);
    if (match) this.match(this.bill(match.payment_id), line, match.matched_amount, match.amount_due);
  }

  matched(bill: Bill, line: Line, { status, body }: Reply<Schemas['MatchedTransfer']>): void {
    if (status === 200) this.match(bill, line, body.data.matched_amount, body.data.amount_due);
  }

  unmatched(bill: Bill, line: Line, { status, body }: Reply<Schemas['UnmatchedPayment']>): void {
    if (status !== 200) return;
    const { unmatched_amount, credit_notes } = body.data;
    bill.matched.set(line.reference, (bill.matched.get(line.reference) ?? 0) - unmatched_amount);
    bill.refunded += sum(credit_notes.map(({ amount }) => amount));
    if (line.sent_for === bill.id) line.sent_for = null;
  }

  /** @param of a payment, or a line of which the unmatched money goes back */
  refunded(of: Bill | Line, { status, body }: Reply<Schemas['RefundedPayment'] | Schemas['RefundedTransfer']>): void {
    if (status !== 200 || this.refunds.some(({ id }) => id === body.data.refund_id)) return;
    const { refund } = body.data;
    this.refunds.push({ ...refund, of });
    if (refund.status === 'succeeded' && 'refunded' in of) of.refunded += refund.amount;
  }

  ended(refund: PaidOut, { status, body }: Reply<Ended>): void {
    if (status !== 200) return;
    Object.assign(refund, { status: body.data.refund.status, transaction_id: body.data.refund.transaction_id });
    if (refund.status === 'succeeded' && 'refunded' in refund.of) refund.of.refunded += refund.amount;
  }

  corrected(line: Line, { status, body }: Reply<Schemas['ChangedTransfer']>): void {
    if (status === 200) line.recorded = body.data.transfer.amount;
  }

  voided(line: Line, { status }: Reply): void {
    if (status !== 200) return;
    Object.assign(line, { recorded: undefined, transfer_id: undefined, sent_for: null, voided: line.voided + 1 });
  }

  /** What had been received of it is unmatched again. */
  cancelled(bill: Bill, { status }: Reply): void {
    if (status !== 200) return;
    bill.state = 'cancelled';
    bill.matched.clear();
  }

  private recordedAs(line: Line, transfer_id: number, amount: number, sent_for: number | null): void {
    if (line.recorded === undefined) Object.assign(line, { recorded: amount, sent_for });
    line.transfer_id = transfer_id;
  }

  private match(bill: Bill, line: Line, amount: number, amount_due: number): void {
    // Whatever payment it was recorded for: none of it had paid anything.
    if (this.matchedOf(line) === 0) line.sent_for = bill.id;
    bill.had_part ||= amount_due > 0;
    bill.matched.set(line.reference, (bill.matched.get(line.reference) ?? 0) + amount);
    if (amount_due > 0) return;
    bill.state = 'paid';
    bill.completions += 1;
  }

  private bill(id: number): Bill {
    return this.bills.find((bill) => bill.id === id)!;
  }
}

/** Refusals of a confirmation that must still keep the money. */
export const LEAVES_UNMATCHED = ['PAYMENT_ALREADY_CONFIRMED', 'TRANSITION_NOT_ALLOWED', 'PAYMENT_EXISTS'];

export function isLive(bill: Bill): boolean {
  return bill.state === 'pending' || (bill.state === 'paid' && bill.refunded < bill.amount);
}

export function sum(amounts: Iterable<number>): number {
  return [...amounts].reduce((total, amount) => total + amount, 0);
}
