/** @type {import('../../scripts/test/mutants.mjs').Mutant[]} */
export default [
  {
    name: 'event-inherited-type-handled',
    file: 'libs/payments/src/stripe/events/handled-events.ts',
    find: 'if (!Object.hasOwn(HANDLED_EVENTS, type)) throw',
    replace: 'if (!(type in HANDLED_EVENTS)) throw',
    tests: { files: ['libs/payments/src/stripe/events/handled-events.spec.ts'] },
  },
  {
    name: 'found-refund-one-id-for-all-states',
    file: 'libs/payments/src/stripe/catch-up/found-event.ts',
    find: '`${refund.id}_${refund.status}`',
    replace: '`${refund.id}`',
    tests: { files: ['libs/payments/src/stripe/catch-up/found-event.spec.ts'] },
  },
  {
    name: 'found-dispute-one-id-for-all-amounts',
    file: 'libs/payments/src/stripe/catch-up/found-event.ts',
    find: '_${dispute.status}_${dispute.amount}`',
    replace: '_${dispute.status}`',
    tests: { files: ['libs/payments/src/stripe/catch-up/found-event.spec.ts'] },
  },
  {
    name: 'built-event-dates-the-money',
    file: 'libs/payments/src/stripe/catch-up/found-event.ts',
    find: 'return !id.startsWith(BUILT_ID_PREFIX) && Number.isSafeInteger(created);',
    replace: 'return Number.isSafeInteger(created);',
    tests: { files: ['libs/payments/src/stripe/catch-up/found-event.spec.ts'] },
  },
  {
    name: 'built-event-of-live-mode',
    file: 'libs/payments/src/stripe/catch-up/found-event.ts',
    find: `    livemode,
    pending`,
    replace: `    livemode: true,
    pending`,
    tests: { files: ['libs/payments/src/stripe/catch-up/found-event.spec.ts'] },
  },
];
