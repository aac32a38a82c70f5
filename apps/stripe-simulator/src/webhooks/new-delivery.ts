import type { Stripe } from 'stripe';
import type { EventType } from '../events/event-types.js';
import { newId } from '../state/ids.js';
import type { Delivery } from '../state/rows.js';

/** A delivery of one event to one endpoint, due now. */
export function newDelivery({ id, type }: Stripe.Event, endpoint: number, now_ms: number): Delivery {
  return {
    id: newId('dlv'),
    event: id,
    type: type as EventType,
    endpoint,
    state: 'pending',
    created_ms: now_ms,
    next_attempt_ms: now_ms,
    attempts: [],
  };
}
