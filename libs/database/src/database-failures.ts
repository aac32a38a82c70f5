import { type AppError, DatabaseUnavailable, LockTimeout } from '#errors';

interface PostgresFailure {
  code?: unknown;
  constraint?: unknown;
  message?: unknown;
  driverError?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
/** A lock, a deadlock or a serialization failure that three tries did not get past. Nothing was changed. */
const CONTENDED_STATES = new Set(['55P03', '40P01', '40001']);
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
const CHECK_VIOLATION = '23514';

/**
 * Postgres is going away, coming up, read-only after a failover, out of something, or refuses us: not our bug. 55000 is
 * what a database answers that takes no connections now, as while it is being restored (docs/restore.md).
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

/** node-postgres has no codes for these; its sources (pg-pool/index.js, pg/lib/client.js) have the sentences. */
const UNAVAILABLE_SENTENCES = [
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Connection terminated',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
  // TypeORM's, when the connection went away between two statements.
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

/** True when this named foreign key found nothing at its other end. */
export function isForeignKeyViolation(error: unknown, constraint: string): boolean {
  return sqlStateOf(error) === FOREIGN_KEY_VIOLATION && driverErrorOf(error).constraint === constraint;
}

/** True when this named CHECK refused a row. */
export function isCheckViolation(error: unknown, constraint: string): boolean {
  return sqlStateOf(error) === CHECK_VIOLATION && driverErrorOf(error).constraint === constraint;
}

/** The answer for a failure of Postgres that is nobody's bug, or undefined: then it is ours, or not Postgres at all. */
export function asDatabaseError(error: unknown): AppError | undefined {
  const failure = driverErrorOf(error);
  const state = sqlStateOf(error);
  if (state !== undefined && CONTENDED_STATES.has(state)) return new LockTimeout({ cause: error });
  const unavailable =
    (state !== undefined && UNAVAILABLE_STATES.test(state)) ||
    (typeof failure.code === 'string' && UNAVAILABLE_SYSTEM_CODES.has(failure.code)) ||
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
