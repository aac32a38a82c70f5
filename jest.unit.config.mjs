import config from './jest.config.mjs';

/** Tests that need no server, in seconds: `npm run test:unit`, `npm run test:watch`. `npm test` runs them too. */
/** @type {import('jest').Config} */
export default {
  ...config,
  testMatch: ['<rootDir>/{apps,libs,scripts}/**/*.spec.ts', '<rootDir>/test/unit/**/*.test.ts'],
  verbose: false,
};
