import { longestProperty, playRandomly, RUNS, SEED } from '../support/property.js';
import { type Comparison, openComparison } from '../stripe/support/outside-moves/comparison.js';
import { sequences } from '../stripe/support/outside-moves/moves.js';

/** A run takes some three seconds, and one that a fault makes wait for days at Stripe twenty. */
const RUN_MS = 20_000;

describe(`refunds, disputes and payments outside our flow (PROPERTY_SEED=${SEED} repeats it)`, () => {
  let comparison: Comparison;
  beforeAll(async () => {
    comparison = await openComparison();
  });
  afterAll(() => comparison.close());

  it(
    `${RUNS} random sequences of our and outside changes: the ledger agrees with Stripe for every charge`,
    () => playRandomly(sequences(), RUN_MS, (moves) => comparison.agreesAfter(moves)),
    longestProperty(RUN_MS),
  );
});
