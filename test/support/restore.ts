import { parseConfig } from '#config';
import { migrate } from '#database';
import pg from 'pg';
import { TEST_SECRET, type TestDatabase } from './database.js';
import { nameOf } from './roles.js';

/** A copy of a database as it was, from which it can be restored any number of times, under running processes. */
export interface Backup {
  /**
   * Puts a copy of the backup in the database's place, as an administrator would: prepared beside it (`prepare`), then
   * every connection is broken and the names are exchanged.
   * @returns when that was, by `Date.now()`
   */
  restore(prepare?: (restored: pg.Client) => Promise<unknown>): Promise<number>;
  /** Between the two: the database takes no connections. */
  whileClosed(work: () => Promise<unknown>): Promise<void>;
  drop(): Promise<void>;
}

/** No session may be connected during the copy (https://www.postgresql.org/docs/18/manage-ag-templatedbs.html). */
export async function takeBackup(database: TestDatabase): Promise<Backup> {
  const live = nameOf(database);
  const backup = `${live}_backup`;
  const lost: string[] = [];
  await administer([
    `ALTER DATABASE ${live} ALLOW_CONNECTIONS false`,
    ...breakConnections(live),
    `CREATE DATABASE ${backup} TEMPLATE ${live}`,
    `ALTER DATABASE ${live} ALLOW_CONNECTIONS true`,
  ]);
  return {
    async restore(prepare = async () => undefined) {
      const restored = `${live}_restored`;
      await administer([`CREATE DATABASE ${restored} TEMPLATE ${backup}`]);
      const DATABASE_URL = Object.assign(new URL(database.url), { pathname: `/${restored}` }).href;
      await withClient(DATABASE_URL, prepare);
      await migrate(parseConfig({ DATABASE_URL, JWT_SECRET: TEST_SECRET }));
      lost.push(`${live}_lost_${lost.length}`);
      await administer([
        `ALTER DATABASE ${live} ALLOW_CONNECTIONS false`,
        ...breakConnections(live),
        `ALTER DATABASE ${live} RENAME TO ${lost.at(-1)}`,
        `ALTER DATABASE ${restored} RENAME TO ${live}`,
      ]);
      return Date.now();
    },
    async whileClosed(work) {
      await administer([`ALTER DATABASE ${live} ALLOW_CONNECTIONS false`, ...breakConnections(live)]);
      try {
        await work();
      } finally {
        await administer([`ALTER DATABASE ${live} ALLOW_CONNECTIONS true`]);
      }
    },
    async drop() {
      for (const name of [backup, ...lost]) await administer([`DROP DATABASE ${name} WITH (FORCE)`]);
    },
  };
}

/** A terminated backend takes a moment to be gone. */
const breakConnections = (name: string) => [
  `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`,
];

async function administer(statements: string[]): Promise<void> {
  await withClient(process.env.TEST_DATABASE_URL!, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
