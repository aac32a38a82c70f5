import type { Transfer } from '../wire.js';
import type { TransferWords } from './words.js';

/** The result of recording or matching money. Minor units. */
export interface TransferOutcome {
  readonly transfer: Pick<Transfer, 'id' | 'unmatched_amount' | 'currency'>;
  /** The payment that was named. */
  readonly payment_id?: number | undefined;
  /** Undefined: the payment could not take the money, or none was named. */
  readonly match?: { readonly matched_amount: number; readonly amount_due: number } | undefined;
}

/** Whether all money is matched, or staff still have something to do. */
export function isSettled({ transfer, match }: TransferOutcome): boolean {
  return match?.amount_due === 0 && transfer.unmatched_amount === 0;
}

export function sayOutcome(
  { transfer, payment_id, match }: TransferOutcome,
  words: TransferWords['outcome'],
  money: (amount: number) => string,
): string {
  const rest = money(transfer.unmatched_amount);
  if (payment_id === undefined) return words.unmatched(rest, transfer.id);
  if (!match) return words.refused(payment_id, rest, transfer.id);
  if (match.amount_due > 0) return words.part(payment_id, money(match.matched_amount), money(match.amount_due));
  return transfer.unmatched_amount > 0 ? words.with_rest(payment_id, rest, transfer.id) : words.confirmed(payment_id);
}
