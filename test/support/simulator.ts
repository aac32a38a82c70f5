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
  sim<Answer = unknown>(path: string, body?: unknown): Promise<Answer>;
  /** The simulator's own count of the money. */
  ledger(): Promise<StripeLedger>;
  /** Every call of Stripe's API so far, newest last. */
  requests(): Promise<SeenCall[]>;
  deliveries(): Promise<Delivery[]>;
  stop(): Promise<void>;
}

/** What the simulator says of its objects, as far as tests read it; amounts in minor units. */
export interface StripeLedger {
  readonly sessions: {
    id: string;
    client_reference_id: string | null;
    status: string;
    payment_status: string;
    metadata: { purchaseId?: string; ref?: string };
    url: string | null;
  }[];
  readonly charges: {
    id: string;
    payment_intent: string;
    session: string | null;
    amount: number;
    currency: string;
    status: string;
  }[];
  readonly refunds: {
    id: string;
    charge: string;
    payment_intent: string;
    amount: number;
    status: string;
    metadata: { ref?: string };
  }[];
  readonly disputes: {
    id: string;
    charge: string;
    amount: number;
    withdrawn: number;
    status: string;
    is_charge_refundable: boolean;
  }[];
  readonly totals: Record<string, { charged: number; refunded: number; disputed: number; net: number }>;
}

export interface SeenCall {
  readonly method: string;
  readonly path: string;
  readonly idempotency_key: string | null;
  readonly params: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  /** null: it was not answered. */
  readonly status: number | null;
  readonly replayed: boolean;
}

/** Of one event to one endpoint. */
export interface Delivery {
  readonly event: string;
  readonly type: string;
  readonly state: string;
  readonly attempts: readonly { readonly at_ms: number; readonly status: number | null }[];
}

/** Money that another program took on the same account. */
export interface ForeignPayment {
  readonly session: string | null;
  readonly payment_intent: string;
  readonly charge: string;
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
  const sim = async <Answer>(path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(`${url}/_sim/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as Answer;
  };
  const { hostname: host, port } = new URL(url);
  return {
    program,
    url,
    stripe: (config = {}) =>
      new Stripe('sk_test_simulator', { host, port, protocol: 'http', telemetry: false, ...config }),
    sim,
    ledger: () => sim('ledger'),
    requests: () => sim('requests'),
    deliveries: () => sim('deliveries'),
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
