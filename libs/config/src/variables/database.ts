import { z } from 'zod';
import { isUrlOf, oneOf, wholeNumber } from '../kinds.js';

/** Postgres. The timeouts are set on the role by `migrate`: behind PgBouncer in transaction mode a session keeps none. */
export const databaseVariables = {
  DATABASE_URL: z
    .string({
      error: 'is missing: set it to the URL of a Postgres database, such as postgres://user:password@host:5432/payonce',
    })
    .refine(isUrlOf(['postgres:', 'postgresql:']), 'must look like postgres://user:password@host:5432/database')
    .meta({
      default: 'none; `npm start`: its own Postgres 18',
      values: 'a postgres:// address',
      description: 'Any Postgres 15 or later, directly or behind PgBouncer in transaction mode.',
    }),
  DATABASE_POOL_SIZE: wholeNumber({ min: 2, max: 500, byDefault: 20 }).meta({
    description: 'The most connections that each process opens.',
  }),
  DATABASE_PREPARED_STATEMENTS: oneOf(['auto', 'on', 'off'], 'auto').meta({
    description:
      'Whether Postgres keeps the plan of each statement for as long as a connection lasts. `auto`: on a direct connection, and not behind a pooler.',
    reason:
      'PgBouncer in transaction mode keeps prepared statements from version 1.21 on, with `max_prepared_statements` above 0: set `on` then.',
  }),
  DATABASE_STATEMENT_TIMEOUT_MS: wholeNumber({ min: 100, max: 600_000, byDefault: 10_000 }).meta({
    description:
      'The longest that one statement may run (`statement_timeout`). `migrate` sets this and the next two on the database role.',
  }),
  DATABASE_LOCK_TIMEOUT_MS: wholeNumber({ min: 100, max: 600_000, byDefault: 5_000 }).meta({
    description:
      'How long a statement waits for a row that another transaction has locked (`lock_timeout`); then 503 `LOCK_TIMEOUT`.',
    reason:
      'Keep it shorter than `DATABASE_STATEMENT_TIMEOUT_MS`; otherwise the statement timeout ends the wait first, with 503 `DATABASE_UNAVAILABLE`.',
  }),
  DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS: wholeNumber({ min: 100, max: 600_000, byDefault: 4_000 }).meta({
    description:
      'How long a transaction may be idle before Postgres ends it, for example because its process was paused (`idle_in_transaction_session_timeout`).',
    reason:
      'Shorter than `DATABASE_LOCK_TIMEOUT_MS`, so that a request waiting for a row outlasts the idle transaction that has locked it.',
  }),
};
