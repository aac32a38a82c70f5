import { amount, type Holds, id, nextCursor, shape, time } from '#answers';
import { z } from 'zod';
import { DOCUMENTS_OF_PAYMENT, Payment } from '../ledger/payment.js';
import { CreditNote, Refund, REFUND_STATUSES } from '../ledger/refund.js';

const SETTLED = {
  refund_id: id,
  payment_id: id,
  refund: Refund,
  payment: Payment,
  ...DOCUMENTS_OF_PAYMENT,
  credit_note: CreditNote.nullable(),
};

export const RefundedPayment = shape('RefundedPayment', { ...SETTLED, refundable_amount: amount });
export type RefundedPayment = Holds<typeof RefundedPayment>;

export const SettledRefund = shape('SettledRefund', SETTLED);
export type SettledRefund = Holds<typeof SettledRefund>;

export const PageOfRefunds = shape('PageOfRefunds', {
  payment_id: id,
  refunds: z.array(Refund),
  refundable_amount: amount,
  as_of: time.describe('When this was read, by the clock that `created_at` is of.'),
  next_cursor: nextCursor,
});
export type PageOfRefunds = Holds<typeof PageOfRefunds>;

/** With every error of a provider that gave no clear answer (`ProviderUnavailable.ofRefund`). */
export const WAITING_REFUND = z
  .strictObject({ payment_id: id, refund_id: id, status: z.enum(REFUND_STATUSES), amount, currency: z.string() })
  .optional()
  .describe('When a refund waits.');

/** The extra fields of errors about refunds, by error code. */
export const REFUND_FAILURES = {
  REFUND_TOO_LARGE: z.strictObject({ refundable_amount: amount, currency: z.string() }),
  REFUND_ALREADY_SETTLED: z.strictObject({ refund_id: id, status: z.enum(REFUND_STATUSES) }),
  REFUND_NEEDS_DECISION: z.strictObject({
    payment_id: id,
    refund_id: id,
    status: z.literal('pending'),
    amount,
    currency: z.string(),
    conflicting_refunds: z.array(z.string()).describe("Stripe's ids of refunds made there since ours was first sent."),
  }),
  STRIPE_REFUSED: z.strictObject({ stripe_code: z.string() }),
};
