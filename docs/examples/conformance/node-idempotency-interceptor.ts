import { type CallHandler, type ExecutionContext, HttpException, type NestInterceptor } from '@nestjs/common';
import { Idempotency, IdempotencyError, IdempotencyErrorCodes, type IdempotencyResponse } from '@node-idempotency/core';
import {
  buildStorageAdapter,
  HTTPHeaderEnum,
  idempotency2HttpCodeMap,
  StorageAdapterEnum,
} from '@node-idempotency/shared';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, lastValueFrom, of } from 'rxjs';

const idempotency = new Idempotency(
  await buildStorageAdapter({ adapter: StorageAdapterEnum.redis, options: { url: process.env['REDIS_URL']! } }),
  { enforceIdempotency: true },
);

/**
 * What `NodeIdempotencyInterceptor` of @node-idempotency/nestjs 1.0.4 does, which npm does not install beside NestJS 12: the
 * same calls of the same core, with the same statuses and headers.
 */
export class IdempotencyInterceptor implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler<unknown>) {
    const { headers, body, url: path, method } = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const request = { headers, body: body as Record<string, unknown>, path, method };
    const known = await idempotency.onRequest(request).catch((error: unknown) => refuse(error, reply));
    if (known) return of(replay(known, reply));

    const answer = await lastValueFrom(
      next.handle().pipe(
        catchError((error: unknown) => {
          const status = error instanceof HttpException ? error.getStatus() : 500;
          const message = error instanceof Error ? error.message : String(error);
          idempotency
            .onResponse(request, { additional: { statusCode: status }, error: { status, message } })
            .catch(() => {});
          throw error;
        }),
      ),
    );
    await idempotency.onResponse(request, { additional: { statusCode: reply.statusCode }, body: answer });
    return of(answer);
  }
}

function replay({ additional, body, error }: IdempotencyResponse, reply: FastifyReply): unknown {
  reply.status(Number(additional?.['statusCode'])).header(HTTPHeaderEnum.idempotentReplayed, 'true');
  if (body !== undefined) return body;
  const { status, message } = error as { status: number; message: string };
  throw new HttpException(message, status);
}

function refuse(error: unknown, reply: FastifyReply): never {
  if (!(error instanceof IdempotencyError)) throw error;
  if (error.code === IdempotencyErrorCodes.REQUEST_IN_PROGRESS) reply.header(HTTPHeaderEnum.retryAfter, '1');
  throw new HttpException(error.message, idempotency2HttpCodeMap[error.code]);
}
