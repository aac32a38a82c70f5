import { amount, type Holds, id, shape, time } from '#answers';
import { z } from 'zod';
import { paymentMethod, type PaymentMethod } from './payment-methods.js';

/**
 * The address of a receipt, as it was given with the confirmation; else Stripe's own, as its API first stated it. Stripe keeps
 * the page up to date (refunds) under the same address, and asks for the payer's email address once the address is 30 days
 * old (https://docs.stripe.com/receipts): then it sends a new one. So what is kept is an address, not the receipt.
 */
const receiptUrl = z
  .string()
  .nullable()
  .describe(
    "As given with the confirmation; else Stripe's own. A link of Stripe's that is older than 30 days asks for the payer's email address.",
  );

/** Money that a provider has taken, or what of a transfer pays one payment. */
export const Charge = shape('Charge', {
  payment_method: paymentMethod,
  transaction_id: z.string(),
  amount_received: amount,
  currency: z.string(),
  receipt_url: receiptUrl,
});
export type Charge = Holds<typeof Charge>;

/** A charge to be booked, with the time at which the provider took the money; without it, now. */
export interface NewCharge extends Charge {
  readonly received_at?: Date | undefined;
  /** The transfer it is a part of; money that a provider has taken on its page has none. */
  readonly transfer_id?: number;
  /** Without a receipt now, its provider is asked for one later. */
  readonly receipt_follows?: boolean;
}

/** The money of a payment as it is read back. */
export const FoundCharge = shape('FoundCharge', {
  ...Charge.shape,
  amount_returned: amount,
  received_at: time.describe('When the provider took the money.'),
  recorded_at: time.describe('When Payonce learned of it.'),
  transfer_id: id.nullable().describe('The transfer by bank or GCash that it is a part of.'),
});
export type FoundCharge = Holds<typeof FoundCharge>;

/**
 * What is done with received money: it pays its payment, is a part of what a pending payment needs, was matched or paid back
 * by mistake and reversed, is refunded, waits for staff because it does not match, belongs to someone else, or was settled by
 * staff outside of Payonce.
 */
export const DISPOSITIONS = [
  'accepted',
  'partial',
  'reversed',
  'returned',
  'quarantined',
  'foreign',
  'settled_elsewhere',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** A charge as staff see it. Minor units. */
export const ListedCharge = shape('ListedCharge', {
  ...FoundCharge.shape,
  id,
  payment_id: id.nullable(),
  disposition: z.enum(DISPOSITIONS),
  amount_reserved: amount,
});
export type ListedCharge = Holds<typeof ListedCharge>;

/** What happened to a payment's money besides its row's amounts. Minor units. */
export interface Returns {
  readonly charged_back_amount: number;
  readonly returned_twice_amount: number;
  readonly unmatched_amount: number;
  readonly refund_failed: boolean;
  readonly unused_money: 'here' | 'on_its_way' | 'gone_back' | null;
}

/** A charge under its row lock: what can still be given back of it. Minor units. */
export interface LockedCharge {
  readonly id: number;
  readonly payment_id: number | null;
  readonly transaction_id: string;
  readonly disposition: Disposition;
  readonly amount_received: number;
  readonly amount_returned: number;
  readonly amount_reserved: number;
  readonly currency: string;
  /** Raised before each read from its provider. */
  readonly read_fence: number;
}

/** Identifies money that a provider has taken on its page. */
export interface ProviderTransaction {
  readonly payment_method: PaymentMethod;
  readonly transaction_id: string;
}

/** What refunds may still take in minor units, after those in flight. It does not know whether a dispute forbids it. */
export function refundable(...charges: LockedCharge[]): number {
  return charges.reduce((left, c) => left + c.amount_received - c.amount_returned - c.amount_reserved, 0);
}
