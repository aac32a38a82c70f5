import { isStaffConfirmed, methodName } from '../../app/payment-methods.js';
import { formatMoney } from '../../design/money.js';
import { transferWords } from './transfer-words.js';
import type { Details } from './wire.js';

type Language = keyof typeof transferWords;

/** What has arrived for a pending payment by transfer, and what is due. Minor units. */
export interface PartPayment {
  readonly received: number;
  readonly due: number;
}

/** @returns undefined if nothing has arrived, or it no longer waits for money */
export function partOf({ payment, charges, amount_due }: Details): PartPayment | undefined {
  if (payment.status !== 'pending' || !isStaffConfirmed(payment.payment_method) || charges.length === 0)
    return undefined;
  return { received: payment.amount - amount_due, due: amount_due };
}

/** Everything counted as paid was matched with it by mistake. */
export function isMistaken({ payment, unmatched_amount }: Details): boolean {
  return payment.status === 'refunded' && unmatched_amount > 0 && unmatched_amount === payment.amount;
}

/** Sentences about transfers of this payment that are not fully matched; none if all are. */
export function sayTransfers({ payment, unmatched_transfers }: Details, language: Language): string[] {
  const words = transferWords[language];
  const isPaid = payment.completed_at !== null;
  return unmatched_transfers.flatMap(({ unmatched_amount, refund_pending_amount, currency }) => {
    const money = (amount: number) => formatMoney(amount, currency, language);
    return [
      ...(unmatched_amount > 0 ? [words[isPaid ? 'more' : 'unused'](money(unmatched_amount))] : []),
      ...(refund_pending_amount > 0
        ? [words.on_its_way(money(refund_pending_amount), methodName(payment.payment_method, language))]
        : []),
    ];
  });
}

export const hasEnded = ({ status }: Details['payment']): boolean =>
  ['failed', 'expired', 'cancelled'].includes(status);
