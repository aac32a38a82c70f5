import config from './jest.config.mjs';

/** Tests that need programs of the system, or more time than a change can wait: `npm run test:system`. */
/** @type {import('jest').Config} */
export default {
  ...config,
  // The property tests again, with more random sequences, and all sequences that are known.
  testMatch: [
    '<rootDir>/test/system/**/*.test.ts',
    '<rootDir>/test/**/*.property.test.ts',
    '<rootDir>/test/stripe/outside-moves.test.ts',
  ],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
