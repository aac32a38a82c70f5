import type { TestDatabase } from './database.js';
import { eventually } from './eventually.js';
import { cancelPending } from './rows.js';

/** A lock number that only the barrier uses. */
export const BARRIER = 4_711;

/** How many statements of our processes wait now, and where. */
export interface Held {
  readonly atBarrier: number;
  readonly atRowLock: number;
}

/**
 * Sends, holds all requests at the barrier until `metBy` says that each is as far as the guards allow, then lets
 * all of them go at once. `meanwhile` happens in between.
 */
export async function heldAtBarrier<Result>(
  database: TestDatabase,
  send: () => Promise<Result>,
  metBy: (held: Held) => boolean,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<Result> {
  const gate = await database.connect();
  try {
    await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
    const result = send();
    const failure = result.then(
      () => new Promise<never>(() => undefined),
      (error: unknown) => Promise.reject(error as Error),
    );
    const met = eventually(async () => metBy(await waitingNow(database)), 'everybody stands where the guards let them');
    await Promise.race([met, failure]);
    await meanwhile();
    await gate.query('SELECT pg_advisory_unlock($1)', [BARRIER]);
    return await result;
  } finally {
    await gate.end();
  }
}

/**
 * Every insert of a payment waits here while a test holds the lock; shared, so that all pass at once afterwards.
 * @param at another place: a trigger's event and table, and its condition
 */
export async function raiseBarrier(
  database: TestDatabase,
  at: { on: string; table: string; when: string } = { on: 'BEFORE INSERT', table: 'payments', when: 'true' },
): Promise<void> {
  await database.query(`
    CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(${BARRIER});
      RETURN NEW;
    END $$;
    CREATE TRIGGER barrier ${at.on} ON ${at.table} FOR EACH ROW WHEN (${at.when})
      EXECUTE FUNCTION wait_at_barrier()`);
}

export async function removeBarrier(database: TestDatabase): Promise<void> {
  await database.query('DROP FUNCTION wait_at_barrier() CASCADE');
}

export async function waitingNow(database: TestDatabase): Promise<Held> {
  const [held] = await database.query<{ barrier: string; row: string }>(
    `SELECT count(*) FILTER (WHERE wait_event = 'advisory') AS barrier,
            count(*) FILTER (WHERE wait_event IN ('transactionid', 'tuple')) AS row
     FROM pg_stat_activity
     WHERE datname = current_database() AND application_name IN ('payonce-api', 'payonce-worker') AND wait_event_type = 'Lock'`,
  );
  return { atBarrier: Number(held!.barrier), atRowLock: Number(held!.row) };
}

export async function takeOutIndex(database: TestDatabase): Promise<void> {
  await database.query('DROP INDEX payments_one_live_per_consultation');
}

/**
 * FOR UPDATE does not reach through a set-returning function (https://www.postgresql.org/docs/18/sql-select.html), so with
 * a view over one in the table's place the unchanged program reads the same rows and locks nothing.
 */
export async function takeOutRowLock(database: TestDatabase): Promise<void> {
  await database.query(`
    ALTER TABLE consultations RENAME TO consultations_locked;
    CREATE FUNCTION read_consultations() RETURNS SETOF consultations_locked LANGUAGE sql VOLATILE
      AS 'SELECT * FROM consultations_locked';
    CREATE VIEW consultations AS SELECT * FROM read_consultations();
    CREATE FUNCTION write_consultation() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO consultations_locked (patient_id, fee, currency) VALUES (NEW.patient_id, NEW.fee, NEW.currency)
        RETURNING id INTO NEW.id;
      RETURN NEW;
    END $$;
    CREATE TRIGGER write INSTEAD OF INSERT ON consultations FOR EACH ROW EXECUTE FUNCTION write_consultation()`);
}

/** With a trigger that makes every key unique, each request gets every lease: a lock that locks nothing. */
export async function takeOutLeases(database: TestDatabase): Promise<void> {
  await database.query(`
    CREATE FUNCTION lock_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.lock_key := NEW.lock_key || gen_random_uuid();
      RETURN NEW;
    END $$;
    CREATE TRIGGER lock_nothing BEFORE INSERT ON concurrency_locks FOR EACH ROW EXECUTE FUNCTION lock_nothing()`);
}

/** The same for clients' keys: every request under one key is a new one. */
export async function takeOutKeys(database: TestDatabase): Promise<void> {
  await database.query(`
    CREATE FUNCTION forget_key() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.idempotency_key := gen_random_uuid();
      RETURN NEW;
    END $$;
    CREATE TRIGGER forget_key BEFORE INSERT ON client_idempotency FOR EACH ROW EXECUTE FUNCTION forget_key()`);
}

export async function putGuardsBack(database: TestDatabase): Promise<void> {
  await database.query(
    `DROP TRIGGER IF EXISTS lock_nothing ON concurrency_locks; DROP FUNCTION IF EXISTS lock_nothing;
     DROP TRIGGER IF EXISTS forget_key ON client_idempotency; DROP FUNCTION IF EXISTS forget_key`,
  );
  const [view] = await database.query(`SELECT 1 FROM pg_views WHERE viewname = 'consultations'`);
  if (view) {
    await database.query(`
      DROP VIEW consultations;
      DROP FUNCTION read_consultations, write_consultation;
      ALTER TABLE consultations_locked RENAME TO consultations`);
  }
  // Rows that a hazard doubled would keep the index from coming back.
  await cancelPending(database);
  await database.query(`
    CREATE UNIQUE INDEX IF NOT EXISTS payments_one_live_per_consultation ON payments (consultation_id)
      WHERE status IN ('pending', 'completed', 'partially_refunded')`);
}
