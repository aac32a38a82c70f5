import { HANDLED_EVENTS } from '../../../libs/payments/src/stripe/events/handled-events.js';
import type { TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import type { OpenCheckout, StripePayment } from '../../support/answers.js';
import { ask, type Reply } from '../../support/http.js';
import { createConsultation, type Person } from '../../support/people.js';
import { type Program, startWorker } from '../../support/processes.js';
import type { SeenCall, StripeLedger, TestSimulator } from '../../support/simulator.js';
import { startStack } from '../../support/use-stack.js';

export const PRICE = 100_000;
export const FEE = 5_000;

/** Intervals for a test: what takes seconds in production takes milliseconds here. */
export const QUICK = {
  IDEMPOTENCY_LEASE_MS: '400',
  LOCK_LEASE_MS: '600',
  STRIPE_SESSION_LISTING_PAUSE_MS: '10',
  STRIPE_REFUND_LISTING_PAUSE_MS: '10',
  STRIPE_TIMEOUT_MS: '1500',
  STRIPE_BREAKER_RESET_MS: '50',
  WORKER_SWEEP_SECONDS: '1',
};

/** A database, a simulator and an API of one test file's own, and the requests of users. */
export interface Shop {
  readonly database: TestDatabase;
  readonly simulator: TestSimulator;
  readonly api: Program;
  readonly patient: Person;
  readonly staff: Person;
  env(more?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
  consultation(patient?: Person): Promise<number>;
  /** A Stripe payment for a consultation. */
  create<Data = StripePayment>(consultation_id: number, key?: string, on?: Program): Promise<Reply<Data>>;
  checkout<Data = OpenCheckout>(
    product_id: string,
    more?: Record<string, unknown>,
    key?: string,
    on?: Program,
  ): Promise<Reply<Data>>;
  post<Data>(path: string, token: string, body?: unknown, key?: string, on?: Program): Promise<Reply<Data>>;
  get<Data>(path: string, token: string): Promise<Reply<Data>>;
  /** Ends a session on Stripe's page: paid, or with another outcome. */
  pay(session_id: string, outcome?: string): Promise<{ payment_intent: string }>;
  faults(faults: Record<string, unknown>): Promise<void>;
  ledger(): Promise<StripeLedger>;
  /** Every call of Stripe's API so far, newest last. */
  requests(): Promise<SeenCall[]>;
  /** Runs a worker until the condition holds. Rows scheduled for later are due at once. */
  sweepUntil(what: string, isSo: () => Promise<boolean>, env?: NodeJS.ProcessEnv): Promise<void>;
  payment(id: number): Promise<PaymentRow>;
  /** Makes every scheduled row due, as if the time had passed. */
  timePasses(): Promise<void>;
  close(): Promise<void>;
}

export interface PaymentRow {
  readonly status: string;
  readonly processing: boolean;
  readonly refunded: number;
  readonly owed: number;
  readonly charges: string[];
  readonly refunds: string[];
  readonly invoice: string;
}

export async function openShop(more: NodeJS.ProcessEnv = {}): Promise<Shop> {
  const stack = await startStack({ simulator: true, settings: { ...QUICK, ...more } });
  const { database, simulator, api, patient, staff, env } = stack;
  // Subscribed only to the events that docs/integrate/webhooks.md names: they must suffice for all tests here.
  const urls = [`${api.url}/api/v1/webhooks/stripe`];
  await simulator.sim('endpoints', { urls, enabled_events: Object.keys(HANDLED_EVENTS) });
  await database.query(
    `INSERT INTO products (id, name, price, currency) SELECT 'plan-' || n, 'Plan ' || n, ${PRICE}, 'idr' FROM generate_series(1, 60) n`,
  );

  const post: Shop['post'] = (path, token, body, key, on = api) =>
    ask(on.url, `/api/v1/${path}`, {
      method: 'POST',
      token,
      ...(body === undefined ? {} : { body }),
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    });

  let passed = 0;
  const timePasses = async () => {
    // A sweep is a second; time that passed faster would use up an event's tries before what it waits for has come.
    if (performance.now() - passed < 1_000) return;
    passed = performance.now();
    await database.query(`UPDATE stripe_sessions SET look_at = now() - interval '1 second'`);
    await database.query(`UPDATE stripe_refunds SET look_at = now() - interval '1 second'`);
    await database.query(
      `UPDATE webhook_events SET next_try_at = now() - interval '1 second' WHERE status = 'pending'`,
    );
  };

  return {
    database,
    simulator,
    api,
    patient,
    staff,
    env,
    timePasses,
    post,
    consultation: (of = patient) => createConsultation(database, of, FEE),
    create: (consultation_id, key, on) =>
      post('payments', patient.token, { consultation_id, amount: FEE, payment_method: 'stripe' }, key, on),
    checkout: (product_id, extra = {}, key, on) => post('checkout', patient.token, { product_id, ...extra }, key, on),
    get: (path, token) => ask(api.url, `/api/v1/${path}`, { token }),
    pay: (session_id, outcome = 'paid') => simulator.sim(`sessions/${session_id}/pay`, { outcome }),
    faults: async (faults) => {
      await simulator.sim('faults', faults);
    },
    ledger: () => simulator.ledger(),
    requests: () => simulator.requests(),
    async sweepUntil(what, isSo, extra = {}) {
      if (await isSo()) return;
      const worker = await startWorker(env(extra));
      try {
        await eventually(async () => {
          if (await isSo()) return true;
          await timePasses();
          return false;
        }, what);
      } finally {
        await worker.stop();
      }
    },
    async payment(id) {
      const [row] = await database.query<PaymentRow>(
        `SELECT p.status, p.processing, p.refunded_amount::int AS refunded, p.refund_owed::int AS owed, i.status AS invoice,
                ARRAY(SELECT c.disposition || ' ' || c.amount_received || ' ' || c.amount_returned FROM charges c WHERE c.payment_id = p.id ORDER BY c.id) AS charges,
                ARRAY(SELECT r.status || ' ' || r.amount || CASE WHEN r.automatic THEN ' automatic' ELSE '' END FROM refunds r WHERE r.payment_id = p.id ORDER BY r.id) AS refunds
         FROM payments p JOIN invoices i ON i.payment_id = p.id WHERE p.id = $1`,
        [id],
      );
      return row!;
    },
    close: () => stack.stop(),
  };
}

/** The simulator's count of the money and ours, to the unit: what arrived, what went back, and for whom it stands. */
export async function countMoney(shop: Shop): Promise<{ stripe: number[]; ours: number[]; unaccounted: unknown[] }> {
  const { charges, refunds } = await shop.ledger();
  const sum = (rows: { amount: number; status: string }[]) =>
    rows.filter((row) => row.status === 'succeeded').reduce((total, row) => total + row.amount, 0);
  const [row] = await shop.database.query<{ received: number; returned: number }>(
    `SELECT (SELECT coalesce(sum(amount_received), 0) FROM charges)::int AS received,
            (SELECT coalesce(sum(amount), 0) FROM refunds WHERE status = 'succeeded')::int AS returned`,
  );
  const unaccounted = await shop.database.query(
    `SELECT c.id, c.disposition, p.status FROM charges c LEFT JOIN payments p ON p.id = c.payment_id
     WHERE NOT (c.disposition = 'accepted' AND p.status IN ('completed', 'partially_refunded', 'refunded'))
       AND NOT (c.disposition = 'returned'
                AND (SELECT count(*) FROM refunds r WHERE r.charge_id = c.id AND r.automatic AND r.status = 'succeeded') = 1)`,
  );
  return { stripe: [sum(charges), sum(refunds)], ours: [row!.received, row!.returned], unaccounted };
}

/** As a client does: retries as long as the answer allows it. */
export async function untilAnswered<Data>(send: () => Promise<Reply<Data>>): Promise<Reply<Data>> {
  return eventually(async () => {
    const reply = await send();
    return reply.headers.has('retry-after') ? undefined : reply;
  }, 'the request is answered');
}
