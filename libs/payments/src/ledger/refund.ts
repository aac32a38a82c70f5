import { amount, type Holds, id, shape, time } from '#answers';
import { z } from 'zod';
import { paymentMethod } from './payment-methods.js';

export const REFUND_STATUSES = ['pending', 'succeeded', 'failed', 'cancelled'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

export const REFUND_WAITS = [
  'staff_settlement',
  'stripe_answer',
  'stripe_settlement',
  'provider_answer',
  'provider_settlement',
  'staff_decision',
] as const;
export type RefundWait = (typeof REFUND_WAITS)[number];

export const REFUND_KINDS = ['refund', 'unmatch'] as const;
export type RefundKind = (typeof REFUND_KINDS)[number];

/**
 * A refund as its row and as its JSON. While pending, its amount is reserved: it counts, although nothing was paid back
 * yet.
 */
export const Refund = shape('Refund', {
  id,
  payment_id: id.nullable(),
  transfer_id: id
    .nullable()
    .describe('Of a transfer that no payment took; or, of kind `unmatch`, the transfer that the money went back to.'),
  kind: z
    .enum(REFUND_KINDS)
    .describe(
      '`unmatch`: the money was matched with the wrong payment and is on its transfer again; nothing was paid out.',
    ),
  payment_method: paymentMethod,
  amount,
  currency: z.string(),
  status: z.enum(REFUND_STATUSES),
  automatic: z.boolean().describe('Made automatically by Payonce, for money that could not pay anything.'),
  reason: z.string(),
  transaction_id: z.string().nullable().describe("By which it was paid back: a bank's reference, or Stripe's id."),
  created_at: time,
  settled_at: time.nullable().describe('When Payonce learned how it ended.'),
  refunded_at: time.nullable().describe('When the provider sent the money back.'),
  awaiting: z
    .enum(REFUND_WAITS)
    .nullable()
    .describe(
      'What a pending refund waits for: `staff_settlement` (staff pay it back), `stripe_answer` (Stripe has not said whether it was made), `stripe_settlement` (made, on its way), `provider_answer` and `provider_settlement` (the same of any other provider), `staff_decision` (another refund was made at the provider meanwhile).',
    ),
});
export type Refund = Holds<typeof Refund>;

/** The part of an invoice and its tax that a refund cancels. */
export const CreditNote = shape('CreditNote', {
  credit_number: z.string(),
  amount,
  base_amount: amount,
  tax_amount: amount,
  effective_at: time.describe('When the money it is about moved.'),
  created_at: time.describe('When it was written.'),
});
export type CreditNote = Holds<typeof CreditNote>;
