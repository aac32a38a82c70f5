import type { PaymentFile } from '../wire.js';

/** It was confirmed by mistake: all that was matched with it belongs to something else, and that was undone. */
export function isMistaken({ payment, unmatched_amount }: PaymentFile): boolean {
  return payment.status === 'refunded' && unmatched_amount === payment.amount;
}
