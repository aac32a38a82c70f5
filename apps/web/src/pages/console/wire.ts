import type { Payment, Schemas } from '#payment-client';

/** Types of the staff API under the names that these pages use. */
export type StaffPayment = Payment & Partial<Omit<Schemas['FoundPayment'], keyof Payment>>;
export type PaymentFile = Omit<Schemas['WholePayment'], 'payment'> & { readonly payment: StaffPayment };
export type Charge = Schemas['FoundCharge'];
export type ListedCharge = Schemas['ListedCharge'];
export type Transfer = Schemas['Transfer'];
export type TransferMatch = Schemas['TransferMatch'];
export type UnmatchedTransfer = Schemas['UnmatchedTransfer'];
export type Discrepancy = Schemas['Discrepancy'];
export type Refund = Schemas['Refund'];
export type RefundsPage = Schemas['PageOfRefunds'];

/** One step of a payment's timeline. */
export type Entry = Schemas['TimelineEntry'];
export type Lane = Entry['lane'];
export type TimelinePage = Schemas['Timeline'];
export type LiveEntry = Schemas['LiveEntry'];

/** With its payload, on the page of one event. */
export type WebhookEvent = Schemas['DescribedEvent'] & Partial<Schemas['EventWithPayload']>;
export type EventState = WebhookEvent['status'];
export const EVENT_STATES = Object.keys({
  pending: 0,
  applied: 0,
  ignored: 0,
  foreign: 0,
  quarantined: 0,
  dead: 0,
} satisfies Record<EventState, 0>) as EventState[];

export type HeldLock = Schemas['HeldLock'];
export type HeldLocks = Schemas['HeldLocks'];
export type KeyInUse = Schemas['KeyInUse'];
