import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Shown to staff beside a lock: for which consultation somebody pays, as `product_id` says it of products. */
export class NameConsultationsOnLocks1764000000090 implements MigrationInterface {
  name = 'NameConsultationsOnLocks1764000000090';

  async up(run: QueryRunner): Promise<void> {
    await run.query('ALTER TABLE concurrency_locks ADD COLUMN consultation_id bigint');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('ALTER TABLE concurrency_locks DROP COLUMN consultation_id');
  }
}
