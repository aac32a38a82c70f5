import { PaymentInProgress, StripeUnavailable } from '#errors';
import { KEY_IN_USE } from '#stripe';

/** Seconds after which somebody who was refused may ask again. */
export const RETRY_AFTER_SECONDS = 5;

/**
 * An earlier request for the same session is still running at Stripe: Stripe is not away, and the session is about to be made.
 * The payment stays as it is; the same request, another one for the same purchase, or the worker goes on with it.
 * @returns PaymentInProgress in place of the StripeUnavailable that says so; any other error as it is
 */
export function refusalOfKeyInUse(error: unknown, idempotency_key: string | null): unknown {
  const isInUse =
    error instanceof StripeUnavailable && error.cause instanceof Error && error.cause.message === KEY_IN_USE;
  return isInUse ? new PaymentInProgress({ idempotency_key, retry_after: RETRY_AFTER_SECONDS }) : error;
}
