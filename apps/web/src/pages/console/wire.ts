import type { CheckoutSession, Invoice, Payment, PaymentMethod, TaxRecord } from '#payment-client';

/** What staff's side of the API says, spelled as it spells it. Money is minor units; times are ISO 8601 UTC. */
export interface Dispute {
  readonly dispute_id: string;
  readonly state: 'inquiry' | 'inquiry_closed' | 'open' | 'won' | 'lost';
  readonly amount: number;
  readonly currency: string;
}

export interface StaffPayment extends Payment {
  readonly quantity: number;
  readonly refund_owed: number;
  readonly dispute: Dispute | null;
  /** Only in lists of `/ops/payments`. */
  readonly user_subject?: string;
  readonly session_id?: string | null;
  readonly idempotency_key?: string | null;
}

export interface Charge {
  readonly payment_method: PaymentMethod;
  readonly transaction_id: string;
  readonly amount_received: number;
  readonly amount_returned: number;
  readonly currency: string;
  readonly receipt_url: string | null;
  /** When the provider took the money. */
  readonly received_at: string;
  /** When Payonce learned of it. */
  readonly recorded_at: string;
  /** The transfer by bank or GCash that it is a part of. */
  readonly transfer_id: number | null;
}

/** Money received by bank or GCash, whether or not it pays anything. */
export interface Transfer {
  readonly id: number;
  readonly payment_method: 'gcash' | 'bank_transfer';
  readonly transaction_id: string;
  readonly amount: number;
  readonly currency: string;
  /** The payment it was sent for, as far as known. */
  readonly payment_id: number | null;
  readonly payer: string | null;
  readonly note: string | null;
  readonly receipt_url: string | null;
  readonly matched_amount: number;
  readonly refunded_amount: number;
  readonly refund_pending_amount: number;
  readonly unmatched_amount: number;
  readonly received_at: string;
  readonly recorded_at: string;
  readonly voided_at: string | null;
}

/** What a transfer pays of a payment. */
export interface TransferMatch {
  readonly charge_id: number;
  readonly payment_id: number;
  readonly amount: number;
  /** Of `amount`: undone since. */
  readonly unmatched_amount: number;
  readonly disposition: 'accepted' | 'partial' | 'reversed';
  readonly matched_at: string;
}

/** A transfer sent for a payment that is not fully matched. */
export interface UnmatchedTransfer {
  readonly transfer_id: number;
  readonly amount: number;
  readonly unmatched_amount: number;
  readonly refund_pending_amount: number;
  readonly currency: string;
  readonly received_at: string;
}

export interface ListedCharge extends Charge {
  readonly id: number;
  readonly payment_id: number | null;
  readonly disposition: 'accepted' | 'returned' | 'quarantined' | 'foreign' | 'settled_elsewhere';
  readonly amount_reserved: number;
}

/** Money that arrived for a payment in another amount or currency; staff review it. */
export interface UnmatchedMoney {
  readonly charge_id: number;
  readonly amount_received: number;
  readonly currency: string;
  readonly received_at: string;
}

/** A paid checkout session at Stripe that the books cannot account for. */
export interface Discrepancy {
  readonly id: number;
  readonly kind: 'unknown_payment' | 'paid_twice';
  /** The checkout session. */
  readonly stripe_id: string;
  readonly payment_id: number | null;
  readonly amount: number;
  readonly currency: string;
  readonly found_at: string;
}

/** A card that was declined: nothing was charged. */
export interface DeclinedAttempt {
  readonly at: string;
  readonly code: string | null;
  readonly decline_code: string | null;
  readonly message: string | null;
  readonly card: { readonly brand: string; readonly last4: string } | null;
}

export interface PaymentFile {
  readonly payment: StaffPayment;
  readonly invoice: (Invoice & { readonly credited_amount: number }) | null;
  readonly tax: (TaxRecord & { readonly credited_base_amount: number; readonly credited_tax_amount: number }) | null;
  readonly charge: Charge | null;
  /** All the money that pays it or a part of it. */
  readonly charges: readonly Charge[];
  /** While it is pending: what it still needs. */
  readonly amount_due: number;
  readonly unmatched_transfers: readonly UnmatchedTransfer[];
  /** Of `refunded_amount`: matched by mistake, and undone. Nothing was paid out. */
  readonly unmatched_amount: number;
  readonly checkout: CheckoutSession | null;
  readonly refund_pending_amount: number;
  readonly charged_back_amount: number;
  readonly returned_twice_amount: number;
  readonly refund_failed: boolean;
  readonly unused_money: 'here' | 'on_its_way' | 'gone_back' | null;
  readonly unmatched_money: UnmatchedMoney | null;
  /** The newest ten of `count`. Missing from a server that is older than this page. */
  readonly declined_attempts?: { readonly count: number; readonly latest: readonly DeclinedAttempt[] };
}

export interface Refund {
  readonly id: number;
  readonly payment_id: number | null;
  /** Of a transfer that no payment took; or, of kind `unmatch`, the transfer that the money went back to. */
  readonly transfer_id: number | null;
  readonly kind: 'refund' | 'unmatch';
  readonly payment_method: PaymentMethod;
  readonly amount: number;
  readonly currency: string;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'cancelled';
  /** Made by the shop itself: money that could buy nothing. */
  readonly automatic: boolean;
  readonly reason: string;
  readonly transaction_id: string | null;
  readonly created_at: string;
  /** When Payonce learned how it ended. */
  readonly settled_at: string | null;
  /** When the provider sent the money back. */
  readonly refunded_at: string | null;
  /** What a pending refund waits for. */
  readonly awaiting: 'staff_settlement' | 'stripe_answer' | 'stripe_settlement' | 'staff_decision' | null;
}

export interface RefundsPage {
  readonly refunds: readonly Refund[];
  readonly refundable_amount: number;
  readonly as_of: string;
  readonly next_cursor: string | null;
}

export type Lane = 'request' | 'lock' | 'database' | 'stripe' | 'webhook' | 'worker';

/** One step of a payment's story. */
export interface Entry {
  readonly id: number;
  readonly at: string;
  /** Since the first. */
  readonly ms: number;
  readonly lane: Lane;
  readonly action: string;
  readonly actor: 'owner' | 'staff' | 'system';
  readonly actor_user_id?: number | null;
  readonly request_id: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface TimelinePage {
  readonly entries: readonly Entry[];
  readonly next_cursor: string | null;
}

export const EVENT_STATES = ['pending', 'applied', 'ignored', 'foreign', 'quarantined', 'dead'] as const;
export type EventState = (typeof EVENT_STATES)[number];

export interface WebhookEvent {
  readonly id: number;
  readonly event_id: string;
  readonly type: string;
  readonly livemode: boolean;
  readonly source: 'webhook' | 'poll';
  readonly status: EventState;
  readonly tries: number;
  readonly failures: number;
  readonly next_try_at: string | null;
  readonly note: string | null;
  readonly payment_id: number | null;
  readonly received_at: string;
  readonly settled_at: string | null;
  /** Only of one that is shown: JSON, or a text that is none. */
  readonly payload?: unknown;
}

export interface HeldLock {
  readonly lock_key: string;
  readonly left_ms: number;
  /** Each null where it is not known. */
  readonly user_id: number | null;
  readonly user_subject: string | null;
  readonly product_id: string | null;
  readonly consultation_id: number | null;
  readonly request_id: string | null;
  readonly created_at: string | null;
}

export interface HeldLocks {
  readonly backend: string;
  readonly postgres: { readonly locks: readonly HeldLock[]; readonly cut_short: boolean };
  readonly redis: readonly {
    readonly node: number;
    readonly reachable: boolean;
    readonly locks: readonly HeldLock[];
    readonly cut_short: boolean;
  }[];
}

export interface KeyInUse {
  readonly id: number;
  readonly user_id: number;
  readonly user_subject: string | null;
  readonly method: string;
  readonly route: string;
  readonly idempotency_key: string;
  readonly resource: string | null;
  readonly response_status: number | null;
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly expires_at: string;
}

/** An entry of the audit log as it is written, of whatever payment. */
export interface LiveEntry extends Omit<Entry, 'ms' | 'actor'> {
  readonly payment_id: number | null;
}
