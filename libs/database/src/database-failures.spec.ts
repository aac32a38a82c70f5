import { DatabaseUnavailable, LockTimeout } from '#errors';
import {
  asDatabaseError,
  isCheckViolation,
  isForeignKeyViolation,
  isUniqueViolation,
  sqlStateOf,
} from './database-failures.js';

const failing = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });
/** The form in which TypeORM wraps node-postgres' errors. */
const wrapped = (code: string, more: object = {}) =>
  Object.assign(new Error('query failed'), { driverError: failing(code, more) });

describe('what a failure of Postgres means', () => {
  it.each(['55P03', '40P01', '40001'])('%s: a lock was not free in time, and nothing was changed', (state) => {
    expect(asDatabaseError(wrapped(state))).toBeInstanceOf(LockTimeout);
    expect(asDatabaseError(failing(state))).toBeInstanceOf(LockTimeout);
  });

  it.each([
    ['08006', 'the connection is lost'],
    ['25006', 'read-only after a failover'],
    ['25P03', 'idle in a transaction for too long'],
    ['28P01', 'the password is wrong'],
    ['3D000', 'no such database'],
    ['53300', 'too many connections'],
    ['55000', 'takes no connections while it is restored'],
    ['57014', 'the statement took too long'],
    ['57P01', 'shutting down'],
    ['58030', 'the disk fails'],
    ['ECONNREFUSED', 'nobody listens'],
    ['ETIMEDOUT', 'no answer'],
  ])('%s: Postgres is unavailable (%s)', (code) => {
    expect(asDatabaseError(wrapped(code))).toBeInstanceOf(DatabaseUnavailable);
  });

  it.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Query read timeout',
    // Found by `npm run prove -- --seed 5`: RLIMIT_FSIZE and quotas are XX000, not 53100.
    'could not extend file "base/16384/16590": File too large',
    'could not write to file "pg_wal/xlogtemp.77": Disk quota exceeded',
    'QueryRunnerAlreadyReleasedError: Query runner already released. Cannot run queries anymore.',
  ])('“%s”: Postgres is unavailable, though the error has no code', (sentence) => {
    expect(asDatabaseError(new Error(sentence))).toBeInstanceOf(DatabaseUnavailable);
  });

  it('looks into the refused connections of every address of a name', () => {
    const error = new AggregateError([failing('ECONNREFUSED'), failing('ECONNREFUSED')]);
    expect(asDatabaseError(error)).toBeInstanceOf(DatabaseUnavailable);
  });

  it.each([
    ['a constraint that refuses a row', wrapped('23505')],
    ['a statement that is wrong', wrapped('42601')],
    ['a transaction that failed before', wrapped('25P02')],
    ['a bug of ours', new TypeError('x is not a function')],
    ['a code that is none of Postgres', failing('ERR_INVALID_ARG_TYPE')],
    ['what is no error', 'oops'],
    ['nothing', null],
  ])('is nobody’s excuse: %s', (_name, error) => {
    expect(asDatabaseError(error)).toBeUndefined();
  });

  it('keeps the failure as its cause', () => {
    const failure = wrapped('57P01');
    expect(asDatabaseError(failure)?.cause).toBe(failure);
  });
});

describe('which constraint refused a row', () => {
  it.each([
    [isUniqueViolation, '23505'],
    [isForeignKeyViolation, '23503'],
    [isCheckViolation, '23514'],
  ])('%p tells it by kind and name', (isViolation, state) => {
    const error = wrapped(state, { constraint: 'one_of_ours' });
    expect(isViolation(error, 'one_of_ours')).toBe(true);
    expect(isViolation(error, 'another')).toBe(false);
    expect(isViolation(wrapped('23502', { constraint: 'one_of_ours' }), 'one_of_ours')).toBe(false);
  });

  it('reads a SQLSTATE, and takes no other code for one', () => {
    expect(sqlStateOf(wrapped('23505'))).toBe('23505');
    expect([failing('EPIPE1'), failing('abcde'), new Error('x'), undefined].map(sqlStateOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
