import type { PaymentMethod } from '../payments/payment.js';

export const REFUND_STATUSES = ['pending', 'succeeded', 'failed', 'cancelled'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** A refund as its row, and as its JSON. Pending, its amount is reserved: it counts, though nothing was paid back yet. */
export interface Refund {
  readonly id: number;
  readonly payment_id: number | null;
  readonly payment_method: PaymentMethod;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly status: RefundStatus;
  /** Made by us without anybody's asking: money that could buy nothing. */
  readonly automatic: boolean;
  readonly reason: string;
  /** By which it was paid back: a bank's reference, or Stripe's id. */
  readonly transaction_id: string | null;
  readonly created_at: Date;
  readonly settled_at: Date | null;
}

/** What an invoice and its tax lose by a refund. */
export interface CreditNote {
  readonly credit_number: string;
  readonly amount: number;
  readonly base_amount: number;
  readonly tax_amount: number;
  readonly created_at: Date;
}
