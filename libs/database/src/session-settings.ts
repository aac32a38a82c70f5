import { ConfigurationFault } from '#config';
import type { DataSource } from 'typeorm';

/**
 * Sent in each connection's startup packet, which outranks the settings of server, database and role
 * (https://www.postgresql.org/docs/18/config-setting.html). PgBouncer accepts and restores exactly these in
 * transaction mode (https://www.pgbouncer.org/config.html#ignore_startup_parameters); another one would be an error
 * there.
 * - DateStyle: node-postgres reads dates in ISO form only. In any other, each time becomes an Invalid Date, silently.
 * - TimeZone: the same form of times in every session, wherever the server is.
 * - standard_conforming_strings: a backslash in the SQL of our migrations is a backslash.
 */
export const STARTUP_SETTINGS = {
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  standard_conforming_strings: 'on',
} as const;

/**
 * Set by `migrate` on the role in this database, which outranks server, database and role.
 * - default_transaction_isolation: waiting for a row and reading are two statements, so that the second sees the
 *   changes that the first has waited for. From `repeatable read` on, it would see the state from before the wait.
 * - IntervalStyle: the only one that node-postgres can read.
 * - extra_float_digits: ages and remaining times are read as float8. A negative value rounds them, by hours in the
 *   extreme, and they decide whether a request may be sent to Stripe again.
 */
export const ROLE_SETTINGS = {
  default_transaction_isolation: 'read committed',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
} as const;

/**
 * Only superusers may set it (https://www.postgresql.org/docs/18/runtime-config-client.html), so `migrate` cannot
 * correct it. As `replica`, no foreign key is checked.
 */
const SUPERUSER_SETTINGS = { session_replication_role: 'origin' } as const;

/** From 0 on, 15 significant digits or all: enough for an age. */
const ALSO_GOOD: Readonly<Record<string, readonly string[]>> = { extra_float_digits: ['0', '2', '3'] };

const REQUIRED: Readonly<Record<string, string>> = { ...STARTUP_SETTINGS, ...ROLE_SETTINGS, ...SUPERUSER_SETTINGS };

/** `pg_settings.source`, in an administrator's words. */
const PLACES: Readonly<Record<string, string>> = {
  'database user': 'this role in this database',
  user: 'this role',
  database: 'this database',
  'configuration file': 'the configuration file',
  'command line': "the server's command line",
  override: 'the server itself',
};

/**
 * Checks the effective settings of a pool session, wherever they were set.
 * @throws ConfigurationFault naming each unsuitable setting, its value, and what to do.
 */
export async function requireSessionSettings(dataSource: DataSource): Promise<void> {
  const rows = await dataSource.query<{ name: string; setting: string; source: string }[]>(
    'SELECT name, setting, source FROM pg_settings WHERE name = ANY($1::text[]) ORDER BY name',
    [Object.keys(REQUIRED)],
  );
  const faults = rows
    .filter(({ name, setting }) => setting !== REQUIRED[name] && ALSO_GOOD[name]?.includes(setting) !== true)
    .map(
      ({ name, setting, source }) =>
        `${name} is "${setting}" in Payonce's Postgres session (set on ${PLACES[source] ?? source}) and must be "${REQUIRED[name]}". ${remedyFor(name)}`,
    );
  if (faults.length > 0) throw new ConfigurationFault(faults);
}

function remedyFor(name: string): string {
  if (name in STARTUP_SETTINGS)
    return 'Payonce sends it when it connects: configure the connection pooler to pass it on to Postgres.';
  if (name in SUPERUSER_SETTINGS)
    return `Ask a superuser to reset it: ALTER ROLE … RESET ${name}, or ALTER DATABASE … RESET ${name}.`;
  return 'Run the migrations as this role, which sets it: node dist/apps/api/src/migrate.js';
}
