import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { STARTUP_SETTINGS } from './session-settings.js';

/** node-postgres' message for a query without an answer within query_timeout. */
const SILENCE = 'Query read timeout';

/**
 * For a new connection, within its pool's own limit: longer than a healthy Postgres ever takes, shorter than a client
 * waits. The pool's own timeout also covers waiting for a free connection, and is longer.
 */
const CONNECT_TIMEOUT_MS = 3_000;

/**
 * A connection that closes as soon as its state is unknown. node-postgres only abandons a query that times out: the
 * connection would return to the pool with an open transaction, and the next request would commit, or lose, another
 * request's work.
 */
export class OneWayClient extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    const { connectionTimeoutMillis: allowed = CONNECT_TIMEOUT_MS } = config;
    super({ ...config, connectionTimeoutMillis: Math.min(allowed, CONNECT_TIMEOUT_MS) });
    // Between leaving the pool and TypeORM's listener, an error of the server would end the whole process.
    this.on('error', () => undefined);
    const send = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((...args: unknown[]) => {
      const sent = send(...args);
      if (sent instanceof Promise) {
        sent.catch((error: unknown) => {
          if (error instanceof Error && error.message === SILENCE) this.giveUp();
        });
      }
      return sent;
    }) as typeof this.query;
  }

  /** node-postgres' own, missing from its types: the contents of the startup packet. */
  getStartupConf(): Record<string, string> {
    const client = pg.Client.prototype as unknown as { getStartupConf: (this: pg.Client) => Record<string, string> };
    return { ...client.getStartupConf.call(this), ...STARTUP_SETTINGS };
  }

  giveUp(): void {
    void this.end().catch(() => undefined);
  }
}

/**
 * Opens a data source whose pool never reuses a connection with an open transaction or a running query.
 * @throws what the driver throws when the database cannot be reached.
 */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await new DataSource(options).initialize();
  const { master: pool } = dataSource.driver as unknown as { master: pg.Pool };
  pool.on('release', (error: unknown, client: pg.PoolClient) => {
    if (client instanceof OneWayClient && !error && client.getTransactionStatus() !== 'I') client.giveUp();
  });
  return dataSource;
}
