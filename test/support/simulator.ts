import Stripe from 'stripe';
import { type Program, startSimulator as startProgram } from './processes.js';

export const WEBHOOK_SECRET = 'whsec_for_tests_only';

/** The simulator as a process, and the calls of a test. */
export interface TestSimulator {
  readonly program: Program;
  readonly url: string;
  /** stripe-node as it is, pointed at the simulator. */
  stripe(config?: Stripe.StripeConfig): Stripe;
  /** The control API: POST with a body, GET without. @throws Error with its answer when it refuses. */
  sim<Answer = any>(path: string, body?: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts the built simulator on any free port. */
export async function startSimulator(env: NodeJS.ProcessEnv = {}): Promise<TestSimulator> {
  const program = await startProgram({
    SIMULATOR_PORT: '0',
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    SIMULATOR_WEBHOOK_RETRY_MS: '20',
    ...env,
  });
  const { url } = program;
  const { hostname: host, port } = new URL(url);
  return {
    program,
    url,
    stripe: (config = {}) =>
      new Stripe('sk_test_simulator', { host, port, protocol: 'http', telemetry: false, ...config }),
    async sim<Answer>(path: string, body?: unknown) {
      const answer = await fetch(`${url}/_sim/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
      return JSON.parse(text) as Answer;
    },
    async stop() {
      await program.stop();
    },
  };
}

/** What an API or a worker needs to take this simulator for Stripe. */
export function stripeEnv(simulator: Pick<TestSimulator, 'url'>): NodeJS.ProcessEnv {
  return {
    STRIPE_SECRET_KEY: 'sk_test_simulator',
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_API_URL: simulator.url,
  };
}
