import { FEE, PART, paymentOf, refundOf, sessionOf } from './state.mjs';

/**
 * The transactions that the actors share. Each locks the payment's row first, so that each is one step: nobody sees it
 * half done.
 *
 * @typedef {import('./state.mjs').State} State
 * @typedef {import('./state.mjs').States} States
 * @typedef {import('./state.mjs').PaymentStatus} PaymentStatus
 * @typedef {import('./guards.mjs').Guards} Guards
 * @typedef {{ states: States, guards: Guards }} Rules
 */

/** @param {State} s @param {States} states @returns {number} the live payment, or -1 */
export const livePayment = (s, states) => s.payments.findIndex(({ status }) => states.isLive(status));

/** @param {State} s @param {States} states @param {number} payment @param {PaymentStatus} to */
export function move(s, states, payment, to) {
  const row = paymentOf(s, payment);
  if (!states.mayBecome(row.status, to)) s.wrong = `payment ${payment} goes back from ${row.status} to ${to}`;
  row.status = to;
}

/**
 * Applies what Stripe says of a session (`session-updates.ts`, `book-charge.ts`).
 * @param {State} s
 * @param {Rules} rules
 * @param {number} session
 * @param {string} read its status when it was read
 */
export function applySession(s, { states, guards }, session, read) {
  const { payment } = sessionOf(s, session);
  const row = paymentOf(s, payment);
  if (row.page === 'unanswered') {
    row.session = session;
    row.fence = '';
  }
  const isAttached = row.session === session;
  if (isAttached) row.page = read === 'paid' ? 'complete' : 'expired';
  if (read === 'expired') {
    if (isAttached && row.status === 'pending') move(s, states, payment, 'expired');
    return;
  }
  if (s.charges.some((charge) => charge.session === session)) return;
  const live = livePayment(s, states);
  const isFree = live === -1 || live === payment || !guards.uniqueIndex;
  if (states.mayBecome(row.status, 'completed') && isFree) {
    s.charges.push({ session, payment, is: 'accepted' });
    move(s, states, payment, 'completed');
  } else {
    const charge = s.charges.push({ session, payment, is: 'returned' }) - 1;
    s.refunds.push({ charge, amount: FEE, by: 'Payonce', status: 'pending', fence: '' });
  }
  if (guards.requeue) requeue(s, session);
}

/** Events about this money that wait for it, or were given up, are due (`requeue-events.ts`). @param {State} s @param {number} session */
function requeue(s, session) {
  for (const [n, event] of s.stripe.events.entries()) {
    const waits = s.inbox[n] === 'waiting' || s.inbox[n] === 'dead';
    if (event.session === session && event.is === 'refunded' && waits) s.inbox[n] = 'due';
  }
}

/**
 * Books a refund made in Stripe's dashboard (`refund-updates.ts`).
 * @param {State} s
 * @param {States} states
 * @param {number} session
 * @returns {boolean} false when its money is not booked yet
 */
export function applyDashboardRefund(s, states, session) {
  const charge = s.charges.findIndex((booked) => booked.session === session);
  if (charge === -1) return false;
  if (s.refunds.some((refund) => refund.charge === charge && refund.by === 'dashboard')) return true;
  s.refunds.push({ charge, amount: PART, by: 'dashboard', status: 'pending', fence: '' });
  settleRefund(s, states, s.refunds.length - 1);
  return true;
}

/** Stripe has made the refund. Settling it twice changes nothing. @param {State} s @param {States} states @param {number} refund */
export function settleRefund(s, states, refund) {
  const row = refundOf(s, refund);
  if (row.status === 'succeeded') return;
  row.status = 'succeeded';
  row.fence = '';
  const charge = s.charges[row.charge];
  if (charge?.is !== 'accepted') return;
  const payment = paymentOf(s, charge.payment);
  payment.refunded += row.amount;
  move(s, states, charge.payment, states.stateAfterReturning(FEE, payment.refunded));
}
