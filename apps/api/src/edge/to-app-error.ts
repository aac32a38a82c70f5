import { asDatabaseError } from '#database';
import {
  AppError,
  InternalError,
  MalformedRequest,
  PayloadTooLarge,
  RequestTimeout,
  RouteNotFound,
  ServiceUnavailable,
  UnsupportedMediaType,
} from '#errors';
import { HttpException } from '@nestjs/common';

/** Nest's and Fastify's own errors, by status: they hold no more information for a client. */
const BY_STATUS: Readonly<Record<number, new (details: { cause: unknown }) => AppError>> = {
  400: MalformedRequest,
  404: RouteNotFound,
  405: RouteNotFound,
  408: RequestTimeout,
  413: PayloadTooLarge,
  414: MalformedRequest,
  415: UnsupportedMediaType,
  503: ServiceUnavailable,
};

/** The one place that decides which answer a failure gets. An unknown error is a bug of ours: 500. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const databaseError = asDatabaseError(error);
  if (databaseError) return databaseError;
  const status = error instanceof HttpException ? error.getStatus() : statusOfFastify(error);
  const Known = status === undefined ? undefined : BY_STATUS[status];
  return Known ? new Known({ cause: error }) : new InternalError({ cause: error });
}

/** Fastify's errors have a code of their own and a status: https://fastify.dev/docs/latest/Reference/Errors/ */
function statusOfFastify(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined;
  const isFastify = 'code' in error && typeof error.code === 'string' && error.code.startsWith('FST_');
  // A JSON body that does not parse is a plain SyntaxError with a status.
  return isFastify || error instanceof SyntaxError ? error.statusCode : undefined;
}
