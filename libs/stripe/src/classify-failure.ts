import Stripe from 'stripe';
import type { Made } from './frozen-call.js';

/** What a failed call to Stripe means for the object that it was to create. */
export type Failure = Exclude<Made<never>, { is: 'made' }>;

/**
 * Stripe refuses a refund that exceeds the account's balance
 * (https://support.stripe.com/questions/pending-refunds-due-to-insufficient-stripe-balance) with a sentence and
 * without a code. Treated as final, it would leave money with us that must be refunded.
 */
const EMPTY_BALANCE = /insufficient funds in your stripe balance/i;

/** The reason of a refund that waits for the account's balance. */
export const INSUFFICIENT_BALANCE = 'insufficient balance';

/**
 * The reason when an earlier request of ours is still running under the call's key
 * (https://docs.stripe.com/error-low-level).
 */
export const KEY_IN_USE = 'idempotency_key_in_use';

/** Stripe replays stored failures for as long as the key lives: sending the key again cannot succeed. */
function isReplayed(error: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  return error.headers?.['idempotent-replayed'] === 'true';
}

/**
 * Classifies by Stripe's statuses (https://docs.stripe.com/error-low-level). A 400, 402 or 404 of Stripe's own is a
 * refusal; after every other error it is unclear whether something was created. 401 and 403 are faults of our
 * configuration, and end when it is corrected.
 */
export function classifyFailure(error: unknown): Failure {
  if (!(error instanceof Stripe.errors.StripeError)) return unclear(true, nameOf(error));
  const status = error.statusCode ?? 0;
  // The same key with other parameters: another frozen request was sent under it. The object of the first one has to be
  // found.
  if (error instanceof Stripe.errors.StripeIdempotencyError) return unclear(false, 'idempotency_error');
  if (error.code === KEY_IN_USE) return unclear(true, KEY_IN_USE);
  if (status >= 500) return unclear(!isReplayed(error), `status ${status}`);
  // Refused for now, and stored under this key: the request is sent under the next key, once listings show that nothing
  // was created.
  if (status === 400 && EMPTY_BALANCE.test(error.message)) return unclear(false, INSUFFICIENT_BALANCE);
  if ([400, 402, 404].includes(status)) {
    return { is: 'refused', code: error.code ?? error.type, reason: error.message };
  }
  return unclear(true, status === 0 ? error.type : `status ${status}`);
}

/** Worth a retry within the same request: a network error, a fault at Stripe, or our first try still running there. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return true;
  if (error.code === KEY_IN_USE) return true;
  const status = error.statusCode ?? 0;
  return (status === 0 || status === 429 || status >= 500) && !isReplayed(error);
}

/** Whether the circuit breaker counts the error as a fault at Stripe. A refusal is a healthy answer. */
export function isStripesTrouble(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return true;
  const status = error.statusCode ?? 0;
  return status === 0 || status === 429 || (status >= 500 && !isReplayed(error));
}

function unclear(post_again: boolean, reason: string): Failure {
  return { is: 'unclear', post_again, reason };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
