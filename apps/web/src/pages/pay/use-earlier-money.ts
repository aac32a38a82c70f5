import { computed, type ComputedRef, type Ref, watch } from 'vue';
import { client } from '../../app/client.js';
import { language } from '../../app/language.js';
import { useReading } from '../../app/use-reading.js';
import { unmatchedOf } from './unmatched.js';
import type { Details } from './wire.js';

/** How many of the newest payments of one thing are looked at. */
const MAX_PAYMENTS = 3;

export interface EarlierMoney {
  readonly payment_id: number;
  /** What arrived, and that it is not to be paid again meanwhile. */
  readonly text: string;
}

export interface EarlierMoneyReading {
  readonly found: ComputedRef<EarlierMoney | undefined>;
  /** Nobody says meanwhile that nothing was paid. */
  readonly looking: Ref<boolean>;
}

/**
 * Money that arrived for an earlier payment of this consultation and waits for staff: the payer is warned before paying again.
 * What cannot be read warns of nothing, and holds nobody up: the server charges once whatever is pressed.
 * @param because looked at again when it changes
 */
export function useEarlierMoney(
  consultation: () => number | undefined,
  because: () => number | undefined,
): EarlierMoneyReading {
  const { value, read, busy } = useReading(async (call): Promise<Details | undefined> => {
    const consultation_id = consultation();
    if (consultation_id === undefined) return undefined;
    const { payments } = await client.list({ consultation_id, limit: MAX_PAYMENTS }, call);
    const unpaid = payments.filter(({ completed_at }) => completed_at === null);
    const found = await Promise.all(unpaid.map(({ id }) => client.get(id, call) as Promise<Details>));
    return found.find(({ unmatched_money }) => unmatched_money);
  });
  watch(consultation, () => (value.value = undefined), { flush: 'sync' });
  // Before anything is drawn of it.
  watch([consultation, because], () => void read(), { immediate: true, flush: 'sync' });
  const found = computed(() => {
    const unmatched = value.value && unmatchedOf(value.value, language.value);
    return unmatched && { payment_id: value.value!.payment.id, text: unmatched.text };
  });
  return { found, looking: busy };
}
