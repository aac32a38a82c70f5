import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { emitEvent } from '../events/emit-event.js';
import { newPaymentIntent, type Payer } from '../payments/objects.js';
import { DECLINED_CARDS, type DeclinedCard } from '../payments/outcomes.js';
import { chargeCard, declineCard, finishSlowPayment, startSlowPayment } from '../payments/take-payment.js';
import { payer as customerDetails } from './create-session.js';

export const OUTCOMES = ['paid', 'declined', 'async_pending', 'async_succeeded', 'async_failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The payer if a test names none. */
export const DEFAULT_PAYER: Payer = { email: 'customer@example.com', name: 'Simulated Customer' };

/** Not possible in the session's current state. */
export class NotPayable extends Error {}

/**
 * The customer's action on the hosted page, and the bank's response. A session is completed only once.
 * https://docs.stripe.com/payments/checkout/fulfill-orders
 * @throws NotPayable for a session that is not there, expired, or complete already.
 */
export function paySession(
  world: World,
  id: string,
  outcome: Outcome,
  { payer = DEFAULT_PAYER, declined = DECLINED_CARDS.generic_decline }: { payer?: Payer; declined?: DeclinedCard } = {},
): Stripe.Checkout.Session {
  const session = world.store.sessions.get(id);
  if (!session) throw new NotPayable(`There is no session ${id}.`);
  if (outcome === 'async_succeeded' || outcome === 'async_failed') {
    const waiting = isWaiting(session) ? session : completeUnpaid(world, open(session), payer);
    return settle(world, waiting, outcome === 'async_succeeded');
  }
  if (outcome === 'declined') return decline(world, open(session), payer, declined);
  if (outcome === 'async_pending') return completeUnpaid(world, open(session), payer);
  chargeCard(world, intentOf(world, open(session)), payer);
  return complete(world, session.id, 'paid', payer);
}

/** The money is on its way: the session is complete but not paid. */
export function isWaiting(session: Stripe.Checkout.Session): boolean {
  return session.status === 'complete' && session.payment_status === 'unpaid';
}

function open(session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  if (session.status === 'open') return session;
  throw new NotPayable(`The session ${session.id} is ${session.status}.`);
}

/** Created by the first attempt and reused by later ones. */
function intentOf(world: World, session: Stripe.Checkout.Session): Stripe.PaymentIntent {
  const known = world.store.payment_intents.get(session.payment_intent as string);
  if (known) return known;
  const about = world.store.session_details.get(session.id)?.payment_intent;
  const intent = world.store.payment_intents.put(
    newPaymentIntent(world, {
      amount: session.amount_total ?? 0,
      currency: session.currency ?? '',
      payment_method_types: session.payment_method_types,
      ...about,
    }),
  );
  world.store.sessions.update(session.id, { payment_intent: intent.id });
  emitEvent(world, 'payment_intent.created', intent);
  return intent;
}

function decline(world: World, session: Stripe.Checkout.Session, payer: Payer, declined: DeclinedCard) {
  declineCard(world, intentOf(world, session), payer, declined);
  // The session stays open, so that another card can be tried.
  return world.store.sessions.update(session.id, {});
}

function completeUnpaid(world: World, session: Stripe.Checkout.Session, payer: Payer): Stripe.Checkout.Session {
  startSlowPayment(world, intentOf(world, session), payer);
  return complete(world, session.id, 'unpaid', payer);
}

function complete(world: World, id: string, payment_status: 'paid' | 'unpaid', payer: Payer): Stripe.Checkout.Session {
  const session = world.store.sessions.update(id, {
    status: 'complete',
    payment_status,
    customer_details: customerDetails(payer.email, payer.name),
    url: null,
  });
  emitEvent(world, 'checkout.session.completed', session);
  return session;
}

/** https://docs.stripe.com/payments/checkout/fulfill-orders#delayed-notification */
function settle(world: World, session: Stripe.Checkout.Session, arrived: boolean): Stripe.Checkout.Session {
  const intent = world.store.payment_intents.get(session.payment_intent as string);
  if (!intent || intent.status !== 'processing') {
    throw new NotPayable(`The payment of ${session.id} has already ended.`);
  }
  finishSlowPayment(world, intent, arrived);
  const settled = world.store.sessions.update(session.id, { payment_status: arrived ? 'paid' : 'unpaid' });
  emitEvent(world, `checkout.session.async_payment_${arrived ? 'succeeded' : 'failed'}`, settled);
  return settled;
}
