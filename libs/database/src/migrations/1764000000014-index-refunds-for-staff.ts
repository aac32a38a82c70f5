import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that staff find the refund they look for at the cost of a page, by its state and by the reference somebody
 * reads out, also where it failed. Nothing here decides about money.
 */
export class RefundsAsStaffLookForThem1764000000014 implements MigrationInterface {
  name = 'RefundsAsStaffLookForThem1764000000014';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      CREATE INDEX refunds_by_status ON refunds (status, id DESC);
      CREATE INDEX refunds_by_transaction ON refunds (upper(transaction_id)) WHERE transaction_id IS NOT NULL;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('DROP INDEX refunds_by_status, refunds_by_transaction');
  }
}
