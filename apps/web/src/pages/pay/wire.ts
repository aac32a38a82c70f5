import type { CreatedCheckout, CreatedPayment, ExistingPayment, PaymentDetails, Schemas } from '#payment-client';

/** A consultation as its patient sees it; pending ones name the payment that waits. */
export type Consultation = Schemas['ListedConsultation'];
export type ConsultationsPage = Schemas['PageOfConsultations'];
export type Product = Schemas['Product'];
export type Details = PaymentDetails;

/**
 * The amount to pay: the fee, or the amount of a standing payment, whatever the fee is now. An unpaid Stripe page does
 * not stand: the next one replaces it.
 */
export function dueOf(one: Consultation): { amount: number; currency: string } {
  const stands = one.payment_status === 'pending' && (one.payment_processing || one.payment_method !== 'stripe');
  if (!stands || one.payment_amount === null || one.payment_currency === null) {
    return { amount: one.fee, currency: one.currency };
  }
  return { amount: one.payment_amount, currency: one.payment_currency };
}

/** The result of pressing the button. A product's order that is already paid is answered like an existing payment. */
export type Outcome = CreatedPayment | ExistingPayment | CreatedCheckout;

export function existingOf(outcome: Outcome | undefined): ExistingPayment | undefined {
  return outcome && 'type' in outcome && outcome.type === 'existing' ? outcome : undefined;
}

/** Where a new payment is paid. An existing one is shown first, because the user did not know of it. */
export function addressOf(outcome: Outcome): string | undefined {
  if (existingOf(outcome)) return undefined;
  const url = 'checkout_url' in outcome ? outcome.checkout_url : (outcome as CreatedPayment).checkout?.url;
  return url ?? undefined;
}
