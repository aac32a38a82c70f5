import { Readable } from 'node:stream';
import { chooseLanguage, renderError } from '#answers';
import type { Config } from '#config';
import { ServiceUnavailable } from '#errors';
import type { FastifyInstance } from 'fastify';

/** The headers that the lab needs: the caller, the language, the request id. */
const PASSED_ON = ['authorization', 'accept-language'] as const;

/**
 * Proxies the page's requests to the race lab, so that the page calls only this server and its policy stays the same.
 * The lab checks the token itself. Without a lab, and in production, these routes do not exist.
 */
export function reachLab(fastify: FastifyInstance, config: Config): void {
  const lab = config.RACE_LAB_URL;
  if (lab === undefined || config.NODE_ENV === 'production') return;

  // A running attack must not delay the shutdown.
  const closing = new AbortController();
  fastify.addHook('preClose', (done) => {
    closing.abort();
    done();
  });

  fastify.post<{ Params: { name: string } }>('/lab-api/scenarios/:name', async (request, reply) => {
    const given = PASSED_ON.flatMap((name) => {
      const value = request.headers[name];
      return value === undefined ? [] : [[name, value] as [string, string]];
    });
    // Closing the page ends the attack.
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    const answer = await fetch(new URL(`/scenarios/${encodeURIComponent(request.params.name)}`, lab), {
      method: 'POST',
      headers: Object.fromEntries([...given, ['x-request-id', request.id]]),
      signal: AbortSignal.any([left.signal, closing.signal]),
    }).catch(() => undefined);
    void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    if (!answer?.body) {
      const reader = { language: chooseLanguage(request.headers['accept-language']), request_id: request.id };
      return reply.code(503).send(renderError(new ServiceUnavailable(), reader));
    }
    void reply.code(answer.status).header('content-type', answer.headers.get('content-type') ?? 'application/json');
    // nginx would otherwise buffer the stream.
    return reply.header('x-accel-buffering', 'no').send(Readable.fromWeb(answer.body));
  });
}
