import { leave } from './actor.mjs';
import { applySession, move } from './ledger.mjs';
import { pageSteps } from './page-steps.mjs';
import { refundSteps } from './refund-steps.mjs';
import { actorOf, claimOf, FEE, PART, paymentOf, refundOf, sessionOf } from './state.mjs';

/** @typedef {import('./actor.mjs').Steps} Steps */

const NO_CLAIM = { resource: -1 };

/** The payment that is to be cancelled or abandoned. */
const FIRST = 0;

/**
 * Staff refund a part, once. The request is sent again under its key until it is answered (`refund-payment.ts`).
 * @type {Steps}
 */
export const REFUND = {
  start: ({ s, name, guards, isFree, step }) => {
    const { resource } = guards.claims ? claimOf(s, name) : NO_CLAIM;
    if (resource !== -1) {
      if (!isFree('payment')) return;
      step('repeats its key, which stands for a refund: takes the lock, raises the fence', ({ s, me }) => {
        s.leases.payment = name;
        me.refund = resource;
        const row = refundOf(s, resource);
        if (row.status === 'pending') row.fence = name;
        me.at = row.status === 'pending' ? 'refund: list' : 'refunded';
      });
      return;
    }
    const charge = s.charges.findIndex(({ is }) => is === 'accepted');
    const refunds = s.refunds.filter((refund) => refund.charge === charge);
    // While one refund has no answer, none begins beside it.
    if (charge === -1 || refunds.some(({ status }) => status === 'pending') || !isFree('payment')) return;
    if (refunds.reduce((sum, { amount }) => sum + amount, 0) + PART > FEE) {
      step('is answered 409: too little is left', ({ s }) => leave(s, name, 'done'));
      return;
    }
    const reserve = guards.refundAfterCommit ? 'reserves a refund, commits' : 'begins to reserve a refund';
    step(`takes the lock, ${reserve}`, ({ s, me }) => {
      s.leases.payment = name;
      me.payment = charge;
      if (guards.refundAfterCommit) commitReservation(s, name);
      else me.at = 'reserved';
    });
  },

  reserved: ({ askStripe }) =>
    askStripe('asks Stripe for the refund, with the transaction open', ({ s, me }) => {
      const session = s.charges[me.payment]?.session ?? -1;
      s.stripe.refunds.push({ refund: -1, session, amount: PART, by: 'staff' });
      me.at = 'refund.before-commit';
    }),

  'refund.before-commit': ({ name, step }) =>
    step('commits the reservation', ({ s, me }) => {
      commitReservation(s, name);
      me.at = 'stripe.refund-made';
    }),

  ...refundSteps(({ s, name }) => {
    actorOf(s, name).at = 'refunded';
  }),

  refunded: ({ s, me, name, step }) => {
    if (refundOf(s, me.refund).status === 'pending') {
      step('is answered 503: another process asks; tries again', ({ s }) => leave(s, name, 'start'));
      return;
    }
    step('is answered 200', ({ s }) => {
      claimOf(s, name).resource = -1;
      leave(s, name, 'done');
    });
  },
};

/** @param {import('./state.mjs').State} s @param {string} name */
function commitReservation(s, name) {
  const me = actorOf(s, name);
  me.refund = s.refunds.push({ charge: me.payment, amount: PART, by: 'staff', status: 'pending', fence: name }) - 1;
  claimOf(s, name).resource = me.refund;
  me.at = 'refund.committed';
}

/**
 * Cancels the pending payment: closes its page at Stripe, then changes the rows (`cancel-payment.ts`).
 * @type {Steps}
 */
export const CANCEL = {
  start: ({ s, name, isFree, step }) => {
    if (s.payments.length === 0 || !isFree('payment')) return;
    if (paymentOf(s, FIRST).status !== 'pending') {
      step('is answered 409: it is not pending', ({ s }) => leave(s, name, 'done'));
      return;
    }
    step('takes the lock, raises the fence', ({ s, me }) => {
      s.leases.payment = name;
      const row = paymentOf(s, FIRST);
      row.fence = name;
      me.payment = FIRST;
      me.at = row.page === 'unanswered' ? 'payment.committed' : 'cancel.fenced';
    });
  },

  ...pageSteps(({ s, name }) => {
    const me = actorOf(s, name);
    me.read = '';
    me.at = 'cancel.fenced';
  }),

  'cancel.fenced': ({ s, me, name, step, askStripe }) => {
    const { page, session, fence } = paymentOf(s, me.payment);
    if (fence !== name || page === 'unanswered') {
      step('is answered 503: another process works on it; tries again', ({ s }) => leave(s, name, 'start'));
    } else if (page !== 'open') {
      step('finds the page closed', ({ me }) => {
        me.at = 'stripe.session-expired';
      });
    } else {
      askStripe('closes the page', ({ s, me }) => {
        const known = sessionOf(s, session);
        if (known.status === 'open') known.status = 'expired';
        me.session = session;
        me.read = known.status;
        me.at = 'stripe.session-expired';
      });
    }
  },

  'stripe.session-expired': ({ me, name, guards, states, step }) => {
    if (me.read === 'paid') {
      step('learns that the page was paid, books the money, commits', ({ s, me }) => {
        applySession(s, { states, guards }, me.session, 'paid');
        leave(s, name, 'start');
      });
      return;
    }
    step('cancels the payment if its fence is still valid, commits', ({ s, me }) => {
      const row = paymentOf(s, me.payment);
      if (row.status === 'pending' && row.fence === name) {
        row.page = 'expired';
        move(s, states, me.payment, 'cancelled');
        leave(s, name, 'done');
      } else leave(s, name, 'start');
    });
  },
};

/**
 * Staff end a payment whose page Stripe has not answered. Money that arrives all the same is returned
 * (`abandon-payment.ts`).
 * @type {Steps}
 */
export const ABANDON = {
  start: ({ s, name, isFree, step }) => {
    if (s.payments.length === 0 || !isFree('payment')) return;
    if (paymentOf(s, FIRST).status !== 'pending') {
      step('is answered 409: it is not pending', ({ s }) => leave(s, name, 'done'));
      return;
    }
    step('takes the lock, raises the fence', ({ s, me }) => {
      s.leases.payment = name;
      paymentOf(s, FIRST).fence = name;
      me.payment = FIRST;
      me.at = 'cancel.fenced';
    });
  },

  'cancel.fenced': ({ name, states, step }) =>
    step('cancels the payment if its fence is still valid, commits', ({ s, me }) => {
      const row = paymentOf(s, me.payment);
      if (row.status !== 'pending' || row.fence !== name) {
        leave(s, name, 'start');
        return;
      }
      move(s, states, me.payment, 'cancelled');
      leave(s, name, 'done');
    }),
};
