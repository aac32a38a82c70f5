import { amount, type Holds, id, nextCursor, shape, time } from '#answers';
import { AUDIT_ACTIONS, LANES } from '#audit';
import { z } from 'zod';
import { FoundCharge } from '../ledger/charge.js';
import { DeclinedAttempts } from '../ledger/payment-attempts.repository.js';
import { UnmatchedTransfer } from '../ledger/transfer.js';
import { UnmatchedMoney } from '../ledger/quarantine.repository.js';
import { Outdated } from '../ledger/outdated.js';
import {
  Checkout,
  DOCUMENTS_OF_PAYMENT,
  Payment,
  PAYMENT_STATUSES,
  PaymentDispute,
  PaymentInstructions,
} from '../ledger/payment.js';

/** What use cases for one payment return. */
const ONE = { payment_id: id, payment: Payment, ...DOCUMENTS_OF_PAYMENT };

/** Where the payment can be paid, as long as it can. */
const WHERE_TO_PAY = {
  checkout: Checkout.nullable(),
  instructions: PaymentInstructions.nullable().describe(
    'Where to send the money of a pending `gcash` or `bank_transfer` payment. Null for `stripe`, which has a `checkout`, and where none are configured.',
  ),
};

export const NewPayment = shape('NewPayment', { type: z.literal('new'), ...ONE, ...WHERE_TO_PAY });
export type NewPayment = Holds<typeof NewPayment>;

export const CancelledPayment = shape('CancelledPayment', ONE);
export type CancelledPayment = Holds<typeof CancelledPayment>;

export const AbandonedPayment = shape('AbandonedPayment', {
  ...ONE,
  provider: z
    .enum(['closed', 'unknown', 'unreachable'])
    .describe(
      'What Stripe said first: it can no longer be paid; it does not know it; it gave no answer. After the last two money may still arrive, and is then refunded automatically.',
    ),
});
export type AbandonedPayment = Holds<typeof AbandonedPayment>;

const WHOLE = {
  payment: Payment,
  ...DOCUMENTS_OF_PAYMENT,
  charge: FoundCharge.nullable().describe('The money that pays it, or the first of it.'),
  charges: z.array(FoundCharge).describe('All the money that pays it or a part of it: by transfers it may be several.'),
  amount_due: amount.describe('While it is pending: what it still needs.'),
  unmatched_transfers: z
    .array(UnmatchedTransfer)
    .describe('Transfers sent for this payment that are not fully matched: staff match the rest, or pay it back.'),
  ...WHERE_TO_PAY,
  outdated: Outdated.optional().describe(
    'A pending page at Stripe that is not given out any more: what it is for has another price, or is closed.',
  ),
  refund_pending_amount: amount.describe('On its way back.'),
  refundable_amount: amount.describe(
    'What can still be refunded: nothing while a dispute is open, or after it was lost.',
  ),
  charged_back_amount: amount.describe('Of `payment.refunded_amount`: taken by lost disputes, not refunded.'),
  returned_twice_amount: amount.describe(
    'Lost disputes took this much although refunds had already returned it: it was paid out twice.',
  ),
  unmatched_amount: amount.describe(
    'Of `payment.refunded_amount`: money of a transfer that was matched with it by mistake. The match was undone, and nothing was paid out.',
  ),
  refund_failed: z
    .boolean()
    .describe('A refund failed, its money is still here, and no other refund was made in its place.'),
  unused_money: z
    .enum(['here', 'on_its_way', 'gone_back'])
    .nullable()
    .describe('Where unmatched money of this payment is: it arrived too late, twice, or in another amount.'),
  unmatched_money: UnmatchedMoney.nullable().describe(
    'Money that arrived for it in another amount or currency; staff accept it, refund it, or settle it elsewhere.',
  ),
  declined_attempts: DeclinedAttempts,
};
export const WholePayment = shape('WholePayment', WHOLE);
export type WholePayment = Holds<typeof WholePayment>;

/** A payment as an order. */
export const Order = shape('Order', { order_id: z.string(), ...WHOLE });
export type Order = Holds<typeof Order>;

export const PageOfPayments = shape('PageOfPayments', { payments: z.array(Payment), next_cursor: nextCursor });
export type PageOfPayments = Holds<typeof PageOfPayments>;

const TimelineEntry = shape('TimelineEntry', {
  id,
  at: time,
  ms: z.number().describe('Since the first entry about this payment.'),
  lane: z.enum(LANES),
  action: z.enum(AUDIT_ACTIONS),
  request_id: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).readonly(),
  actor: z.enum(['system', 'owner', 'staff']),
  actor_user_id: id.nullable().optional().describe('Staff only.'),
});
export type TimelineEntry = Holds<typeof TimelineEntry>;

export const Timeline = shape('Timeline', {
  payment_id: id,
  payment: Payment,
  entries: z.array(TimelineEntry),
  next_cursor: nextCursor,
});
export type Timeline = Holds<typeof Timeline>;

const state = { payment_id: id, status: z.enum(PAYMENT_STATUSES) };

const transfer_id = id.optional().describe('The money was recorded as this transfer, and is unmatched.');

/** The extra fields of errors about payments, by error code. */
export const PAYMENT_FAILURES = {
  PAYMENT_EXISTS: shape('ExistingPayment', {
    type: z.literal('existing'),
    ...state,
    message: z.string(),
    payment: Payment,
    checkout: Checkout.nullable(),
    transfer_id,
  }),
  PAYMENT_ALREADY_CONFIRMED: z.strictObject({ ...state, transaction_id: z.string().nullable(), transfer_id }),
  TRANSITION_NOT_ALLOWED: z.strictObject({ ...state, transfer_id }),
  PAYMENT_PROCESSING: z.strictObject(state),
  NOTHING_LEFT_TO_REFUND: z.strictObject(state),
  PAYMENT_DISPUTED: z.strictObject({ ...state, dispute: PaymentDispute.nullable() }),
  AMOUNT_MISMATCH: z.strictObject({ expected: z.strictObject({ amount, currency: z.string() }) }),
  AMOUNT_OUT_OF_RANGE: z.strictObject({
    range: z.strictObject({ currency: z.string(), minimum: amount, maximum: amount }),
  }),
  TRANSACTION_NOT_PAID: z.strictObject({
    transaction_id: z.string(),
    processing: z.boolean(),
    known: z.boolean().describe('Whether Stripe knows such a transaction.'),
  }),
};
