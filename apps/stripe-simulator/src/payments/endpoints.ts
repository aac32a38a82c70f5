import { endpoint } from '../api/endpoint.js';
import { checkPage, pageOf } from '../api/paging.js';
import { noSuch, refuseUnknown } from '../api/stripe-error.js';
import type { StripeObject } from '../api/world.js';
import { text } from '../parameters/rules.js';
import { created, paging } from '../parameters/shared-rules.js';

/** https://docs.stripe.com/api/payment_intents, https://docs.stripe.com/api/charges */
export const paymentEndpoints = [
  endpoint('GET /v1/payment_intents/:id', { client_secret: text() }, ({ store }, _parameters, id): StripeObject => {
    const intent = store.payment_intents.get(id);
    if (!intent) throw noSuch('payment_intent', id, 'intent');
    return intent;
  }),

  endpoint(
    'GET /v1/payment_intents',
    { ...paging, created, customer: text() },
    ({ store }, parameters): StripeObject => {
      if (parameters.customer !== undefined) throw noSuch('customer', parameters.customer, 'customer', 400);
      return pageOf(store.payment_intents.newestFirst(), parameters, {
        url: '/v1/payment_intents',
        what: 'payment_intent',
        keep: (intent) => parameters.created?.(intent.created) ?? true,
      });
    },
    checkPage,
  ),

  endpoint('GET /v1/charges/:id', {}, ({ store }, _parameters, id): StripeObject => {
    const charge = store.charges.get(id);
    if (!charge) throw noSuch('charge', id, 'charge');
    return charge;
  }),

  endpoint(
    'GET /v1/charges',
    { ...paging, created, customer: text(), payment_intent: text(), transfer_group: text() },
    ({ store }, parameters): StripeObject => {
      if (parameters.customer !== undefined) throw noSuch('customer', parameters.customer, 'customer', 400);
      refuseUnknown(store.payment_intents, 'payment_intent', parameters.payment_intent);
      return pageOf(store.charges.newestFirst(), parameters, {
        url: '/v1/charges',
        what: 'charge',
        keep: (charge) =>
          (parameters.created?.(charge.created) ?? true) &&
          (parameters.payment_intent === undefined || charge.payment_intent === parameters.payment_intent) &&
          parameters.transfer_group === undefined,
      });
    },
    checkPage,
  ),
];
