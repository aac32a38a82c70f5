import type { EventResult } from '#payments';
import type { StripeEvent } from '#stripe';
import { HANDLED_TYPES } from './handled-types.js';

/**
 * The result of an event that is not processed: its type is not handled, it is about objects of the other mode, or it
 * names no object. The mode is checked although an endpoint belongs to one: a signature proves who sent an event, not
 * that its money is real (https://docs.stripe.com/api/events/object#event_object-livemode).
 * @returns undefined when the event is to be processed
 */
export function resultIfSkipped(
  event: StripeEvent,
  { livemode }: { readonly livemode: boolean },
): EventResult | undefined {
  if (!HANDLED_TYPES.includes(event.type))
    return { verdict: 'ignored', payment_id: null, note: 'not a type we act on' };
  if (event.livemode !== livemode) return { verdict: 'foreign', payment_id: null, note: 'other mode' };
  const object: unknown = (event as { data?: { object?: unknown } }).data?.object;
  if (typeof object !== 'object' || object === null || !isStripeId((object as { id?: unknown }).id))
    return { verdict: 'ignored', payment_id: null, note: 'no object in it' };
  return undefined;
}

/** Stripe's ids are visible ASCII. With any other characters, even a Postgres query for the id could fail. */
function isStripeId(id: unknown): boolean {
  return typeof id === 'string' && /^[\x21-\x7e]{1,255}$/.test(id);
}
