import { startApi, startWorker } from '../support/processes.js';
import { createDatabase } from '../support/database.js';
import { startSimulator, stripeEnv } from '../support/simulator.js';
import { describeProvider, type ProviderUnderTest } from './conformance.js';
import { QUICK } from '../stripe/support/shop.js';

const FAULTS = { none: {}, down: { reset: true }, lose: { lose_answer: true } };

interface Ledger {
  readonly charges: { amount: number; status: string }[];
  readonly refunds: { amount: number; status: string }[];
}

const sum = (rows: Ledger['charges']) =>
  rows.filter(({ status }) => status === 'succeeded').reduce((total, { amount }) => total + amount, 0);

/** No webhook reaches it: confirmations and the worker must do. */
describeProvider('stripe', { hosted: true, refunds: true }, async (): Promise<ProviderUnderTest> => {
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
      const { charges, refunds } = await simulator.sim<Ledger>('ledger');
      return { charged: sum(charges), refunded: sum(refunds) };
    },
    faults: async (faults) => {
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
});
