import type { Person } from '../../support/people.js';
import type { MoveOf, Racing } from './moves.js';
import { type Request, Requests } from './requests.js';
import type { Bill, Line, Method, Statement } from './statement.js';

export const FEE = 7_000;
const LESS = 500;
/** From here on, a line is taken as it comes. */
const ANY = 2;

/** A consultation of one run, and its owner. */
export interface Slot {
  readonly consultation_id: number;
  readonly patient: Person;
  readonly method: Method;
}

/** Turns a move into the request that it is now: of the newest payments and lines there are. */
export class Prepare {
  readonly requests: Requests;

  constructor(
    name: string,
    private readonly statement: Statement,
    private readonly slots: readonly Slot[],
  ) {
    this.requests = new Requests(name, statement);
  }

  /** Of this consultation if it has one: moves have to meet. */
  bill({ slot, age }: { slot: number; age: number }): Bill | undefined {
    const { bills } = this.statement;
    const of = bills.filter(({ consultation_id }) => consultation_id === this.slots[slot]!.consultation_id);
    return of.at(-1 - age) ?? of.at(-1) ?? bills.at(-1);
  }

  arrive(method: Method, amount: number): Line {
    return this.statement.arrives(this.requests.newReference('In'), method, amount);
  }

  /** The newest for which the condition holds, or any of the last: most moves have to have an effect, and some none. */
  private line(back: number, isSo: (line: Line) => boolean): Line | undefined {
    const { lines } = this.statement;
    return (back < ANY ? lines.filter(isSo).at(-1 - back) : undefined) ?? lines.at(-1 - (back % ANY));
  }

  private out(how: 'now' | 'reserved' | 'settle' | 'withdraw'): string | undefined {
    return how === 'now' || how === 'settle' ? this.requests.newReference('Out') : undefined;
  }

  /** @returns why there is nothing to send, if so. @param token of a member of staff */
  requestOf(move: Racing, token: string): Request | string {
    switch (move.move) {
      case 'create': {
        const { consultation_id, patient, method } = this.slots[move.slot]!;
        return this.requests.create(patient.token, { consultation_id, method, amount: FEE });
      }
      case 'confirm': {
        const bill = this.bill(move);
        if (!bill) return 'no payment';
        const line = this.arrive(bill.method, sizeOf(move.size, this.statement.dueOf(bill) || bill.amount));
        return this.requests.confirm(token, bill, line, move.is_said ? line.amount : undefined);
      }
      case 'confirm_again': {
        const bill = this.bill(move);
        const line = this.line(move.line, ({ method }) => method === bill?.method);
        if (!bill || line?.method !== bill.method) return 'no payment, or no line';
        const reference = move.other_case ? otherCase(line.reference) : line.reference;
        return this.requests.confirm(token, bill, line, move.is_said ? line.amount : undefined, reference);
      }
      case 'record': {
        const bill = this.bill(move);
        if (!bill) return 'no payment';
        const line = this.arrive('bank_transfer', sizeOf(move.size, this.statement.dueOf(bill) || bill.amount));
        return this.requests.record(
          token,
          line,
          Math.max(1, line.amount + move.wrong_by),
          move.for_payment ? bill : undefined,
        );
      }
      case 'cancel': {
        const bill = this.bill(move);
        const slot = this.slots.find(({ consultation_id }) => consultation_id === bill?.consultation_id);
        return bill && slot ? this.requests.cancel(slot.patient.token, bill) : 'no payment';
      }
      case 'refund': {
        const bill = this.bill(move);
        if (!bill) return 'no payment';
        return this.requests.refund(
          token,
          bill,
          partOf(move.share, this.statement.refundableOf(bill)),
          this.out(move.paid),
        );
      }
      case 'end_refund': {
        const { refunds } = this.statement;
        const pending = refunds.filter(({ status }) => status === 'pending');
        const refund = pending.at(-1 - move.which) ?? refunds.at(-1);
        return refund ? this.requests.endRefund(token, refund, this.out(move.ending)) : 'no refund';
      }
      case 'match':
      case 'unmatch':
      case 'pay_back':
      case 'correct':
      case 'void':
        return this.requestOfLine(move, token);
    }
  }

  private requestOfLine(
    move: MoveOf<'match' | 'unmatch' | 'pay_back' | 'correct' | 'void'>,
    token: string,
  ): Request | string {
    const bill = 'slot' in move ? this.bill(move) : undefined;
    const line = this.line(move.line, (it) => {
      if (move.move === 'unmatch') return bill?.matched.has(it.reference) ?? false;
      return it.recorded !== undefined && this.statement.unmatchedOf(it) > 0;
    });
    if (!line?.transfer_id) return 'no recorded line';
    switch (move.move) {
      case 'match': {
        const most = bill ? Math.min(this.statement.unmatchedOf(line), this.statement.dueOf(bill)) : 0;
        return bill ? this.requests.match(token, bill, line, partOf(move.share, most)) : 'no payment';
      }
      case 'unmatch':
        return bill ? this.requests.unmatch(token, bill, line) : 'no payment';
      case 'pay_back': {
        const amount = partOf(move.share, this.statement.unmatchedOf(line));
        return this.requests.payBack(token, line, amount, this.out(move.paid));
      }
      case 'correct':
        return this.requests.correct(token, line, Math.max(1, line.amount + move.wrong_by));
      case 'void':
        return this.requests.void(token, line);
    }
  }
}

function sizeOf(size: MoveOf<'confirm'>['size'], due: number): number {
  switch (size) {
    case 'due':
      return due;
    case 'short':
      return Math.max(1, due - LESS);
    case 'over':
      return due + LESS;
    case 'half':
      return Math.ceil(due / 2);
    case 'double':
      return due * 2;
  }
}

/** @returns undefined: all of it, which is left to the answer */
function partOf(share: 'all' | 'part' | 'too_much', all: number): number | undefined {
  if (share === 'all') return undefined;
  return share === 'part' ? Math.max(1, Math.floor(all / 3)) : all + 1;
}

/** References are copied in either letter case. */
function otherCase(reference: string): string {
  return reference.toLowerCase() === reference ? reference.toUpperCase() : reference.toLowerCase();
}
