import type { IncomingMessage, ServerResponse } from 'node:http';
import { Config } from '#config';
import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Options } from 'pino-http';
import { withoutSecrets } from './without-secrets.js';

/** Machines request health every few seconds; its lines would hide the others. */
const QUIET = /^\/api\/v1\/health(\/|$)/;

/**
 * JSON lines; pretty on a terminal. A request's line has its route and its result, never headers or bodies. Its URL
 * has no query, since queries may contain secrets.
 */
export function loggerOptions(config: Config, isTerminal: boolean): Options {
  const pretty = config.LOG_FORMAT === 'pretty' || (config.LOG_FORMAT === 'auto' && isTerminal);
  return {
    level: config.LOG_LEVEL,
    messageKey: 'message',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }), log: withoutSecrets },
    base: null,
    genReqId: (request) => request.id,
    autoLogging: { ignore: (request) => QUIET.test(pathOf(request)) },
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'request_id', responseTime: 'ms' },
    customSuccessMessage: () => 'Request answered',
    customErrorMessage: () => 'Request failed',
    // An answer that asks the client to retry need not alert an operator; the failing code logs the reason, once.
    customLogLevel: (_request, { statusCode }, error) =>
      statusCode === 503 ? 'warn' : error || statusCode >= 500 ? 'error' : 'info',
    customSuccessObject: lineOf,
    customErrorObject: (request, response, _error, line: Timed) => lineOf(request, response, line),
    // Wrapped, our serializer would get pino's form of the error instead of the error.
    wrapSerializers: false,
    serializers: { req: () => undefined, res: () => undefined, err: plainError },
    ...(pretty
      ? {
          transport: {
            target: 'pino-pretty',
            options: {
              messageKey: 'message',
              singleLine: true,
              ignore: 'pid,hostname',
              translateTime: 'SYS:HH:MM:ss.l',
            },
          },
        }
      : {}),
  };
}

interface Timed {
  readonly ms: number;
}

/** Never the request or response themselves, which pino-http passes along: they hold headers, and are large to walk. */
function lineOf(request: IncomingMessage, { statusCode }: ServerResponse, { ms }: Timed): object {
  return { ms, method: request.method, path: pathOf(request), status: statusCode };
}

interface LoggedError {
  type: string;
  message: string;
  stack?: string | undefined;
  code?: unknown;
  constraint?: unknown;
}

/**
 * An error without its extra members: a database error carries the statement's parameters, that is, a request's body.
 */
function plainError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' };
  const { name, message, stack } = error;
  const { code, constraint } = ('driverError' in error ? error.driverError : error) as {
    code?: unknown;
    constraint?: unknown;
  };
  return { type: name, message, stack, code, constraint };
}

/** Middleware sees a URL without its prefix; `originalUrl` has the whole one. */
function pathOf(request: IncomingMessage & { originalUrl?: string }): string {
  return (request.originalUrl ?? request.url ?? '').split('?', 1)[0]!;
}

/** One pino logger for the whole process; every line written while a request is served carries its `request_id`. */
@Module({})
export class LoggingModule {
  static register(): DynamicModule {
    return {
      module: LoggingModule,
      imports: [
        LoggerModule.forRootAsync({
          inject: [Config],
          useFactory: (config: Config) => ({ pinoHttp: loggerOptions(config, process.stdout.isTTY === true) }),
        }),
      ],
    };
  }
}
