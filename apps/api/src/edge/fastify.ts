import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { chooseLanguage, renderError } from '#answers';
import { HeadersTooLarge, MalformedRequest, RequestTimeout, UnsupportedMediaType, ValidationFailed } from '#errors';
import type { Config } from '#config';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { reachLab } from '../pages/reach-lab.js';
import { toAppError } from './to-app-error.js';

/** A payment with full metadata is under 4 kB; ten times that leaves ample room. */
export const BODY_LIMIT_BYTES = 64 * 1024;

/** Each slow body holds a connection; no real request takes ten seconds to arrive. */
export const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Longer than the idle timeout of common load balancers (60 s), which could otherwise reuse a connection that was
 * just closed.
 */
export const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/** Our bodies are at most three levels deep; one with thousands of levels is an attack on the code that walks it. */
export const MAX_BODY_DEPTH = 32;

/** Stripe decides the size of its events; the largest seen are a tenth of this. */
export const WEBHOOK_LIMIT_BYTES = 1024 * 1024;
const WEBHOOK_ROUTE = '/api/v1/webhooks/stripe';

/** The same limit as in the validation pipe for bodies. */
const MAX_FAULTS = 100;

const FORM = 'application/x-www-form-urlencoded';
const LOGIN_ROUTE = '/api/login';

/** JSON is UTF-8 (RFC 8259, 8.1); a body that declares another charset would be decoded wrongly. */
const OTHER_CHARSET = /;\s*charset\s*=\s*(?!"?utf-?8"?\s*(?:;|$))/i;

const VALID_REQUEST_ID = /^[A-Za-z0-9._~:-]{1,128}$/;

/** Prometheus requests `/metrics`; everything else is below `/api`. */
export function prefixRoutes(app: INestApplication): void {
  app.setGlobalPrefix('api', { exclude: ['metrics'] });
}

/** The client's own id if it is safe to log, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && VALID_REQUEST_ID.test(given) ? given : randomUUID();
  // nestjs-pino reads it here, so that log lines and answers have the same id.
  (request as IncomingMessage & { id?: string }).id = id;
  return id;
}

/**
 * Fastify as Payonce configures it: limits on bytes and time, and the answer envelope even where Nest never sees a
 * request.
 */
export function fastifyAdapter(config: Config): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // By default node checks for late requests every 30 s, and allows a minute for headers.
    http: { connectionsCheckingInterval: 1_000, headersTimeout: REQUEST_TIMEOUT_MS },
    // A request that arrives on an open connection during shutdown is still answered, like the running ones.
    return503OnClosing: false,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    trustProxy: config.TRUST_PROXY,
    genReqId: requestIdOf,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const reader = { language: chooseLanguage(request.headers['accept-language']), request_id: request.id };
      const failure = toAppError(error);
      void reply.header('x-request-id', request.id).code(failure.kind.status).send(renderError(failure, reader));
    },
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket),
  });
  const fastify = adapter.getInstance();
  // Fastify parses text/plain by default; the contract accepts JSON and forms.
  fastify.removeContentTypeParser('text/plain');
  fastify.addHook('onRoute', (route) => {
    if (route.url === WEBHOOK_ROUTE) route.bodyLimit = WEBHOOK_LIMIT_BYTES;
  });
  readJson(adapter);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    // curl -d without a content type sends a form: on every route but the login, that is JSON without its header.
    const type = request.headers['content-type'] ?? '';
    // A webhook is verified by its signature, whatever its content type: its raw bytes are kept.
    if (request.routeOptions.url === WEBHOOK_ROUTE) {
      request.headers['content-type'] = 'application/json';
      return done();
    }
    // `curl -d ''` declares its empty body as a form.
    const isNothing = request.headers['content-length'] === '0';
    const isForm = !isNothing && type.startsWith(FORM) && request.routeOptions.url !== LOGIN_ROUTE;
    done(isForm || OTHER_CHARSET.test(type) ? new UnsupportedMediaType() : undefined);
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    const isRaw = Buffer.isBuffer(request.body);
    if (!isRaw && isDeeperThan(MAX_BODY_DEPTH, request.body)) done(new MalformedRequest());
    else done(unknownParameters(request));
  });
  // A connection that stays alive after its last answer would delay the shutdown for as long as it is idle.
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done();
  });
  reachLab(fastify, config);
  return adapter;
}

/**
 * A webhook's bytes stay unparsed, since its signature covers them and is verified first; everything else is parsed.
 */
function readJson(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  adapter.useBodyParser('application/json', false, {}, (request, body, done) => {
    if (request.routeOptions.url === WEBHOOK_ROUTE) done(null, body);
    // A client that sets the header on every request, and sends no body, as in a cancellation.
    else if (body.length === 0) done(null, undefined);
    // Invalid UTF-8 would be decoded to U+FFFD: another text than was sent, without an error.
    else if (isUtf8(body)) void parse(request, body.toString(), done);
    else done(new MalformedRequest());
  });
}

/**
 * A request that writes has its values in the body: a parameter in the URL (`?amount=1`) would be ignored silently.
 * Reading routes check their parameters one by one; a webhook's URL is part of Stripe's configuration.
 */
function unknownParameters({ method, query, routeOptions }: FastifyRequest): ValidationFailed | undefined {
  if (method === 'GET' || method === 'HEAD' || routeOptions.url === WEBHOOK_ROUTE) return undefined;
  const names = Object.keys(query ?? {}).slice(0, MAX_FAULTS);
  if (names.length === 0) return undefined;
  return new ValidationFailed(names.map((name) => ({ field: name.slice(0, 64), rule: 'in_body' })));
}

/** Level by level instead of by recursion, since such a body aims to exhaust the stack. */
function isDeeperThan(maxDepth: number, body: unknown): boolean {
  let level = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    level = level.flatMap(
      (value) => (typeof value === 'object' && value !== null ? Object.values(value) : []) as unknown[],
    );
  }
  return false;
}

/** For bytes that node could not parse as HTTP: writes the answer by hand, then closes the connection. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const failure =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new HeadersTooLarge()
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? new RequestTimeout()
        : new MalformedRequest();
  const request_id = randomUUID();
  const body = JSON.stringify(renderError(failure, { language: 'en', request_id }));
  socket.end(
    [
      `HTTP/1.1 ${failure.kind.status} ${failure.kind.title}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${request_id}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
