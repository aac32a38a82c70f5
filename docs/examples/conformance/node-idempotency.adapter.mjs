import { Redis } from 'ioredis';
import { startShop } from './start.mjs';

/**
 * @node-idempotency with its Redis storage. DATABASE_URL and REDIS_URL: any Postgres, and a Redis that is emptied.
 * @param {import('../../../scripts/conformance/adapter.mjs').AdapterOptions} options
 * @returns {Promise<import('../../../scripts/conformance/adapter.mjs').Adapter>}
 */
export default async ({ env }) => {
  const redis = new Redis(env['REDIS_URL'] ?? '');
  const shop = await startShop({ name: '@node-idempotency', server: 'node-idempotency.ts', env });
  return {
    ...shop,
    requiresKey: true,
    flush: async () => void (await redis.flushall()),
    async close() {
      await shop.close();
      redis.disconnect();
    },
  };
};
