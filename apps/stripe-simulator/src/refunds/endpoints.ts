import { endpoint } from '../api/endpoint.js';
import { checkPage, pageOf } from '../api/paging.js';
import { insufficientBalance, noSuch, refuseUnknown, StripeError } from '../api/stripe-error.js';
import type { StripeObject } from '../api/world.js';
import { notSimulated } from '../parameters/not-simulated.js';
import { integer, metadata, oneOf, text } from '../parameters/rules.js';
import { created, email, paging } from '../parameters/shared-rules.js';
import { createRefund, refundable } from './create-refund.js';
import { cancelRefund } from './settle-refund.js';

/** https://docs.stripe.com/api/refunds */
export const refundEndpoints = [
  endpoint(
    'POST /v1/refunds',
    {
      payment_intent: text(),
      charge: text(),
      amount: integer({ min: 1, max: 999_999_999_999 }),
      reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
      metadata: metadata(),
      instructions_email: email(),
      ...notSimulated('customer', 'origin', 'refund_application_fee', 'reverse_transfer'),
    },
    (world, parameters): StripeObject => {
      // Other refusals do not use up an outcome, because the test chose it for a refund.
      refundable(world, parameters);
      const outcome = world.coming_refunds.shift() ?? 'succeeded';
      if (outcome === 'insufficient_balance_refused') throw insufficientBalance();
      return createRefund(world, parameters, outcome);
    },
    ({ payment_intent, charge }) => {
      if (payment_intent === undefined && charge === undefined) {
        throw new StripeError(
          400,
          'One of the following params should be provided for this request: payment_intent or charge.',
          {
            code: 'parameter_missing',
          },
        );
      }
    },
  ),

  endpoint('GET /v1/refunds/:id', {}, ({ store }, _parameters, id): StripeObject => {
    const refund = store.refunds.get(id);
    if (!refund) throw noSuch('refund', id, 'refund');
    return refund;
  }),

  endpoint('POST /v1/refunds/:id/cancel', {}, (world, _parameters, id): StripeObject => cancelRefund(world, id)),

  endpoint(
    'GET /v1/refunds',
    { ...paging, created, charge: text(), payment_intent: text() },
    ({ store }, parameters): StripeObject => {
      const { charge, payment_intent } = parameters;
      refuseUnknown(store.charges, 'charge', charge);
      refuseUnknown(store.payment_intents, 'payment_intent', payment_intent);
      return pageOf(store.refunds.newestFirst(), parameters, {
        url: '/v1/refunds',
        what: 'refund',
        keep: (refund) =>
          (parameters.created?.(refund.created) ?? true) &&
          (charge === undefined || refund.charge === charge) &&
          (payment_intent === undefined || refund.payment_intent === payment_intent),
      });
    },
    checkPage,
  ),
];
