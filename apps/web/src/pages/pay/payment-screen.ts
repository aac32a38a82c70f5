import type { Payment } from '#payment-client';
import type { Unmatched } from './unmatched.js';
import type { PayWords } from './words.js';

/** What is known of a payment beside its row. */
export interface Known {
  /** It is being asked about at this moment. */
  readonly watching: boolean;
  /** Stripe could not be asked. */
  readonly unasked: boolean;
  /** Money came when it was too late: it goes back. */
  readonly returning: boolean;
  /** The money that came and pays nothing, in words, and where it is. */
  readonly unused?: { readonly sum: string; readonly is: 'here' | 'on_its_way' | 'gone_back' } | undefined;
  /** Money that arrived and does not match the amount due. */
  readonly unmatched?: Unmatched | undefined;
  /** Some of it has arrived by transfer, in words. */
  readonly part?: { readonly title: string; readonly text: string } | undefined;
  /** What was counted as paid was another payment's, in words. */
  readonly mistaken?: { readonly title: string; readonly text: string } | undefined;
  /** A part of it was. */
  readonly mistakenPart?: string | undefined;
  /** It has ended unpaid, and money that was sent for it is here, in words. */
  readonly sent?: string | undefined;
  /** What counts as paid back and has not reached its person, in words. */
  readonly owed?: string | undefined;
  /** The last card was declined: which one, and why, in words. */
  readonly declined?: { readonly last4: string | undefined; readonly reason: string } | undefined;
  /** Some of it is on its way back. */
  readonly refunding: boolean;
  /** Its person has left the payment page. */
  readonly left: boolean;
  /** Its person comes back from the payment page, and may have paid. */
  readonly cameBack: boolean;
}

export interface Screen {
  readonly sign: string;
  readonly tone: 'good' | 'note' | 'bad' | 'quiet' | 'wait';
  readonly title: string;
  readonly text: string;
}

/** What the person is told: the payment's state, and for a pending one how it came to be so. */
export function screenOf(payment: Payment, known: Known, w: PayWords): Screen {
  const { unmatched, mistaken, part } = known;
  // Money is there, or was: nobody says that nothing was charged.
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
      // What was matched by mistake was not paid back: the sentence beside it says so.
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
        text: textOfEnd(payment.status, known, w, payment.payment_method !== 'stripe'),
      };
    case 'pending':
  }
  if (payment.processing) return { sign: '…', tone: 'wait', title: w.processing_title, text: w.processing_text };
  if (part) return { sign: '…', tone: 'wait', title: part.title, text: part.text };
  if (payment.payment_method !== 'stripe') {
    return { sign: '…', tone: 'wait', title: w.manual_title[payment.payment_method], text: w.manual_text };
  }
  if (known.watching) return { sign: '…', tone: 'note', title: w.checking_title, text: w.checking_text };
  if (known.unasked) return { sign: '?', tone: 'wait', title: w.unasked_title, text: w.unasked_text };
  if (known.declined) {
    const { last4, reason } = known.declined;
    return { sign: '!', tone: 'wait', title: w.declined_title, text: w.declined_text(last4, reason) };
  }
  if (known.left) return { sign: '!', tone: 'wait', title: w.left_title, text: w.left_text };
  return { sign: '…', tone: 'wait', title: w.unfinished_title, text: w.unfinished_text };
}

function screenOfUnmatched(status: Payment['status'], { title, text }: Unmatched, w: PayWords): Screen {
  const hasEnded = status === 'failed' || status === 'expired' || status === 'cancelled';
  return { sign: '!', tone: 'wait', title: title ?? (hasEnded ? w[`${status}_title`] : w.unfinished_title), text };
}

/** That nothing was charged is said only when it is known: of a transfer it never is. */
function textOfEnd(status: 'failed' | 'expired' | 'cancelled', known: Known, w: PayWords, byHand: boolean): string {
  if (known.unused) return w.unused[known.unused.is](known.unused.sum);
  if (known.sent) return known.sent;
  if (known.returning) return w.returning;
  if (known.unasked) return w.unasked_text;
  if (known.watching && known.cameBack) return w.checking_text;
  return byHand ? w.cancelled_manual_text : w[`${status}_text`];
}
