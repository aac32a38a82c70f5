/**
 * `npm run mutation`: Stryker's own mutants of the pure code that has a spec, in minutes. Not in CI. The guards that need a
 * database or a server are in test/mutants.
 */
export default {
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  jest: { projectType: 'custom', configFile: 'jest.unit.config.mjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest',
  // Decisions about money, without input and output; another file with a spec: `npm run mutation -- --mutate <file>`.
  mutate: [
    'libs/payments/src/ledger/money/{credit,tax}.ts',
    'libs/payments/src/ledger/payment-states.ts',
    'libs/payments/src/stripe/disputes/dispute-outcome.ts',
    'libs/payments/src/stripe/objects/reference.ts',
    'libs/payments/src/stripe/refunds/refund-status.ts',
    'libs/payments/src/stripe/requests/make-once.ts',
    'libs/stripe/src/classify-failure.ts',
    'libs/webhooks/src/skip-event.ts',
  ],
  // Texts for people and logs: a test of each would repeat it.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: ['dist', '.payonce', 'coverage', 'reports'],
  concurrency: 2,
  // What is computed when a module is loaded costs a whole run each; test/mutants changes the ones that matter.
  ignoreStatic: true,
  timeoutMS: 10_000,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 100, low: 95, break: 90 },
  tempDirName: '.stryker-tmp',
};
