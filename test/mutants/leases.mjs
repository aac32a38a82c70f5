/** @type {import('../../scripts/test/mutants.mjs').Mutant[]} */
export default [
  {
    name: 'held-lease-granted',
    file: 'libs/locking/src/postgres-backend.ts',
    find: `WHERE held.expires_at <= clock_timestamp()
`,
    replace: `WHERE true
`,
    tests: { files: ['test/locking/lease-rows.test.ts'], sources: true },
  },
  {
    name: 'part-of-the-keys-suffices',
    file: 'libs/locking/src/postgres-backend.ts',
    find: 'if (taken.length === keys.length) return lease;',
    replace: 'if (taken.length > 0) return lease;',
    tests: { files: ['test/locking/lease-rows.test.ts'], sources: true },
  },
  {
    name: 'part-of-the-keys-stays-held',
    file: 'libs/locking/src/postgres-backend.ts',
    find: 'if (taken.length > 0) await this.release(lease);',
    replace: '',
    tests: { files: ['test/locking/lease-rows.test.ts'], sources: true },
  },
  {
    name: 'lease-extended-by-another',
    file: 'libs/locking/src/postgres-backend.ts',
    find: 'WHERE lock_key = ANY($1) AND owner = $2 AND expires_at > clock_timestamp()`',
    replace: 'WHERE lock_key = ANY($1) AND $2::uuid IS NOT NULL AND expires_at > clock_timestamp()`',
    tests: { files: ['test/locking/lease-rows.test.ts'], sources: true },
  },
  {
    name: 'ended-lease-extended',
    file: 'libs/locking/src/postgres-backend.ts',
    find: 'WHERE lock_key = ANY($1) AND owner = $2 AND expires_at > clock_timestamp()`',
    replace: 'WHERE lock_key = ANY($1) AND owner = $2`',
    tests: { files: ['test/locking/lease-rows.test.ts'], sources: true },
  },
  {
    name: 'part-of-the-lease-extended',
    file: 'libs/locking/src/postgres-backend.ts',
    find: 'return extended === lease.keys.length ?',
    replace: 'return extended > 0 ?',
    tests: { files: ['test/locking/lease-rows.test.ts'], sources: true },
  },
  {
    name: 'lease-released-by-another',
    file: 'libs/locking/src/postgres-backend.ts',
    find: `DELETE FROM concurrency_locks WHERE lock_key = ANY($1) AND owner = $2'`,
    replace: `DELETE FROM concurrency_locks WHERE lock_key = ANY($1) AND $2::uuid IS NOT NULL'`,
    tests: { files: ['test/locking/lease-rows.test.ts'], sources: true },
  },
];
