import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { STARTUP_SETTINGS } from './session-settings.js';

/** node-postgres' own sentence for a query that got no answer within query_timeout. */
const SILENCE = 'Query read timeout';

/**
 * For a new connection, within whatever its pool allows: longer than a healthy Postgres ever takes, shorter than a
 * client's patience. The pool's own timeout is also that of waiting for one's turn, and longer.
 */
const CONNECT_TIMEOUT_MS = 3_000;

/**
 * A connection that is given up as soon as nobody knows what state it is in. node-postgres only abandons a query that
 * times out: the connection would go back to the pool with a transaction open, and the next request would commit, or
 * lose, what is not its own.
 */
export class OneWayClient extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    const { connectionTimeoutMillis: allowed = CONNECT_TIMEOUT_MS } = config;
    super({ ...config, connectionTimeoutMillis: Math.min(allowed, CONNECT_TIMEOUT_MS) });
    // Between leaving the pool and being listened to by TypeORM, an error of the server would end the whole process.
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

  /** node-postgres' own, which its types leave out: what goes into the startup packet. */
  getStartupConf(): Record<string, string> {
    const client = pg.Client.prototype as unknown as { getStartupConf: (this: pg.Client) => Record<string, string> };
    return { ...client.getStartupConf.call(this), ...STARTUP_SETTINGS };
  }

  giveUp(): void {
    void this.end().catch(() => undefined);
  }
}

/**
 * Opens a data source whose pool never hands on a connection in the middle of something.
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
