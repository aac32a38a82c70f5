import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: the memory of what happened. Rows are added, never changed or removed, not even by us; a trigger refuses
 * UPDATE, DELETE and TRUNCATE for every role, superusers included, short of taking the trigger out.
 */
export class AuditLog1764000000003 implements MigrationInterface {
  name = 'AuditLog1764000000003';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      CREATE TABLE audit_log (
        id             bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_log_pkey PRIMARY KEY,
        at             timestamptz NOT NULL DEFAULT clock_timestamp(),
        action         text NOT NULL CONSTRAINT audit_log_action_form CHECK (action ~ '^[a-z_]+(\\.[a-z_]+)+$'),
        payment_id     bigint CONSTRAINT audit_log_payment_fkey REFERENCES payments,
        actor_user_id  bigint CONSTRAINT audit_log_actor_fkey REFERENCES users,
        request_id     text,
        detail         jsonb NOT NULL DEFAULT '{}'
      );
      COMMENT ON COLUMN audit_log.actor_user_id IS 'Who asked for it; NULL is the system itself.';
      CREATE INDEX audit_log_of_payment ON audit_log (payment_id, id);

      CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'audit_log is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
      END $$;

      CREATE TRIGGER audit_log_refuses_change BEFORE UPDATE OR DELETE ON audit_log
        FOR EACH ROW EXECUTE FUNCTION audit_log_is_append_only();
      CREATE TRIGGER audit_log_refuses_truncate BEFORE TRUNCATE ON audit_log
        FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only();
      -- Also for a session that plays a replica, where ordinary triggers keep still.
      ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_refuses_change;
      ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_refuses_truncate;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('DROP TABLE audit_log; DROP FUNCTION audit_log_is_append_only()');
  }
}
