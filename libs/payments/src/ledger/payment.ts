import { amount, type Holds, id, shape, time } from '#answers';
import { z } from 'zod';
import { paymentMethod } from './payment-methods.js';

export const PAYMENT_STATUSES = [
  'pending',
  'completed',
  'partially_refunded',
  'refunded',
  'failed',
  'expired',
  'cancelled',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** The latest dispute about a payment. Open or lost, nothing can be refunded. */
export const PaymentDispute = shape('PaymentDispute', {
  dispute_id: z.string(),
  state: z
    .enum(['inquiry', 'inquiry_closed', 'open', 'won', 'lost'])
    .describe('In an inquiry no money has moved. A closed one may still become a dispute.'),
  amount,
  currency: z.string(),
});
export type PaymentDispute = Holds<typeof PaymentDispute>;

/** A payment as its row, and as its JSON: one spelling. Amounts are minor units. */
export const Payment = shape('Payment', {
  id,
  user_id: id,
  consultation_id: id.nullable(),
  product_id: z.string().nullable(),
  product_name: z.string().nullable().describe('Its current name.'),
  amount,
  currency: z.string(),
  payment_method: paymentMethod,
  payment_reference: z
    .string()
    .nullable()
    .describe(
      'For `gcash` and `bank_transfer`: what the payer writes as the message of the transfer. An ISO 11649 creditor reference with check digits; people are shown it in groups of four.',
    ),
  status: z.enum(PAYMENT_STATUSES),
  processing: z.boolean().describe('The money is on its way: the payment can neither be cancelled nor expire.'),
  quantity: z.int().min(1),
  refunded_amount: amount,
  refund_owed: amount.describe(
    'Of `refunded_amount`: a refund failed after it had succeeded, and staff have to pay it back anew.',
  ),
  dispute: PaymentDispute.nullable(),
  metadata: z.record(z.string(), z.string()).readonly(),
  expires_at: time.nullable(),
  completed_at: time.nullable(),
  created_at: time,
  updated_at: time,
});
export type Payment = Holds<typeof Payment>;

export const Invoice = shape('Invoice', {
  id,
  invoice_number: z.string(),
  amount,
  currency: z.string(),
  status: z.enum(['pending', 'paid', 'partially_refunded', 'refunded', 'void']),
  credited_amount: amount.describe('Of `amount`: what refunds took back.'),
  paid_at: time.nullable(),
  created_at: time,
});
export type Invoice = Holds<typeof Invoice>;

export const TaxRecord = shape('TaxRecord', {
  id,
  base_amount: amount,
  tax_amount: amount,
  rate_basis_points: z.int().min(0),
  credited_base_amount: amount,
  credited_tax_amount: amount,
  status: z.enum(['pending', 'due', 'partially_credited', 'credited', 'void']),
});
export type TaxRecord = Holds<typeof TaxRecord>;

/** What a payment's invoice and tax record are called in every answer that has them. */
export const DOCUMENTS_OF_PAYMENT = { invoice: Invoice, tax: TaxRecord };

/** Where a person goes on to pay; null for methods that need no page of ours. */
export const Checkout = shape('Checkout', { session_id: z.string(), url: z.string(), expires_at: time });
export type Checkout = Holds<typeof Checkout>;

/** Where a person sends the money of a method that has no page. */
export const PaymentInstructions = shape('PaymentInstructions', {
  bank: z.string().nullable().describe('Null for `gcash`.'),
  holder: z.string(),
  account: z.string().describe('The account’s number, for `gcash` that of its telephone.'),
  note: z.string().nullable().describe('In the language of `Accept-Language`.'),
});
export type PaymentInstructions = Holds<typeof PaymentInstructions>;
