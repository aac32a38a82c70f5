import type { PaymentFile } from '../wire.js';

/** The payment was confirmed by mistake: everything that was matched with it was unmatched again. */
export function isMistaken({ payment, unmatched_amount }: PaymentFile): boolean {
  return payment.status === 'refunded' && unmatched_amount === payment.amount;
}
