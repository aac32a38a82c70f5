import { Answer, chooseLanguage, renderAnswer } from '#answers';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Converts a use case's answer to the contract's envelope, in the reader's language. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        // The controller streams on the connection itself.
        if (reply.sent) return undefined;
        // Rendered before: an idempotent answer, a page, or a file, which sets its own cache-control.
        if (typeof answer === 'string' || Buffer.isBuffer(answer)) {
          if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
          return answer;
        }
        if (!(answer instanceof Answer)) throw new TypeError('A controller must return an Answer');
        const reader = { language: chooseLanguage(request.headers['accept-language']), request_id: request.id };
        // Answers about money are private: no cache on the way may store them.
        void reply.code(answer.status).header('cache-control', 'no-store').header('content-language', reader.language);
        return renderAnswer(answer, reader);
      }),
    );
  }
}
