import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that the memory can be read as a story. Each entry says where it happened (its lane), and one payment's
 * entries are found in the order of time.
 */
export class LanesOfTheAuditLog1764000000006 implements MigrationInterface {
  name = 'LanesOfTheAuditLog1764000000006';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      ALTER TABLE audit_log ADD COLUMN lane text NOT NULL DEFAULT 'database' CONSTRAINT audit_log_lane CHECK
        (lane IN ('request', 'lock', 'database', 'stripe', 'webhook', 'worker'));
      DROP INDEX audit_log_of_payment;
      CREATE INDEX audit_log_of_payment ON audit_log (payment_id, at, id);
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      DROP INDEX audit_log_of_payment;
      CREATE INDEX audit_log_of_payment ON audit_log (payment_id, id);
      ALTER TABLE audit_log DROP COLUMN lane;
    `);
  }
}
