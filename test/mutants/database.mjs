/** @type {import('../../scripts/test/mutants.mjs').Mutant[]} */
export default [
  {
    name: 'transaction-retries-all',
    file: 'libs/database/src/in-transaction.ts',
    find: `if (tried >= TRIES || !TRY_AGAIN.has(sqlStateOf(error) ?? '')) throw error;`,
    replace: 'if (tried >= TRIES) throw error;',
    tests: { files: ['libs/database/src/in-transaction.spec.ts'] },
  },
  {
    name: 'transaction-retries-for-ever',
    file: 'libs/database/src/in-transaction.ts',
    find: 'if (tried >= TRIES || !TRY_AGAIN',
    replace: 'if (tried >= 9 || !TRY_AGAIN',
    tests: { files: ['libs/database/src/in-transaction.spec.ts'] },
  },
  {
    name: 'effects-of-an-unknown-transaction',
    file: 'libs/database/src/in-transaction.ts',
    find: `if (!effects) throw new Error('afterCommit needs a transaction that inTransaction has opened');
  effects.push(effect);`,
    replace: 'effects?.push(effect);',
    tests: { files: ['libs/database/src/in-transaction.spec.ts'] },
  },
  {
    name: 'commit-that-rolled-back',
    file: 'libs/database/src/open-data-source.ts',
    find: "return text === 'COMMIT' ? sent.then(requireCommitted) : sent;",
    replace: 'return sent;',
    tests: { files: ['test/lifecycle/prepared-statements.test.ts'], title: 'whose failure was swallowed' },
  },
  {
    name: 'any-constraint-is-the-one',
    file: 'libs/database/src/database-failures.ts',
    find: 'return sqlStateOf(error) === UNIQUE_VIOLATION && driverErrorOf(error).constraint === constraint;',
    replace: `return sqlStateOf(error) === UNIQUE_VIOLATION && constraint !== '';`,
    tests: { files: ['libs/database/src/database-failures.spec.ts'] },
  },
  {
    name: 'read-only-is-a-bug',
    file: 'libs/database/src/database-failures.ts',
    find: '(08...|25006|',
    replace: '(08...|',
    tests: { files: ['libs/database/src/database-failures.spec.ts'] },
  },
  {
    name: 'refused-row-is-an-outage',
    file: 'libs/database/src/database-failures.ts',
    find: '|57...|58...)$/',
    replace: '|57...|58...|23...)$/',
    tests: { files: ['libs/database/src/database-failures.spec.ts'] },
  },
];
