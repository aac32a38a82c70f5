import { FEE } from './state.mjs';

/** @typedef {import('./state.mjs').State} State */

/**
 * What must hold in every state.
 * @param {State} s
 * @param {import('./state.mjs').States} states
 * @returns {string | undefined} the rule that is broken
 */
export function violated(s, states) {
  if (s.wrong) return s.wrong;
  const live = s.payments.filter(({ status }) => states.isLive(status));
  if (live.length > 1) return 'there are two live payments';
  const payable = s.payments.findIndex((_, n) => s.stripe.sessions.filter(({ payment }) => payment === n).length > 1);
  if (payable !== -1) return `payment ${payable} has two pages at Stripe`;
  if (kept(s) > FEE) return 'the fee is kept twice';
  for (const by of /** @type {const} */ (['staff', 'Payonce', 'dashboard'])) {
    const sessions = s.stripe.refunds.filter((refund) => refund.by === by).map(({ session }) => session);
    if (new Set(sessions).size < sessions.length) return `Stripe has paid the refund of ${by} twice`;
  }
  return undefined;
}

/** Booked as accepted, and not paid back. @param {State} s */
function kept(s) {
  return s.charges.reduce((sum, { is }, charge) => {
    const back = s.refunds.filter((refund) => refund.charge === charge).reduce((all, { amount }) => all + amount, 0);
    return is === 'accepted' ? sum + FEE - back : sum;
  }, 0);
}

/**
 * What must hold once only faults can still happen.
 * @param {State} s
 * @returns {string | undefined}
 */
export function unfinished(s) {
  for (const [n, { status }] of s.stripe.sessions.entries()) {
    if (status === 'paid' && !s.charges.some(({ session }) => session === n))
      return `the money of page ${n} is not booked`;
  }
  for (const [n, { by, session }] of s.stripe.refunds.entries()) {
    const charge = s.charges.findIndex((booked) => booked.session === session);
    const booked = s.refunds.some(
      (refund) => refund.charge === charge && refund.by === by && refund.status === 'succeeded',
    );
    if (!booked) return `refund ${n} at Stripe is not booked`;
  }
  const waiting = s.payments.findIndex(({ status, page }) => status === 'pending' && page === 'unanswered');
  if (waiting !== -1) return `payment ${waiting} has no page`;
  const returned = s.refunds.findIndex(({ status }) => status === 'pending');
  if (returned !== -1) return `refund ${returned} is not made`;
  const event = s.inbox.findIndex((status) => status !== 'applied' && status !== '');
  if (event !== -1) return `event ${event} is not applied`;
  const unanswered = Object.entries(s.actors).find(([name, { at }]) => name.startsWith('client') && at !== 'done');
  if (unanswered) return `${unanswered[0]} has no answer`;
  return undefined;
}
