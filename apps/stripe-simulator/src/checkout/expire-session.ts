import type { Stripe } from 'stripe';
import { noSuch, StripeError } from '../api/stripe-error.js';
import { NO_CAUSE, type World } from '../api/world.js';
import { emitEvent } from '../events/emit-event.js';

/**
 * https://docs.stripe.com/api/checkout/sessions/expire
 * @throws StripeError for a session that is not open.
 */
export function expireSession(world: World, id: string): Stripe.Checkout.Session {
  const session = world.store.sessions.get(id);
  if (!session) throw noSuch('checkout.session', id, 'session');
  if (session.status !== 'open') {
    throw new StripeError(
      400,
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  }
  return expire(world, session);
}

/** Expires sessions whose time is over. */
export function expireLapsedSessions(world: World): void {
  const now = world.clock.now();
  for (const session of world.store.sessions.all()) {
    if (session.status === 'open' && session.expires_at <= now) {
      world.cause = NO_CAUSE;
      expire(world, session);
    }
  }
}

function expire(world: World, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  const intent = world.store.payment_intents.get(session.payment_intent as string);
  if (intent) {
    const canceled = world.store.payment_intents.update(intent.id, {
      status: 'canceled',
      canceled_at: world.clock.now(),
      cancellation_reason: 'expired',
    });
    emitEvent(world, 'payment_intent.canceled', canceled);
  }
  const expired = world.store.sessions.update(session.id, { status: 'expired', url: null });
  emitEvent(world, 'checkout.session.expired', expired);
  return expired;
}
