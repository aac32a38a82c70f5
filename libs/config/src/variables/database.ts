import { z } from 'zod';
import { isUrlOf, wholeNumber } from '../kinds.js';

/** Postgres. The timeouts are set on the role by `migrate`: behind pgbouncer in transaction mode a session keeps none. */
export const databaseVariables = {
  DATABASE_URL: z
    .string({ error: 'is missing: the address of a Postgres, as in postgres://user:password@host:5432/payonce' })
    .refine(isUrlOf(['postgres:', 'postgresql:']), 'must look like postgres://user:password@host:5432/database')
    .meta({
      default: 'none; `npm start`: its own Postgres 18',
      values: 'a postgres:// address',
      description: 'Any Postgres 15 or later, also behind pgbouncer in transaction mode.',
    }),
  DATABASE_POOL_SIZE: wholeNumber({ min: 2, max: 500, byDefault: 20 }).meta({
    description: 'Connections of each process.',
  }),
  DATABASE_STATEMENT_TIMEOUT_MS: wholeNumber({ min: 100, max: 600_000, byDefault: 10_000 }).meta({
    description: 'One statement, whole. `migrate` sets this one and the next two on the database role.',
  }),
  DATABASE_LOCK_TIMEOUT_MS: wholeNumber({ min: 100, max: 600_000, byDefault: 5_000 }).meta({
    description: 'How long a statement waits for a row that another transaction holds; then 503 `LOCK_TIMEOUT`.',
    reason:
      'As long as `LOCK_WAIT_MS` by default. Keep it shorter than `DATABASE_STATEMENT_TIMEOUT_MS`, which would end the wait as 503 `DATABASE_UNAVAILABLE`.',
  }),
  DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS: wholeNumber({ min: 100, max: 600_000, byDefault: 4_000 }).meta({
    description: 'After which Postgres ends the transaction of a process that was stopped in the middle of it.',
    reason: 'Shorter than the wait for a row: whoever takes over outlasts the open transaction.',
  }),
};
