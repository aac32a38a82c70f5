import type { Config } from '#config';
import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { migrations } from './migrations/index.js';
import { OneWayClient } from './open-data-source.js';

/**
 * How long a query waits for a connection while others use the whole pool. Each request waits several times in a row;
 * with half of this, a thousand at once on a busy machine were refused although nothing was wrong.
 */
const TURN_TIMEOUT_MS = 10_000;

/**
 * For a Postgres that hangs without closing its connections (a stopped process, a cut cable): the role's
 * statement_timeout cannot fire there, since the server itself does not run.
 */
const SILENCE_MARGIN_MS = 2_000;

const INT8: number = pg.types.builtins.INT8;

/** int8 as a number, since our JSON has integers. Beyond 2^53 the value would change, so it is an error. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a JavaScript integer`);
  return value;
}

type TypeParser = ReturnType<typeof pg.types.getTypeParser>;
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): TypeParser =>
    oid === INT8 && format !== 'binary' ? (parseInt8 as TypeParser) : pg.types.getTypeParser(oid, format),
};

/** The connection options of every process. Timeouts are set on the role (see migrate.ts), not in the session. */
export function dataSourceOptions(
  config: Config,
  applicationName: string,
  more: { query_timeout?: number; onConnect?: (client: OneWayClient) => Promise<void> } = {},
): DataSourceOptions {
  return {
    type: 'postgres',
    url: config.DATABASE_URL,
    applicationName,
    poolSize: config.DATABASE_POOL_SIZE,
    connectTimeoutMS: TURN_TIMEOUT_MS,
    synchronize: false,
    installExtensions: false,
    logging: false,
    migrations,
    migrationsTableName: 'migrations',
    extra: {
      Client: OneWayClient,
      types,
      // A statement may be sent before the answer to the one before it (see `inTransaction`).
      pipeline: true,
      query_timeout: config.DATABASE_STATEMENT_TIMEOUT_MS + SILENCE_MARGIN_MS,
      ...more,
    },
  };
}
