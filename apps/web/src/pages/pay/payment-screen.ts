import type { Payment } from '#payment-client';
import { isStaffConfirmed } from '../../app/payment-methods.js';
import type { OnePaymentWords } from './one-payment-words.js';
import type { Unmatched } from './unmatched.js';

/** Facts about a payment in addition to its row. */
export interface Known {
  /** What moves its money, as people know it. */
  readonly provider: string;
  /** The provider is being asked at this moment. */
  readonly watching: boolean;
  /** The provider could not be reached. */
  readonly unasked: boolean;
  /** Money arrived too late and is being refunded. */
  readonly returning: boolean;
  /** The text about money that arrived and pays nothing, and where it is. */
  readonly unused?: { readonly sum: string; readonly is: 'here' | 'on_its_way' | 'gone_back' } | undefined;
  /** Money that arrived and does not match the amount due. */
  readonly unmatched?: Unmatched | undefined;
  /** The text about a part that has arrived by transfer. */
  readonly part?: { readonly title: string; readonly text: string } | undefined;
  /** The text about money that was counted by mistake. */
  readonly mistaken?: { readonly title: string; readonly text: string } | undefined;
  /** A part was counted by mistake. */
  readonly mistakenPart?: string | undefined;
  /** The text about unmatched money of a payment that ended unpaid. */
  readonly sent?: string | undefined;
  /** The text about a refund that has not reached the payer. */
  readonly owed?: string | undefined;
  /** The text about the last declined card. */
  readonly declined?: { readonly last4: string | undefined; readonly reason: string } | undefined;
  /** A refund is on its way. */
  readonly refunding: boolean;
  /** The user left the payment page. */
  readonly left: boolean;
  /** The user returned from the payment page, and may have paid. */
  readonly cameBack: boolean;
}

export interface Screen {
  readonly sign: string;
  readonly tone: 'good' | 'note' | 'bad' | 'quiet' | 'wait';
  readonly title: string;
  readonly text: string;
}

/** The screen for the payment's state; for a pending one also for its cause. */
export function screenOf(payment: Payment, known: Known, w: OnePaymentWords): Screen {
  const { unmatched, mistaken, part } = known;
  // Money arrived, so the screen must not say that nothing was charged.
  if (unmatched && payment.completed_at === null) return screenOfUnmatched(payment.status, unmatched, w);
  if (mistaken) return { sign: '–', tone: 'quiet', title: mistaken.title, text: mistaken.text };
  switch (payment.status) {
    case 'completed':
      return { sign: '✓', tone: 'good', title: w.completed_title, text: w.completed_text };
    case 'partially_refunded':
    case 'refunded':
      if (known.owed) {
        const text = w[known.refunding ? 'owed_refunding' : 'owed_text'](known.owed);
        return { sign: '!', tone: 'wait', title: w.owed, text };
      }
      // Money matched by mistake was not paid back: another sentence says so.
      if (known.mistakenPart)
        return { sign: '↩', tone: 'note', title: w.mistaken_part_title, text: known.mistakenPart };
      return { sign: '↩', tone: 'note', title: w[`${payment.status}_title`], text: w[`${payment.status}_text`] };
    case 'failed':
      return { sign: '!', tone: 'bad', title: w.failed_title, text: textOfEnd('failed', known, w, false) };
    case 'expired':
    case 'cancelled':
      return {
        sign: '–',
        tone: 'quiet',
        title: w[`${payment.status}_title`],
        text: textOfEnd(payment.status, known, w, isStaffConfirmed(payment.payment_method)),
      };
    case 'pending':
  }
  if (payment.processing) return { sign: '…', tone: 'wait', title: w.processing_title, text: w.processing_text };
  if (part) return { sign: '…', tone: 'wait', title: part.title, text: part.text };
  if (isStaffConfirmed(payment.payment_method)) {
    return { sign: '…', tone: 'wait', title: w.manual_title[payment.payment_method], text: w.manual_text };
  }
  if (known.watching)
    return { sign: '…', tone: 'note', title: w.checking_title, text: w.checking_text(known.provider) };
  if (known.unasked) return { sign: '?', tone: 'wait', title: w.unasked_title, text: w.unasked_text(known.provider) };
  if (known.declined) {
    const { last4, reason } = known.declined;
    return { sign: '!', tone: 'wait', title: w.declined_title, text: w.declined_text(last4, reason) };
  }
  if (known.left) return { sign: '!', tone: 'wait', title: w.left_title, text: w.left_text };
  return { sign: '…', tone: 'wait', title: w.unfinished_title, text: w.unfinished_text };
}

function screenOfUnmatched(status: Payment['status'], { title, text }: Unmatched, w: OnePaymentWords): Screen {
  const hasEnded = status === 'failed' || status === 'expired' || status === 'cancelled';
  return { sign: '!', tone: 'wait', title: title ?? (hasEnded ? w[`${status}_title`] : w.unfinished_title), text };
}

/** "Nothing was charged" is only said if it is known; for a transfer it never is. */
function textOfEnd(
  status: 'failed' | 'expired' | 'cancelled',
  known: Known,
  w: OnePaymentWords,
  byHand: boolean,
): string {
  if (known.unused) return w.unused[known.unused.is](known.unused.sum);
  if (known.sent) return known.sent;
  if (known.returning) return w.returning;
  if (known.unasked) return w.unasked_text(known.provider);
  if (known.watching && known.cameBack) return w.checking_text(known.provider);
  if (status === 'failed') return w.failed_text(known.provider);
  return byHand ? w.cancelled_manual_text : w[`${status}_text`];
}
