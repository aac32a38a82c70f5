import type { Stripe } from 'stripe';
import { endpoint } from '../api/endpoint.js';
import { checkPage, pageOf } from '../api/paging.js';
import { noSuch, refuseUnknown } from '../api/stripe-error.js';
import type { StripeObject, World } from '../api/world.js';
import { hash, required } from '../parameters/rule.js';
import { oneOf, text } from '../parameters/rules.js';
import { created, paging } from '../parameters/shared-rules.js';
import { checkSession } from './check-session.js';
import { createSession } from './create-session.js';
import { expireSession } from './expire-session.js';
import { sessionFields } from './session-parameters.js';

/** https://docs.stripe.com/api/checkout/sessions */
export const checkoutEndpoints = [
  endpoint('POST /v1/checkout/sessions', sessionFields, createSession, checkSession),

  endpoint('GET /v1/checkout/sessions/:id', {}, (world, _parameters, id): StripeObject => sessionOf(world, id)),

  endpoint('POST /v1/checkout/sessions/:id/expire', {}, (world, _parameters, id): StripeObject =>
    expireSession(world, id),
  ),

  endpoint(
    'GET /v1/checkout/sessions/:id/line_items',
    paging,
    (world, parameters, id): StripeObject => {
      sessionOf(world, id);
      // In the order they were given, which is newest first for a page.
      return pageOf(world.store.session_details.get(id)?.line_items ?? [], parameters, {
        url: `/v1/checkout/sessions/${id}/line_items`,
        what: 'line item',
      });
    },
    checkPage,
  ),

  endpoint(
    'GET /v1/checkout/sessions',
    {
      ...paging,
      created,
      customer: text(),
      customer_account: text(),
      customer_details: hash({ email: required(text({ max: 800 })) }),
      payment_intent: text(),
      payment_link: text(),
      status: oneOf('complete', 'expired', 'open'),
      subscription: text(),
    },
    ({ store }, parameters): StripeObject => {
      // This account has none of these.
      for (const param of ['customer', 'customer_account', 'payment_link', 'subscription'] as const) {
        const id = parameters[param];
        if (id !== undefined) throw noSuch(param, id, param, 400);
      }
      // Stripe documents this for charges; here the list of refunds checks it, too.
      const intent = parameters.payment_intent;
      refuseUnknown(store.payment_intents, 'payment_intent', intent);
      return pageOf(store.sessions.newestFirst(), parameters, {
        url: '/v1/checkout/sessions',
        what: 'checkout.session',
        keep: (session) =>
          (parameters.created?.(session.created) ?? true) &&
          (parameters.status === undefined || session.status === parameters.status) &&
          (parameters.payment_intent === undefined || session.payment_intent === parameters.payment_intent) &&
          (parameters.customer_details === undefined ||
            session.customer_details?.email === parameters.customer_details.email),
      });
    },
    checkPage,
  ),
];

function sessionOf({ store }: World, id: string): Stripe.Checkout.Session {
  const session = store.sessions.get(id);
  if (!session) throw noSuch('checkout.session', id, 'session');
  return session;
}
