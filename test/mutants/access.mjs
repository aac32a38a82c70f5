/** @type {import('../../scripts/test/mutants.mjs').Mutant[]} */
export default [
  {
    name: 'return-url-anywhere',
    file: 'libs/payments/src/provider/return-urls.ts',
    find: 'return LOOPBACK.has(hostname) && LOOPBACK.has(own.hostname) && protocol',
    replace: 'return protocol',
    tests: { files: ['libs/payments/src/provider/return-urls.spec.ts'] },
  },
  {
    name: 'return-url-loopback-in-production',
    file: 'libs/payments/src/provider/return-urls.ts',
    find: 'LOOPBACK.has(hostname) && LOOPBACK.has(own.hostname)',
    replace: 'LOOPBACK.has(hostname)',
    tests: { files: ['libs/payments/src/provider/return-urls.spec.ts'] },
  },
  {
    name: 'return-url-any-port',
    file: 'libs/payments/src/provider/return-urls.ts',
    find: ' && port === own.port',
    replace: '',
    tests: { files: ['libs/payments/src/provider/return-urls.spec.ts'] },
  },
  {
    name: 'payer-sees-fraud-codes',
    file: 'libs/payments/src/payments/decline-codes.ts',
    find: 'decline_code !== null && STAFF_ONLY.includes(decline_code) ? GENERIC : decline_code',
    replace: 'decline_code',
    tests: { files: ['libs/payments/src/payments/decline-codes.spec.ts'] },
  },
  {
    name: 'order-id-unanchored',
    file: 'libs/payments/src/checkout/order-id.ts',
    find: '/^order_',
    replace: '/order_',
    tests: { files: ['libs/payments/src/checkout/order-id.spec.ts'] },
  },
];
