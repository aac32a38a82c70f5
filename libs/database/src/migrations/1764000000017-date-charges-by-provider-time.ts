import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: the date of money. What Stripe took on 31 December and told us on 3 January belongs to the old year.
 * - `charges.received_at`, `refunds.refunded_at` and `credit_notes.effective_at` say when the provider moved the money;
 *   `charges.recorded_at`, `refunds.settled_at` and `credit_notes.created_at` when our books learned of it.
 * - Rows of before know one time only; it stands for both: their `recorded_at` stays NULL and reads as `received_at`, so that
 *   an upgrade rewrites no charge.
 */
export class DateMoneyByItsProvider1764000000017 implements MigrationInterface {
  name = 'DateMoneyByItsProvider1764000000017';

  async up(run: QueryRunner): Promise<void> {
    // No row is written: a new column without a default costs nothing, whatever the size of the table
    // (https://www.postgresql.org/docs/18/sql-altertable.html#SQL-ALTERTABLE-NOTES). Its default is for new rows alone.
    await run.query(`
      ALTER TABLE charges ADD COLUMN recorded_at timestamptz;
      ALTER TABLE charges ALTER COLUMN recorded_at SET DEFAULT now();
      COMMENT ON COLUMN charges.received_at IS 'When the provider took the money.';
      COMMENT ON COLUMN charges.recorded_at IS 'When our books learned of it; NULL: at received_at.';
      ALTER TABLE refunds ADD COLUMN refunded_at timestamptz;
      COMMENT ON COLUMN refunds.refunded_at IS 'When the provider sent the money back; NULL: at settled_at.';
      ALTER TABLE credit_notes ADD COLUMN effective_at timestamptz;
      COMMENT ON COLUMN credit_notes.effective_at IS 'When the money it is about moved; NULL: at created_at.';
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      ALTER TABLE credit_notes DROP COLUMN effective_at;
      ALTER TABLE refunds DROP COLUMN refunded_at;
      ALTER TABLE charges DROP COLUMN recorded_at;
    `);
  }
}
