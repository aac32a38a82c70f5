import { amount, type Holds, id, nextCursor, shape, time } from '#answers';
import { z } from 'zod';
import { DISPOSITIONS } from './charge.js';
import { DOCUMENTS_OF_PAYMENT, Payment } from './payment.js';
import { TRANSFER_METHODS } from './payment-methods.js';
import { CreditNote, Refund } from './refund.js';

export const TRANSFER_STATES = ['unmatched', 'allocated', 'voided'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

/** Money received by bank or GCash, whether or not it pays anything. Minor units. */
export const Transfer = shape('Transfer', {
  id,
  payment_method: z.enum(TRANSFER_METHODS),
  transaction_id: z.string().describe("The bank's reference. Case makes no difference."),
  amount: amount.describe('What was received.'),
  currency: z.string(),
  payment_id: id.nullable().describe('The payment it was sent for, as far as known; it need not have been paid by it.'),
  payer: z.string().nullable(),
  note: z.string().nullable(),
  receipt_url: z.string().nullable(),
  matched_amount: amount.describe('Pays payments, or parts of them.'),
  refunded_amount: amount.describe('Of what was unmatched: paid back.'),
  refund_pending_amount: amount.describe('Of what was unmatched: reserved to be paid back.'),
  unmatched_amount: amount.describe('Matched with no payment yet: match it, or pay it back.'),
  received_at: time.describe('When the bank took it in.'),
  recorded_at: time,
  voided_at: time.nullable().describe('Recorded by mistake: there was no such money.'),
});
export type Transfer = Holds<typeof Transfer>;

/** What a transfer pays of a payment. Minor units. */
export const TransferMatch = shape('TransferMatch', {
  charge_id: id,
  payment_id: id,
  amount,
  unmatched_amount: amount.describe('Of `amount`: undone since.'),
  disposition: z.enum(DISPOSITIONS).describe('`partial` while the payment needs more; `reversed`: undone.'),
  matched_at: time,
});
export type TransferMatch = Holds<typeof TransferMatch>;

/** A transfer that is not fully matched, as shown to its payer. Minor units. */
export const UnmatchedTransfer = shape('UnmatchedTransfer', {
  transfer_id: id,
  amount: amount.describe('What was received.'),
  unmatched_amount: amount.describe('Of it: matched with no payment.'),
  refund_pending_amount: amount.describe('Of it: reserved to be paid back.'),
  currency: z.string(),
  received_at: time,
});
export type UnmatchedTransfer = Holds<typeof UnmatchedTransfer>;

export const WholeTransfer = shape('WholeTransfer', {
  transfer: Transfer,
  matches: z.array(TransferMatch).describe('Oldest first.'),
  refunds: z.array(Refund).describe('What was unmatched and is paid back, oldest first.'),
});
export type WholeTransfer = Holds<typeof WholeTransfer>;

export const PageOfTransfers = shape('PageOfTransfers', { transfers: z.array(Transfer), next_cursor: nextCursor });
export type PageOfTransfers = Holds<typeof PageOfTransfers>;

export const ChangedTransfer = shape('ChangedTransfer', { transfer: Transfer });
export type ChangedTransfer = Holds<typeof ChangedTransfer>;

/** A transfer and the payment that it was matched with. */
export const MatchedTransfer = shape('MatchedTransfer', {
  transfer: Transfer,
  payment_id: id,
  payment: Payment,
  ...DOCUMENTS_OF_PAYMENT,
  charge_id: id,
  matched_amount: amount.describe('By this request.'),
  amount_due: amount.describe('What the payment still needs.'),
});
export type MatchedTransfer = Holds<typeof MatchedTransfer>;

/** A transfer that was recorded, and the payment it was sent for if that could accept the money. */
export const RecordedTransfer = shape('RecordedTransfer', {
  transfer: Transfer,
  match: z
    .strictObject({ payment_id: id, payment: Payment, charge_id: id, matched_amount: amount, amount_due: amount })
    .nullable()
    .describe('Null: it was recorded for no payment, or the payment could not take it; the money is unmatched.'),
});
export type RecordedTransfer = Holds<typeof RecordedTransfer>;

export const UnmatchedPayment = shape('UnmatchedPayment', {
  transfer: Transfer,
  payment_id: id,
  payment: Payment,
  ...DOCUMENTS_OF_PAYMENT,
  unmatched_amount: amount.describe('By this request: it is on the transfer again.'),
  credit_notes: z.array(CreditNote).describe('None when the payment was pending.'),
});
export type UnmatchedPayment = Holds<typeof UnmatchedPayment>;

export const RefundedTransfer = shape('RefundedTransfer', { transfer: Transfer, refund_id: id, refund: Refund });
export type RefundedTransfer = Holds<typeof RefundedTransfer>;

const unmatched = { transfer_id: id };

/** The extra fields of errors about transfers, by error code. */
export const TRANSFER_FAILURES = {
  TRANSFER_MISMATCH: z.strictObject({ ...unmatched, amount, currency: z.string() }),
  NOTHING_UNMATCHED: z.strictObject(unmatched),
  MATCH_TOO_LARGE: z.strictObject({ matchable_amount: amount, currency: z.string() }),
  TRANSFER_IN_USE: z.strictObject({ ...unmatched, allocated_amount: amount, currency: z.string() }),
  NOTHING_TO_UNMATCH: z.strictObject({ ...unmatched, payment_id: id }),
  REFUND_PENDING: z.strictObject({ payment_id: id }),
  TRANSACTION_ALREADY_USED: z
    .strictObject({ transfer_id: id })
    .optional()
    .describe('When a transfer of bank or GCash is recorded by this reference.'),
};
