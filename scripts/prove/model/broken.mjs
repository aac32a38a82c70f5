/**
 * Protocols that are unsound, each with the smallest cast and the fewest faults that show it. The names are those of
 * `../broken-protocols.mjs`, where one is there too. Guards stand in rows: some of these remove a whole row.
 *
 * @typedef {import('./protocol.mjs').Setup & { name: string, violation: string }} Broken
 */

const CLICKS = /** @type {const} */ (['client 1', 'client 2']);

/** @type {readonly Broken[]} */
export const BROKEN = [
  {
    name: 'no unique index, no row lock',
    cast: CLICKS,
    faults: { lapses: true },
    without: { uniqueIndex: false, rowLock: 'none' },
    violation: 'there are two live payments',
  },
  {
    name: 'row lock and look in one statement',
    cast: CLICKS,
    faults: { lapses: true },
    without: { uniqueIndex: false, rowLock: 'in one statement' },
    violation: 'there are two live payments',
  },
  {
    name: 'locks released before the commit',
    cast: CLICKS,
    faults: {},
    without: { uniqueIndex: false, rowLock: 'none', release: 'before the transaction' },
    violation: 'there are two live payments',
  },
  {
    name: 'Stripe inside the transaction',
    given: 'paid',
    cast: ['staff'],
    faults: { crashes: 1 },
    without: { refundAfterCommit: false },
    violation: 'Stripe has paid the refund of staff twice',
  },
  {
    name: 'a fresh Stripe key for each try',
    cast: ['client 1'],
    faults: { failures: 1 },
    without: { storedKey: false },
    violation: 'payment 0 has two pages at Stripe',
  },
  {
    name: 'webhook acknowledged before it is stored, nothing read from Stripe',
    given: 'page',
    cast: ['payer', 'webhook', 'worker'],
    faults: { crashes: 1 },
    without: { storedBeforeAcknowledged: false, reconciler: false },
    violation: 'nothing more happens, and the money of page 0 is not booked',
  },
  {
    name: 'reconciler off',
    given: 'page',
    cast: ['payer', 'webhook', 'worker'],
    faults: { lost: 1 },
    without: { reconciler: false },
    violation: 'nothing more happens, and the money of page 0 is not booked',
  },
  {
    name: 'fence ignored',
    cast: ['client 1', 'abandon'],
    faults: { lapses: true },
    without: { fence: false },
    violation: 'a page is attached to payment 0, which is cancelled',
  },
  {
    name: 'dead events not requeued, nothing read from Stripe',
    given: 'page',
    cast: ['payer', 'dashboard', 'webhook', 'worker'],
    faults: { poison: 1 },
    without: { requeue: false, reconciler: false },
    violation: 'nothing more happens, and refund 0 at Stripe is not booked',
  },
  {
    name: 'lost claim not reported',
    cast: ['client 1', 'client 1 again'],
    faults: { lapses: true },
    without: { lostClaimReported: false },
    violation: 'a key is refused because of its own payment',
  },
  {
    name: 'lost claim not reported once its row is deleted',
    cast: ['client 1', 'client 1 again'],
    faults: { lapses: true },
    without: { deletedClaimIsLost: false },
    violation: 'a key is refused because of its own payment',
  },
  {
    name: 'no idempotency at all',
    given: 'paid',
    cast: ['staff', 'worker'],
    faults: { crashes: 1 },
    without: { claims: false },
    violation: 'Stripe has paid the refund of staff twice',
  },
];

/** Everything that can go wrong at once. */
const ALL_FAULTS = { lapses: true, crashes: 1, failures: 1, lost: 1, doubled: 1 };

/**
 * Casts in which the sound protocol is explored. Each is complete in itself; all actors at once take longer.
 * @type {Readonly<Record<string, import('./protocol.mjs').Setup>>}
 */
export const CASTS = {
  'two clients, a payer': { cast: ['client 1', 'client 2', 'payer', 'webhook', 'worker'], faults: ALL_FAULTS },
  'one key twice, a payer': {
    cast: ['client 1', 'client 1 again', 'payer', 'webhook', 'worker'],
    faults: ALL_FAULTS,
  },
  'a staff refund': { cast: ['client 1', 'payer', 'webhook', 'worker', 'staff'], faults: ALL_FAULTS },
  'a cancellation': { cast: ['client 1', 'payer', 'webhook', 'worker', 'cancel'], faults: ALL_FAULTS },
  'an abandoned payment': { cast: ['client 1', 'payer', 'webhook', 'worker', 'abandon'], faults: ALL_FAULTS },
  'a refund in the dashboard': {
    cast: ['client 1', 'payer', 'webhook', 'worker', 'dashboard'],
    faults: { ...ALL_FAULTS, poison: 1 },
  },
};

/** @type {import('./protocol.mjs').Setup} */
export const ALL_AT_ONCE = {
  cast: ['client 1', 'client 2', 'payer', 'webhook', 'worker', 'staff'],
  faults: { lapses: true, crashes: 1, failures: 1 },
};
