import { computed } from 'vue';
import { language } from '../../app/language.js';
import { useWords } from '../../app/words.js';
import { formatMoney } from '../../design/index.js';
import { hasEnded, isMistaken, partOf, sayTransfers } from './transfers.js';
import { transferWords } from './transfer-words.js';
import type { Details } from './wire.js';

/** Texts for a payer about money that arrived by transfer. */
export function useTransferNotice(details: () => Details) {
  const words = useWords(transferWords);
  const moneyOf = (amount: number) => formatMoney(amount, details().payment.currency, language.value);

  const part = computed(() => partOf(details()));
  const mistaken = computed(() => isMistaken(details()));
  const transfers = computed(() => sayTransfers(details(), language.value));
  return {
    part,
    /** A part has arrived: how much, what is due, and what happens to it when the payment is cancelled. */
    partNotice: computed(() => {
      if (!part.value) return undefined;
      const { part_title, part_text, cancel_part } = words.value;
      const received = moneyOf(part.value.received);
      return {
        title: part_title(received, moneyOf(details().payment.amount)),
        text: part_text(moneyOf(part.value.due)),
        cancel: cancel_part(received),
      };
    }),
    /** All of it was matched by mistake. */
    mistaken,
    mistakenNotice: computed(() =>
      mistaken.value
        ? { title: words.value.mistaken_title, text: words.value.mistaken_text, pay: words.value.pay_now }
        : undefined,
    ),
    /** Only a part of it was. */
    mistakenPart: computed(() => {
      const { unmatched_amount } = details();
      return unmatched_amount > 0 && !mistaken.value ? words.value.mistaken_part(moneyOf(unmatched_amount)) : undefined;
    }),
    transfers,
    /** Replaces "if you've already sent the money", because it is known to have been sent. */
    sent: computed(() =>
      hasEnded(details().payment) && transfers.value.length > 0
        ? [...transfers.value, words.value.dont_pay].join(' ')
        : undefined,
    ),
  };
}
