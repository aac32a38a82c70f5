import { actorOf, claimOf, copyOf, DEAD, deleteClaim, standing } from './state.mjs';

/**
 * @typedef {import('./state.mjs').State} State
 * @typedef {import('./state.mjs').Actor} Actor
 * @typedef {{ s: State, me: Actor }} Change to a copy of the state
 * @typedef {import('./explore.mjs').Transition<State>} Transition
 *
 * @typedef {object} Here where one actor stands, and what it can do
 * @property {State} s read only
 * @property {Actor} me read only
 * @property {string} name
 * @property {import('./guards.mjs').Guards} guards
 * @property {import('./state.mjs').States} states
 * @property {(key: 'consultation' | 'payment') => boolean} isFree whether nobody holds this lease
 * @property {(text: string, change: (copy: Change) => void) => void} step offers a step; without one, it waits
 * @property {(text: string, change: (copy: Change) => void) => void} askStripe offers a call, which may fail before its
 *   effect or lose its answer
 *
 * @typedef {Record<string, (here: Here) => void>} Steps what it can do at each point
 */

/**
 * Releases its leases and its claim, and goes to a point: `start`, to begin again, or `done`. The row of a claim is kept
 * if it has a payment or an answer.
 * @param {State} s
 * @param {string} name
 * @param {string} at
 */
export function leave(s, name, at) {
  endLeases(s, name, '');
  const claim = claimOf(s, name);
  if (claim.owner === name) {
    claim.owner = '';
    if (claim.resource === -1 && !claim.answered) deleteClaim(s, name);
  }
  s.actors[name] = standing(at);
}

/**
 * @param {State} s
 * @param {string} holder
 * @param {string} next who holds them from now on, if anyone
 */
export function endLeases(s, holder, next) {
  for (const key of /** @type {const} */ (['consultation', 'payment'])) {
    if (s.leases[key] === holder) s.leases[key] = next;
  }
}

/**
 * It is killed: Postgres rolls its transaction back, its leases last until they lapse, and its work is repeated.
 * @param {State} s
 * @param {string} name
 */
export function kill(s, name) {
  if (s.rowLock === name) s.rowLock = '';
  endLeases(s, name, DEAD);
  if (claimOf(s, name).owner === name) claimOf(s, name).owner = DEAD;
  for (const row of [...s.payments, ...s.refunds]) if (row.fence === name) row.fence = '';
  s.actors[name] = standing('start');
}

/**
 * Every step of one actor.
 * @param {State} s
 * @param {string} name
 * @param {Steps} steps
 * @param {Pick<Here, 'guards' | 'states'> & { wanted: Set<string> }} rules `wanted`: gets whose leases it waits for
 * @returns {Transition[]}
 */
export function stepsOf(s, name, steps, { guards, states, wanted }) {
  /** @type {Transition[]} */
  const all = [];
  const me = actorOf(s, name);
  const offer = (
    /** @type {string} */ text,
    /** @type {(copy: Change) => void} */ change,
    { isFault = false, actor = name } = {},
  ) => {
    const copy = copyOf(s);
    change({ s: copy, me: actorOf(copy, name) });
    all.push({ actor, step: text, isFault, next: copy });
  };
  const askStripe = (/** @type {string} */ text, /** @type {(copy: Change) => void} */ effect) => {
    offer(text, effect);
    if (s.faults.failures === 0) return;
    const unclear = (/** @type {State} */ copy) => {
      copy.faults.failures -= 1;
      leave(copy, name, 'start');
    };
    offer(`${text}; Stripe fails before it is done`, ({ s: copy }) => unclear(copy), { isFault: true });
    const lost = (/** @type {Change} */ { s: copy, me: mine }) => {
      effect({ s: copy, me: mine });
      unclear(copy);
    };
    offer(`${text}; it is done, and the answer is lost`, lost, { isFault: true });
  };
  const isFree = (/** @type {'consultation' | 'payment'} */ key) => {
    if (s.leases[key]) wanted.add(s.leases[key]);
    return s.leases[key] === '';
  };
  steps[me.at]?.({ s, me, name, guards, states, isFree, step: (text, change) => offer(text, change), askStripe });
  const works = me.at !== 'start' && me.at !== 'done';
  if (works && s.faults.crashes > 0) {
    const crash = (/** @type {Change} */ { s: copy }) => {
      copy.faults.crashes -= 1;
      kill(copy, name);
    };
    offer(`is killed at ${me.at}`, crash, { isFault: true });
  }
  return all;
}
