import { endpoint } from '../api/endpoint.js';
import { checkPage, pageOf } from '../api/paging.js';
import { noSuch, refuseUnknown } from '../api/stripe-error.js';
import type { StripeObject } from '../api/world.js';
import { text } from '../parameters/rules.js';
import { created, paging } from '../parameters/shared-rules.js';

/** https://docs.stripe.com/api/disputes */
export const disputeEndpoints = [
  endpoint('GET /v1/disputes/:id', {}, ({ store }, _parameters, id): StripeObject => {
    const dispute = store.disputes.get(id);
    if (!dispute) throw noSuch('dispute', id, 'dispute');
    return dispute;
  }),

  endpoint(
    'GET /v1/disputes',
    { ...paging, created, charge: text(), payment_intent: text() },
    ({ store }, parameters): StripeObject => {
      refuseUnknown(store.charges, 'charge', parameters.charge);
      refuseUnknown(store.payment_intents, 'payment_intent', parameters.payment_intent);
      return pageOf(store.disputes.newestFirst(), parameters, {
        url: '/v1/disputes',
        what: 'dispute',
        keep: (dispute) =>
          (parameters.created?.(dispute.created) ?? true) &&
          (parameters.charge === undefined || dispute.charge === parameters.charge) &&
          (parameters.payment_intent === undefined || dispute.payment_intent === parameters.payment_intent),
      });
    },
    checkPage,
  ),
];
