import { formatMoney } from '../../../design/money.js';
import type { Entry, PaymentFile } from '../wire.js';

const en = {
  waits: (amount: string) => `${amount} arrived but doesn’t match the amount due; staff must review it`,
  on_its_way: (amount: string) =>
    `Not charged: ${amount} arrived but didn’t match the amount due; it is being refunded`,
  gone_back: (amount: string) => `Not charged: ${amount} arrived but didn’t match the amount due; it was refunded`,
  settled_elsewhere: (amount: string) =>
    `${amount} arrived but didn’t match the amount due; staff marked it as settled elsewhere`,
};

const id: typeof en = {
  waits: (amount) => `${amount} masuk, tetapi tidak sesuai tagihannya; staf harus meninjaunya`,
  on_its_way: (amount) => `Tidak ditagih: ${amount} masuk, tetapi tidak sesuai tagihannya; uangnya sedang dikembalikan`,
  gone_back: (amount) => `Tidak ditagih: ${amount} masuk, tetapi tidak sesuai tagihannya; uangnya sudah dikembalikan`,
  settled_elsewhere: (amount) =>
    `${amount} masuk, tetapi tidak sesuai tagihannya; staf menandainya sebagai diselesaikan di tempat lain`,
};

const words = { en, id };

export const whyIncomplete = { en: 'Why is my payment not complete?', id: 'Mengapa pembayaran saya belum selesai?' };

/** Money that arrived for a payment and does not match it, and the decision about it; undefined if there is none. */
export function unmatchedOf(
  { payment, charge, unmatched_money: waits, unused_money }: PaymentFile,
  entries: readonly Entry[],
  language: keyof typeof words,
): string | undefined {
  const say = words[language];
  if (waits) return say.waits(formatMoney(waits.amount_received, waits.currency, language));
  if (!charge || payment.completed_at !== null || payment.processing) return undefined;
  const sum = () => formatMoney(charge.amount_received, charge.currency, language);
  if (entries.some(({ action }) => action === 'money.settled_elsewhere')) return say.settled_elsewhere(sum());
  // Money for a closed payment has another text, because its amount may match.
  const isOpen = payment.status === 'pending';
  return isOpen && (unused_money === 'on_its_way' || unused_money === 'gone_back')
    ? say[unused_money](sum())
    : undefined;
}
