import type { Call } from '#payment-client';
import { type ComputedRef, computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import { client } from '../../../app/client.js';
import { useReading } from '../../../app/use-reading.js';
import type { PaymentFile, StaffPayment } from '../wire.js';

/** Pause in typing after which the search starts. */
const LULL_MS = 300;

/** The kinds of identifiers. */
export type Found = PaymentFile | 'none' | 'several';

/** Finds a payment by its number, order, invoice or payment reference while the user types. */
export function useFoundPayment(typed: () => string): {
  readonly found: ComputedRef<Found | undefined>;
  readonly looking: Ref<boolean>;
} {
  const { value, read, error } = useReading((call) => find(typed(), call));
  const looking = shallowRef(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));
  watch(
    typed,
    (text) => {
      clearTimeout(timer);
      value.value = undefined;
      looking.value = text !== '';
      if (text === '') return;
      timer = setTimeout(() => {
        void read().then(() => {
          if (typed() === text) looking.value = false;
        });
      }, LULL_MS);
    },
    { immediate: true },
  );
  // An error does not mean that it is missing: the server decides when the form is sent.
  const found = computed(() => (error.value ? undefined : value.value));
  return { found, looking };
}

async function find(search: string, call: Call): Promise<Found> {
  const { payments } = await client.read<{ payments: readonly StaffPayment[] }>('/ops/payments', { search }, call);
  // A number may also be a transaction's: the payment with that number is meant.
  const named = payments.find(({ id }) => String(id) === search);
  const [payment, other] = named ? [named] : payments;
  if (!payment) return 'none';
  return other ? 'several' : client.read<PaymentFile>(`/payments/${payment.id}`, {}, call);
}
