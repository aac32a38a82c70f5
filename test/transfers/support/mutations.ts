import type { Books } from './books.js';
import type { Shown } from './judge.js';

interface Judged {
  readonly books: Books;
  readonly shown: Shown;
}

/** Faults that Payonce could have, as rows and answers would then be. The checker must detect each. */
export const MUTATIONS: Record<string, (judged: MutableJudged) => void> = {
  'a transfer with a unit missing': ({ books }) => void (books.transfers[0]!.amount -= 1),
  'a transfer that is recorded twice': ({ books }) => void books.transfers.push({ ...books.transfers[0]!, id: 0 }),
  'a transfer that was lost': ({ books }) => void books.transfers.shift(),
  'a unit that is matched with a payment and unmatched': ({ books }) => void (books.parts[0]!.amount -= 1),
  'a payment that was completed twice': ({ books }) => void (books.payments[0]!.completions += 1),
  'a payment that is paid by another’s money, too': ({ books }) =>
    void books.parts.push({ ...books.parts[0]!, transfer_id: books.transfers[1]!.id }),
  'a payment that is paid and not completed': ({ books }) => void (books.payments[0]!.status = 'pending'),
  'a refund that took a unit more': ({ books }) => void (books.refunds[0]!.amount += 1),
  'a refund that was settled twice': ({ books }) => void books.refunds.push({ ...books.refunds[0]!, id: 0 }),
  'a refund by another reference': ({ books }) => void (books.refunds[0]!.transaction_id += 'x'),
  'money back that was never asked for': ({ books }) => void (books.parts.at(-1)!.returned += 1),
  'a credit note with a unit missing': ({ books }) => void (books.payments[0]!.credit_notes[0]![2] -= 1),
  'a tax that is a unit too high': ({ books }) => void (books.payments[0]!.tax[2] += 1),
  'an invoice that does not follow': ({ books }) => void (books.payments[0]!.invoice[1] = 'paid'),
  'a patient who is not told of unmatched money': ({ shown }) => void first(shown.payments).unmatched_transfers.pop(),
  'a patient who is told of another sum that can be refunded': ({ shown }) =>
    void (first(shown.payments).refundable_amount += 1),
  'a patient who is asked for money again': ({ shown }) => void (first(shown.payments).amount_due = 7_000),
  'a patient who is shown another’s reference': ({ shown }) =>
    void (first(shown.payments).charge = { transaction_id: 'In-another-1' }),
  'staff who are shown a unit too much as unmatched': ({ shown }) =>
    void (first(shown.transfers).unmatched_amount += 1),
};

export type MutableJudged = Mutable<Judged>;

type Mutable<T> =
  T extends ReadonlyMap<infer K, infer V>
    ? Map<K, Mutable<V>>
    : T extends object
      ? { -readonly [K in keyof T]: Mutable<T[K]> }
      : T;

function first<Value>(of: ReadonlyMap<number, Value>): Value {
  return [...of.values()][0]!;
}
