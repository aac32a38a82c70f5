import type { AuthenticatedRequest } from '#auth';
import { InstallationEpoch } from '#database';
import { DatabaseRestored } from '#errors';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { catchError, map, type Observable } from 'rxjs';

/**
 * Blocks answers with data that was read for a caller of an earlier epoch: their id may belong to another user now.
 * It costs no query, since the epoch is known before the first use of a connection to another database. Writes have
 * checked the epoch in their own transactions, so they stand.
 */
@Injectable()
export class EpochInterceptor implements NestInterceptor {
  constructor(private readonly epoch: InstallationEpoch) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const isOver = () =>
      request.caller !== undefined && request.caller.epoch !== '' && request.caller.epoch !== this.epoch.current;
    return next.handle().pipe(
      map((answer: unknown) => {
        if (request.method === 'GET' && !reply.sent && isOver()) throw new DatabaseRestored();
        return answer;
      }),
      catchError((error: unknown) => {
        throw isOver() ? new DatabaseRestored({ cause: error }) : error;
      }),
    );
  }
}
