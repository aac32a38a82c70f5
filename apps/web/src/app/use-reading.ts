import { PaymentClientError } from '#payment-client';
import { onScopeDispose, ref, type Ref, shallowRef } from 'vue';
import { end } from './session.js';

/** Something read from the API, with what a page shows while there is none. */
export interface Reading<T> {
  readonly value: Ref<T | undefined>;
  readonly error: Ref<PaymentClientError | undefined>;
  readonly busy: Ref<boolean>;
  /** Reads anew. What was there stays until the new is. Never rejects: `error` says why. */
  readonly read: () => Promise<T | undefined>;
}

/** @param work reads; it is given the signal that ends it when the component goes, or when it is read anew. */
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

/** A failure to show. A login that is no longer good ends the session, and the page asks for a new one. */
export function failureOf(cause: unknown): PaymentClientError {
  const failure =
    cause instanceof PaymentClientError
      ? cause
      : new PaymentClientError(String(cause), { code: 'UNKNOWN', status: 0, retryable: true, cause });
  if (failure.status === 401) end('server');
  return failure;
}
