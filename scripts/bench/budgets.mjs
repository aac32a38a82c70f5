/** @type {Record<'full' | 'quick', import('./parts.mjs').Budget>} */
export const BUDGETS = {
  full: { rounds: 15, sliceMs: 1_000, warmUpMs: 3_000, rows: 1_000_000 },
  quick: { rounds: 7, sliceMs: 600, warmUpMs: 1_500, rows: 1_000_000 },
};

/** Payments in the database that the large one is compared with. */
export const SMALL_ROWS = 10_000;
