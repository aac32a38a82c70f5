import { PaymentClientError } from '#payment-client';
import { onScopeDispose, ref, type Ref, shallowRef } from 'vue';
import { end } from './session.js';

/** Data read from the API, with the states of loading and failure. */
export interface Reading<T> {
  readonly value: Ref<T | undefined>;
  readonly error: Ref<PaymentClientError | undefined>;
  readonly busy: Ref<boolean>;
  /** Reads again and keeps the old value until then. Never rejects: see `error`. */
  readonly read: () => Promise<T | undefined>;
}

/** @param work reads; its signal aborts when the component is unmounted or the data is read again. */
export function useReading<T>(work: (call: { signal: AbortSignal }) => Promise<T>): Reading<T> {
  const value = shallowRef<T>();
  const error = shallowRef<PaymentClientError>();
  const busy = ref(false);
  let stop = new AbortController();
  onScopeDispose(() => stop.abort());

  const read = async (): Promise<T | undefined> => {
    stop.abort();
    const mine = (stop = new AbortController());
    busy.value = true;
    try {
      const answer = await work({ signal: mine.signal });
      if (mine.signal.aborted) return undefined;
      error.value = undefined;
      return (value.value = answer);
    } catch (cause) {
      if (!mine.signal.aborted) error.value = failureOf(cause);
      return undefined;
    } finally {
      if (mine === stop) busy.value = false;
    }
  };

  return { value, error, busy, read };
}

/** An error to show. An invalid token ends the session, and the page shows the login. */
export function failureOf(cause: unknown): PaymentClientError {
  const failure =
    cause instanceof PaymentClientError
      ? cause
      : new PaymentClientError(String(cause), { code: 'UNKNOWN', status: 0, retryable: true, cause });
  if (failure.status === 401) end('server');
  return failure;
}
