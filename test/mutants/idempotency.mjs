/** @type {import('../../scripts/test/mutants.mjs').Mutant[]} */
export default [
  {
    name: 'fingerprint-without-path',
    file: 'libs/idempotency/src/fingerprint.ts',
    find: '[request.params ?? null, request.query ?? null, body ?? {}]',
    replace: '[null, request.query ?? null, body ?? {}]',
    tests: { files: ['libs/idempotency/src/fingerprint.spec.ts'] },
  },
  {
    name: 'fingerprint-without-query',
    file: 'libs/idempotency/src/fingerprint.ts',
    find: '[request.params ?? null, request.query ?? null, body ?? {}]',
    replace: '[request.params ?? null, null, body ?? {}]',
    tests: { files: ['libs/idempotency/src/fingerprint.spec.ts'] },
  },
  {
    name: 'fingerprint-by-order-of-members',
    file: 'libs/idempotency/src/fingerprint.ts',
    find: `    .sort()
`,
    replace: '',
    tests: { files: ['libs/idempotency/src/fingerprint.spec.ts'] },
  },
  {
    name: 'fingerprint-of-sorted-lists',
    file: 'libs/idempotency/src/fingerprint.ts',
    find: `value.map(canonical).join(',')`,
    replace: `value.map(canonical).sort().join(',')`,
    tests: { files: ['libs/idempotency/src/fingerprint.spec.ts'] },
  },
  {
    name: 'fingerprint-with-the-key',
    file: 'libs/idempotency/src/fingerprint.ts',
    find: '{ ...withoutNulls(request.body), idempotency_key: undefined }',
    replace: 'withoutNulls(request.body)',
    tests: { files: ['libs/idempotency/src/fingerprint.spec.ts'] },
  },
  {
    name: 'fingerprint-drops-falsy',
    file: 'libs/idempotency/src/fingerprint.ts',
    find: '.filter(([, value]) => value !== null)',
    replace: '.filter(([, value]) => Boolean(value))',
    tests: { files: ['libs/idempotency/src/fingerprint.spec.ts'] },
  },
  {
    name: 'key-spellings-may-differ',
    file: 'libs/idempotency/src/idempotency-key.ts',
    find: `if (key !== first.key) throw new InvalidKey(field, 'differs');`,
    replace: '',
    tests: { files: ['libs/idempotency/src/idempotency-key.spec.ts'] },
  },
  {
    name: 'key-of-any-form',
    file: 'libs/idempotency/src/idempotency-key.ts',
    find: `if (typeof key !== 'string' || !FORM.test(key)) throw`,
    replace: `if (typeof key !== 'string') throw`,
    tests: { files: ['libs/idempotency/src/idempotency-key.spec.ts'] },
  },
  {
    name: 'key-header-not-standard',
    file: 'libs/idempotency/src/idempotency-key.ts',
    find: `first.field === 'Idempotency-Key' ? 'standard' : 'legacy'`,
    replace: `first.field !== 'idempotency_key' ? 'standard' : 'legacy'`,
    tests: { files: ['libs/idempotency/src/idempotency-key.spec.ts'] },
  },
  {
    name: 'key-of-256-characters',
    file: 'libs/idempotency/src/idempotency-key.ts',
    find: '{0,${MAX_KEY_LENGTH - 2}}',
    replace: '{0,${MAX_KEY_LENGTH - 1}}',
    tests: { files: ['libs/idempotency/src/idempotency-key.spec.ts'] },
  },
];
