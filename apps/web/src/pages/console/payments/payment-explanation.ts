import { isStaffConfirmed, isStaffRefunded, methodName } from '../../../app/payment-methods.js';
import { declineReason } from '../../../design/decline-words.js';
import { formatMoney } from '../../../design/money.js';
import type { Entry, PaymentFile } from '../wire.js';
import { isMistaken } from './is-mistaken-match.js';
import { unmatchedOf, whyIncomplete } from './unmatched-reason.js';
import { type WhyWords, whyWords } from './payment-explanation-words.js';

export interface Why {
  readonly question: string;
  readonly answer: string;
}

/**
 * "Why was I (not) charged?" in one sentence: what the payment is says whether, what the audit log remembers says why.
 * Nothing is guessed: what neither of them knows is not said.
 * @param unanswered of what is reserved for refunds, what its provider has not answered, in minor units
 */
export function whyOf(
  file: PaymentFile,
  entries: readonly Entry[],
  language: keyof typeof whyWords,
  unanswered = 0,
): Why {
  const { payment, charge } = file;
  const pending = file.refund_pending_amount - unanswered;
  const words = whyWords[language];
  const provider = methodName(payment.payment_method, language);
  const money = (amount: number) => formatMoney(amount, payment.currency, language);
  const { completed_at } = payment;
  const mistaken = completed_at !== null && isMistaken(file);
  const charged = completed_at !== null && !mistaken;
  const declined = file.declined_attempts?.count ?? 0;
  const unmatched = unmatchedOf(file, entries, language) ?? partOf(file, words, money);
  const received = receivedOf(file);
  const parts = charged
    ? [
        file.charges.length > 1
          ? words.charged_in(file.charges.length, money(received), timeOf(completed_at, language))
          : words.charged(declined, money(charge?.amount_received ?? payment.amount), timeOf(completed_at, language)),
        learntBy(entries, words, provider),
      ]
    : mistaken
      ? [words.mistaken(money(file.unmatched_amount))]
      : unmatched
        ? [unmatched]
        : uncharged(file, entries, language);
  parts.push(words.refused(count(entries, 'payment.duplicate_refused'), count(entries, 'request.repeated'), charged));
  const returned = count(entries, 'money.returned_automatically');
  if (returned > 0) parts.push(words.returned(returned));
  const waiting = count(entries, 'money.quarantined');
  if (charged && unmatched) parts.push(unmatched);
  else if (!unmatched && waiting > 0 && file.unused_money === 'here') parts.push(words.quarantined(waiting));
  const given = givenBack(file);
  if (given > 0) parts.push(words.refunded(money(given)));
  if (file.unmatched_amount > 0 && !mistaken) parts.push(words.undone(money(file.unmatched_amount)));
  parts.push(...transfersOf(file, words, language));
  if (pending > 0)
    parts.push(words[isStaffRefunded(payment.payment_method) ? 'reserved' : 'on_its_way'](money(pending)));
  if (unanswered > 0) parts.push(words.unanswered(provider, money(unanswered)));
  if (file.refund_failed && payment.refund_owed === 0) parts.push(words.bounced);
  if (payment.refund_owed > 0)
    parts.push(words[file.refund_failed ? 'owed' : 'owed_plainly'](money(payment.refund_owed)));
  if (payment.dispute) parts.push(disputeOf(file, words, money));
  if (file.returned_twice_amount > 0) parts.push(words.beyond(money(file.returned_twice_amount)));
  return {
    question: charged ? words.why : unmatched ? whyIncomplete[language] : words.why_not,
    answer: `${parts.filter(Boolean).join('; ')}.`,
  };
}

const receivedOf = ({ charges }: PaymentFile) => charges.reduce((sum, one) => sum + one.amount_received, 0);

/** Undefined: it is not pending, or nothing has arrived. */
function partOf(file: PaymentFile, words: WhyWords, money: (amount: number) => string): string | undefined {
  const { payment, charges, amount_due } = file;
  if (payment.status !== 'pending' || !isStaffConfirmed(payment.payment_method) || charges.length === 0)
    return undefined;
  return words.partly(money(receivedOf(file)), money(payment.amount), money(amount_due));
}

/** Transfers of this payment that are not fully matched. */
function transfersOf(
  { unmatched_transfers: transfers }: PaymentFile,
  words: WhyWords,
  language: keyof typeof whyWords,
) {
  const say = (what: 'unmatched_transfer' | 'transfer_reserved', amount: number, currency: string) =>
    amount > 0 ? [words[what](formatMoney(amount, currency, language))] : [];
  return transfers.flatMap(({ unmatched_amount, refund_pending_amount, currency }) => [
    ...say('unmatched_transfer', unmatched_amount, currency),
    ...say('transfer_reserved', refund_pending_amount, currency),
  ]);
}

/** Stripe's payment method types that people know by another name. https://docs.stripe.com/payments/bank-debits */
const METHODS: ReadonlyMap<string, 'bank_debit' | 'bank_transfer'> = new Map([
  ['ach_debit', 'bank_debit'],
  ['acss_debit', 'bank_debit'],
  ['au_becs_debit', 'bank_debit'],
  ['bacs_debit', 'bank_debit'],
  ['nz_bank_account', 'bank_debit'],
  ['sepa_debit', 'bank_debit'],
  ['us_bank_account', 'bank_debit'],
  ['customer_balance', 'bank_transfer'],
]);

/** Stripe calls a partly won dispute lost; the lost amount is the net of its balance transactions. */
function disputeOf(file: PaymentFile, words: WhyWords, money: (amount: number) => string): string {
  const { state, amount } = file.payment.dispute!;
  const taken = file.charged_back_amount + file.returned_twice_amount;
  if (state !== 'lost' || taken >= amount) return words.dispute[state](money(amount));
  return taken === 0 ? words.lost_nothing(money(amount)) : words.lost_partly(money(amount), money(taken));
}

/** Without what the bank took in a lost dispute and what was matched by mistake, which count as refunded, too. */
export function givenBack({ payment, charged_back_amount, unmatched_amount }: PaymentFile): number {
  return payment.refunded_amount - payment.refund_owed - charged_back_amount - unmatched_amount;
}

/** Why there is no money: first the payment's state, then the failed attempts. */
function uncharged(file: PaymentFile, entries: readonly Entry[], language: keyof typeof whyWords): string[] {
  const { payment } = file;
  const words = whyWords[language];
  const declined = declinedIn(file, language);
  const others = entries.filter(({ action }) => action === 'payment.attempt_failed').map(methodIn(words));
  const isWaiting = payment.status === 'pending' && !payment.processing && !isStaffConfirmed(payment.payment_method);
  if (isWaiting && declined) return [words.unpaid_after(declined), ...others.map(words.attempt_failed)];
  const last = others.at(-1);
  if (payment.status === 'failed' && last) {
    return [words.failed_by(last), ...others.slice(0, -1).map(words.attempt_failed), declined];
  }
  return [stateOf(payment, entries, language), declined, ...others.map(words.attempt_failed)];
}

/** How many card attempts were declined, and for which reasons; empty when there were none. */
function declinedIn({ declined_attempts }: PaymentFile, language: keyof typeof whyWords): string {
  const { count: all, latest } = declined_attempts ?? { count: 0, latest: [] };
  if (all === 0) return '';
  const times = new Map<string, number>();
  for (const attempt of latest) {
    const reason = declineReason(attempt, language);
    times.set(reason, (times.get(reason) ?? 0) + 1);
  }
  const isOne = times.size === 1;
  const reasons = [...times]
    .sort(([, one], [, other]) => other - one)
    .map(([reason, n]) => (isOne ? reason : `${reason} (${n})`))
    .join(', ');
  return whyWords[language].declined(all, reasons, latest.length);
}

/** The kind of a failed attempt that was not by card. */
const methodIn =
  (words: WhyWords) =>
  ({ detail: { payment_method_type: type } }: Entry): string => {
    if (typeof type !== 'string') return words.methods.other;
    const known = METHODS.get(type);
    return known ? words.methods[known] : type.replaceAll('_', ' ');
  };

function stateOf(payment: PaymentFile['payment'], entries: readonly Entry[], language: keyof typeof whyWords): string {
  const words = whyWords[language];
  const provider = methodName(payment.payment_method, language);
  switch (payment.status) {
    case 'pending':
      if (payment.processing) return words.processing;
      return isStaffConfirmed(payment.payment_method) ? words.by_hand : words.unpaid(provider);
    case 'failed':
      return words.failed;
    case 'expired':
      return isStaffConfirmed(payment.payment_method) ? words.expired_by_hand : words.expired;
    case 'cancelled': {
      if (count(entries, 'payment.abandoned') > 0) return words.abandoned(provider);
      const cancelled = entries.find(({ action }) => action === 'payment.cancelled');
      const because = cancelled?.detail.because;
      if (because === 'price_changed' || because === 'closed') return words.cancelled_because[because];
      const how = isStaffConfirmed(payment.payment_method) ? words.cancelled_by_hand : words.cancelled;
      return how[cancelled?.actor ?? 'system'];
    }
    case 'completed':
    case 'partially_refunded':
    case 'refunded':
  }
  // Marked as paid without a time: only the state is known.
  return words.paid_without_time;
}

/** How Payonce learned of the money: the entry of the same request that preceded its recording. */
function learntBy(entries: readonly Entry[], words: WhyWords, provider: string): string {
  const done = entries.findIndex(({ action }) => action === 'payment.completed');
  if (done === -1) return '';
  const { request_id, actor } = entries[done]!;
  for (let n = done - 1; n >= 0; n--) {
    const { action, lane, request_id: of } = entries[n]!;
    if (of !== request_id) continue;
    if (action === 'request.match_transfer' || action === 'request.record_transfer') return words.by_staff;
    if (action === 'request.confirm') return actor === 'staff' ? words.by_staff : words.by_owner(provider);
    if (lane === 'webhook') return words.by_webhook(provider);
    if (lane === 'worker') return words.by_worker(provider);
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
