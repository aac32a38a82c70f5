/** ESM packages that jest must turn to CommonJS, as it does with our own sources. */
const ESM_PACKAGES = [
  '@nestjs',
  'jose',
  'file-type',
  'strtok3',
  'token-types',
  '@tokenizer',
  'uint8array-extras',
  'load-esm',
  'uid',
  'cookie',
];

/** @type {import('jest').Config} */
export default {
  rootDir: import.meta.dirname,
  // Pure code has its specs beside it; test/ has what needs more than one file of it.
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/{apps,libs,scripts}/**/*.spec.ts'],
  // What needs more than Node and npm, or much time: `npm run test:system`.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/system/'],
  testEnvironment: 'node',
  transform: {
    '\\.[cm]?[tj]s$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ESM_PACKAGES.join('|')})(/|$))`],
  moduleNameMapper: {
    '^#payment-client/(.*)$': '<rootDir>/libs/payment-client/src/$1.ts',
    '^#(.*)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  // The build copies the client's package.json; one package of a name is enough.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/libs/payment-client/dist/'],
  // One more than the two cores of CI: a quarter of a test's time is waiting. Time limits of tests are for a machine that is
  // many times slower. Races are made inside a test, not between them.
  maxWorkers: 3,
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  testTimeout: 60_000,
  verbose: true,
};
