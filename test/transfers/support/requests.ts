import type { Schemas } from '../../../libs/payment-client/src/wire.js';
import type { Reply } from '../../support/http.js';
import type { Bank } from './bank.js';
import * as expected from './expected.js';
import { type Expected } from './expected.js';
import { type Bill, type Confirmed, type Ended, type Line, type PaidOut, type Statement } from './statement.js';

/** One request that staff or a patient makes: what it is sent as, what it must be answered, and what the answer means. */
export interface Request<Data = unknown> {
  readonly path: string;
  readonly body: object | undefined;
  readonly token: string;
  readonly method?: 'PATCH';
  /** Without a key, too, a second one is answered as the first: a refund is not made twice by a double click. */
  readonly repeats?: true;
  readonly line?: Line;
  /** Of what the statement knows now. */
  expected(): Expected;
  /** What the answer must say besides. @returns what it says wrongly */
  untrue?(reply: Reply<Data>): string[];
  apply(reply: Reply<Data>): void;
}

/** What is compared between answers to any request; a refusal may have no details. */
export type Answered = { readonly transfer_id?: number; readonly refund_id?: number } | undefined;

/** Builds the requests of one run. `token` is a member of staff's. */
export class Requests {
  private count = 0;

  constructor(
    private readonly name: string,
    private readonly statement: Statement,
  ) {}

  newReference(kind: 'In' | 'Out'): string {
    return `${kind}-${this.name}-${(this.count += 1)}x`;
  }

  confirm(
    token: string,
    bill: Bill,
    line: Line,
    said: number | undefined,
    reference = line.reference,
  ): Request<Confirmed> {
    return {
      path: `payments/${bill.id}/confirm`,
      body: { transaction_id: reference, ...(said === undefined ? {} : { amount_received: said }) },
      token,
      line,
      expected: () => expected.ofConfirm(this.statement, bill, line, said),
      untrue: ({ status, body }) =>
        status === 200 && (body.data.amount_due === 0) !== (body.data.payment.status === 'completed')
          ? [`amount_due ${body.data.amount_due} of a payment that is ${body.data.payment.status}`]
          : [],
      apply: (reply) => this.statement.confirmed(bill, line, said, reply),
    };
  }

  record(token: string, line: Line, said: number, bill: Bill | undefined): Request<Schemas['RecordedTransfer']> {
    return {
      path: 'transfers',
      body: {
        payment_method: line.method,
        transaction_id: line.reference,
        amount: said,
        ...(bill ? { payment_id: bill.id } : {}),
      },
      token,
      line,
      expected: () => expected.ofRecord(line),
      untrue: ({ status, body }) => {
        const match = expected.matchOfRecord(this.statement, bill, line, said);
        const made = body.data?.match?.matched_amount ?? 0;
        return status === 201 && made !== match ? [`matched ${made} instead of ${match}`] : [];
      },
      apply: (reply) => this.statement.recorded(line, reply),
    };
  }

  match(token: string, bill: Bill, line: Line, said: number | undefined): Request<Schemas['MatchedTransfer']> {
    return {
      path: `transfers/${line.transfer_id}/match`,
      body: { payment_id: bill.id, ...(said === undefined ? {} : { amount: said }) },
      token,
      line,
      expected: () => expected.ofMatch(this.statement, bill, line, said),
      apply: (reply) => this.statement.matched(bill, line, reply),
    };
  }

  unmatch(token: string, bill: Bill, line: Line): Request<Schemas['UnmatchedPayment']> {
    return {
      path: `transfers/${line.transfer_id}/unmatch`,
      body: { payment_id: bill.id, reason: 'matched with the wrong payment' },
      token,
      line,
      expected: () => expected.ofUnmatch(this.statement, bill, line),
      apply: (reply) => this.statement.unmatched(bill, line, reply),
    };
  }

  refund(
    token: string,
    bill: Bill,
    amount: number | undefined,
    out: string | undefined,
  ): Request<Schemas['RefundedPayment']> {
    return {
      path: `payments/${bill.id}/refund`,
      body: this.refundBody(amount, out),
      token,
      repeats: true,
      expected: () => expected.ofRefund(this.statement, bill, amount),
      apply: (reply) => this.statement.refunded(bill, reply),
    };
  }

  payBack(
    token: string,
    line: Line,
    amount: number | undefined,
    out: string | undefined,
  ): Request<Schemas['RefundedTransfer']> {
    return {
      path: `transfers/${line.transfer_id}/refund`,
      body: this.refundBody(amount, out),
      token,
      repeats: true,
      line,
      expected: () => expected.ofPayBack(this.statement, line, amount),
      apply: (reply) => this.statement.refunded(line, reply),
    };
  }

  endRefund(token: string, refund: PaidOut, out: string | undefined): Request<Ended> {
    const of = 'reference' in refund.of ? `transfers/${refund.of.transfer_id}` : `payments/${refund.of.id}`;
    return {
      path: `${of}/refunds/${refund.id}/${out === undefined ? 'withdraw' : 'settle'}`,
      body: out === undefined ? {} : { transaction_id: out },
      token,
      expected: () => [refund.status === 'pending' ? 200 : 'REFUND_ALREADY_SETTLED'],
      apply: (reply) => this.statement.ended(refund, reply),
    };
  }

  correct(token: string, line: Line, amount: number): Request<Schemas['ChangedTransfer']> {
    return {
      path: `transfers/${line.transfer_id}`,
      method: 'PATCH',
      body: { amount },
      token,
      line,
      expected: () => expected.ofCorrect(this.statement, line, amount),
      apply: (reply) => this.statement.corrected(line, reply),
    };
  }

  void(token: string, line: Line): Request {
    return {
      path: `transfers/${line.transfer_id}/void`,
      body: { reason: 'recorded by mistake' },
      token,
      line,
      expected: () => expected.ofVoid(this.statement, line),
      apply: (reply) => this.statement.voided(line, reply),
    };
  }

  cancel(token: string, bill: Bill): Request {
    return {
      path: `payments/${bill.id}/cancel`,
      body: {},
      token,
      expected: () => [bill.state === 'pending' ? 200 : 'TRANSITION_NOT_ALLOWED'],
      apply: (reply) => this.statement.cancelled(bill, reply),
    };
  }

  create(
    token: string,
    draft: { consultation_id: number; amount: number; method: Bill['method'] },
  ): Request<Schemas['NewPayment']> {
    const { consultation_id, amount, method } = draft;
    const rival = { ...draft, id: 0 } as unknown as Bill;
    return {
      path: 'payments',
      body: { consultation_id, amount, payment_method: method },
      token,
      expected: () => {
        if (this.statement.closed.has(consultation_id)) return ['CONSULTATION_CLOSED', 'PAYMENT_EXISTS'];
        return [this.statement.rivalOf(rival) ? 'PAYMENT_EXISTS' : 201];
      },
      apply: ({ status, body }) => {
        if (status === 201) this.statement.created({ id: body.data.payment_id, consultation_id, amount, method });
      },
    };
  }

  private refundBody(amount: number | undefined, out: string | undefined): object {
    return {
      // One of its own for each: the same body within minutes is a repetition.
      reason: `asked for ${(this.count += 1)}`,
      ...(amount === undefined ? {} : { amount }),
      ...(out === undefined ? {} : { transaction_id: out }),
    };
  }
}

/** Sends a request once more, or twice at once, under a key. @returns each answer that was made, not repeated; and what is wrong */
export async function sendAs(
  bank: Bank,
  request: Request,
  how: { key: string | undefined; times: 'once' | 'again' | 'at_once'; n: number; isAlone: boolean },
): Promise<{ replies: Reply<Answered>[]; wrong: string[] }> {
  const { path, body, token, method } = request;
  const send = (n: number) => bank.send<Answered>(path, { token, body, n, key: how.key, method: method ?? 'POST' });
  if (how.times === 'once') return { replies: [await send(how.n)], wrong: [] };
  const [a, b] =
    how.times === 'at_once'
      ? await Promise.all([send(how.n), send(how.n + 1)])
      : [await send(how.n), await send(how.n + 1)];
  const [isFirst, isSecond] = [a.status < 300, b.status < 300];
  if (isFirst && a.text === b.text) return { replies: [a], wrong: [] };
  const mustRepeat = isFirst && (how.isAlone || isSecond || how.times === 'again');
  const wrong = mustRepeat ? [`one key was answered ${described(a)} and ${described(b)}`] : [];
  return { replies: [a, b], wrong };
}

export function described({ status, body }: Reply): string {
  return `${status} ${body?.code ?? ''} ${JSON.stringify(body?.data ?? null).slice(0, 400)}`;
}
