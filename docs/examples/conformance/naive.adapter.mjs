import { startShop } from './start.mjs';

/**
 * A handler that looks for the key and then inserts. DATABASE_URL: any Postgres.
 * @param {import('../../../scripts/conformance/adapter.mjs').AdapterOptions} options
 */
export default ({ env }) => startShop({ name: 'naive', server: 'naive.ts', env });
