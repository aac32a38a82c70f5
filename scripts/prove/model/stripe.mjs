import { applyDashboardRefund, applySession } from './ledger.mjs';
import { leave } from './actor.mjs';
import { eventOf, PART, sessionOf } from './state.mjs';

/** @typedef {import('./actor.mjs').Steps} Steps */

/** Whoever has the URL of an open page may pay on it, once (https://docs.stripe.com/payments/checkout). @type {Steps} */
export const PAYER = {
  start: ({ s, step }) => {
    for (const [n, { status, shown }] of s.stripe.sessions.entries()) {
      if (status !== 'open' || !shown) continue;
      step(`pays on page ${n}`, ({ s }) => {
        sessionOf(s, n).status = 'paid';
        s.stripe.events.push({ is: 'paid', session: n, fate: 'undelivered' });
      });
    }
  },
};

/** Somebody refunds a part in Stripe's dashboard. @type {Steps} */
export const DASHBOARD = {
  start: ({ s, step }) => {
    const session = s.stripe.sessions.findIndex(({ status }) => status === 'paid');
    if (session === -1) return;
    step('refunds a part', ({ s, me }) => {
      s.stripe.refunds.push({ refund: -1, session, amount: PART, by: 'dashboard' });
      s.stripe.events.push({ is: 'refunded', session, fate: 'undelivered' });
      me.at = 'done';
    });
  },
};

/** Stripe delivers each event until it is acknowledged, in any order (`receive-event.ts`). @type {Steps} */
export const WEBHOOK = {
  start: ({ s, guards, step }) => {
    for (const [n, { is, session, fate }] of s.stripe.events.entries()) {
      const again = fate === 'acknowledged' && s.faults.doubled > 0;
      if (fate !== 'undelivered' && !again) continue;
      const event = `the event that page ${session} was ${is}`;
      const { storedBeforeAcknowledged } = guards;
      const text = storedBeforeAcknowledged ? `stores ${event}` : `answers 200 to ${event}, stores nothing yet`;
      step(again ? `${text}, again` : text, ({ s, me }) => {
        if (again) s.faults.doubled -= 1;
        me.event = n;
        if (storedBeforeAcknowledged) store(s, me);
        else {
          eventOf(s, n).fate = 'acknowledged';
          me.at = 'acknowledged, not stored';
        }
      });
    }
  },

  'acknowledged, not stored': ({ step }) => step('stores the event', ({ s, me }) => store(s, me)),

  'webhook.stored': (here) => {
    applyEvent(here, here.me.event, ({ s, name, event }) => {
      eventOf(s, event).fate = 'acknowledged';
      leave(s, name, 'start');
    });
    here.step('finds the payment locked, or fails: leaves it to the worker, answers 200', ({ s, me }) => {
      eventOf(s, me.event).fate = 'acknowledged';
      leave(s, here.name, 'start');
    });
  },
};

/** @param {import('./state.mjs').State} s @param {import('./state.mjs').Actor} me */
function store(s, me) {
  while (s.inbox.length <= me.event) s.inbox.push('');
  s.inbox[me.event] ||= 'due';
  me.at = 'webhook.stored';
}

/**
 * Applies an event of the inbox under the payment's lock, in one transaction (`try-event.ts`).
 * @param {import('./actor.mjs').Here} here
 * @param {number} event
 * @param {(at: { s: import('./state.mjs').State, name: string, event: number }) => void} then
 */
export function applyEvent({ s, name, guards, states, isFree, step }, event, then) {
  const { is, session } = eventOf(s, event);
  if (s.inbox[event] !== 'due') {
    step('finds the event settled', ({ s }) => then({ s, name, event }));
    return;
  }
  if (!isFree('payment')) return;
  step(`takes the lock, applies the event that page ${session} was ${is}, commits`, ({ s }) => {
    if (is === 'paid') {
      applySession(s, { states, guards }, session, 'paid');
      s.inbox[event] = 'applied';
    } else s.inbox[event] = applyDashboardRefund(s, states, session) ? 'applied' : 'waiting';
    then({ s, name, event });
  });
}
