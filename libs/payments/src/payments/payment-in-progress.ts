import { PaymentInProgress, ProviderUnavailable } from '#errors';

/** Seconds after which a client that was refused may ask again. */
const RETRY_AFTER_SECONDS = 5;

/** 409: another attempt for the same purchase is running. */
export function paymentInProgress(idempotency_key: string | null): PaymentInProgress {
  return new PaymentInProgress({ idempotency_key, retry_after: RETRY_AFTER_SECONDS });
}

/**
 * The provider still works on an earlier request for this payment: it is about to be answered. The payment stays as it is;
 * the same request, another one for the same purchase, or the worker goes on with it.
 * @returns any other error as it is
 */
export function asInProgress(error: unknown, idempotency_key: string | null): unknown {
  const isBusy = error instanceof ProviderUnavailable && error.condition === 'busy';
  return isBusy ? paymentInProgress(idempotency_key) : error;
}
