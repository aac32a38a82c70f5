import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that a feed that retries makes one row. A consultation and a product may have a reference of the sender's own,
 * which no other consultation, or product, has (`consultations_external_reference_unique`,
 * `products_external_reference_unique`).
 */
export class ExternalReferences1764000000072 implements MigrationInterface {
  name = 'ExternalReferences1764000000072';

  async up(run: QueryRunner): Promise<void> {
    for (const table of ['consultations', 'products']) {
      await run.query(`
        ALTER TABLE ${table} ADD COLUMN external_reference text
          CONSTRAINT ${table}_external_reference_length CHECK (length(external_reference) BETWEEN 1 AND 255),
          ADD CONSTRAINT ${table}_external_reference_unique UNIQUE (external_reference);
        COMMENT ON COLUMN ${table}.external_reference IS 'What the system that feeds us calls it.'`);
    }
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      ALTER TABLE consultations DROP COLUMN external_reference;
      ALTER TABLE products DROP COLUMN external_reference`);
  }
}
