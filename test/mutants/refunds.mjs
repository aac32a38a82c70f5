/** @type {import('../../scripts/test/mutants.mjs').Mutant[]} */
export default [
  {
    name: 'refund-unknown-status-failed',
    file: 'libs/payments/src/stripe/refunds/refund-status.ts',
    find: `: 'pending';`,
    replace: `: 'failed';`,
    tests: { files: ['libs/payments/src/stripe/refunds/refund-status.spec.ts'] },
  },
  {
    name: 'refund-inherited-status',
    file: 'libs/payments/src/stripe/refunds/refund-status.ts',
    find: 'status !== null && Object.hasOwn(STATUSES, status)',
    replace: 'status !== null && status in STATUSES',
    tests: { files: ['libs/payments/src/stripe/refunds/refund-status.spec.ts'] },
  },
  {
    name: 'refund-action-required-succeeded',
    file: 'libs/payments/src/stripe/refunds/refund-status.ts',
    find: `requires_action: 'pending'`,
    replace: `requires_action: 'succeeded'`,
    tests: { files: ['libs/payments/src/stripe/refunds/refund-status.spec.ts'] },
  },
  {
    name: 'refund-pending-not-live',
    file: 'libs/payments/src/stripe/refunds/refund-status.ts',
    find: `return status === 'pending' || status === 'succeeded';`,
    replace: `return status === 'succeeded';`,
    tests: { files: ['libs/payments/src/stripe/refunds/refund-status.spec.ts'] },
  },
];
