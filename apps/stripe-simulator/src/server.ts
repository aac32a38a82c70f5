import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { StripeError } from './api/stripe-error.js';
import { apiRoutes } from './api/routes.js';
import { newId } from './state/ids.js';
import { controlRoutes } from './control/routes.js';
import { pageRoutes } from './page/routes.js';
import type { Simulator } from './simulator.js';

/** More than any session with a hundred line items needs. */
const LARGEST_BODY_BYTES = 1_048_576;

/** Maximum delay of expiring sessions and stored deliveries while no request arrives. */
const CLOCK_LOOKED_AT_EVERY_MS = 1_000;

export function openServer(sim: Simulator): FastifyInstance {
  const app = Fastify({
    bodyLimit: LARGEST_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
    // A URL that cannot be decoded is a client error, answered in Stripe's format.
    frameworkErrors: (error, _request, reply) => {
      void (reply as FastifyReply)
        .code(error.statusCode ?? 400)
        .header('date', dateOf(sim))
        .send(bodyFor(error));
    },
  });
  // The Date header has the simulator's time, read when the answer is sent.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('date', dateOf(sim));
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    // An unexpected error of the simulator: log it.
    if (status >= 500) process.stderr.write(`${error.stack ?? error.message}\n`);
    return reply.code(status).header('request-id', newId('req')).send(bodyFor(error));
  });
  app.get('/', async (_request, reply) =>
    reply
      .type('text/plain')
      .send('The Stripe simulator of Payonce. The API is at /v1, the control API at /_sim; no real money moves.\n'),
  );
  void app.register(apiRoutes(sim));
  void app.register(controlRoutes(sim));
  void app.register(pageRoutes(sim));

  const timer = setInterval(() => {
    sim.passTime();
    void sim.finish();
  }, CLOCK_LOOKED_AT_EVERY_MS);
  timer.unref();
  app.addHook('preClose', async () => {
    clearInterval(timer);
    sim.faults.release();
  });
  return app;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1 */
function dateOf({ world }: Simulator): string {
  return new Date(world.clock.now_ms()).toUTCString();
}

function bodyFor(error: Error & { statusCode?: number }): { error: Record<string, string> } {
  const status = error.statusCode ?? 500;
  if (status < 500) return new StripeError(status, error.message).body();
  return new StripeError(500, 'An unknown error occurred', { type: 'api_error' }).body();
}
