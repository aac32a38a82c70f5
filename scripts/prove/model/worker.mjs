import { leave } from './actor.mjs';
import { pageSteps } from './page-steps.mjs';
import { refundSteps } from './refund-steps.mjs';
import { applyEvent } from './stripe.mjs';
import { paymentOf, refundOf } from './state.mjs';

/** @param {{ s: import('./state.mjs').State, name: string }} at */
const rest = ({ s, name }) => leave(s, name, 'start');

/**
 * The jobs of the worker (`schedule.ts`), in any order: it resumes what has no answer, finds in Stripe's lists what no
 * webhook has reported, and tries the events of the inbox.
 * @type {import('./actor.mjs').Steps}
 */
export const WORKER = {
  start: (here) => {
    tryInbox(here);
    if (here.guards.reconciler) reconcile(here);
  },
  ...pageSteps(rest),
  ...refundSteps(rest),
};

/** @param {import('./actor.mjs').Here} here */
function tryInbox(here) {
  const { s, step } = here;
  for (const [n, status] of s.inbox.entries()) {
    const isBooked = s.charges.some(({ session }) => session === s.stripe.events[n]?.session);
    if (status === 'due') applyEvent(here, n, rest);
    else if (status === 'waiting' && isBooked) {
      step(`finds the pause of event ${n} over`, ({ s }) => {
        s.inbox[n] = 'due';
      });
    }
  }
}

/** @param {import('./actor.mjs').Here} here */
function reconcile({ s, name, isFree, step }) {
  for (const [n, { fate }] of s.stripe.events.entries()) {
    const unknown = (s.inbox[n] ?? '') === '' || s.inbox[n] === 'dead';
    if (!unknown || fate === 'undelivered') continue;
    step(`finds event ${n} in Stripe’s lists, stores it`, ({ s }) => {
      while (s.inbox.length < n) s.inbox.push('');
      s.inbox[n] = 'due';
    });
  }
  for (const [n, { status, page }] of s.payments.entries()) {
    if (status !== 'pending' || page !== 'unanswered' || !isFree('payment')) continue;
    step(`resumes payment ${n}: takes the lock, raises the fence`, ({ s, me }) => {
      s.leases.payment = name;
      paymentOf(s, n).fence = name;
      me.payment = n;
      me.at = 'payment.committed';
    });
  }
  for (const [n, { status }] of s.refunds.entries()) {
    if (status !== 'pending' || !isFree('payment')) continue;
    step(`resumes refund ${n}: takes the lock, raises the fence`, ({ s, me }) => {
      s.leases.payment = name;
      refundOf(s, n).fence = name;
      me.refund = n;
      me.at = 'refund: list';
    });
  }
}
