import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: one user's answers and rights from another user to whom the same id was given, after the database was restored
 * or another server was promoted.
 * - `installation_epoch`: one row, an id that a restore changes (`start_new_epoch()`). Random, not counted: after two
 *   restores of one backup a counter would come again, too. It was what told apart databases that share a Redis.
 * - `current_installation_epoch()`: that id, the database's oid (another one in a dump's or template's copy) and the
 *   timeline, which a promotion and a recovery to a point in time change
 *   (https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-TIMELINES). Null on a standby. Where the timeline
 *   cannot be read it is left out; the other two still count.
 * - The row cannot be removed: without it nothing could be written.
 */
export class InstallationEpoch1764000000020 implements MigrationInterface {
  name = 'InstallationEpoch1764000000020';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      ALTER TABLE client_idempotency_namespace RENAME TO installation_epoch;
      ALTER TABLE installation_epoch RENAME CONSTRAINT client_idempotency_namespace_pkey TO installation_epoch_pkey;
      ALTER TABLE installation_epoch RENAME CONSTRAINT client_idempotency_namespace_only_one_check
        TO installation_epoch_only_one_check;
      ALTER TABLE installation_epoch ADD COLUMN started_at timestamptz NOT NULL DEFAULT now();
      CREATE TRIGGER installation_epoch_refuse_delete BEFORE DELETE ON installation_epoch
        FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
      CREATE TRIGGER installation_epoch_refuse_truncate BEFORE TRUNCATE ON installation_epoch
        FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept();
      ALTER TABLE installation_epoch ENABLE ALWAYS TRIGGER installation_epoch_refuse_delete;
      ALTER TABLE installation_epoch ENABLE ALWAYS TRIGGER installation_epoch_refuse_truncate;

      CREATE FUNCTION current_installation_epoch() RETURNS text LANGUAGE plpgsql STABLE AS $$
      DECLARE
        timeline text := 'unknown';
      BEGIN
        IF pg_is_in_recovery() THEN
          RETURN NULL;
        END IF;
        BEGIN
          timeline := left(pg_walfile_name(pg_current_wal_lsn()), 8);
        EXCEPTION WHEN OTHERS THEN
          -- Some managed servers do not let us, or have no such log.
          NULL;
        END;
        RETURN (SELECT id FROM installation_epoch)
          || '/' || (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
          || '/' || timeline;
      END $$;

      CREATE FUNCTION start_new_epoch() RETURNS uuid LANGUAGE sql AS
        'UPDATE installation_epoch SET id = gen_random_uuid(), started_at = now() RETURNING id';
      COMMENT ON FUNCTION start_new_epoch IS 'A step of every restore: see docs/restore.md.';
    `);
    for (const reads of ['current_installation_epoch()', 'start_new_epoch()']) {
      await run.query(`DO $$ BEGIN
        EXECUTE format('ALTER FUNCTION ${reads} SET search_path = %I, pg_temp', current_schema());
      END $$`);
    }
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      DROP FUNCTION start_new_epoch, current_installation_epoch;
      DROP TRIGGER installation_epoch_refuse_delete ON installation_epoch;
      DROP TRIGGER installation_epoch_refuse_truncate ON installation_epoch;
      ALTER TABLE installation_epoch DROP COLUMN started_at;
      ALTER TABLE installation_epoch RENAME CONSTRAINT installation_epoch_pkey TO client_idempotency_namespace_pkey;
      ALTER TABLE installation_epoch RENAME CONSTRAINT installation_epoch_only_one_check
        TO client_idempotency_namespace_only_one_check;
      ALTER TABLE installation_epoch RENAME TO client_idempotency_namespace;
    `);
  }
}
