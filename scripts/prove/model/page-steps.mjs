import { leave } from './actor.mjs';
import { applySession } from './ledger.mjs';
import { paymentOf, sessionOf } from './state.mjs';

/**
 * The page of a payment, from the request to Stripe until its session is attached (`stripe-sessions.ts`). Whoever does it
 * — the first request, a repeated one, the worker, a cancellation — takes these steps.
 *
 * @param {(at: { s: import('./state.mjs').State, name: string }) => void} then after the page is attached, or after it is
 *   known that another process has stored it
 * @param {(s: import('./state.mjs').State, name: string) => boolean} [mayCommit] whether it still owns its key
 * @returns {import('./actor.mjs').Steps}
 */
export const pageSteps = (then, mayCommit = () => true) => ({
  'payment.committed': ({ s, me, guards, askStripe }) => {
    const known = s.stripe.sessions.findIndex(({ payment }) => payment === me.payment);
    const isReplay = guards.storedKey && known !== -1;
    askStripe(isReplay ? 'asks for the page under the same key' : 'asks Stripe for a page', ({ s, me }) => {
      const made = { payment: me.payment, status: /** @type {const} */ ('open'), shown: false };
      me.session = isReplay ? known : s.stripe.sessions.push(made) - 1;
      me.read = sessionOf(s, me.session).status;
      me.at = 'stripe.session-made';
    });
  },

  'stripe.session-made': ({ s, me, name, guards, states, step }) => {
    if (!mayCommit(s, name)) {
      step('attaches the page; its key has another owner: rolls back', ({ s }) => leave(s, name, 'start'));
      return;
    }
    if (me.read !== 'open') {
      step(`applies the page, which is ${me.read}`, ({ s, me }) => {
        applySession(s, { states, guards }, me.session, me.read);
        then({ s, name });
      });
      return;
    }
    step('attaches the page if its fence is still valid, commits', ({ s, me }) => {
      const row = paymentOf(s, me.payment);
      const isOurs = row.status === 'pending' && row.page === 'unanswered' && row.fence === name;
      if (isOurs || !guards.fence) {
        row.page = 'open';
        row.session = me.session;
        row.fence = '';
        me.read = 'page';
        if (row.status !== 'pending') s.wrong = `a page is attached to payment ${me.payment}, which is ${row.status}`;
      }
      then({ s, name });
    });
  },
});
