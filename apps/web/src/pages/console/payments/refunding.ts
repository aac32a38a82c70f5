import { PaymentClientError, type PaymentMethod } from '#payment-client';
import { isStaffRefunded } from '../../../app/payment-methods.js';
import type { TransferOutcome } from '../transfers/outcome.js';
import type { Refund } from '../wire.js';

/**
 * The result of a refund. `known`: it had already been made, and nothing was refunded now. A manual one is reserved
 * until staff pay it back, or recorded if they have.
 */
export type Made = 'refund' | 'known_refund' | 'reserved_refund' | 'recorded_refund';

/** How staff end a pending refund. */
export type Ending = 'settle' | 'withdraw';

/** The actions for a refund: the API would refuse all others. */
export function endingsOf({ awaiting, payment_id, transfer_id }: Refund): readonly Ending[] {
  if (payment_id === null && transfer_id === null) return [];
  if (awaiting === 'staff_settlement') return ['settle', 'withdraw'];
  return isUnanswered({ awaiting }) ? ['withdraw'] : [];
}

/** Its path in the API: below its payment, or below its transfer. */
export function pathOf({ id, payment_id, transfer_id }: Refund): string {
  const of = payment_id === null ? `transfers/${transfer_id}` : `payments/${payment_id}`;
  return `/${of}/refunds/${id}`;
}

/** It was sent to its provider, which has not said whether it was made. */
export function isUnanswered({ awaiting }: Pick<Refund, 'awaiting'>): boolean {
  return awaiting === 'stripe_answer' || awaiting === 'provider_answer' || awaiting === 'staff_decision';
}

/** The amount of pending refunds that their provider has not answered. Minor units. */
export function unansweredOf(refunds: readonly Refund[]): number {
  return refunds.filter(isUnanswered).reduce((sum, { amount }) => sum + amount, 0);
}

/** What was done, and about which refund. */
export interface Done<What> {
  readonly what: What;
  readonly refund_id?: number | undefined;
  /** A message about recorded money, if some of it is still unmatched. */
  readonly outcome?: TransferOutcome | undefined;
}

/** The money to refund. */
export interface RefundTarget {
  readonly payment_id: number;
  /** Money that does not match its payment is refunded by the charge's id. */
  readonly charge_id?: number;
  readonly payment_method: PaymentMethod;
  readonly currency: string;
  /** The refundable amount in minor units. */
  readonly left: number;
}

/**
 * Whether a refund can be recorded as paid back at once, by the reference of the transfer back. Money that does not
 * match its payment is reserved first: its route takes no reference.
 */
export function takesReference({ charge_id, payment_method }: RefundTarget): boolean {
  return charge_id === undefined && isStaffRefunded(payment_method);
}

/** A sent refund whose outcome is unknown. */
export interface UnclearRefund {
  /** The complete request. */
  readonly sent: string;
  readonly amount: number;
  /** The refunds that existed before it was sent. */
  readonly known: ReadonlySet<number>;
}

/** By payment and charge. Kept when the dialog is closed, because the outcome stays unknown. */
export const unclearRefunds = new Map<string, UnclearRefund>();

/** Whether nothing was made, now or by an earlier attempt: refusals before the key is checked do not prove it. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof PaymentClientError) || error.retryable) return false;
  // The provider may still make the refund that waits for a decision.
  return error.code !== 'REFUND_NEEDS_DECISION' && [402, 404, 409, 422, 502].includes(error.status);
}
