import Stripe from 'stripe';
import type { Made } from './frozen-call.js';

/** What a failed call to Stripe means for whatever it was to make. */
export type Failure = Exclude<Made<never>, { is: 'made' }>;

/**
 * A refund the account's balance cannot pay (https://support.stripe.com/questions/pending-refunds-due-to-insufficient-stripe-balance)
 * is refused with a sentence and without a code. Taken for a final no, money that must go back would stay with us.
 */
const EMPTY_BALANCE = /insufficient funds in your stripe balance/i;

/** The reason of a refund that waits for the account's balance. */
export const INSUFFICIENT_BALANCE = 'insufficient balance';

/** The reason of a call whose key an earlier request of ours still works under (https://docs.stripe.com/error-low-level). */
export const KEY_IN_USE = 'idempotency_key_in_use';

/** Stripe's stored failures are answered again for as long as the key lives: posting it again is in vain. */
function isReplayed(error: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  return error.headers?.['idempotent-replayed'] === 'true';
}

/**
 * Stripe's statuses (https://docs.stripe.com/error-low-level): a definite no is a 400, 402 or 404 of its own; everything
 * else leaves open whether something was made. 401 and 403 are our configuration's fault, and pass when it is mended.
 */
export function classifyFailure(error: unknown): Failure {
  if (!(error instanceof Stripe.errors.StripeError)) return unclear(true, nameOf(error));
  const status = error.statusCode ?? 0;
  // The same key with other parameters: somebody froze something else under it. What the first one made is to be found.
  if (error instanceof Stripe.errors.StripeIdempotencyError) return unclear(false, 'idempotency_error');
  if (error.code === KEY_IN_USE) return unclear(true, KEY_IN_USE);
  if (status >= 500) return unclear(!isReplayed(error), `status ${status}`);
  // No, for now: kept under this key, so it is asked for again under the next, once listings show that nothing was made.
  if (status === 400 && EMPTY_BALANCE.test(error.message)) return unclear(false, INSUFFICIENT_BALANCE);
  if ([400, 402, 404].includes(status)) {
    return { is: 'refused', code: error.code ?? error.type, reason: error.message };
  }
  return unclear(true, status === 0 ? error.type : `status ${status}`);
}

/** Worth another try within the same request: the network, Stripe's own trouble, or our first try still running there. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return true;
  if (error.code === KEY_IN_USE) return true;
  const status = error.statusCode ?? 0;
  return (status === 0 || status === 429 || status >= 500) && !isReplayed(error);
}

/** Says that Stripe is not well, as the circuit breaker counts it. A refusal is a healthy answer. */
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
