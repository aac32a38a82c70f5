import type { Stripe } from 'stripe';
import type { StripeObject, World } from '../api/world.js';
import { newId } from '../state/ids.js';
import { newDelivery } from '../webhooks/new-delivery.js';
import type { EventType } from './event-types.js';

/**
 * Stores an event and its deliveries. Nothing is sent before both are durable.
 * https://docs.stripe.com/api/events/object
 * @param object as it is now; the event keeps this state.
 * @param previous_attributes what an `*.updated` event's object had before.
 */
export function emitEvent(
  world: World,
  type: EventType,
  object: StripeObject,
  previous_attributes?: Record<string, unknown>,
): Stripe.Event {
  const endpoints = world.endpoints(type);
  const event = {
    id: newId('evt'),
    object: 'event',
    api_version: world.api_version,
    created: world.clock.now(),
    data: { object, ...(previous_attributes ? { previous_attributes } : {}) },
    livemode: false,
    pending_webhooks: endpoints,
    request: world.cause,
    type,
  } as unknown as Stripe.Event;
  world.store.events.put(event);
  for (let endpoint = 0; endpoint < endpoints; endpoint += 1) {
    world.store.deliveries.put(newDelivery(event, endpoint, world.clock.now_ms()));
  }
  return event;
}

/**
 * The same event with another id, with the object as it was: Stripe may create two events for one change.
 * https://docs.stripe.com/webhooks#handle-duplicate-events
 */
export function repeatEvent(world: World, { type, data }: Stripe.Event): Stripe.Event {
  return emitEvent(world, type as EventType, data.object, data.previous_attributes);
}
