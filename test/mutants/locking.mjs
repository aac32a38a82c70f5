/** @type {import('../../scripts/test/mutants.mjs').Mutant[]} */
export default [
  {
    name: 'queue-leaves-twice',
    file: 'libs/locking/src/local-queue.ts',
    find: 'for (const key of entered.splice(0)) this.passOn(key);',
    replace: 'for (const key of entered) this.passOn(key);',
    tests: { files: ['libs/locking/src/local-queue.spec.ts'] },
  },
  {
    name: 'queue-keeps-entered-keys',
    file: 'libs/locking/src/local-queue.ts',
    find: `        leave();
        return undefined;`,
    replace: '        return undefined;',
    tests: { files: ['libs/locking/src/local-queue.spec.ts'] },
  },
  {
    name: 'fallback-on-any-error',
    file: 'libs/locking/src/choosing-backend.ts',
    find: '!(error instanceof BackendUnreachable) || backend === this.fallback',
    replace: 'backend === this.fallback',
    tests: { files: ['libs/locking/src/choosing-backend.spec.ts'] },
  },
  {
    name: 'lease-changes-its-backend',
    file: 'libs/locking/src/choosing-backend.ts',
    find: 'await lease.backend.release(lease.inner);',
    replace: 'await this.current.release(lease.inner);',
    tests: { files: ['libs/locking/src/choosing-backend.spec.ts'] },
  },
  {
    name: 'back-after-one-probe',
    file: 'libs/locking/src/choosing-backend.ts',
    find: 'const GOOD_PROBES = 3',
    replace: 'const GOOD_PROBES = 1',
    tests: { files: ['libs/locking/src/choosing-backend.spec.ts'] },
  },
  {
    name: 'probe-that-is-refused-counts',
    file: 'libs/locking/src/choosing-backend.ts',
    find: 'return lease !== undefined;',
    replace: 'return true;',
    tests: { files: ['libs/locking/src/choosing-backend.spec.ts'] },
  },
  {
    name: 'relapse-forgotten',
    file: 'libs/locking/src/choosing-backend.ts',
    find: 'relapse ? Math.min(this.goodProbes * 2, MAX_GOOD_PROBES) : GOOD_PROBES',
    replace: 'GOOD_PROBES',
    tests: { files: ['libs/locking/src/choosing-backend.spec.ts'] },
  },
  {
    name: 'waiter-enters-before-the-release',
    file: 'libs/locking/src/locks.ts',
    find: 'const released = this.release(keeper.stop()).finally(how.leaveQueue);',
    replace: 'const released = this.release(keeper.stop()); how.leaveQueue();',
    tests: { files: ['libs/locking/src/locks.spec.ts'] },
  },
  {
    name: 'late-lock-is-not-undone',
    file: 'libs/locking/src/redis-backend.ts',
    find: 'keepLoaded(node, [ACQUIRE, EXTEND, UNDO, RELEASE]);',
    replace: 'keepLoaded(node, [ACQUIRE]);',
    tests: { files: ['test/locking/frozen-redis.test.ts'], title: 'keeps no lock', sources: true },
  },
  {
    name: 'hanging-node-is-kept',
    file: 'libs/redis/src/keep-asking.ts',
    find: 'node.disconnect(true);',
    replace: '',
    tests: { files: ['libs/redis/src/keep-asking.spec.ts'] },
  },
];
