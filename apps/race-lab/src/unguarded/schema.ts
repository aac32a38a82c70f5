import pg from 'pg';
import { LabFailure } from '../lab-failure.js';

const SCHEMA = 'race_lab_unguarded';

/** No constraint keeps a consultation from having two payments, or a payment from being booked twice. */
const TABLES = `
  CREATE TABLE payments (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    consultation_id integer NOT NULL,
    amount integer NOT NULL,
    session_id text NOT NULL,
    status text NOT NULL DEFAULT 'pending'
  );
  CREATE TABLE bookings (payment_id integer NOT NULL, amount integer NOT NULL)`;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Where the unguarded program keeps its rows: a schema of its own, the only one in which its connections look for
 * tables. If the database user may create roles, these connections also take on a role without a right on anything
 * else.
 */
export class UnguardedSchema {
  private constructor(
    private readonly url: string,
    private readonly db: pg.Client,
    /** The `DATABASE_URL` of the program: its connections look for tables in the schema only. */
    readonly programUrl: string,
  ) {}

  /**
   * Leaves nothing behind if it fails.
   * @throws LabFailure if the user of `url` may not create schemas, or if connections ignore the schema
   */
  static async create(url: string): Promise<UnguardedSchema> {
    try {
      const role = await asOwner(url, createSchema);
      return await UnguardedSchema.open(
        url,
        withOptions(url, `-c search_path=${SCHEMA}${role ? ` -c role=${role}` : ''}`),
      );
    } catch (error) {
      // The reason is reported even if this fails, too. The next start of the lab removes the schema.
      await UnguardedSchema.remove(url).catch(() => undefined);
      throw error;
    }
  }

  private static async open(url: string, programUrl: string): Promise<UnguardedSchema> {
    const db = new pg.Client({ connectionString: programUrl });
    try {
      await db.connect();
      await requireOwnSchema(db);
      await db.query(TABLES);
      return new UnguardedSchema(url, db, programUrl);
    } catch (error) {
      await db.end();
      throw error;
    }
  }

  async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<Row[]> {
    return (await this.db.query<Row>(sql, values)).rows;
  }

  async drop(): Promise<void> {
    await this.db.end();
    await UnguardedSchema.remove(this.url);
  }

  /** Also what a killed lab has left. */
  static async remove(url: string): Promise<void> {
    await asOwner(url, drop);
  }
}

/**
 * Asks the server, because a connection pooler may ignore the options of a connection:
 * https://www.pgbouncer.org/config.html#ignore_startup_parameters
 * @throws LabFailure if the connection looks for tables anywhere else
 */
export async function requireOwnSchema(db: pg.ClientBase): Promise<void> {
  const { rows } = await db.query<{ name: string | null }>('SELECT current_schema() AS name');
  const name = rows[0]?.name ?? 'no schema';
  if (name === SCHEMA) return;
  throw new LabFailure(
    'unexpected',
    `The connections of the program without guards look for tables in ${name}, not in ${SCHEMA}. Set DATABASE_URL to the address of Postgres itself, without a connection pooler.`,
  );
}

/**
 * Appends to the `options` that the URL may have, since node-postgres prefers the URL's to any from elsewhere, and the
 * last of several there. Of several settings of one name, the last counts in Postgres.
 */
function withOptions(url: string, options: string): string {
  const present = [...url.matchAll(/[?&]options=([^&]*)/g)].at(-1)?.[1];
  const all = [...(present ? [present] : []), ...options.split(' ')].join('+');
  return `${url}${url.includes('?') ? '&' : '?'}options=${all}`;
}

/** @returns the role that owns it; undefined if the user may not create roles. */
async function createSchema(owner: pg.Client): Promise<string | undefined> {
  try {
    await drop(owner);
    const role = await createRole(owner);
    await owner.query(`CREATE SCHEMA ${SCHEMA} ${role ? `AUTHORIZATION ${role}` : ''}`);
    return role;
  } catch (error) {
    throw isForbidden(error) ? new LabFailure('no_schema', error.message) : error;
  }
}

async function drop(owner: pg.Client): Promise<void> {
  await owner.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
  const { role, exists } = await roleOf(owner);
  if (exists) await owner.query(`DROP ROLE ${role}`);
}

/** @returns undefined if the user may not create roles. */
async function createRole(owner: pg.Client): Promise<string | undefined> {
  const { role } = await roleOf(owner);
  try {
    await owner.query(`CREATE ROLE ${role} NOLOGIN`);
    await owner.query(`GRANT ${role} TO CURRENT_USER`);
    return role;
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}

/** Roles belong to all databases of a server, so the name has this database in it. */
async function roleOf(owner: pg.Client): Promise<{ role: string; exists: boolean }> {
  const { rows } = await owner.query<{ role: string; exists: boolean }>(
    `SELECT role, EXISTS (SELECT FROM pg_roles WHERE rolname = role) AS exists
     FROM (SELECT '${SCHEMA}_' || oid AS role FROM pg_database WHERE datname = current_database()) AS named`,
  );
  return rows[0]!;
}

function isForbidden(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && error.code === INSUFFICIENT_PRIVILEGE;
}

async function asOwner<Result>(url: string, work: (owner: pg.Client) => Promise<Result>): Promise<Result> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}
