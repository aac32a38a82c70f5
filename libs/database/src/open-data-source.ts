import type { Duplex } from 'node:stream';
import { writeTogether } from '#sockets';
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
 * A statement was planned before a migration changed the type of a column it returns; the next connection plans it anew.
 * By its place in Postgres' sources, since messages are in the server's language.
 */
export const isOutdatedPlan = ({ code, routine }: { code?: unknown; routine?: unknown }): boolean =>
  code === '0A000' && routine === 'RevalidateCachedQuery';

type Send = (text: unknown, values?: unknown, ...more: unknown[]) => unknown;

/**
 * A connection that closes as soon as its state is unknown. node-postgres only abandons a query that times out: the
 * connection would return to the pool with an open transaction, and the next request would commit, or lose, another
 * request's work.
 */
export class OneWayClient extends pg.Client {
  /** Postgres parses and plans each statement with parameters once for each connection, not each time. */
  prepares = false;

  constructor(config: pg.ClientConfig = {}) {
    const { connectionTimeoutMillis: allowed = CONNECT_TIMEOUT_MS } = config;
    super({ ...config, connectionTimeoutMillis: Math.min(allowed, CONNECT_TIMEOUT_MS) });
    // Between leaving the pool and TypeORM's listener, an error of the server would end the whole process.
    this.on('error', () => undefined);
    this.once('connect', () =>
      writeTogether((this as unknown as { connection: { stream: Duplex } }).connection.stream),
    );
    const send = this.query.bind(this) as Send;
    this.query = ((text: unknown, values?: unknown, ...more: unknown[]) => {
      const isNamed = this.prepares && typeof text === 'string' && Array.isArray(values);
      const sent = isNamed ? send({ name: nameOf(text), text, values }) : send(text, values, ...more);
      if (!(sent instanceof Promise)) return sent;
      sent.catch((error: unknown) => {
        if (!(error instanceof Error)) return;
        if (error.message === SILENCE || isOutdatedPlan(error as { code?: unknown })) this.giveUp();
      });
      return text === 'COMMIT' ? sent.then(requireCommitted) : sent;
    }) as typeof this.query;
  }

  /** node-postgres' own, missing from its types: the contents of the startup packet. */
  getStartupConf(): Record<string, string> {
    const client = pg.Client.prototype as unknown as { getStartupConf: (this: pg.Client) => Record<string, string> };
    return { ...client.getStartupConf.call(this), ...STARTUP_SETTINGS };
  }

  /**
   * Behind a pooler in transaction mode, the next transaction may run on another connection of the server, on which
   * nothing was prepared. A pooler shows by the process id: it announces one of its own.
   */
  async preparesUnlessPooled(): Promise<void> {
    const { rows } = await this.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    this.prepares = rows[0]?.pid === (this as unknown as { processID: number | null }).processID;
  }

  giveUp(): void {
    void this.end().catch(() => undefined);
  }
}

/** A statement has the same name on all connections; `undefined` (too many statements): it is not prepared. */
const names = new Map<string, string>();

/** Each connection keeps its plans in memory, so their number is bounded. */
const MAX_PREPARED = 1_000;

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MAX_PREPARED) return known;
  const name = `s${names.size + 1}`;
  names.set(text, name);
  return name;
}

/**
 * COMMIT after a failed statement is a ROLLBACK, and no error
 * (https://www.postgresql.org/docs/18/sql-commit.html): only its tag says so.
 */
function requireCommitted<Result>(result: Result): Result {
  if ((result as { command?: unknown }).command !== 'COMMIT') throw new NotCommittedError();
  return result;
}

/** A statement of the transaction has failed, and so nothing of it was committed. */
export class NotCommittedError extends Error {
  constructor() {
    super('The transaction was rolled back, because one of its statements had failed');
    this.name = 'NotCommittedError';
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
