import type { Config } from '#config';
import type { DataSource, EntitySubscriberInterface } from 'typeorm';
import { sqlStateOf } from './database-failures.js';
import { dataSourceOptions } from './data-source-options.js';
import { openDataSource } from './open-data-source.js';
import { writePaymentMethods } from './payment-methods.js';
import { ROLE_SETTINGS } from './session-settings.js';

/** An arbitrary constant: only the session that holds this lock migrates the database. */
const MIGRATION_LOCK = 7_294_637_001;

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const UNDEFINED_TABLE = '42P01';

/** A migration may read a large table and build an index on it; the timeouts of requests are too short for it. */
const MIGRATION_TIMEOUT_MS = 15 * 60_000;

/**
 * A migration that waits for a table's lock makes every later query of that table wait behind it
 * (https://www.postgresql.org/docs/18/explicit-locking.html#LOCKING-TABLES): twice the default wait of our queries.
 * After that the migration fails, with nothing done, and can be run again.
 */
const MIGRATION_LOCK_TIMEOUT_MS = 10_000;

/**
 * Brings the schema up to date, adds the payment methods of this program, then sets the role's timeouts and what else our sessions depend on. Safe to run from many machines at once: the others wait.
 * @returns the names of the migrations that ran now.
 */
export async function migrate(config: Config): Promise<string[]> {
  const dataSource = await openDataSource(
    dataSourceOptions(config, 'payonce-migrate', { query_timeout: MIGRATION_TIMEOUT_MS }),
  );
  // Migrations run on other connections than the guard's, which have the timeouts that an earlier `migrate` set on the
  // role.
  dataSource.subscribers.push(MIGRATION_TIMEOUTS);
  try {
    // Held by a transaction, not by the session: behind pgbouncer in transaction mode a session lock would leak.
    return await dataSource.transaction(async (guard) => {
      // Waits for as long as another machine migrates.
      await guard.query(`SET LOCAL lock_timeout = ${MIGRATION_TIMEOUT_MS}`);
      await guard.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      const ran = await dataSource.runMigrations({ transaction: 'each' });
      await writePaymentMethods(dataSource);
      await setRoleSettings(dataSource, config);
      return ran.map((migration) => migration.name);
    });
  } finally {
    await dataSource.destroy();
  }
}

/** In each transaction, not in the session: behind pgbouncer in transaction mode a session's setting would leak. */
const MIGRATION_TIMEOUTS: EntitySubscriberInterface = {
  async afterTransactionStart({ queryRunner }) {
    await queryRunner.query(`
      SET LOCAL statement_timeout = ${MIGRATION_TIMEOUT_MS};
      SET LOCAL lock_timeout = ${MIGRATION_LOCK_TIMEOUT_MS};
      SET LOCAL idle_in_transaction_session_timeout = 0`);
  },
};

/**
 * On the role within this database, so that every later session has them however it is pooled. The role may set its
 * own defaults (https://www.postgresql.org/docs/18/sql-alterrole.html). ALTER ROLE takes no parameters, hence
 * format().
 */
async function setRoleSettings(dataSource: DataSource, config: Config): Promise<void> {
  const settings = {
    statement_timeout: `${config.DATABASE_STATEMENT_TIMEOUT_MS}ms`,
    lock_timeout: `${config.DATABASE_LOCK_TIMEOUT_MS}ms`,
    idle_in_transaction_session_timeout: `${config.DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS}ms`,
    ...ROLE_SETTINGS,
  };
  for (const [name, value] of Object.entries(settings)) {
    const [row] = await dataSource.query<{ statement: string }[]>(
      `SELECT format('ALTER ROLE CURRENT_USER IN DATABASE %I SET %I = %L', current_database(), $1::text, $2::text) AS statement`,
      [name, value],
    );
    await dataSource.query(row!.statement);
  }
}

/**
 * The migrations that this build has and the database has not run, queried over a connection that the caller chooses.
 */
export async function pendingMigrations(
  dataSource: DataSource,
  connection: { query(sql: string): Promise<{ rows: { name: string }[] }> },
): Promise<string[]> {
  const { rows } = await connection.query('SELECT name FROM migrations').catch((error: unknown) => {
    // An empty database: none has run.
    if (sqlStateOf(error) === UNDEFINED_TABLE) return { rows: [] };
    throw error;
  });
  const names = new Set(rows.map((row) => row.name));
  return dataSource.migrations
    .map((migration) => migration.name ?? migration.constructor.name)
    .filter((name) => !names.has(name));
}
