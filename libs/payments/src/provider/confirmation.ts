import { amount, type Holds, id, shape } from '#answers';
import { z } from 'zod';
import { Charge, FoundCharge } from '../ledger/charge.js';
import { DOCUMENTS_OF_PAYMENT, Payment } from '../ledger/payment.js';
import { Transfer } from '../ledger/transfer.js';

/** What is said when somebody confirms that money has arrived. Amounts are minor units. */
export interface Confirmation {
  /** A bank's reference, or the provider's id of the payment or its page. */
  readonly transaction_id: string;
  readonly receipt_url?: string;
  /** Only where staff state it: a provider states its own amounts. */
  readonly amount_received?: number;
  /** ISO 8601; only where staff state it. */
  readonly received_at?: string;
}

/** The answer to a confirmation, by staff or by the provider. */
export const ConfirmedPayment = shape('ConfirmedPayment', {
  payment_id: id,
  payment: Payment,
  ...DOCUMENTS_OF_PAYMENT,
  // Staff state money that is new to us; a provider's may have been booked before.
  charge: z.union([Charge, FoundCharge]),
  amount_due: amount.describe('What the payment still needs: it stays pending. 0: it is confirmed.'),
  transfer: Transfer.nullable().describe('By bank or GCash: the money as it was recorded.'),
});
export type ConfirmedPayment = Holds<typeof ConfirmedPayment>;
