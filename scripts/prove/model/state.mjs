/**
 * What Postgres, Redis and Stripe store, and where each actor stands. Plain JSON. The fee is 2, so that a part of it can be
 * refunded twice. Payments, charges, sessions and refunds are named by their place in their list; -1 is none.
 *
 * @typedef {import('../../../libs/payments/src/ledger/payment.js').PaymentStatus} PaymentStatus
 *
 * @typedef {object} Payment a committed row, with its row of `stripe_sessions`
 * @property {PaymentStatus} status
 * @property {number} refunded
 * @property {'unanswered' | 'open' | 'complete' | 'expired'} page
 * @property {number} session
 * @property {string} fence who raised it last
 *
 * @typedef {'staff' | 'Payonce' | 'dashboard'} Refunder
 *
 * @typedef {object} Refund
 * @property {number} charge
 * @property {number} amount
 * @property {Refunder} by
 * @property {'pending' | 'succeeded'} status
 * @property {string} fence
 *
 * @typedef {object} Stripe
 * @property {{ payment: number, status: 'open' | 'paid' | 'expired', shown: boolean }[]} sessions `shown`: a client has its URL
 * @property {{ refund: number, session: number, amount: number, by: Refunder }[]} refunds `refund`: of our row, by its reference
 * @property {{ is: 'paid' | 'refunded', session: number, fate: 'undelivered' | 'acknowledged' | 'given up' }[]} events
 *
 * @typedef {object} Actor
 * @property {string} at the point at which it stands; after a crash or an error it starts again
 * @property {number} payment
 * @property {number} session
 * @property {number} refund
 * @property {number} event
 * @property {string} read what it has read and not acted on yet
 * @property {boolean} isRowGone the row in which it claimed its key is deleted
 *
 * @typedef {object} Faults how many may still happen; `lapses`: a lease may end while its holder works
 * @property {number} crashes
 * @property {number} failures of a call to Stripe, before its effect or after it
 * @property {number} lost webhooks that never arrive
 * @property {number} doubled webhooks
 * @property {number} poison events that fail until they are given up
 * @property {boolean} lapses
 *
 * @typedef {object} Claim of an idempotency key
 * @property {string} owner who works on it; a lease, too
 * @property {number} resource the payment or refund it stands for
 * @property {boolean} answered its answer is stored
 *
 * @typedef {object} State
 * @property {Payment[]} payments
 * @property {{ session: number, payment: number, is: 'accepted' | 'returned' }[]} charges
 * @property {Refund[]} refunds
 * @property {('' | 'due' | 'waiting' | 'dead' | 'applied')[]} inbox by the number of the event
 * @property {Record<string, Claim>} claims by idempotency key
 * @property {string} rowLock who has locked the consultation's row
 * @property {{ consultation: string, payment: string }} leases in Redis
 * @property {Stripe} stripe
 * @property {Faults} faults
 * @property {Record<string, Actor>} actors
 * @property {string} wrong a rule that the last step broke
 */

/** The program's own table of states, `payment-states.ts`. @typedef {typeof import('../../../libs/payments/src/ledger/payment-states.js')} States */

export const FEE = 2;
export const PART = 1;

/** A process that was killed holds its leases until they end. */
export const DEAD = 'a dead process';

/** @type {Faults} */
const NO_FAULTS = { crashes: 0, failures: 0, lost: 0, doubled: 0, poison: 0, lapses: false };

/** The idempotency key of a client: the same on its second device. @param {string} name */
const keyOf = (name) => name.replace(' again', '');

/** @param {string} at @returns {Actor} */
export const standing = (at) => ({ at, payment: -1, session: -1, refund: -1, event: -1, read: '', isRowGone: false });

/**
 * @typedef {'nothing' | 'page' | 'paid'} Given what has been done before: a client has a page that can be paid, or its money
 *   is booked
 */

/**
 * @param {readonly string[]} cast
 * @param {Partial<Faults>} faults
 * @param {Given} given
 * @returns {State}
 */
export function initialState(cast, faults, given) {
  /** @type {State} */
  const s = {
    payments: [],
    charges: [],
    refunds: [],
    inbox: [],
    claims: Object.fromEntries(cast.map((name) => [keyOf(name), { owner: '', resource: -1, answered: false }])),
    rowLock: '',
    leases: { consultation: '', payment: '' },
    stripe: { sessions: [], refunds: [], events: [] },
    faults: { ...NO_FAULTS, ...faults },
    actors: Object.fromEntries(cast.map((name) => [name, standing('start')])),
    wrong: '',
  };
  if (given === 'nothing') return s;
  s.payments.push({ status: 'pending', refunded: 0, page: 'open', session: 0, fence: '' });
  s.stripe.sessions.push({ payment: 0, status: 'open', shown: true });
  if (given === 'page') return s;
  s.payments[0] = { status: 'completed', refunded: 0, page: 'complete', session: 0, fence: '' };
  s.charges.push({ session: 0, payment: 0, is: 'accepted' });
  s.stripe.sessions[0] = { payment: 0, status: 'paid', shown: true };
  s.stripe.events.push({ is: 'paid', session: 0, fate: 'acknowledged' });
  s.inbox.push('applied');
  return s;
}

/** @param {State} s @param {string} name */
export const claimOf = (s, name) => /** @type {Claim} */ (s.claims[keyOf(name)]);

/**
 * Deletes the row of a claim; the next request inserts another. Those who had claimed the key before do not know.
 * @param {State} s
 * @param {string} name
 */
export function deleteClaim(s, name) {
  for (const [other, me] of Object.entries(s.actors)) {
    if (keyOf(other) === keyOf(name) && me.at !== 'start' && me.at !== 'done') me.isRowGone = true;
  }
}

/** Each refers to a number that the model itself has written. */
/** @param {State} s @param {number} n */
export const paymentOf = (s, n) => /** @type {Payment} */ (s.payments[n]);
/** @param {State} s @param {number} n */
export const sessionOf = (s, n) => /** @type {Stripe['sessions'][number]} */ (s.stripe.sessions[n]);
/** @param {State} s @param {number} n */
export const eventOf = (s, n) => /** @type {Stripe['events'][number]} */ (s.stripe.events[n]);
/** @param {State} s @param {number} n */
export const refundOf = (s, n) => /** @type {Refund} */ (s.refunds[n]);
/** @param {State} s @param {string} name */
export const actorOf = (s, name) => /** @type {Actor} */ (s.actors[name]);

/**
 * A copy that can be changed.
 * @param {State} s
 * @returns {State}
 */
export const copyOf = (s) => ({
  ...s,
  payments: s.payments.map(copyOfOne),
  charges: s.charges.map(copyOfOne),
  refunds: s.refunds.map(copyOfOne),
  inbox: [...s.inbox],
  claims: copyOfEach(s.claims),
  leases: { ...s.leases },
  stripe: {
    sessions: s.stripe.sessions.map(copyOfOne),
    refunds: s.stripe.refunds.map(copyOfOne),
    events: s.stripe.events.map(copyOfOne),
  },
  faults: { ...s.faults },
  actors: copyOfEach(s.actors),
});

/** @template {object} One @param {One} one @returns {One} */
const copyOfOne = (one) => ({ ...one });

/** @template {object} One @param {Record<string, One>} all @returns {Record<string, One>} */
const copyOfEach = (all) => Object.fromEntries(Object.entries(all).map(([name, one]) => [name, { ...one }]));
