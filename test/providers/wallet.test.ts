import { createDatabase } from '../support/database.js';
import { runToEnd, startProgram } from '../support/processes.js';
import { describeProvider } from './conformance.js';
import type { ProviderUnderTest } from './scene.js';
import { QUICK } from '../stripe/support/shop.js';
import { buildWallet } from './wallet/build-wallet.js';
import { WALLET_SCHEMA } from './wallet/schema.js';
import { startWalletService } from './wallet/wallet-service.js';

/** A provider that Payonce does not know: nothing of it is outside of its folder. */
const CAN = {
  hosted: true,
  refunds: true,
  paysAnyAmount: true,
  credentials: true,
  refusedAmount: { amount: 10, currency: 'idr' },
};

describeProvider('wallet', CAN, async (): Promise<ProviderUnderTest> => {
  const programs = buildWallet();
  const database = await createDatabase();
  await database.query(WALLET_SCHEMA);
  const service = await startWalletService();
  const env = { DATABASE_URL: database.url, WALLET_URL: service.url, ...QUICK };
  const apis = [await startProgram(programs.api, env), await startProgram(programs.api, env)] as const;
  return {
    database,
    apis,
    startWorker: () => startProgram(programs.worker, env),
    startWithoutCredentials: () => startProgram(programs.api, { ...env, WALLET_URL: '' }),
    pay: async (checkout, amount) => service.pay(checkout!.session_id, amount),
    shown: async (checkout) => service.shown(checkout!.session_id),
    books: async () => service.books(),
    faults: async (faults) =>
      service.faults({ down: faults === 'down', lose: faults === 'lose' ? 100 : 0, refuse: faults === 'refuse' }),
    timePasses: async () => {
      await database.query(`UPDATE wallet_pages SET look_at = now() - interval '1 second'`);
      await database.query(`UPDATE wallet_refunds SET look_at = now() - interval '1 second'`);
    },
    async close() {
      await Promise.all(apis.map((api) => api.stop()));
      await service.close();
      await database.drop();
    },
  };
});

it('the pages get its name, who refunds, and whether it has its credentials', async () => {
  const database = await createDatabase();
  await database.query(WALLET_SCHEMA);
  const { api: program } = buildWallet();
  const api = await startProgram(program, { DATABASE_URL: database.url, WALLET_URL: 'http://127.0.0.1:1' });
  const without = await startProgram(program, { DATABASE_URL: database.url, WALLET_URL: '' });
  try {
    expect(await (await fetch(`${without.url}/app-config.json`)).json()).toMatchObject({ page_methods: [] });
    expect(await (await fetch(`${api.url}/app-config.json`)).json()).toMatchObject({
      page_methods: ['wallet'],
      external_methods: [{ method: 'wallet', name: 'Wallet', refunded_by: 'provider' }],
    });
  } finally {
    await Promise.all([api.stop(), without.stop()]);
    await database.drop();
  }
});

it('the program does not start without the row of its method, and says so', async () => {
  const database = await createDatabase();
  try {
    const env = { DATABASE_URL: database.url, WALLET_URL: 'http://127.0.0.1:1' };
    const { code, output } = await runToEnd(buildWallet().api, env);
    expect([code, output]).toEqual([1, expect.stringContaining('Payment method wallet has no row in payment_methods')]);
  } finally {
    await database.drop();
  }
});
