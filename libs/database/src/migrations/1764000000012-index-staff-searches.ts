import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that a look of staff's costs a page, however long the history is. Each filter and each search of /ops has an
 * index to walk; nothing here decides about money.
 */
export class WhatStaffLookUp1764000000012 implements MigrationInterface {
  name = 'WhatStaffLookUp1764000000012';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      CREATE INDEX webhook_events_by_type ON webhook_events (type, id DESC);
      CREATE INDEX payments_of_product ON payments (product_id, id DESC) WHERE product_id IS NOT NULL;
      CREATE INDEX payments_by_method ON payments (payment_method, id DESC);
      CREATE INDEX payments_with_refund_owed ON payments (id DESC) WHERE refund_owed > 0;
      CREATE INDEX charges_by_disposition ON charges (disposition, id DESC);
      CREATE INDEX client_idempotency_of_caller ON client_idempotency (caller, id DESC);
      CREATE INDEX client_idempotency_running ON client_idempotency (id DESC) WHERE finished_at IS NULL;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`DROP INDEX webhook_events_by_type, payments_of_product, payments_by_method,
      payments_with_refund_owed, charges_by_disposition, client_idempotency_of_caller, client_idempotency_running`);
  }
}
