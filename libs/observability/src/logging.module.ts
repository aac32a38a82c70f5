import type { IncomingMessage } from 'node:http';
import { Config } from '#config';
import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Options } from 'pino-http';

/** Members that may carry a secret, wherever somebody logs an object with them. Removed, not starred out. */
const SECRETS = [
  'password',
  'token',
  'authorization',
  'cookie',
  'secret',
  'password_hash',
  'DATABASE_URL',
  'REDIS_URL',
  'JWT_SECRET',
];

/** Health is asked every few seconds by machines; its lines would drown the others. */
const QUIET = /^\/api\/v1\/health(\/|$)/;

/**
 * JSON lines; pretty on a terminal. A request's line names what was asked and how it ended, never headers or bodies,
 * and the address without its query, since people put secrets there.
 */
export function loggerOptions(config: Config, isTerminal: boolean): Options {
  const pretty = config.LOG_FORMAT === 'pretty' || (config.LOG_FORMAT === 'auto' && isTerminal);
  return {
    level: config.LOG_LEVEL,
    messageKey: 'message',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    base: null,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), remove: true },
    genReqId: (request) => request.id,
    autoLogging: { ignore: (request) => QUIET.test(pathOf(request)) },
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'request_id', responseTime: 'ms' },
    customSuccessMessage: () => 'Request answered',
    customErrorMessage: () => 'Request failed',
    // Whoever may ask again after a moment need not wake anybody; why it failed is said where it failed, once.
    customLogLevel: (_request, { statusCode }, error) =>
      statusCode === 503 ? 'warn' : error || statusCode >= 500 ? 'error' : 'info',
    customSuccessObject: (request: IncomingMessage, response, line: object) => ({
      ...line,
      method: request.method,
      path: pathOf(request),
      status: response.statusCode,
    }),
    customErrorObject: (request: IncomingMessage, response, _error, line: object) => ({
      ...line,
      err: undefined,
      method: request.method,
      path: pathOf(request),
      status: response.statusCode,
    }),
    // Wrapped, our serializer would be given what pino has made of the error, not the error.
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

interface LoggedError {
  type: string;
  message: string;
  stack?: string | undefined;
  code?: unknown;
  constraint?: unknown;
}

/** An error without what hangs on it: a database error carries the statement's parameters, that is, a request's body. */
function plainError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' };
  const { name, message, stack } = error;
  const { code, constraint } = ('driverError' in error ? error.driverError : error) as {
    code?: unknown;
    constraint?: unknown;
  };
  return { type: name, message, stack, code, constraint };
}

/** Middleware sees an address without its prefix; the whole one is kept beside it. */
function pathOf(request: IncomingMessage & { originalUrl?: string }): string {
  return (request.originalUrl ?? request.url ?? '').split('?', 1)[0]!;
}

/** One pino for the whole process; every line written while a request is served carries its `request_id`. */
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
