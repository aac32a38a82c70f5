import { type AppError, DatabaseUnavailable, LockTimeout } from '#errors';
import { isOutdatedPlan } from './open-data-source.js';

interface PostgresFailure {
  code?: unknown;
  routine?: unknown;
  constraint?: unknown;
  message?: unknown;
  driverError?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
/** A lock, a deadlock or a serialization failure that persisted through three tries. Nothing was changed. */
const CONTENDED_STATES = new Set(['55P03', '40P01', '40001']);
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
const CHECK_VIOLATION = '23514';

/**
 * Postgres is shutting down, starting, read-only after a failover, out of a resource, or refuses us: not a bug. A
 * database that accepts no connections now, as during a restore, answers 55000 (docs/restore.md).
 */
const UNAVAILABLE_STATES = /^(08...|25006|25P0[34]|28...|3D000|53...|55000|57...|58...)$/;

const UNAVAILABLE_SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Without codes; those of node-postgres are in its sources (pg-pool/index.js, pg/lib/client.js). */
const UNAVAILABLE_SENTENCES = [
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Connection terminated',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
  // A disk's quota or a limit on the size of files: Postgres has a code for a full disk only, and reports these as XX000.
  'File too large',
  'Disk quota exceeded',
  // From TypeORM, when the connection was lost between two statements.
  'already released',
];

/** The five-character SQLSTATE behind an error of TypeORM or node-postgres, if it has one. */
export function sqlStateOf(error: unknown): string | undefined {
  const { code } = driverErrorOf(error);
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** True when this named unique constraint or index refused a row. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return sqlStateOf(error) === UNIQUE_VIOLATION && driverErrorOf(error).constraint === constraint;
}

/** True when this named foreign key refused a row because the referenced row is missing. */
export function isForeignKeyViolation(error: unknown, constraint: string): boolean {
  return sqlStateOf(error) === FOREIGN_KEY_VIOLATION && driverErrorOf(error).constraint === constraint;
}

/** True when this named CHECK refused a row. */
export function isCheckViolation(error: unknown, constraint: string): boolean {
  return sqlStateOf(error) === CHECK_VIOLATION && driverErrorOf(error).constraint === constraint;
}

/** The answer for a failure of Postgres that is no bug. Undefined: it is our bug, or no failure of Postgres. */
export function asDatabaseError(error: unknown): AppError | undefined {
  const failure = driverErrorOf(error);
  const state = sqlStateOf(error);
  if (state !== undefined && CONTENDED_STATES.has(state)) return new LockTimeout({ cause: error });
  const unavailable =
    (state !== undefined && UNAVAILABLE_STATES.test(state)) ||
    (typeof failure.code === 'string' && UNAVAILABLE_SYSTEM_CODES.has(failure.code)) ||
    isOutdatedPlan(failure) ||
    UNAVAILABLE_SENTENCES.some((sentence) => String(failure.message).includes(sentence));
  return unavailable ? new DatabaseUnavailable({ cause: error }) : undefined;
}

function driverErrorOf(error: unknown): PostgresFailure {
  if (typeof error !== 'object' || error === null) return {};
  const failure = error as PostgresFailure;
  if (typeof failure.driverError === 'object' && failure.driverError !== null) return failure.driverError;
  // Happy Eyeballs: one refused connection for each address of `localhost`.
  if (Array.isArray(failure.errors) && failure.errors.length > 0) return failure.errors[0] as PostgresFailure;
  return failure;
}
