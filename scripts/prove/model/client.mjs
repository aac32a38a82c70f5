import { leave } from './actor.mjs';
import { livePayment } from './ledger.mjs';
import { pageSteps } from './page-steps.mjs';
import { actorOf, claimOf, DEAD, paymentOf, sessionOf, standing } from './state.mjs';

/** @typedef {import('./state.mjs').State} State @typedef {import('./state.mjs').Actor} Actor */

/**
 * A request that creates the payment (`start-payment.ts`), sent again under its key until it is answered. Each statement
 * and each commit is a step: what other transactions see depends on it.
 * @type {import('./actor.mjs').Steps}
 */
export const CLIENT = {
  start: ({ s, name, guards, isFree, step }) => {
    const { owner, resource, answered } = guards.claims ? claimOf(s, name) : NO_CLAIM;
    if (answered) {
      step('repeats its key, gets the stored answer', ({ s, me }) => {
        me.payment = resource;
        answer(s, me, name);
      });
      return;
    }
    // A claim is a lease as well: another process may take the key over when it has ended.
    const isTaken = owner !== '' && owner !== DEAD;
    if (isTaken && !s.faults.lapses) return;
    const claims = isTaken ? `takes its key over from ${owner}` : 'claims its key';
    if (resource !== -1) {
      if (!isFree('payment')) return;
      step(`${claims}, which stands for a payment: takes the lock, raises the fence`, ({ s, me }) => {
        claimOf(s, name).owner = name;
        s.leases.payment = name;
        me.payment = resource;
        const row = paymentOf(s, resource);
        row.fence = row.page === 'unanswered' ? name : row.fence;
        if (row.page === 'unanswered') me.at = 'payment.committed';
        else settle({ s, name });
      });
      return;
    }
    if (!isFree('consultation')) {
      // Another request's claim; a row of its own would come and go unnoticed.
      if (owner !== '')
        step(`${claims}, gets no lock in time, deletes its claim`, ({ s }) => {
          claimOf(s, name).owner = name;
          leave(s, name, 'start');
        });
      return;
    }
    const keeps = guards.release === 'after the answer';
    step(`${claims}, takes the locks${keeps ? '' : ' and releases them'}`, ({ s, me }) => {
      claimOf(s, name).owner = name;
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
      step('ends its transaction, is answered 409 with the live payment', ({ s, me }) =>
        refuse(s, me, name, { states, guards }),
      );
      return;
    }
    if (guards.uniqueIndex) {
      // The index makes an insert wait for the transaction that has inserted the same value.
      const another = Object.entries(s.actors).some(([by, { at }]) => by !== name && at === 'payment.before-commit');
      if (another) return;
      if (livePayment(s, states) !== -1) {
        step('inserts; the unique index refuses; is answered 409 with the live payment', ({ s, me }) => {
          me.payment = livePayment(s, states);
          refuse(s, me, name, { states, guards });
        });
        return;
      }
    }
    step('inserts its payment', ({ me }) => {
      me.at = 'payment.before-commit';
    });
  },

  'payment.before-commit': ({ s, name, step }) => {
    if (!ownsClaim(s, name)) {
      step('finds that its key has another owner, rolls back', ({ s }) => {
        if (s.rowLock === name) s.rowLock = '';
        leave(s, name, 'start');
      });
      return;
    }
    step('commits its payment', ({ s, me }) => {
      if (s.rowLock === name) s.rowLock = '';
      if (s.leases.consultation === name && !s.leases.payment) s.leases.payment = name;
      const row = { status: /** @type {const} */ ('pending'), refunded: 0, page: /** @type {const} */ ('unanswered') };
      me.payment = s.payments.push({ ...row, session: -1, fence: name }) - 1;
      me.read = '';
      claimOf(s, name).resource = me.payment;
      me.at = 'payment.committed';
    });
  },

  ...pageSteps(settle, ownsClaim),

  'session.attached': ({ name, step }) => step('is answered 201', ({ s, me }) => answer(s, me, name)),
};

const NO_CLAIM = { owner: '', resource: -1, answered: false };

/** @param {State} s @param {string} name */
function ownsClaim(s, name) {
  return claimOf(s, name).owner === name;
}

/**
 * Stores the answer under the key, in the transaction that attaches the page. Without an answer, the client gets a 503
 * and tries again.
 * @param {{ s: State, name: string }} at
 */
function settle({ s, name }) {
  const me = actorOf(s, name);
  const row = paymentOf(s, me.payment);
  const claim = claimOf(s, name);
  if (row.status === 'expired' || row.status === 'failed') {
    claim.resource = -1;
    leave(s, name, 'start');
  } else if (row.status === 'pending' && row.page === 'unanswered') leave(s, name, 'start');
  else {
    claim.answered = true;
    me.at = 'session.attached';
  }
}

/**
 * Another payment is live. If it no longer is, or the key was taken over, the request starts over.
 * @param {State} s
 * @param {Actor} me
 * @param {string} name
 * @param {import('./ledger.mjs').Rules} rules
 */
function refuse(s, me, name, { states, guards }) {
  if (s.rowLock === name) s.rowLock = '';
  const isReported = guards.lostClaimReported && (guards.deletedClaimIsLost || !me.isRowGone);
  if (isReported && !ownsClaim(s, name)) {
    leave(s, name, 'start');
    return;
  }
  if (claimOf(s, name).resource === me.payment) s.wrong = 'a key is refused because of its own payment';
  if (states.isLive(paymentOf(s, me.payment).status)) answer(s, me, name);
  else s.actors[name] = { ...standing('locks.acquired'), isRowGone: me.isRowGone };
}

/** With the page, if it can be paid. @param {State} s @param {Actor} me @param {string} name */
function answer(s, me, name) {
  const row = paymentOf(s, me.payment);
  const session = me.read === 'page' ? me.session : row.page === 'open' && row.status === 'pending' ? row.session : -1;
  if (session !== -1) sessionOf(s, session).shown = true;
  leave(s, name, 'done');
}
