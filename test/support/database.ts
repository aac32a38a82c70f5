import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of one test file's own, migrated; gone when the file is done. */
export interface TestDatabase {
  readonly url: string;
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** A connection of its own, for tests that hold locks. The caller ends it. */
  connect(): Promise<pg.Client>;
  drop(): Promise<void>;
}

export const TEST_SECRET = 'a secret for tests only, and long enough for HS256';

export async function createDatabase(): Promise<TestDatabase> {
  const template = process.env.TEST_TEMPLATE;
  const { server, name, url } = newDatabase();
  await asAdministrator(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  // The only random value of a migration: it separates databases that share a Redis.
  await asAdministrator(url, 'SELECT start_new_epoch()');
  await asAdministrator(server, copySettings(template!, name));
  return open({ server, name, url });
}

/** For `beforeStart`: a deadlock that Postgres resolved in a second would go unnoticed, since the work is tried again. */
export const keepDeadlocks = (database: TestDatabase) =>
  database.query(`DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = ''1min''', current_database()); END $$`);

/** Without a schema: for tests of migrations. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const created = newDatabase();
  await asAdministrator(created.server, `CREATE DATABASE ${created.name}`);
  return open(created);
}

interface NewDatabase {
  readonly server: string;
  readonly name: string;
  readonly url: string;
}

function newDatabase(): NewDatabase {
  const { TEST_DATABASE_URL: server, TEST_TEMPLATE: template } = process.env;
  if (!server || !template)
    throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test`, which starts Postgres.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  return { server, name, url: Object.assign(new URL(server), { pathname: `/${name}` }).href };
}

function open({ server, name, url }: NewDatabase): TestDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // DROP … WITH (FORCE) may end a connection that is still closing; queries in flight fail on their own.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    url,
    async query<Row>(sql: string, parameters: unknown[] = []) {
      return (await pool.query(sql, parameters)).rows as Row[];
    },
    async connect() {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => undefined);
      await client.connect();
      // A test holds what it holds for as long as the others take.
      await client.query(
        'SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0; SET statement_timeout = 0',
      );
      return client;
    },
    async drop() {
      await pool.end();
      await asAdministrator(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** What a migration has set for its database (timeouts) lies outside of it, and is not copied with it. */
const copySettings = (from: string, to: string) => `DO $$
  DECLARE
    one record;
  BEGIN
    FOR one IN
      SELECT r.rolname, split_part(c, '=', 1) AS name, substr(c, strpos(c, '=') + 1) AS value
      FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase JOIN pg_roles r ON r.oid = s.setrole,
           unnest(s.setconfig) c
      WHERE d.datname = '${from}'
    LOOP
      EXECUTE format('ALTER ROLE %I IN DATABASE %I SET %I = %L', one.rolname, '${to}', one.name, one.value);
    END LOOP;
  END $$`;

async function asAdministrator(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
