import type { components } from './api-types.js';

/** Every schema of the API by its name in the OpenAPI document, spelled as the server spells it. */
export type Schemas = components['schemas'];

export type Payment = Schemas['Payment'];
export type PaymentMethod = Payment['payment_method'];
export type PaymentStatus = Payment['status'];
export type Invoice = Schemas['Invoice'];
export type TaxRecord = Schemas['TaxRecord'];

/** Where to send the person to pay. */
export type CheckoutSession = Schemas['Checkout'];

/**
 * Amount and currency as the server returned them for the consultation; the server compares them and does not trust
 * them. The currency of an answer has type string.
 */
export type NewPayment = Omit<Schemas['StartPaymentRequest'], Key | 'currency'> & { readonly currency?: string };
export type CreatedPayment = Schemas['NewPayment'];

/** The consultation has a live payment, made by whichever request came first. */
export type ExistingPayment = Schemas['ExistingPayment'];

export type NewCheckout = Omit<Schemas['CheckoutRequest'], Key>;
export type CreatedCheckout = Schemas['StartedCheckout'];
export type Confirmation = Omit<Schemas['ConfirmPaymentRequest'], Key>;
export type ConfirmedPayment = Schemas['ConfirmedPayment'];
export type NewRefund = Omit<Schemas['RefundPaymentRequest'], Key>;
export type RefundedPayment = Schemas['RefundedPayment'];
export type CancelledPayment = Schemas['CancelledPayment'];

/** One payment with everything that belongs to it. */
export type PaymentDetails = Schemas['WholePayment'];
export type PaymentsQuery = Schemas['PaymentHistory_list_query'];
export type PaymentsPage = Schemas['PageOfPayments'];
export type Timeline = Schemas['Timeline'];

/** The client gives each request a key of its own. */
type Key = 'idempotency_key';
