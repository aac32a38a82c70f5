import { createDatabase } from '../support/database.js';
import { startApi, startWorker } from '../support/processes.js';
import { describeProvider } from './conformance.js';
import type { ProviderUnderTest } from './scene.js';
import { QUICK } from '../stripe/support/shop.js';

/** Money that staff see on an account: there is no page, and nobody but them to ask. */
describeProvider('gcash', { hosted: false, refunds: false }, async (): Promise<ProviderUnderTest> => {
  const database = await createDatabase();
  const env = { DATABASE_URL: database.url, ...QUICK };
  const apis = [await startApi(env), await startApi(env)] as const;
  let count = 0;
  return {
    database,
    apis,
    startWorker: () => startWorker(env),
    pay: async () => `gcash-${(count += 1)}`,
    shown: async () => null,
    books: async () => null,
    faults: async () => undefined,
    timePasses: async () => undefined,
    async close() {
      await Promise.all(apis.map((api) => api.stop()));
      await database.drop();
    },
  };
});
