import { PaymentInProgress, ProviderUnavailable } from '#errors';

/** Seconds after which a refused client may try again. */
const RETRY_AFTER_SECONDS = 5;

/** 409: another attempt for the same purchase is running. */
export function paymentInProgress(idempotency_key: string | null): PaymentInProgress {
  return new PaymentInProgress({ idempotency_key, retry_after: RETRY_AFTER_SECONDS });
}

/**
 * The provider is still processing an earlier request for this payment and will answer soon. The payment stays as it
 * is. A retry of the same request, another request for the same purchase, or the worker continues it.
 * @returns any other error unchanged
 */
export function asInProgress(error: unknown, idempotency_key: string | null): unknown {
  const isBusy = error instanceof ProviderUnavailable && error.condition === 'busy';
  return isBusy ? paymentInProgress(idempotency_key) : error;
}
