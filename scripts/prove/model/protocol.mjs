import { endLeases, stepsOf } from './actor.mjs';
import { CLIENT } from './client.mjs';
import { SOUND } from './guards.mjs';
import { unfinished, violated } from './invariants.mjs';
import { ABANDON, CANCEL, REFUND } from './staff.mjs';
import { copyOf, DEAD, eventOf, initialState } from './state.mjs';
import { DASHBOARD, PAYER, WEBHOOK } from './stripe.mjs';
import { WORKER } from './worker.mjs';

/** Who may take part, and what each does. */
const ROLES = {
  'client 1': CLIENT,
  /** The same key, from another device or in a retry that does not wait. */
  'client 1 again': CLIENT,
  'client 2': CLIENT,
  payer: PAYER,
  webhook: WEBHOOK,
  worker: WORKER,
  staff: REFUND,
  cancel: CANCEL,
  abandon: ABANDON,
  dashboard: DASHBOARD,
};

/**
 * @typedef {import('./state.mjs').State} State
 * @typedef {import('./explore.mjs').Transition<State>} Transition
 *
 * @typedef {object} Setup
 * @property {readonly (keyof typeof ROLES)[]} cast
 * @property {Partial<import('./state.mjs').Faults>} faults
 * @property {import('./state.mjs').Given} [given] nothing, unless said
 * @property {Partial<import('./guards.mjs').Guards>} [without] guards that are off or weaker
 */

/**
 * The protocol of one intent, as a model to explore.
 * @param {import('./state.mjs').States} states the program's own table
 * @param {Setup} setup
 * @returns {import('./explore.mjs').Model<State>}
 */
export function protocol(states, { cast, faults, given = 'nothing', without = {} }) {
  const rules = { states, guards: { ...SOUND, ...without } };
  return {
    initial: initialState(cast, faults, given),
    transitions: (s) => {
      /** @type {Set<string>} */
      const wanted = new Set();
      const steps = cast.flatMap((name) => stepsOf(s, name, ROLES[name], { ...rules, wanted }));
      return [...steps, ...faultsOf(s, wanted)];
    },
    violated: (s) => violated(s, states),
    unfinished,
  };
}

/** Every point at which an actor can stand. */
export const pointsOf = () => [...new Set(Object.values(ROLES).flatMap((steps) => Object.keys(steps)))];

/**
 * What happens around the actors. A lease ends only when somebody wants it: earlier, nobody would notice.
 * @param {State} s
 * @param {ReadonlySet<string>} wanted whose leases others wait for
 */
function faultsOf(s, wanted) {
  /** @type {Transition[]} */
  const all = [];
  const offer = (
    /** @type {string} */ actor,
    /** @type {string} */ step,
    /** @type {boolean} */ isFault,
    /** @type {(copy: State) => void} */ change,
  ) => {
    const next = copyOf(s);
    change(next);
    all.push({ actor, step, isFault, next });
  };
  for (const holder of wanted) {
    // A dead holder's leases end by themselves.
    const isFault = holder !== DEAD;
    if (!isFault || s.faults.lapses)
      offer('Redis', `the leases of ${holder} end`, isFault, (next) => endLeases(next, holder, ''));
  }
  for (const [n, { fate }] of s.stripe.events.entries()) {
    if (fate === 'undelivered' && s.faults.lost > 0) {
      offer('Stripe', `gives up delivering event ${n}`, true, (next) => {
        next.faults.lost -= 1;
        eventOf(next, n).fate = 'given up';
      });
    }
    if (s.inbox[n] === 'waiting' && s.faults.poison > 0) {
      offer('worker', `event ${n} fails for the twelfth time: dead`, true, (next) => {
        next.faults.poison -= 1;
        next.inbox[n] = 'dead';
      });
    }
  }
  return all;
}
