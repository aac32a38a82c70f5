export const PAYMENT_METHODS = ['stripe', 'gcash', 'bank_transfer'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

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

/** A payment as its row, and as its JSON: one spelling. Amounts are minor units. */
export interface Payment {
  readonly id: number;
  readonly user_id: number;
  readonly consultation_id: number | null;
  readonly product_id: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly payment_method: PaymentMethod;
  readonly status: PaymentStatus;
  /** The money is on its way: neither cancel nor expire. */
  readonly processing: boolean;
  readonly quantity: number;
  readonly refunded_amount: number;
  /** Of `refunded_amount`: a refund failed after it had succeeded, and staff have to pay it back anew. */
  readonly refund_owed: number;
  readonly dispute: PaymentDispute | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly expires_at: Date | null;
  readonly completed_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** The latest dispute about a payment. Open or lost, nothing can be refunded. */
export interface PaymentDispute {
  readonly dispute_id: string;
  readonly state: 'inquiry' | 'open' | 'won' | 'lost';
  readonly amount: number;
  readonly currency: string;
}

export interface Invoice {
  readonly id: number;
  readonly invoice_number: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: 'pending' | 'paid' | 'partially_refunded' | 'refunded' | 'void';
  /** Of `amount`: what refunds took back. */
  readonly credited_amount: number;
  readonly paid_at: Date | null;
  readonly created_at: Date;
}

export interface TaxRecord {
  readonly id: number;
  readonly base_amount: number;
  readonly tax_amount: number;
  readonly rate_basis_points: number;
  readonly credited_base_amount: number;
  readonly credited_tax_amount: number;
  readonly status: 'pending' | 'due' | 'partially_credited' | 'credited' | 'void';
}

/** Where a person goes on to pay; null for methods that need no page of ours. */
export interface Checkout {
  readonly session_id: string;
  readonly url: string;
  readonly expires_at: Date;
}
