import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that a key sent before an upgrade still answers after it. Earlier versions stored the value of a header as it was
 * sent, quotes included; `key_as_sent` tells such keys from decoded ones. It is true unless a version that decodes says
 * otherwise, so that processes of both may run beside each other.
 */
export class DecodeIdempotencyKeys1764000000070 implements MigrationInterface {
  name = 'DecodeIdempotencyKeys1764000000070';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      ALTER TABLE client_idempotency ADD COLUMN key_as_sent boolean NOT NULL DEFAULT true;
      COMMENT ON COLUMN client_idempotency.key_as_sent IS
        'Stored by a version that did not decode headers: the key may be a quoted String of RFC 8941, or lines joined by commas.'`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('ALTER TABLE client_idempotency DROP COLUMN key_as_sent');
  }
}
