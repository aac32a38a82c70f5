import { StripeUnavailable } from '#errors';
import Stripe from 'stripe';

/** Stripe does not know the object named in the path. */
export function isUnknown(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.statusCode === 404;
}

/**
 * Where the id is a parameter, Stripe answers 400 for a missing object
 * (https://docs.stripe.com/error-codes#resource-missing).
 */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'resource_missing';
}

/** Wraps what a call threw, for callers that can only try again later. */
export function unavailable(error: unknown): unknown {
  return error instanceof StripeUnavailable ? error : new StripeUnavailable({ cause: error });
}
