import { lastRefundFailed } from '../../../app/last-refund.js';
import { formatMoney } from '../../../design/money.js';
import type { Entry, PaymentFile } from '../wire.js';
import { type WhyWords, whyWords } from './why-words.js';

export interface Why {
  readonly question: string;
  readonly answer: string;
}

/**
 * "Why was I (not) charged?" in one sentence: what the payment is says whether, what the audit log remembers says why.
 * Nothing is guessed: what neither of them knows is not said.
 */
export function whyOf(
  { payment, charge, refund_pending_amount: pending }: PaymentFile,
  entries: readonly Entry[],
  language: keyof typeof whyWords,
): Why {
  const words = whyWords[language];
  const money = (amount: number) => formatMoney(amount, payment.currency, language);
  const { completed_at } = payment;
  const charged = completed_at !== null;
  const parts = charged
    ? [
        words.charged(money(charge?.amount_received ?? payment.amount), timeOf(completed_at, language)),
        learntBy(entries, words),
      ]
    : [uncharged(payment, entries, words)];
  parts.push(words.refused(count(entries, 'payment.duplicate_refused'), count(entries, 'request.repeated'), charged));
  const returned = count(entries, 'money.returned_automatically');
  if (returned > 0) parts.push(words.returned(returned));
  const waiting = count(entries, 'money.quarantined');
  if (waiting > 0) parts.push(words.quarantined(waiting));
  const given = givenBack(payment, entries);
  if (given > 0) parts.push(words.refunded(money(given)));
  if (pending > 0) parts.push(words[payment.payment_method === 'stripe' ? 'on_its_way' : 'reserved'](money(pending)));
  if (lastRefundFailed(entries) && payment.refund_owed === 0) parts.push(words.bounced);
  if (payment.refund_owed > 0) parts.push(words.owed(money(payment.refund_owed)));
  if (payment.dispute) parts.push(words.dispute[payment.dispute.state](money(payment.dispute.amount)));
  const beyond = pending > 0 ? 0 : takenBeyond(payment, entries);
  if (beyond > 0) parts.push(words.beyond(money(beyond)));
  return {
    question: charged ? words.why : words.why_not,
    answer: `${parts.filter(Boolean).join('; ')}.`,
  };
}

/** By us. What the bank took back in a lost dispute counts as refunded too, and the audit log says how much that was. */
export function givenBack({ refunded_amount, refund_owed }: PaymentFile['payment'], entries: readonly Entry[]): number {
  return refunded_amount - refund_owed - takenByBank(entries);
}

export function takenByBank(entries: readonly Entry[]): number {
  return entries
    .filter(({ action, detail }) => action === 'dispute.counted' && detail.disposition === undefined)
    .reduce((sum, { detail }) => sum + Number(detail.counted_amount), 0);
}

/** What a lost dispute took of money that a refund had given back before: no more can return on paper than had come. */
function takenBeyond({ dispute, currency }: PaymentFile['payment'], entries: readonly Entry[]): number {
  if (dispute?.state !== 'lost' || dispute.currency !== currency) return 0;
  const mine = entries.filter(({ detail }) => detail.dispute_id === dispute.dispute_id);
  const taken = takenByBank(mine);
  return taken > 0 ? dispute.amount - taken : 0;
}

function uncharged(payment: PaymentFile['payment'], entries: readonly Entry[], words: WhyWords): string {
  switch (payment.status) {
    case 'pending':
      if (payment.processing) return words.processing;
      return payment.payment_method === 'stripe' ? words.unpaid : words.by_hand;
    case 'failed':
      return words.failed;
    case 'expired':
      return words.expired;
    case 'cancelled': {
      const cancelled = entries.find(({ action }) => action === 'payment.cancelled');
      const how = payment.payment_method === 'stripe' ? words.cancelled : words.cancelled_by_hand;
      return how[cancelled?.actor ?? 'system'];
    }
    case 'completed':
    case 'partially_refunded':
    case 'refunded':
  }
  // A row that says paid and not when: only the state can be told.
  return words.paid_without_time;
}

/** Who told us of the money: the entry that led to its being written down, of the same request. */
function learntBy(entries: readonly Entry[], words: WhyWords): string {
  const done = entries.findIndex(({ action }) => action === 'payment.completed');
  if (done === -1) return '';
  const { request_id, actor } = entries[done]!;
  for (let n = done - 1; n >= 0; n--) {
    const { action, lane, request_id: of } = entries[n]!;
    if (of !== request_id) continue;
    if (action === 'request.confirm') return actor === 'staff' ? words.by_staff : words.by_owner;
    if (lane === 'webhook') return words.by_webhook;
    if (lane === 'worker') return words.by_worker;
  }
  return '';
}

const count = (entries: readonly Entry[], wanted: string) => entries.filter(({ action }) => action === wanted).length;

function timeOf(at: string, language: keyof typeof whyWords): string {
  return new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(at));
}
