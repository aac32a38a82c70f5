import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that money of Stripe's gets its receipt although the event that told of it has none and Stripe could not be asked
 * then. `receipt_due_at`: when the worker asks. Rows of before are never asked about: theirs is null.
 */
export class AskForStripeReceipts1764000000095 implements MigrationInterface {
  name = 'AskForStripeReceipts1764000000095';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      ALTER TABLE charges ADD COLUMN receipt_due_at timestamptz,
        ADD CONSTRAINT charges_receipt_due_without_one CHECK (receipt_due_at IS NULL OR receipt_url IS NULL) NOT VALID;
      ALTER TABLE charges VALIDATE CONSTRAINT charges_receipt_due_without_one;
      CREATE INDEX charges_receipt_due ON charges (receipt_due_at) WHERE receipt_due_at IS NOT NULL;
      COMMENT ON COLUMN charges.receipt_due_at IS 'When Stripe is asked for the receipt; null: it is here, or is not asked for.'`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('ALTER TABLE charges DROP COLUMN receipt_due_at');
  }
}
