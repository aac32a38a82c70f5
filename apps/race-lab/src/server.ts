import { randomUUID } from 'node:crypto';
import { chooseLanguage, renderError } from '#answers';
import { type AppError, Forbidden, InternalError, LabBusy, RouteNotFound, Unauthenticated } from '#errors';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Laboratory } from './configuration.js';
import { run } from './run.js';
import { SCENARIOS } from './scenarios/index.js';

/**
 * `POST /scenarios/{name}` runs one attack and streams its steps as lines of JSON. For staff only, and one at a time,
 * because two attacks would count each other's money. Closing the connection stops the attack.
 */
export function openServer(lab: Laboratory): FastifyInstance {
  const app = fastify({ genReqId: (request) => String(request.headers['x-request-id'] ?? randomUUID()) });
  const closing = new AbortController();
  let running: Promise<void> | undefined;
  app.addHook('preClose', async () => {
    closing.abort();
    await running;
  });

  app.post<{ Params: { name: string } }>('/scenarios/:name', async (request, reply) => {
    const refusal = await refusalOf(lab, request.headers.authorization);
    if (refusal) return refuse(request, reply, refusal);
    const scenario = SCENARIOS.find(({ name }) => name === request.params.name);
    if (!scenario) return refuse(request, reply, new RouteNotFound());
    if (running) return refuse(request, reply, new LabBusy());

    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close',
    });
    const report = (event: object) => void (reply.raw.writable && reply.raw.write(`${JSON.stringify(event)}\n`));
    running = run(scenario, lab, report, AbortSignal.any([left.signal, closing.signal]));
    await running.finally(() => {
      running = undefined;
      // Only now, so that a client that has read the whole stream can start the next attack.
      reply.raw.end();
    });
    return reply;
  });
  app.setNotFoundHandler((request, reply) => refuse(request, reply, new RouteNotFound()));
  app.setErrorHandler((error, request, reply) => refuse(request, reply, new InternalError({ cause: error })));
  return app;
}

async function refusalOf({ tokens }: Laboratory, authorization: string | undefined): Promise<AppError | undefined> {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  try {
    const { role } = await tokens.verify(token ?? '');
    return role === 'patient' ? new Forbidden() : undefined;
  } catch {
    return new Unauthenticated();
  }
}

function refuse(request: FastifyRequest, reply: FastifyReply, failure: AppError): FastifyReply {
  const reader = { language: chooseLanguage(request.headers['accept-language']), request_id: request.id };
  return reply.code(failure.kind.status).send(renderError(failure, reader));
}
