import { leave } from './actor.mjs';
import { livePayment } from './ledger.mjs';
import { pageSteps } from './page-steps.mjs';
import { actorOf, paymentOf, sessionOf, standing } from './state.mjs';

/** @typedef {import('./state.mjs').State} State @typedef {import('./state.mjs').Actor} Actor */

/**
 * A request that creates the payment (`start-payment.ts`), sent again under its key until it is answered. Each statement
 * and each commit is a step: what other transactions see depends on it.
 * @type {import('./actor.mjs').Steps}
 */
export const CLIENT = {
  start: ({ s, name, guards, isFree, step }) => {
    const resource = guards.claims ? (s.claims[name] ?? -1) : -1;
    if (resource !== -1) {
      if (!isFree('payment')) return;
      step('repeats its key, which stands for a payment: takes the lock, raises the fence', ({ s, me }) => {
        s.leases.payment = name;
        me.payment = resource;
        const row = paymentOf(s, resource);
        if (row.page === 'unanswered') row.fence = name;
        me.at = row.page === 'unanswered' ? 'payment.committed' : 'session.attached';
      });
      return;
    }
    if (!isFree('consultation')) return;
    const keeps = guards.release === 'after the answer';
    step(keeps ? 'takes the locks' : 'takes the locks and releases them', ({ s, me }) => {
      if (keeps) s.leases.consultation = name;
      me.at = 'locks.acquired';
    });
  },

  'locks.acquired': ({ s, guards, states, name, step }) => {
    const look = (/** @type {import('./state.mjs').State} */ now) => {
      const live = livePayment(now, states);
      actorOf(now, name).payment = live;
      return live === -1 ? 'none' : 'live';
    };
    if (guards.rowLock === 'none') {
      step('looks for a live payment: none is locked', ({ s, me }) => {
        me.read = look(s);
        me.at = 'looked';
      });
    } else if (guards.rowLock === 'before the look' && !s.rowLock) {
      step('locks the consultation’s row', ({ s, me }) => {
        s.rowLock = name;
        me.at = 'row locked';
      });
    } else if (guards.rowLock === 'in one statement') {
      // READ COMMITTED: a statement sees what was committed when it began, however long it waits for a row.
      const waits = s.rowLock !== '';
      step(waits ? 'takes its snapshot, waits for the row' : 'locks the row and looks', ({ s, me }) => {
        me.read = look(s);
        if (!waits) s.rowLock = name;
        me.at = waits ? 'waits with its snapshot' : 'looked';
      });
    }
  },

  'waits with its snapshot': ({ s, name, step }) => {
    if (s.rowLock) return;
    step('gets the row, and looks into its old snapshot', ({ s, me }) => {
      s.rowLock = name;
      me.at = 'looked';
    });
  },

  'row locked': ({ states, step }) =>
    step('looks for a live payment', ({ s, me }) => {
      me.payment = livePayment(s, states);
      me.read = me.payment === -1 ? 'none' : 'live';
      me.at = 'looked';
    }),

  looked: ({ s, me, name, guards, states, step }) => {
    if (me.read === 'live') {
      step('ends its transaction, is answered 409 with the live payment', ({ s, me }) => refuse(s, me, name, states));
      return;
    }
    if (guards.uniqueIndex) {
      // The index makes an insert wait for the transaction that has inserted the same value.
      const another = Object.entries(s.actors).some(([by, { at }]) => by !== name && at === 'payment.before-commit');
      if (another) return;
      if (livePayment(s, states) !== -1) {
        step('inserts; the unique index refuses; is answered 409 with the live payment', ({ s, me }) => {
          me.payment = livePayment(s, states);
          refuse(s, me, name, states);
        });
        return;
      }
    }
    step('inserts its payment', ({ me }) => {
      me.at = 'payment.before-commit';
    });
  },

  'payment.before-commit': ({ name, step }) =>
    step('commits its payment', ({ s, me }) => {
      if (s.rowLock === name) s.rowLock = '';
      if (s.leases.consultation === name && !s.leases.payment) s.leases.payment = name;
      const row = { status: /** @type {const} */ ('pending'), refunded: 0, page: /** @type {const} */ ('unanswered') };
      me.payment = s.payments.push({ ...row, session: -1, fence: name }) - 1;
      me.read = '';
      s.claims[name] = me.payment;
      me.at = 'payment.committed';
    }),

  ...pageSteps(({ s, name }) => {
    actorOf(s, name).at = 'session.attached';
  }),

  'session.attached': ({ s, me, name, step }) => {
    const row = paymentOf(s, me.payment);
    if (me.read !== 'page' && row.status === 'pending' && row.page === 'unanswered') {
      step('is answered 503: another process is asking; tries again', ({ s }) => leave(s, name, 'start'));
    } else if (row.status === 'expired' || row.status === 'failed') {
      step('is answered 503: its payment is over; tries again', ({ s }) => {
        s.claims[name] = -1;
        leave(s, name, 'start');
      });
    } else step('is answered 201', ({ s, me }) => answer(s, me, name));
  },
};

/**
 * Another payment is live; if it no longer is, the request starts over.
 * @param {State} s
 * @param {Actor} me
 * @param {string} name
 * @param {import('./state.mjs').States} states
 */
function refuse(s, me, name, states) {
  if (s.rowLock === name) s.rowLock = '';
  if (states.isLive(paymentOf(s, me.payment).status)) answer(s, me, name);
  else s.actors[name] = standing('locks.acquired');
}

/** With the page, if it can be paid. @param {State} s @param {Actor} me @param {string} name */
function answer(s, me, name) {
  const row = paymentOf(s, me.payment);
  const session = me.read === 'page' ? me.session : row.page === 'open' && row.status === 'pending' ? row.session : -1;
  if (session !== -1) sessionOf(s, session).shown = true;
  s.claims[name] = -1;
  leave(s, name, 'done');
}
