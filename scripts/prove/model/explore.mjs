/**
 * A step of one actor. `next` is the state after it. A fault may happen, and nothing may depend on it.
 * @template State
 * @typedef {{ actor: string, step: string, isFault: boolean, next: State }} Transition
 */

/**
 * @template State
 * @typedef {object} Model
 * @property {State} initial
 * @property {(state: State) => Transition<State>[]} transitions every step that is possible now
 * @property {(state: State) => string | undefined} violated what is wrong in this state
 * @property {(state: State) => string | undefined} unfinished what is left to do in a state in which only faults can still happen
 */

/**
 * @template State
 * @typedef {object} Counterexample
 * @property {string} violation
 * @property {Transition<State>[]} trace the fewest steps that lead to it
 */

/**
 * @template State
 * @typedef {object} Explored
 * @property {number} states
 * @property {number} transitions
 * @property {number} depth of the state that is furthest from the start
 * @property {Counterexample<State> | undefined} counterexample
 */

/** Above this, a model is too large to be checked while one waits. */
const MAX_STATES = 400_000;

/**
 * Visits every state that can be reached, nearest first, so that the first violation has the shortest trace. If no state
 * violates anything, checks that every state can still reach one in which all is
 * finished, without a further fault.
 * @template {object} State plain JSON without null, its keys always in the same order
 * @param {Model<State>} model
 * @returns {Explored<State>}
 */
export function explore({ initial, transitions, violated, unfinished }) {
  /** @type {Map<string, number>} the number of each state, in the order of discovery */
  const numbers = new Map([[keyOf(initial), 0]]);
  /** @type {(State | undefined)[]} until they are visited */
  const states = [initial];
  /** How each state was first reached: from which one, by which of its steps. */
  const from = [{ n: 0, step: 0 }];
  const depths = [0];
  /** @type {number[][]} from which states each can be reached without a fault */
  const before = [[]];
  /** @type {number[]} */
  const finished = [];
  let count = 0;

  const result = (/** @type {{ at: number, violation: string } | undefined} */ found) => ({
    states: states.length,
    transitions: count,
    depth: depths.at(-1) ?? 0,
    counterexample: found && { violation: found.violation, trace: traceTo(found.at) },
  });
  const traceTo = (/** @type {number} */ last) => {
    /** @type {number[]} */
    const steps = [];
    for (let at = last; at !== 0; at = from[at]?.n ?? 0) steps.unshift(from[at]?.step ?? 0);
    let state = initial;
    return steps.map((step) => {
      const transition = /** @type {Transition<State>} */ (transitions(state)[step]);
      state = transition.next;
      return transition;
    });
  };

  for (let n = 0; n < states.length; n++) {
    const state = /** @type {State} */ (states[n]);
    states[n] = undefined;
    const violation = violated(state);
    if (violation) return result({ at: n, violation });
    const possible = transitions(state);
    if (possible.every(({ isFault }) => isFault)) {
      const left = unfinished(state);
      if (left) return result({ at: n, violation: `nothing more happens, and ${left}` });
      finished.push(n);
    }
    count += possible.length;
    for (const [step, { next, isFault }] of possible.entries()) {
      const key = keyOf(next);
      let number = numbers.get(key);
      if (number === undefined) {
        number = states.push(next) - 1;
        if (number > MAX_STATES) throw new Error(`More than ${MAX_STATES} states`);
        numbers.set(key, number);
        from.push({ n, step });
        depths.push((depths[n] ?? 0) + 1);
        before.push([]);
      }
      if (!isFault) before[number]?.push(n);
    }
  }
  const lost = firstThatCannotFinish(before, finished);
  return result(lost === undefined ? undefined : { at: lost, violation: 'from here on it can never be finished' });
}

/**
 * @param {readonly (readonly number[])[]} before
 * @param {readonly number[]} finished
 * @returns {number | undefined} the first state from which no finished one can be reached
 */
function firstThatCannotFinish(before, finished) {
  const canFinish = new Uint8Array(before.length);
  const open = [...finished];
  for (const n of finished) canFinish[n] = 1;
  for (let n = open.pop(); n !== undefined; n = open.pop()) {
    for (const earlier of before[n] ?? []) {
      if (canFinish[earlier] === 1) continue;
      canFinish[earlier] = 1;
      open.push(earlier);
    }
  }
  const lost = canFinish.indexOf(0);
  return lost === -1 ? undefined : lost;
}

/**
 * A text that is the same for equal states only: their values in order, without the names.
 * @param {object} value
 * @returns {string}
 */
function keyOf(value) {
  let key = '[';
  for (const part of Object.values(value)) key += `${typeof part === 'object' ? keyOf(part) : part},`;
  return `${key}]`;
}
