import { settleRefund } from './ledger.mjs';
import { refundOf } from './state.mjs';

/**
 * A reserved refund, from the request to Stripe until its answer is booked (`stripe-refunds.ts`).
 * @param {(at: { s: import('./state.mjs').State, name: string }) => void} then
 * @returns {import('./actor.mjs').Steps}
 */
export const refundSteps = (then) => ({
  /** Not the first request: the refund may have been made already. */
  'refund: list': ({ s, me, askStripe }) => {
    const made = s.stripe.refunds.some(({ refund }) => refund === me.refund);
    askStripe(`finds ${made ? 'its' : 'no'} refund in Stripe’s list`, ({ me }) => {
      me.at = made ? 'stripe.refund-made' : 'refund.committed';
    });
  },

  'refund.committed': ({ s, me, name, guards, step, askStripe }) => {
    if (guards.fence && refundOf(s, me.refund).fence !== name) {
      step('finds that another process asks', ({ s }) => then({ s, name }));
      return;
    }
    askStripe('asks Stripe for the refund', ({ s, me }) => {
      const isReplay = guards.storedKey && s.stripe.refunds.some(({ refund }) => refund === me.refund);
      const { charge, amount, by } = refundOf(s, me.refund);
      const session = s.charges[charge]?.session ?? -1;
      if (!isReplay) s.stripe.refunds.push({ refund: me.refund, session, amount, by });
      me.at = 'stripe.refund-made';
    });
  },

  'stripe.refund-made': ({ name, states, step }) =>
    step('books the refund, commits', ({ s, me }) => {
      settleRefund(s, states, me.refund);
      then({ s, name });
    }),
});
