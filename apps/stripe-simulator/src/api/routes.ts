import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkoutEndpoints } from '../checkout/endpoints.js';
import { disputeEndpoints } from '../disputes/endpoints.js';
import { eventEndpoints } from '../events/endpoints.js';
import { balanceEndpoints } from '../payments/balance-endpoint.js';
import { paymentEndpoints } from '../payments/endpoints.js';
import { refundEndpoints } from '../refunds/endpoints.js';
import type { Simulator } from '../simulator.js';
import { serve } from './serve.js';
import type { Endpoint } from './world.js';

export const ENDPOINTS: readonly Endpoint[] = [
  ...checkoutEndpoints,
  ...paymentEndpoints,
  ...refundEndpoints,
  ...disputeEndpoints,
  ...eventEndpoints,
  ...balanceEndpoints,
];

/** Stripe's API: `/v1`. */
export function apiRoutes(sim: Simulator) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    const asText = { parseAs: 'string' as const };
    app.addContentTypeParser('application/x-www-form-urlencoded', asText, (_request, body, done) =>
      done(null, { form: body }),
    );
    app.addContentTypeParser('*', asText, (_request, body, done) => done(null, body === '' ? { form: '' } : {}));
    for (const endpoint of ENDPOINTS) {
      app.route({
        method: endpoint.method,
        url: endpoint.path,
        exposeHeadRoute: false,
        handler: (request, reply) => handle(sim, endpoint, request, reply),
      });
    }
    app.all('/v1/*', (request, reply) => handle(sim, undefined, request, reply));
  };
}

async function handle(
  sim: Simulator,
  endpoint: Endpoint | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const [path = '', ...query] = request.url.split('?');
  const answer = await serve(sim, endpoint, {
    method: request.method as 'GET' | 'POST',
    path,
    query: query.join('?'),
    id: (request.params as { id?: string }).id ?? '',
    headers: request.headers,
    body: request.body === undefined || request.body === null ? '' : (request.body as { form?: string }).form,
  });
  if (answer === 'cut') {
    reply.hijack();
    request.raw.socket.resetAndDestroy();
    return;
  }
  await reply.code(answer.status).headers(answer.headers).send(answer.body);
}
