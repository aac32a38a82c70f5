import { IS_SYSTEM_RUN } from '../support/property.js';
import { type Comparison, openComparison } from './support/outside-moves/comparison.js';
import { KNOWN } from './support/outside-moves/known.js';

const MAX_MS = 60_000;

/** All of them with `npm run test:system`. */
const known = KNOWN.filter(({ every_change }) => IS_SYSTEM_RUN || every_change);

describe('refunds, disputes and payments outside our flow that once made the ledger wrong', () => {
  let comparison: Comparison;
  beforeAll(async () => {
    comparison = await openComparison();
  });
  afterAll(() => comparison.close());

  it.each(known)('$name', ({ moves }) => comparison.agreesAfter(moves), MAX_MS);
});
