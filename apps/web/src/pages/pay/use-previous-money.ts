import { computed, type ComputedRef, onScopeDispose, type Ref, ref, watch } from 'vue';
import { client } from '../../app/client.js';
import { language } from '../../app/language.js';
import { useReading } from '../../app/use-reading.js';
import { sayTransfers } from './transfers.js';
import { transferWords } from './transfer-words.js';
import { unmatchedOf } from './unmatched.js';
import type { Details } from './wire.js';

/** How many of the newest payments are checked. */
const MAX_PAYMENTS = 3;

/** A slow answer delays paying by no more than this: the server charges once in any case. */
const MAX_WAIT_MS = 3_000;

export interface EarlierMoney {
  readonly payment_id: number;
  /** The warning about money that arrived. */
  readonly text: string;
}

export interface EarlierMoneyReading {
  readonly found: ComputedRef<EarlierMoney | undefined>;
  /** Being read: the user must be warned before paying. */
  readonly looking: Ref<boolean>;
  /** It was read: a payment that is not `found` has no money that needs review. */
  readonly known: ComputedRef<boolean>;
}

/**
 * Money that arrived for an earlier payment of this consultation and waits for staff. The payer is warned before paying again.
 * What cannot be read within `MAX_WAIT_MS` warns of nothing and holds nobody up; then `known` is false.
 * @param because looked at again when it changes
 */
export function useEarlierMoney(
  consultation: () => number | undefined,
  because: () => number | undefined,
): EarlierMoneyReading {
  const { value, read, busy, error } = useReading(async (call): Promise<{ unmatched: Details | undefined }> => {
    const consultation_id = consultation();
    if (consultation_id === undefined) return { unmatched: undefined };
    const { payments } = await client.list({ consultation_id, limit: MAX_PAYMENTS }, call);
    const unpaid = payments.filter(({ completed_at }) => completed_at === null);
    const details = await Promise.all(unpaid.map(({ id }) => client.get(id, call)));
    const isHere = ({ unmatched_money, unmatched_transfers }: Details) =>
      unmatched_money || unmatched_transfers.some(({ unmatched_amount }) => unmatched_amount > 0);
    return { unmatched: details.find(isHere) };
  });
  const looking = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));
  function look(): void {
    clearTimeout(timer);
    timer = setTimeout(() => (looking.value = false), MAX_WAIT_MS);
    looking.value = true;
    void read();
  }
  watch(busy, (now) => now || (looking.value = false), { flush: 'sync' });
  watch(consultation, () => (value.value = undefined), { flush: 'sync' });
  // Before the first rendering.
  watch([consultation, because], look, { immediate: true, flush: 'sync' });
  const found = computed(() => {
    const details = value.value?.unmatched;
    if (!details) return undefined;
    const text = details.unmatched_money
      ? unmatchedOf(details, language.value)?.text
      : [...sayTransfers(details, language.value), transferWords[language.value].dont_pay].join(' ');
    return text === undefined ? undefined : { payment_id: details.payment.id, text };
  });
  const known = computed(() => value.value !== undefined && !busy.value && !error.value);
  return { found, looking, known };
}
