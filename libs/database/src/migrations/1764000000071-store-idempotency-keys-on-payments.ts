import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that staff find a payment by the key its client has in its log, also after the key itself is forgotten. The same
 * key may stand on many payments: it is one caller's and one route's, and is free again after a day.
 */
export class KeepKeysOnPayments1764000000071 implements MigrationInterface {
  name = 'KeepKeysOnPayments1764000000071';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      ALTER TABLE payments ADD COLUMN idempotency_key text
        CONSTRAINT payments_idempotency_key_form CHECK (idempotency_key ~ '^[\\x20-\\x7e]{1,255}$');
      COMMENT ON COLUMN payments.idempotency_key IS
        'The key of the request that made it; null if it had none. Nothing is decided by it: see client_idempotency.';
      CREATE INDEX payments_by_idempotency_key ON payments (idempotency_key, id DESC) WHERE idempotency_key IS NOT NULL`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('ALTER TABLE payments DROP COLUMN idempotency_key');
  }
}
