import type { Call } from '#payment-client';
import { type ComputedRef, computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import { client } from '../../../app/client.js';
import { useReading } from '../../../app/use-reading.js';
import type { PaymentFile, StaffPayment } from '../wire.js';

/** Nobody types slower within one name. */
const LULL_MS = 300;

/** What a typed name stands for. */
export type Found = PaymentFile | 'none' | 'several';

/** The payment that a person means by its number, order, invoice or payment reference, looked up while they type. */
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
  // What could not be read is not known to be missing: the server is asked when it is sent.
  const found = computed(() => (error.value ? undefined : value.value));
  return { found, looking };
}

async function find(search: string, call: Call): Promise<Found> {
  const { payments } = await client.read<{ payments: readonly StaffPayment[] }>('/ops/payments', { search }, call);
  // A number may be a transaction's, too: the payment of that number is meant.
  const named = payments.find(({ id }) => String(id) === search);
  const [payment, other] = named ? [named] : payments;
  if (!payment) return 'none';
  return other ? 'several' : client.read<PaymentFile>(`/payments/${payment.id}`, {}, call);
}
