import { startApi, startWorker } from '../support/processes.js';
import { createDatabase } from '../support/database.js';
import { startSimulator, stripeEnv } from '../support/simulator.js';
import type { Capabilities, ProviderUnderTest } from './scene.js';
import { QUICK } from '../stripe/support/shop.js';

const FAULTS = { none: {}, down: { reset: true }, lose: { lose_answer: true }, refuse: {} };

const sum = (rows: { amount: number; status: string }[]) =>
  rows.filter(({ status }) => status === 'succeeded').reduce((total, { amount }) => total + amount, 0);

/** A request that Stripe does not take, as after a mistake of ours: it is frozen with a currency that does not exist. */
export const REFUSE_SESSIONS = `
  CREATE OR REPLACE FUNCTION misspell() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN NEW.request := replace(NEW.request, '"currency":"idr"', '"currency":"zzz"'); RETURN NEW; END $$;
  CREATE OR REPLACE TRIGGER misspell BEFORE INSERT ON stripe_sessions FOR EACH ROW EXECUTE FUNCTION misspell()`;

export const TAKE_SESSIONS = 'DROP TRIGGER IF EXISTS misspell ON stripe_sessions';

export const STRIPE: Capabilities = {
  hosted: true,
  refunds: true,
  credentials: true,
  refusedAmount: { amount: 10, currency: 'usd' },
};

/** Stripe as the simulator plays it. No webhook reaches us: confirmations and the worker must do. */
export async function openStripe(): Promise<ProviderUnderTest> {
  const database = await createDatabase();
  const simulator = await startSimulator();
  const env = { DATABASE_URL: database.url, ...QUICK, ...stripeEnv(simulator) };
  const apis = [await startApi(env), await startApi(env)] as const;
  return {
    database,
    apis,
    startWorker: () => startWorker(env),
    async pay(checkout) {
      const { payment_intent } = await simulator.sim<{ payment_intent: string }>(
        `sessions/${checkout!.session_id}/pay`,
        { outcome: 'paid' },
      );
      return payment_intent;
    },
    async books() {
      const { charges, refunds } = await simulator.ledger();
      return { charged: sum(charges), refunded: sum(refunds) };
    },
    async shown(checkout) {
      const stripe = simulator.stripe();
      const { success_url, cancel_url } = await stripe.checkout.sessions.retrieve(checkout!.session_id);
      const { data } = await stripe.checkout.sessions.listLineItems(checkout!.session_id);
      // Stripe fills it in when it sends the payer back: https://docs.stripe.com/payments/checkout/custom-success-page
      const returned = success_url!.replaceAll('{CHECKOUT_SESSION_ID}', checkout!.session_id);
      return { name: data[0]!.description!, success_url: returned, cancel_url: cancel_url! };
    },
    startWithoutCredentials: () => startApi({ DATABASE_URL: database.url, ...QUICK }),
    faults: async (faults) => {
      await database.query(faults === 'refuse' ? REFUSE_SESSIONS : TAKE_SESSIONS);
      await simulator.sim('faults', FAULTS[faults]);
    },
    timePasses: async () => {
      await database.query(`UPDATE stripe_sessions SET look_at = now() - interval '1 second'`);
      await database.query(`UPDATE stripe_refunds SET look_at = now() - interval '1 second'`);
    },
    async close() {
      await Promise.all(apis.map((api) => api.stop()));
      await simulator.stop();
      await database.drop();
    },
  };
}
