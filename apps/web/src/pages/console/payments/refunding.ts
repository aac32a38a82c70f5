import { PaymentClientError, type PaymentMethod } from '#payment-client';
import type { TransferOutcome } from '../transfers/outcome.js';
import type { Refund } from '../wire.js';

/**
 * What came of it. Known: it had been made before, and nothing was given back now. By hand it is reserved, and staff must
 * pay it back, or recorded, and they have.
 */
export type Made = 'refund' | 'known_refund' | 'reserved_refund' | 'recorded_refund';

/** How staff end a pending refund. */
export type Ending = 'settle' | 'withdraw';

/** What staff can do about a refund now: no button is there that the API would refuse. */
export function endingsOf({ awaiting, payment_id, transfer_id }: Refund): readonly Ending[] {
  if (payment_id === null && transfer_id === null) return [];
  if (awaiting === 'staff_settlement') return ['settle', 'withdraw'];
  return isUnanswered({ awaiting }) ? ['withdraw'] : [];
}

/** Where the API has it: below its payment, or below the transfer that no payment took. */
export function pathOf({ id, payment_id, transfer_id }: Refund): string {
  const of = payment_id === null ? `transfers/${transfer_id}` : `payments/${payment_id}`;
  return `/${of}/refunds/${id}`;
}

/** Sent to the provider, which has not said whether it was made. */
export function isUnanswered({ awaiting }: Pick<Refund, 'awaiting'>): boolean {
  return awaiting === 'stripe_answer' || awaiting === 'provider_answer' || awaiting === 'staff_decision';
}

/** Of pending refunds, what the provider has not answered: nobody knows whether it is on its way. Minor units. */
export function unansweredOf(refunds: readonly Refund[]): number {
  return refunds.filter(isUnanswered).reduce((sum, { amount }) => sum + amount, 0);
}

/** What was done, and about which refund. */
export interface Done<What> {
  readonly what: What;
  readonly refund_id?: number | undefined;
  /** Of money that was recorded, where not all of it is where it belongs. */
  readonly outcome?: TransferOutcome | undefined;
}

/** The money that a refund is of. */
export interface RefundTarget {
  readonly payment_id: number;
  /** Money that does not match its payment, and is refunded by its own id. */
  readonly charge_id?: number;
  readonly payment_method: PaymentMethod;
  readonly currency: string;
  /** What a refund may still take, in minor units. */
  readonly left: number;
}

/** A refund that was sent, until it is known what came of it. */
export interface UnclearRefund {
  /** The whole wish. */
  readonly sent: string;
  readonly amount: number;
  /** The refunds that were known before it was sent. */
  readonly known: ReadonlySet<number>;
}

/** By payment and charge. They outlive the dialog: closed and opened again, nobody knows more. */
export const unclearRefunds = new Map<string, UnclearRefund>();

/** Nothing was made, now or by an earlier try: what is refused before the key is looked at says nothing of those. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof PaymentClientError) || error.retryable) return false;
  // Whether Stripe will still make the one that waits for a decision is not known.
  return error.code !== 'REFUND_NEEDS_DECISION' && [402, 404, 409, 422, 502].includes(error.status);
}
