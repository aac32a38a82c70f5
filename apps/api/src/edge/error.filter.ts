import { chooseLanguage, renderError } from '#answers';
import { PaymentInProgress } from '#errors';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { toAppError } from './to-app-error.js';

/** The message operators search for when a request with the same key, or for the same purchase, is still running. */
const CONFLICT = 'Idempotency conflict detected - returning 409 status';

/** Handles every failure of a request once: logs it if it is ours, and answers in the contract's envelope. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: PinoLogger) {
    this.logger.setContext(ErrorFilter.name);
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const failure = toAppError(error);

    const { status, code, title } = failure.kind;
    const cause = failure.cause ?? failure;
    // A temporary failure is logged as a line, without a stack.
    if (status === 503) this.logger.warn({ code, reason: reasonOf(cause) }, title);
    else if (status >= 500) this.logger.error({ code, err: cause }, title);
    if (failure instanceof PaymentInProgress) this.logger.warn({ idempotency_key: failure.idempotency_key }, CONFLICT);
    if (reply.sent) return;
    if (failure.retryAfterSeconds !== undefined) void reply.header('retry-after', String(failure.retryAfterSeconds));
    if (failure.kind.status === 401) void reply.header('www-authenticate', 'Bearer realm="payonce"');
    void reply.header('cache-control', 'no-store');
    const reader = { language: chooseLanguage(request.headers['accept-language']), request_id: request.id };
    void reply.code(failure.kind.status).header('content-language', reader.language).send(renderError(failure, reader));
  }
}

/** Names the error's own cause too: a lost claim may hide why the work failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const errors = error.cause instanceof Error ? [error, error.cause] : [error];
  return errors
    .map(({ name, message }) => `${name}: ${message}`)
    .join('; cause: ')
    .slice(0, 500);
}
