import { formatMoney } from '../../design/money.js';
import { unmatchedWords } from './unmatched-words.js';
import type { Details } from './wire.js';

/** Money that arrived for a payment and does not match it. */
export interface Unmatched {
  readonly is: 'here' | 'on_its_way' | 'gone_back' | 'settled';
  /** While it needs review. */
  readonly title?: string;
  readonly sentence: string;
  /** The sentence, and what not to do in the meantime. */
  readonly text: string;
}

/** @returns undefined if all money matches, or arrived too late, which has another text. */
export function unmatchedOf(details: Details, language: keyof typeof unmatchedWords): Unmatched | undefined {
  const { payment, charge, charges, unmatched_money: waits, unused_money } = details;
  const words = unmatchedWords[language];
  if (waits) {
    const sentence = words.here(formatMoney(waits.amount_received, waits.currency, language));
    return { is: 'here', title: words.title, sentence, text: `${sentence} ${words.dont_pay}` };
  }
  // A part of the amount due matches, too.
  if (!charge || charges.length > 0 || payment.completed_at !== null || payment.processing) return undefined;
  // Money that neither waits nor pays nor was refunded: staff settled it outside Payonce.
  const is = unused_money ?? 'settled';
  if (is === 'here' || (payment.status !== 'pending' && is !== 'settled')) return undefined;
  const sentence = words[is](formatMoney(charge.amount_received, charge.currency, language));
  return { is, sentence, text: sentence };
}
