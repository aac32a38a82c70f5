import type {
  CheckoutSession,
  CreatedCheckout,
  CreatedPayment,
  ExistingPayment,
  Invoice,
  Payment,
  PaymentMethod,
  TaxRecord,
} from '#payment-client';

/** A consultation as its patient sees it; pending ones name the payment that waits. */
export interface Consultation {
  readonly id: number;
  readonly fee: number;
  readonly currency: string;
  readonly status: 'open' | 'closed';
  readonly created_at: string;
  readonly payment_id: number | null;
  readonly payment_status: string | null;
  /** Its money is on its way. */
  readonly payment_processing: boolean | null;
  readonly payment_method: PaymentMethod | null;
  readonly payment_amount: number | null;
  readonly payment_currency: string | null;
}

/**
 * What is paid for it: the fee, or the sum of a payment that stands whatever the fee is now. A page at Stripe that nobody
 * has paid on does not: the next one replaces it.
 */
export function dueOf(one: Consultation): { amount: number; currency: string } {
  const stands = one.payment_status === 'pending' && (one.payment_processing || one.payment_method !== 'stripe');
  if (!stands || one.payment_amount === null || one.payment_currency === null) {
    return { amount: one.fee, currency: one.currency };
  }
  return { amount: one.payment_amount, currency: one.payment_currency };
}

export interface ConsultationsPage {
  readonly consultations: readonly Consultation[];
  readonly next_cursor: string | null;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  readonly currency: string;
}

/** One payment with its papers, the money that came, and where it can still be paid. */
export interface Details {
  readonly payment: Payment & { readonly quantity?: number; readonly refund_owed?: number };
  readonly invoice?: Invoice & { readonly credited_amount?: number };
  readonly tax?: TaxRecord & { readonly credited_tax_amount?: number };
  /** All the money that pays it or a part of it: by transfers it may be several. */
  readonly charges?: readonly {
    readonly transaction_id: string;
    readonly amount_received: number;
    readonly currency: string;
    readonly received_at: string;
  }[];
  /** While it is pending: what it still needs. */
  readonly amount_due?: number;
  /** Transfers sent for it that are not fully matched. */
  readonly unmatched_transfers?: readonly {
    readonly transfer_id: number;
    readonly amount: number;
    readonly unmatched_amount: number;
    readonly refund_pending_amount: number;
    readonly currency: string;
  }[];
  /** Of `refunded_amount`: matched with it by mistake, and undone. Nothing was paid out. */
  readonly unmatched_amount?: number;
  readonly charge?: {
    readonly transaction_id: string;
    readonly receipt_url: string | null;
    readonly amount_received: number;
    readonly currency: string;
  } | null;
  readonly checkout?: CheckoutSession | null;
  /** Where to send the money of a pending payment that has no page. */
  readonly instructions?: {
    readonly bank: string | null;
    readonly holder: string;
    readonly account: string;
    readonly note: string | null;
  } | null;
  /** Its page is not given out any more: what it is for costs this by now, or is closed. */
  readonly outdated?: {
    readonly reason: 'price_changed' | 'closed';
    readonly amount: number;
    readonly currency: string;
  };
  readonly refund_pending_amount?: number;
  readonly refund_failed?: boolean;
  /** Newest first: declined card attempts. Nothing was charged. */
  readonly declined_attempts?: {
    readonly count: number;
    readonly latest: readonly {
      readonly code: string | null;
      readonly decline_code: string | null;
      readonly card: { readonly last4: string } | null;
    }[];
  };
  /** What lost disputes took. */
  readonly charged_back_amount?: number;
  readonly returned_twice_amount?: number;
  /** Money that arrived in another amount or currency and waits for staff. */
  readonly unmatched_money?: { readonly amount_received: number; readonly currency: string } | null;
  readonly unused_money?: 'here' | 'on_its_way' | 'gone_back' | null;
}

/** What pressing the button led to. A product's order that proves paid answers as an existing payment does. */
export type Outcome = CreatedPayment | ExistingPayment | CreatedCheckout;

export function existingOf(outcome: Outcome | undefined): ExistingPayment | undefined {
  return outcome && 'type' in outcome && outcome.type === 'existing' ? outcome : undefined;
}

/** Where a new payment is paid. An existing one is shown first: the person did not know of it. */
export function addressOf(outcome: Outcome): string | undefined {
  if (existingOf(outcome)) return undefined;
  return 'checkout_url' in outcome ? outcome.checkout_url : (outcome as CreatedPayment).checkout?.url;
}
