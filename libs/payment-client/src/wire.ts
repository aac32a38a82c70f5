/** What goes over the wire, spelled as the server spells it. Money is integer minor units; times are ISO 8601 UTC. */
export type PaymentMethod = 'stripe' | 'gcash' | 'bank_transfer';

export type PaymentStatus =
  'pending' | 'completed' | 'partially_refunded' | 'refunded' | 'failed' | 'expired' | 'cancelled';

export interface Payment {
  readonly id: number;
  readonly user_id: number;
  readonly consultation_id: number | null;
  readonly product_id: string | null;
  readonly product_name: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly payment_method: PaymentMethod;
  /** What the payer of a transfer writes as its message; null for `stripe`. */
  readonly payment_reference?: string | null;
  readonly status: PaymentStatus;
  /** Paid at the provider, the money still on its way. */
  readonly processing: boolean;
  readonly refunded_amount: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly expires_at: string | null;
  readonly completed_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly dispute?: unknown;
}

export interface Invoice {
  readonly id: number;
  readonly invoice_number: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: string;
  readonly paid_at: string | null;
  readonly created_at: string;
}

export interface TaxRecord {
  readonly id: number;
  readonly base_amount: number;
  readonly tax_amount: number;
  readonly rate_basis_points: number;
  readonly status: string;
}

/** Where to send the person to pay. */
export interface CheckoutSession {
  readonly session_id: string;
  readonly url: string;
  readonly expires_at: string | null;
}

export interface NewPayment {
  readonly consultation_id: number;
  /** What the server said the consultation costs; it is compared there, never believed. */
  readonly amount: number;
  readonly payment_method: PaymentMethod;
  readonly currency?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface CreatedPayment {
  readonly type: 'new';
  readonly payment_id: number;
  readonly payment: Payment;
  readonly invoice: Invoice;
  readonly tax: TaxRecord;
  readonly checkout: CheckoutSession | null;
}

/** The consultation has a live payment, made by whichever request came first. */
export interface ExistingPayment {
  readonly type: 'existing';
  readonly payment_id: number;
  readonly status: PaymentStatus;
  readonly message: string;
  readonly payment: Payment;
  readonly checkout: CheckoutSession | null;
}

export interface NewCheckout {
  readonly product_id: string;
  readonly quantity?: number;
  readonly success_url?: string;
  readonly cancel_url?: string;
}

export interface CreatedCheckout {
  readonly order_id: string;
  readonly session_id: string;
  readonly checkout_url: string;
  readonly payment: Payment;
  readonly idempotency_key: string | null;
  readonly reused?: boolean;
}

export interface Confirmation {
  readonly transaction_id: string;
  readonly receipt_url?: string;
  /** Manual methods, minor units: what arrived. Without it, what the payment needs. */
  readonly amount_received?: number;
  /** Manual methods, ISO 8601: when it arrived. Without it, now. */
  readonly received_at?: string;
}

export interface NewRefund {
  /** Without it, all that is left. */
  readonly amount?: number;
  readonly reason: string;
  /** What staff paid back by hand. */
  readonly transaction_id?: string;
}

/** One payment with what belongs to it; which members there are depends on the route. */
export interface PaymentDetails {
  readonly payment_id: number;
  readonly payment: Payment;
  readonly invoice?: Invoice;
  readonly tax?: TaxRecord;
  readonly [more: string]: unknown;
}

export interface PaymentsQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly status?: PaymentStatus;
  readonly consultation_id?: number;
}

export interface PaymentsPage {
  readonly payments: readonly Payment[];
  readonly next_cursor: string | null;
}
