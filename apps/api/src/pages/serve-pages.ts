import type { Config } from '#config';
import type { ProviderRegistry } from '#payments';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { type BuiltFile, type Encoding, readBuiltPages } from './built-pages.js';

/**
 * The pages load only their own scripts and styles, and call only this server: injected HTML could load nothing, send
 * nothing and be framed nowhere. https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const GUARDING_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  // URLs contain ids of payments and sessions, which other sites must not see.
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** The name contains a hash of the contents, so it may be cached for ever. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Browsers request this fixed name; the icon may change. */
const FOR_A_DAY = 'public, max-age=86400';

/**
 * Serves the web pages beside the API: `/pay`, `/console`, `/lab` and their assets. Every other path is left to the
 * API, except when a browser requests an unknown one: then a page reports that. Nothing is served if the pages were
 * not built.
 */
export function servePages(fastify: FastifyInstance, config: Config, providers: ProviderRegistry): void {
  const files = readBuiltPages();
  if (!files) return;
  const html = files.get('index.html')!;
  // The race lab starts attacks on the stack it runs on.
  const lab = config.NODE_ENV !== 'production' && config.RACE_LAB_URL !== undefined;

  const page = (request: FastifyRequest, reply: FastifyReply) => {
    void reply.headers(GUARDING_HEADERS).header('cache-control', 'no-store');
    return sendFile(html, request, reply);
  };
  fastify.get('/', (_request, reply) => reply.header('cache-control', 'no-store').redirect('/pay', 302));
  for (const path of ['/pay', '/console', ...(lab ? ['/lab'] : [])]) {
    fastify.get(path, page);
    fastify.get(`${path}/*`, page);
  }

  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404 || !isLostBrowser(request)) return done();
    page(request, reply.code(404));
  });

  const facts = {
    login: config.LOGIN_ENABLED,
    lab,
    simulated: config.STRIPE_API_URL !== undefined,
  };
  // Providers register themselves after this.
  fastify.get('/app-config.json', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({
      ...facts,
      page_methods: providers.configuredPageMethods(),
      external_methods: providers.externalMethods(),
    }),
  );

  for (const [path, file] of files) {
    if (!path.startsWith('assets/')) continue;
    fastify.get(`/${path}`, (request, reply) => {
      void reply.headers({ 'cache-control': FOR_EVER, 'x-content-type-options': 'nosniff' });
      return sendFile(file, request, reply);
    });
  }
  const [, icon] = [...files].find(([path]) => /^assets\/icon-[^/]+\.svg$/.test(path)) ?? [];
  if (!icon) return;
  // Browsers request it wherever no page has named another icon, even for a JSON answer.
  fastify.get('/favicon.ico', (request, reply) => {
    void reply.headers({ 'cache-control': FOR_A_DAY, 'x-content-type-options': 'nosniff' });
    return sendFile(icon, request, reply);
  });
}

/** Programs, including those that accept anything, and requests for a missing file get the envelope. */
function isLostBrowser(request: FastifyRequest): boolean {
  if (request.method !== 'GET' || /^\/(api|assets)(?![^/?])/.test(request.url)) return false;
  return new Negotiator(request.raw).mediaType(['application/json', 'text/html']) === 'text/html';
}

function sendFile(file: BuiltFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.send(bytesFor(file, request, reply));
}

/** A file in the best encoding that the client accepts, and its headers. */
export function bytesFor({ type, plain, packed }: BuiltFile, request: FastifyRequest, reply: FastifyReply): Buffer {
  void reply.headers({ 'content-type': type, vary: 'accept-encoding' });
  const encoding = new Negotiator(request.raw).encoding([...Object.keys(packed), 'identity']) as Encoding | 'identity';
  const bytes = encoding === 'identity' ? undefined : packed[encoding];
  if (bytes) void reply.header('content-encoding', encoding);
  return bytes ?? plain;
}
